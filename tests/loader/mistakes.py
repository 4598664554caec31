"""Reads the table of plausible mistakes, `mistakes.toml`: what is edited, and what the build says of it."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Edit:
    """In a file the first `old` behind the text `after` becomes `new`; without `old` it stands at the end."""

    file: str
    after: str
    old: str
    new: str

    def apply(self, project: Path) -> None:
        path = project / self.file
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        start = text.index(self.old, text.index(self.after)) if self.old else len(text)
        path.write_text(text[:start] + self.new + text[start + len(self.old) :], encoding="utf-8")


@dataclass(frozen=True)
class Told:
    """A line that is said: at the first `at` behind the text `after`, with a sentence that begins so."""

    file: str
    after: str
    at: str
    sentence: str

    def line(self, project: Path) -> str:
        text = (project / self.file).read_text(encoding="utf-8")
        number = text.count("\n", 0, text.index(self.at, text.index(self.after))) + 1
        return f"{self.file}:{number}: {self.sentence}"


@dataclass(frozen=True)
class Mistake:
    """What is done, and what is said of it."""

    name: str
    edits: tuple[Edit, ...]
    told: tuple[Told, ...]


def mistakes() -> dict[str, list[Mistake]]:
    """The rows of the table by the step of a build that tells them."""
    table = tomllib.loads(Path(__file__).with_name("mistakes.toml").read_text(encoding="utf-8"))
    return {
        step: [
            Mistake(
                row["name"],
                tuple(Edit(*edit) for edit in row["edit"]),
                tuple(Told(*told) for told in row["told"]),
            )
            for row in rows
        ]
        for step, rows in table.items()
    }
