"""CSV that a spreadsheet cannot take for formulas.

Excel and its like run a cell that begins with = + - @, a tab or a carriage return, and look past spaces
and quotation marks before it. The CSV of a saved query therefore has one apostrophe before such a *text*;
numbers, dates, truth values and IRIs are never touched, and neither is any other text, so a program that
removes one leading apostrophe where such a beginning follows has every cell as it was. `/sparql` stays exact.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from loader.release.namespaces import XSD
from server.engine.interface import Answer
from server.tables.table import Cell, Table

_FORMULA = re.compile("[\\s\"'«»“”‘’\\ufeff]*[=+\\-@＝＋－＠\\t\\r]")
# What these types write is a number, a day or a duration; a literal that is not what it says is a text.
_EXACT = frozenset(
    XSD + name
    for name in (
        "integer", "decimal", "double", "float", "boolean", "date", "dateTime", "time", "gYear", "gYearMonth",
        "int", "long", "short", "nonNegativeInteger", "positiveInteger", "duration", "dayTimeDuration",
        "yearMonthDuration",
    )
)  # fmt: skip
_WRITTEN = re.compile(r"[+\-]?(?:[0-9.][0-9.:TZE+\-]*|INF|P[0-9.YMDTHS]+)", re.IGNORECASE)


def safe_csv(table: Table) -> bytes:
    """The table as SPARQL 1.1 CSV, but for the apostrophes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow("" if cell is None else harmless(cell) for cell in row)
    return text.getvalue().encode()


def csv_of_tsv(answer: Answer) -> Answer:
    """A SPARQL result in TSV, which says what each cell is, as such CSV; a stream stays a stream."""
    pieces = _Pieces(answer.body)
    if answer.length is None:
        return replace(answer, body=iter(pieces))
    whole = b"".join(pieces)
    return replace(answer, body=iter([whole]), length=len(whole))


class _Pieces(Iterator[bytes]):
    """The lines of TSV as lines of CSV, piece by piece; closes what it reads."""

    def __init__(self, body: Iterator[bytes]) -> None:
        self._body, self._rest, self._ended, self._is_head = body, b"", False, True

    def __next__(self) -> bytes:
        while not self._ended:
            piece = next(self._body, None)
            self._ended = piece is None
            lines = (self._rest + (piece or b"")).split(b"\n")
            self._rest = b"" if self._ended else lines.pop()
            if converted := self._convert([line for line in lines if line or not self._ended]):
                return converted
        raise StopIteration

    def close(self) -> None:
        close: Callable[[], None] | None = getattr(self._body, "close", None)
        if close:
            close()

    def _convert(self, lines: Iterable[bytes]) -> bytes:
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        for line in lines:
            cells = line.decode().split("\t")
            if self._is_head:
                writer.writerow(cell.removeprefix("?") for cell in cells)
                self._is_head = False
            else:
                writer.writerow(harmless(read_term(cell)) if cell else "" for cell in cells)
        return text.getvalue().encode()


_TERM = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9\-]+)|\^\^<([^>]*)>)?', re.DOTALL)
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


def read_term(text: str) -> Cell:
    """A cell of TSV; what has no quotation marks and no brackets is a number or a truth value."""
    if text.startswith("<"):
        return Cell("uri", text[1:-1])
    if text.startswith("_:"):
        return Cell("bnode", text[2:])
    match = _TERM.fullmatch(text)
    if match is None:
        return Cell("literal", text, datatype=XSD + "decimal")
    value = re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), match[1], flags=re.DOTALL)
    return Cell("literal", value, match[2] or "", match[3] or "")


def harmless(cell: Cell) -> str:
    """The value of a cell, with an apostrophe where it is a text that begins like a formula."""
    value = f"_:{cell.value}" if cell.kind == "bnode" else cell.value
    if cell.kind != "literal" or (cell.datatype in _EXACT and _WRITTEN.fullmatch(value)):
        return value
    return f"'{value}" if _FORMULA.match(value) else value


def restored(value: str) -> str:
    """What a cell held before it was made harmless; right for each that `harmless` wrote from a text."""
    return value[1:] if value.startswith("'") and _FORMULA.match(value[1:]) else value
