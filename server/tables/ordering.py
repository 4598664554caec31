"""Which lines of a result are wanted, and in which order."""

from collections.abc import Iterable
from dataclasses import dataclass

from loader.folding import fold
from server.tables.reading import Line, Reading, Shown, shown_cell
from server.tables.table import Table


@dataclass(frozen=True)
class Selection:
    """What a reader narrows a result down to.

    `words` stand anywhere in a line; each of `filters` is a column and words that stand in it; `sort` is a
    column, backwards with a minus before it. A column is one that is read, or one of the result itself.
    """

    words: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    sort: str = ""

    @property
    def column(self) -> str:
        """The column to sort by, or an empty text."""
        return self.sort.removeprefix("-")

    @property
    def columns(self) -> list[tuple[str, str]]:
        """Every column that is named, each with the parameter that names it."""
        named = [("filter", column) for column, _ in self.filters]
        return [*named, *([("sort", self.column)] if self.sort else [])]


EVERYTHING = Selection()


def columns_of(table: Table, reading: Reading) -> list[str]:
    """The names by which a selection may call the columns."""
    return list(dict.fromkeys([*(column.name for column in reading.columns), *table.columns]))


def selected(table: Table, reading: Reading, selection: Selection, language: str) -> list[Line]:
    """The lines that fit, in the order that is wanted."""
    lines = matching(reading.lines, selection.words)
    for column, words in selection.filters:
        lines = [line for line in lines if _has(_cell(table, reading, line, column, language), words)]
    if not selection.sort:
        return lines
    cells = [(_cell(table, reading, line, selection.column, language), line) for line in lines]
    filled = [(cell.order, line) for cell, line in cells if cell is not None]
    filled.sort(key=lambda pair: pair[0], reverse=selection.sort.startswith("-"))
    return [line for _, line in filled] + [line for cell, line in cells if cell is None]


def matching(lines: Iterable[Line], words: str) -> list[Line]:
    """The lines in which every one of the words occurs somewhere, however it is spelt."""
    wanted = fold(words).split()
    return [line for line in lines if all(word in _text(line) for word in wanted)]


def _cell(table: Table, reading: Reading, line: Line, column: str, language: str) -> Shown | None:
    """What a column has in a line."""
    place = reading.place(column)
    if place is not None:
        return line.cells[place]
    term = line.row[table.columns.index(column)]
    return None if term is None else shown_cell(term, "text", language, {})


def _has(shown: Shown | None, words: str) -> bool:
    text = "" if shown is None else fold(f"{shown.words} {shown.value} {shown.iri}")
    return all(word in text for word in fold(words).split())


def _text(line: Line) -> str:
    """All that a line says, in both languages."""
    shown = (cell.words for cell in line.cells if cell is not None)
    written = (cell.value for cell in line.row if cell is not None and cell.kind == "literal")
    return fold(" ".join((*shown, *written)))
