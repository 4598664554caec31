"""All text of pages has one of five sizes, so that a difference of size says something."""

import re
from collections.abc import Iterator

from server.page.static import FOLDER

SCALE = ["small", "text", "lead", "title", "display"]
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
SIZE = re.compile(r"\bfont(?:-size)?:\s*([^;]+)")
FOLLOWS = re.compile(rf"inherit|100%|[\d.]+em\b|(?:\d+ )?var\(--size-(?:{'|'.join(SCALE)})\)")
PAPER = re.compile(r"@media print \{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
# Text in drawings, whose units grow and shrink with them.
DRAWN = re.compile(r"\.model |\.map |\btext\b")


def _rules() -> Iterator[tuple[str, str]]:
    """The selectors and the sizes of the style sheets, but for paper."""
    for sheet in (FOLDER / "site").glob("*.css"):
        bare = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
        for selector, body in RULE.findall(PAPER.sub("", bare)):
            yield from ((selector.strip(), size) for size in SIZE.findall(body))


def test_text_has_one_of_five_sizes() -> None:
    rules = list(_rules())
    assert len(rules) > 100
    odd = [rule for rule in rules if not FOLLOWS.match(rule[1])]
    assert [rule for rule in odd if not DRAWN.search(rule[0]) or not re.match(r"[\d.]+px", rule[1])] == []
