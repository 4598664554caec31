"""Reads a mapping table: its head in YAML, and its rows, each with its line."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from loader.problems import BuildRefused, Location, Problem, read_text

MARK, TAB = "#", "\t"


@dataclass(frozen=True)
class MappingRow:
    """A row by column, and where it stands."""

    cells: Mapping[str, str]
    location: Location


@dataclass(frozen=True)
class MappingTable:
    """A table: what its head says, and its rows."""

    name: str
    head: Mapping[str, Any]
    rows: tuple[MappingRow, ...]

    def iri(self, curie: str) -> str:
        """The IRI of a CURIE whose prefix the head declares. Raises KeyError."""
        prefix, _, local = curie.partition(":")
        return f"{self.head['curie_map'][prefix]}{local}"


@cache
def rules() -> dict[str, Any]:  # as TOML has it: lists of words, and the table of titles
    """What a table may say."""
    return tomllib.loads(Path(__file__).with_name("rules.toml").read_text(encoding="utf-8"))


def read_table(path: Path, name: str) -> MappingTable:
    """A table as it is written; what its cells say is not looked at.

    Raises BuildRefused where it is not UTF-8, its head is not YAML or lacks something, or a row has cells too
    many or too few.
    """
    lines = read_text(path, name).splitlines()
    length = next((n for n, line in enumerate(lines) if not line.startswith(MARK)), len(lines))
    head = _head([line.removeprefix(MARK) for line in lines[:length]], name)
    columns = lines[length].split(TAB) if length < len(lines) else []
    problems = [*_head_problems(head, name), *_column_problems(columns, Location(name, length + 1))]
    rows = [(Location(name, n), text.split(TAB)) for n, text in enumerate(lines[length + 1 :], length + 2)]
    problems += [_wrong_length(cells, columns, at) for at, cells in rows if len(cells) != len(columns)]
    if problems:
        raise BuildRefused(problems)
    return MappingTable(
        name, head, tuple(MappingRow(dict(zip(columns, c, strict=True)), at) for at, c in rows)
    )


def _head(lines: list[str], name: str) -> dict[str, Any]:
    # A comment in YAML begins with the same mark as the head itself, so one blank before it goes.
    text = "\n".join(line.removeprefix(" ") for line in lines)
    try:
        head = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        reason = getattr(error, "problem", None) or "it cannot be read"
        raise BuildRefused([Problem(Location(name, line), f"The head is not YAML: {reason}.")]) from error
    return head if isinstance(head, dict) else {}


def _head_problems(head: Mapping[str, Any], name: str) -> Iterator[Problem]:
    at = Location(name, 1)
    for member in rules()["head"]:
        if not head.get(member):
            yield Problem(at, f"The head must say {member}.")
    if not isinstance(head.get("curie_map", {}), dict):
        yield Problem(at, "curie_map must give prefixes with what they stand for.")


def _column_problems(columns: list[str], at: Location) -> Iterator[Problem]:
    if columns != rules()["columns"]:
        yield Problem(at, f"The columns must be, with tabs between: {' '.join(rules()['columns'])}.")


def _wrong_length(cells: list[str], columns: list[str], at: Location) -> Problem:
    return Problem(at, f"The row has {len(cells)} cells; there are {len(columns)} columns.")
