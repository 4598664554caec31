"""A map: places as dots and their countries shaded on a net of degrees, with names where there is room."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from server.drawings.areas import Shading, shadings
from server.drawings.dots import SMALLEST, Dot, Measure, counted_in, dots_of, measure_of
from server.drawings.drawing import Drawing, cells, column_of, names, number
from server.drawings.labels import SIZES, MapLabel, Spot, placed
from server.drawings.land import land
from server.drawings.projection import WIDTH, GridLine, Point, Projection, around, grid
from server.drawings.reaches import Reach, reaches
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
    reaches: Sequence[Reach]


@dataclass(frozen=True, kw_only=True)
class Map(Drawing):
    """The whole drawing; `land` is a path, `elsewhere` are the rows shown neither as dot nor as area.

    `cramped` are for each size of map the places without a name there, or without room for a finger.
    """

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
    cramped: Mapping[str, Sequence[Shown]]

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
    dots, areas = _placed(dots_of(reading, known, window, counted), _areas(shaded, window), window.height)
    return Map(
        width=WIDTH,
        height=window.height,
        land=land(window),
        lines=tuple(grid(window, language)),
        areas=tuple(areas),
        dots=tuple(dots),
        measure=measure_of(reading, [line for line, _ in known], counted),
        elsewhere=tuple(_elsewhere(rows, named, areas)),
        cramped={size: _cramped([*dots, *_bare(areas)], size) for size in SIZES},
    )


def _elsewhere(
    rows: Sequence[tuple[Line, Point | None]], named: list[int], areas: Sequence[ShadedArea]
) -> Iterator[Shown]:
    """The names of rows without coordinates that are no country, which is shaded or has a speck."""
    shaded = {area.name.iri for area in areas if area.name.iri}
    unplaced = (cell for line, point in rows if not point for cell in cells(line, named))
    return (cell for cell in unplaced if cell.iri not in shaded)


def _point(reading: Reading, line: Line) -> Point | None:
    """Longitude and latitude, where both are there and on the earth."""
    x, y = (number(line, column_of(reading, kind)) for kind in ("longitude", "latitude"))
    if x is None or y is None or not (abs(x) <= 180 and abs(y) <= 90):
        return None
    return x, y


def _areas(shaded: Sequence[Shading], window: Projection) -> list[ShadedArea]:
    """Those too small for a shape last, so that none covers their specks."""
    areas = [
        ShadedArea(
            name=one.name,
            holds=one.holds,
            path=one.path(window),
            x=round(window.x(one.middle[0]), 1),
            y=round(window.y(one.middle[1]), 1),
            is_dotted=one.is_dotted,
            labels=(),
            reaches=(),
        )
        for one in shaded
    ]
    return sorted(areas, key=lambda area: not area.path)


def _bare(areas: Sequence[ShadedArea]) -> list[ShadedArea]:
    return [area for area in areas if not area.is_dotted]


def _placed(dots: list[Dot], areas: list[ShadedArea], height: int) -> tuple[list[Dot], list[ShadedArea]]:
    """The same with names and what is hit; dots choose before areas, of which only bare ones have any."""
    spots = [Spot(dot.name.words, dot.x, dot.y, dot.radius) for dot in dots]
    spots += [Spot(area.name.words, area.x, area.y, 0 if area.path else SMALLEST) for area in _bare(areas)]
    labels, hits = iter(placed(spots, height)), iter(reaches(spots))
    placed_dots = [replace(dot, labels=next(labels), reaches=next(hits)) for dot in dots]
    return placed_dots, [
        area if area.is_dotted else replace(area, labels=next(labels), reaches=next(hits)) for area in areas
    ]


def _cramped(marks: Sequence[Dot | ShadedArea], size: str) -> Sequence[Shown]:
    """The places without a name on maps of a size; on all but large ones also those too near to others."""
    return tuple(
        {mark.name.iri: mark.name for mark in marks if mark.name.iri and _is_cramped(mark, size)}.values()
    )


def _is_cramped(mark: Dot | ShadedArea, size: str) -> bool:
    is_named = any(label.size == size for label in mark.labels)
    is_narrow = any(reach.is_narrow for reach in mark.reaches if reach.size == size)
    return not is_named or (is_narrow and size != "large")
