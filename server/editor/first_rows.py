"""The first rows of an answer however long it is, and how many rows there are in all."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from loader.release.namespaces import XSD
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


def first_solutions(body: Iterable[bytes]) -> FirstRows:
    """The rows of a SELECT query, from TSV. Raises EngineFailure where the answer breaks off."""
    lines, number = _first_lines(body, MOST_ROWS + 1)
    columns = tuple(name.removeprefix("?") for name in lines[0].split("\t")) if lines and lines[0] else ()
    rows = (tuple(_cell(text) for text in line.split("\t")[: len(columns)]) for line in lines[1:])
    table = Table(columns, tuple(row if columns else () for row in rows))
    return FirstRows(table, "\n".join(lines), max(0, number - 1))


def first_triples(body: Iterable[bytes]) -> FirstRows:
    """The triples of a graph, from N-Triples. Raises EngineFailure where the answer breaks off."""
    lines, number = _first_lines(body, MOST_ROWS)
    return FirstRows(triples_table("\n".join(lines).encode()), "\n".join(lines), number)


def _first_lines(body: Iterable[bytes], most: int) -> tuple[list[str], int]:
    """Lines as long as there is room for them, and the number of all; a line is kept whole or not at all."""
    kept: list[bytes] = []
    number, room, rest = 0, MOST_BYTES, b""
    is_full = False
    for piece in body:
        number += piece.count(b"\n")
        if is_full:
            continue
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            room -= len(line)
            is_full = is_full or room < 0 or len(kept) == most
            if not is_full:
                kept.append(line)
        is_full = is_full or len(rest) > room
    return [line.decode() for line in kept], number


def _cell(text: str) -> Cell | None:
    if not text:
        return None
    if text.startswith("<<"):  # a triple is a term in SPARQL 1.2
        return Cell("literal", text)
    for name, written in _NUMBERS:
        if written.fullmatch(text):
            return Cell("literal", text, datatype=XSD + name)
    return read_term(text)
