"""The pages of the documentation, and the fenced blocks in them that are run or compared."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block: the words behind its fence, its text, and the line on which the text begins."""

    words: tuple[str, ...]
    text: str
    line: int

    @property
    def language(self) -> str:
        return self.words[0] if self.words else ""

    @property
    def file(self) -> str:
        """The file that the reader is told to write, or an empty string."""
        return next((w.removeprefix("file=") for w in self.words if w.startswith("file=")), "")


def pages() -> list[Path]:
    """Every Markdown file that a reader may come upon."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").rglob("*.md")]
    return sorted(found)


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, in its order."""
    text = page.read_text(encoding="utf-8")
    for match in _FENCE.finditer(text):
        line = text.count("\n", 0, match.start("body")) + 1
        yield Block(tuple(match["info"].split()), match["body"], line)


def prose(page: Path) -> str:
    """The text of a page without its fenced blocks."""
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def runnable_pages() -> list[Path]:
    """The pages with a block that is run."""
    return [page for page in pages() if any("run" in block.words for block in blocks(page))]


def mismatch(expected: str, actual: str) -> str:
    """What of an output shown is not there, or an empty string.

    `…` stands for anything within a line; on a line of its own, for any number of lines.
    """
    pattern = "".join(_line_pattern(line) for line in expected.splitlines())
    if re.fullmatch(pattern, actual.rstrip("\n") + "\n"):
        return ""
    return f"shown:\n{expected}\nreal:\n{actual}"


def _line_pattern(line: str) -> str:
    if line.strip() == "…":
        return r"(?:[^\n]*\n)*?"
    return "[^\n]*?".join(map(re.escape, line.split("…"))) + r"\n"
