"""What is wrong with the inputs, said so that a person can act on it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Location:
    """A line of an input file; `file` is relative to the project's folder, `line` counts from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in the inputs: where, and a sentence in English.

    A warning says what a careful person may have meant: it is shown and stops nothing.
    """

    location: Location
    sentence: str
    is_warning: bool = False

    def __str__(self) -> str:
        return f"{self.location}: {'warning: ' if self.is_warning else ''}{self.sentence}"


class BuildRefused(Exception):
    """The inputs hold mistakes; nothing was published and the current release goes on answering."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def not_sparql(name: str, kind: str, error: SyntaxError) -> Problem:
    """The mistake of a text that the engine cannot parse; the line is the one in the engine's message."""
    place = re.match(r"error at (\d+):", error.msg)
    reason = " ".join(error.msg.split())
    return Problem(Location(name, int(place[1]) if place else 1), f"The {kind} is not SPARQL: {reason}.")


class UpdatedSince(Exception):
    """A graph that the build makes was changed by a write since; building would undo that write."""


def read_text(path: Path, name: str) -> str:
    """The text of a UTF-8 file, without a byte order mark.

    Raises BuildRefused with the line of the first byte that is not UTF-8.
    """
    content = path.read_bytes()
    try:
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        offending = content[error.start : error.start + 1].hex()
        sentence = f"The file is not UTF-8: byte 0x{offending} at offset {error.start} begins no character."
        raise BuildRefused([Problem(Location(name, line), sentence)]) from error
