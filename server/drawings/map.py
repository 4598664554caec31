"""A map: places as dots and their countries shaded on a net of degrees, with names where there is room."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from server.drawings.areas import Shading, shadings
from server.drawings.dots import SMALLEST, Dot, Measure, counted_in, dots_of, measure_of
from server.drawings.drawing import Drawing, cells, column_of, names, number
from server.drawings.labels import MapLabel, Spot, placed
from server.drawings.land import land
from server.drawings.projection import WIDTH, GridLine, Point, Projection, around, grid
from server.tables.reading import Line, Reading, Shown

# In a picture: how tall a line of the legend is, and how many letters one has.
LEGEND, LETTERS = 20, 110


@dataclass(frozen=True, kw_only=True)
class ShadedArea:
    """A country that is shaded; `labels` where no dot in it has a name, a `path` where it can be seen."""

    name: Shown
    holds: Sequence[Shown]
    path: str
    x: float
    y: float
    is_dotted: bool
    labels: Sequence[MapLabel]


@dataclass(frozen=True, kw_only=True)
class Map(Drawing):
    """The whole drawing; `land` is a path, `elsewhere` are the rows shown neither as dot nor as area."""

    template: ClassVar[str] = "views/map.html"
    picture: ClassVar[str] = "views/map.svg"
    width: int
    height: int
    land: str
    lines: tuple[GridLine, ...]
    areas: tuple[ShadedArea, ...]
    dots: tuple[Dot, ...]
    measure: Measure | None
    elsewhere: tuple[Shown, ...]

    @property
    def tall(self) -> int:
        letters = sum(len(name.words) + 2 for name in self.elsewhere)
        return self.height + LEGEND * (1 + -(-letters // LETTERS) + bool(letters))


def world(reading: Reading, language: str, by: str = "") -> Map | None:
    """The rows on a map, or None where none has coordinates or lies in a country that is known.

    The dots are as large as the numbers in the column `by`, or in the first one that says how much.
    """
    named, counted = names(reading)[:1], counted_in(reading, by)
    rows = [(line, _point(reading, line)) for line in reading.lines]
    shaded = shadings(reading, rows, named)
    known = [(line, point) for line, point in rows if point]
    seen = [*(point for _, point in known), *(area.middle for area in shaded if not area.is_dotted)]
    if not seen:
        return None
    window = around(seen)
    dots, areas = _named(dots_of(reading, known, window, counted), _areas(shaded, window), window.height)
    return Map(
        width=WIDTH,
        height=window.height,
        land=land(window),
        lines=tuple(grid(window, language)),
        areas=tuple(areas),
        dots=tuple(dots),
        measure=measure_of(reading, [line for line, _ in known], counted),
        elsewhere=tuple(_elsewhere(rows, named, areas)),
    )


def _elsewhere(
    rows: Sequence[tuple[Line, Point | None]], named: list[int], areas: Sequence[ShadedArea]
) -> Iterator[Shown]:
    """The names of rows without coordinates that are no country shaded as a whole."""
    shaded = {area.name.iri for area in areas if area.path and area.name.iri}
    unplaced = (cell for line, point in rows if not point for cell in cells(line, named))
    return (cell for cell in unplaced if cell.iri not in shaded)


def _point(reading: Reading, line: Line) -> Point | None:
    """Longitude and latitude, where both are there and on the earth."""
    x, y = (number(line, column_of(reading, kind)) for kind in ("longitude", "latitude"))
    if x is None or y is None or not (abs(x) <= 180 and abs(y) <= 90):
        return None
    return x, y


def _areas(shaded: Sequence[Shading], window: Projection) -> list[ShadedArea]:
    return [
        ShadedArea(
            name=one.name,
            holds=one.holds,
            path=one.path(window),
            x=round(window.x(one.middle[0]), 1),
            y=round(window.y(one.middle[1]), 1),
            is_dotted=one.is_dotted,
            labels=(),
        )
        for one in shaded
    ]


def _named(dots: list[Dot], areas: list[ShadedArea], height: int) -> tuple[list[Dot], list[ShadedArea]]:
    """The same with their labels; dots choose before areas, of which only those without a dot have any."""
    bare = [area for area in areas if not area.is_dotted]
    spots = [Spot(dot.name.words, dot.x, dot.y, dot.radius) for dot in dots]
    spots += [Spot(area.name.words, area.x, area.y, 0 if area.path else SMALLEST) for area in bare]
    labels = iter(placed(spots, height))
    named_dots = [replace(dot, labels=next(labels)) for dot in dots]
    return named_dots, [area if area.is_dotted else replace(area, labels=next(labels)) for area in areas]
