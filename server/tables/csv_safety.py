"""CSV that a spreadsheet cannot take for formulas.

Excel and its like run a cell that begins with = + - @, a tab or a carriage return, and look past spaces
and quotation marks before it. The CSV of a saved query therefore has one apostrophe before such a *text*;
numbers, dates, truth values and IRIs are never touched, and neither is any other text, so a program that
removes one leading apostrophe where such a beginning follows has every cell as it was. `/sparql` stays exact.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable
from typing import IO, cast

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


def harmless(cell: Cell) -> str:
    """The value of a cell, with an apostrophe where it is a text that begins like a formula."""
    value = exact(cell)
    if cell.kind != "literal" or (cell.datatype in _EXACT and _WRITTEN.fullmatch(value)):
        return value
    return f"'{value}" if _FORMULA.match(value) else value


def exact(cell: Cell) -> str:
    """The value of a cell as SPARQL 1.1 CSV has it."""
    return f"_:{cell.value}" if cell.kind == "bnode" else cell.value


def safe_csv(table: Table) -> bytes:
    """The table as SPARQL 1.1 CSV, but for the apostrophes."""
    return _csv(table, harmless)


def exact_csv(table: Table) -> bytes:
    """The table as SPARQL 1.1 CSV."""
    return _csv(table, exact)


def _csv(table: Table, written: Callable[[Cell], str]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow(_line([None if cell is None else written(cell) for cell in row]))
    return text.getvalue().encode()


def csv_of_tsv(answer: Answer, text: Callable[[Cell], str] = harmless) -> Answer:
    """A SPARQL result in TSV, which says what each cell is, as such CSV; `text` writes a cell."""

    def write(output: IO[bytes]) -> None:
        converted = _Converted(output, text)
        answer.write_to(cast(IO[bytes], converted))
        converted.end()

    return Answer(answer.release, write)


class _Converted:
    """Takes the lines of TSV, and passes them on as lines of CSV."""

    def __init__(self, output: IO[bytes], text: Callable[[Cell], str]) -> None:
        self._output, self._text, self._rest, self._is_head = output, text, b"", True

    def write(self, piece: bytes, /) -> int:
        *lines, self._rest = (self._rest + piece).split(b"\n")
        self._pass_on(lines)
        return len(piece)

    def flush(self) -> None:
        """Only the beginning of a line is held back."""

    def end(self) -> None:
        self._pass_on([self._rest] if self._rest else [])

    def _pass_on(self, lines: Iterable[bytes]) -> None:
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        for line in lines:
            cells = line.decode().split("\t")
            if self._is_head:
                writer.writerow(cell.removeprefix("?") for cell in cells)
                self._is_head = False
            else:
                writer.writerow(_line([self._text(read_term(cell)) if cell else None for cell in cells]))
        if converted := text.getvalue().encode():
            self._output.write(converted)


def _line(cells: list[str | None]) -> list[str]:
    """What is written of a row. Where there is one column only, a line without anything stands for no value:
    the empty text has its quotation marks, so that the two can be told apart."""
    return [] if cells == [None] else ["" if cell is None else cell for cell in cells]


def with_mark(answer: Answer) -> Answer:
    """The same after a byte order mark, by which Excel knows that a CSV is UTF-8."""

    def write(output: IO[bytes]) -> None:
        output.write(codecs.BOM_UTF8)
        answer.write_to(output)

    return Answer(answer.release, write)


_TERM = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9\-]+)|\^\^<([^>]*)>)?', re.DOTALL)
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


def read_term(text: str) -> Cell:
    """A cell of TSV; what has no quotation marks and no brackets is a number or a truth value."""
    if text.startswith("<<"):
        return Cell("triple", text)
    if text.startswith("<"):
        return Cell("uri", text[1:-1])
    if text.startswith("_:"):
        return Cell("bnode", text[2:])
    match = _TERM.fullmatch(text)
    if match is None:
        return Cell("literal", text, datatype=XSD + "decimal")
    value = re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), match[1], flags=re.DOTALL)
    return Cell("literal", value, match[2] or "", match[3] or "")


def restored(value: str) -> str:
    """What a cell held before it was made harmless; right for each that `harmless` wrote from a text."""
    return value[1:] if value.startswith("'") and _FORMULA.match(value[1:]) else value
