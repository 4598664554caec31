"""Bars: a group for each row, with a bar for each of its first numbers."""

from dataclasses import dataclass
from typing import ClassVar

from server.drawings.drawing import Drawing, cells, names, number, numbers, percent
from server.i18n.languages import direction
from server.tables.reading import Line, Reading, Shown

MOST_SERIES = 3
MOST_NAMES = 2


@dataclass(frozen=True)
class Bar:
    """One number; `x` and `width` in percent, `series` counts from 0."""

    series: int
    x: str
    width: str
    text: str


@dataclass(frozen=True)
class Group:
    """The bars of a row, and what it is called."""

    names: tuple[Shown, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Bars(Drawing):
    """The whole chart; `series` are the titles of the numbers."""

    template: ClassVar[str] = "views/bars.html"
    series: tuple[str, ...]
    groups: tuple[Group, ...]


def bars(reading: Reading, language: str) -> Bars | None:
    """A chart of the rows, or None where they have no numbers."""
    named = names(reading)[:MOST_NAMES]
    counted = numbers(reading, named)[:MOST_SERIES]
    most = max((number(line, place) or 0 for line in reading.lines for place in counted), default=0)
    if most <= 0:
        return None
    groups = tuple(
        Group(cells(line, named), tuple(_bars(line, counted, most, direction(language) == "rtl")))
        for line in reading.lines
    )
    return Bars(tuple(reading.columns[place].title for place in counted), groups)


def _bars(line: Line, counted: list[int], most: float, is_mirrored: bool) -> list[Bar]:
    found = []
    for series, place in enumerate(counted):
        value, cell = number(line, place), line.cells[place]
        if value is not None and cell is not None:
            x, width = percent(0, 100 * max(value, 0) / most, is_mirrored)
            found.append(Bar(series, x, width, cell.words))
    return found
