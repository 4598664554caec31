"""Some rows of an answer however long it is, and how many rows there are in all."""

import re
from dataclasses import dataclass
from typing import IO, cast

from loader.release.namespaces import XSD
from server.engine.interface import Answer
from server.tables.csv_safety import read_term
from server.tables.table import Cell, Table
from server.tables.triples import triples_table

_NUMBERS = (
    ("integer", re.compile(r"[+-]?[0-9]+")),
    ("decimal", re.compile(r"[+-]?[0-9]*\.[0-9]*")),
    ("double", re.compile(r"[+-]?[0-9.]+[eE][+-]?[0-9]+")),
    ("boolean", re.compile(r"true|false")),
)


@dataclass(frozen=True, kw_only=True)
class Window:
    """Which rows are kept: those after the first `start`, at most so many, and of at most so many bytes."""

    start: int
    rows: int
    bytes: int


@dataclass(frozen=True, kw_only=True)
class KeptRows:
    """Some rows as a table and, one for one, as they were written; `total` counts those not kept too."""

    table: Table
    head: str
    lines: tuple[str, ...]
    total: int


def kept_solutions(answer: Answer, window: Window) -> KeptRows:
    """Rows of a SELECT query, from TSV. Raises Refused."""
    head, lines, number = _lines_of(answer, window, has_head=True)
    columns = tuple(name.removeprefix("?") for name in head.split("\t")) if head else ()
    rows = (tuple(_cell(text) for text in line.split("\t")[: len(columns)]) for line in lines)
    table = Table(columns, tuple(row if columns else () for row in rows))
    return KeptRows(table=table, head=head, lines=tuple(lines), total=number)


def kept_triples(answer: Answer, window: Window) -> KeptRows:
    """Triples of a graph, from N-Triples. Raises Refused."""
    _, lines, number = _lines_of(answer, window, has_head=False)
    lines.sort()
    return KeptRows(table=triples_table("\n".join(lines).encode()), head="", lines=tuple(lines), total=number)


def _lines_of(answer: Answer, window: Window, has_head: bool) -> tuple[str, list[str], int]:
    """The head where there is one, the lines in the window, and the number of all but the head."""
    lines = _Lines(window, has_head)
    answer.write_to(cast(IO[bytes], lines))
    return lines.head.decode(), [line.decode() for line in lines.kept], max(0, lines.number - has_head)


class _Lines:
    """Takes an answer, and keeps its lines as long as there is room; a line is kept whole or not at all."""

    def __init__(self, window: Window, has_head: bool) -> None:
        self.head, self.kept, self.number = b"", list[bytes](), 0
        self._has_head, self._skipped = has_head, window.start
        self._most, self._room, self._rest, self._is_full = window.rows, window.bytes, b"", False

    def write(self, piece: bytes, /) -> int:
        self.number += piece.count(b"\n")
        if not self._is_full:
            self._take(piece)
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def _take(self, piece: bytes) -> None:
        *lines, self._rest = (self._rest + piece).split(b"\n")
        for line in lines:
            if self._has_head:
                self.head, self._has_head = line, False
            elif self._skipped:
                self._skipped -= 1
            else:
                self._keep(line)
        self._is_full = self._is_full or (not self._skipped and len(self._rest) > self._room)

    def _keep(self, line: bytes) -> None:
        self._room -= len(line)
        self._is_full = self._is_full or self._room < 0 or len(self.kept) == self._most
        if not self._is_full:
            self.kept.append(line)


def _cell(text: str) -> Cell | None:
    if not text:
        return None
    if text.startswith("<<"):  # a triple is a term in SPARQL 1.2
        return Cell("literal", text)
    for name, written in _NUMBERS:
        if written.fullmatch(text):
            return Cell("literal", text, datatype=XSD + name)
    return read_term(text)
