"""What is wrong with the inputs, said so that a person can act on it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from loader.query.mistakes.find import find_mistake
from loader.query.tokens import line_and_column


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
    """The inputs hold mistakes; nothing was published and the current release goes on answering.

    Warnings stand behind the mistakes.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems), key=lambda problem: (problem.is_warning, problem))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def not_sparql(name: str, kind: str, text: str, error: SyntaxError) -> Problem:
    """The mistake of a text that the engine cannot parse."""
    line, reason = why_not_sparql(text, error, {})
    return Problem(Location(name, line), f"The {kind} is not valid SPARQL: {reason}")


def why_not_sparql(text: str, error: SyntaxError, prefixes: Mapping[str, str]) -> tuple[int, str]:
    """The line of the mistake and what it is, as the engine has it where nobody knows better."""
    mistake = find_mistake(text, prefixes)
    if mistake is not None:
        line, column = line_and_column(text, mistake.offset)
        return line, f"line {line}, column {column}: {mistake.remark}"
    place = re.match(r"error at (\d+):", error.msg)
    return int(place[1]) if place else 1, " ".join(error.msg.split()) + "."


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
