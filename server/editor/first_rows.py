"""The first rows of an answer however long it is, and how many rows there are in all."""

import re
from dataclasses import dataclass
from typing import IO, cast

from loader.release.namespaces import XSD
from server.engine.interface import Answer
from server.tables.csv_safety import read_term
from server.tables.table import Cell, Table
from server.tables.triples import triples_table

MOST_ROWS, MOST_BYTES = 500, 1 << 19
_NUMBERS = (
    ("integer", re.compile(r"[+-]?[0-9]+")),
    ("decimal", re.compile(r"[+-]?[0-9]*\.[0-9]*")),
    ("double", re.compile(r"[+-]?[0-9.]+[eE][+-]?[0-9]+")),
    ("boolean", re.compile(r"true|false")),
)


@dataclass(frozen=True)
class FirstRows:
    """Some rows as a table and as they were written; `total` counts those that were not kept too."""

    table: Table
    text: str
    total: int


def first_solutions(answer: Answer) -> FirstRows:
    """The rows of a SELECT query, from TSV. Raises Refused."""
    lines, number = _first_lines(answer, MOST_ROWS + 1)
    columns = tuple(name.removeprefix("?") for name in lines[0].split("\t")) if lines and lines[0] else ()
    rows = (tuple(_cell(text) for text in line.split("\t")[: len(columns)]) for line in lines[1:])
    table = Table(columns, tuple(row if columns else () for row in rows))
    return FirstRows(table, "\n".join(lines), max(0, number - 1))


def first_triples(answer: Answer) -> FirstRows:
    """The triples of a graph, from N-Triples. Raises Refused."""
    lines, number = _first_lines(answer, MOST_ROWS)
    return FirstRows(triples_table("\n".join(lines).encode()), "\n".join(lines), number)


def _first_lines(answer: Answer, most: int) -> tuple[list[str], int]:
    """The first lines, and the number of all."""
    lines = _Lines(most)
    answer.write_to(cast(IO[bytes], lines))
    return [line.decode() for line in lines.kept], lines.number


class _Lines:
    """Takes an answer, and keeps its lines as long as there is room; a line is kept whole or not at all."""

    def __init__(self, most: int) -> None:
        self.kept: list[bytes] = []
        self.number = 0
        self._most, self._room, self._rest, self._is_full = most, MOST_BYTES, b"", False

    def write(self, piece: bytes, /) -> int:
        self.number += piece.count(b"\n")
        if not self._is_full:
            self._keep(piece)
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def _keep(self, piece: bytes) -> None:
        *lines, self._rest = (self._rest + piece).split(b"\n")
        for line in lines:
            self._room -= len(line)
            self._is_full = self._is_full or self._room < 0 or len(self.kept) == self._most
            if not self._is_full:
                self.kept.append(line)
        self._is_full = self._is_full or len(self._rest) > self._room


def _cell(text: str) -> Cell | None:
    if not text:
        return None
    if text.startswith("<<"):  # a triple is a term in SPARQL 1.2
        return Cell("literal", text)
    for name, written in _NUMBERS:
        if written.fullmatch(text):
            return Cell("literal", text, datatype=XSD + name)
    return read_term(text)
