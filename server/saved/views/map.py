"""A map without a ground: the places of the rows on a net of meridians and parallels, with their names."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from server.i18n.texts import texts
from server.saved.reading import Line, Reading, Shown
from server.saved.views.drawing import Drawing, cells, names, number, numbers

WIDTH, LOWEST, HIGHEST = 900, 320, 620
MARGIN = 60
LETTER, LINE = 7.6, 18
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Dot:
    """A place; its name stands at `text_x`, `text_y`, or nowhere if there is no room (empty `anchor`)."""

    name: Shown
    x: float
    y: float
    radius: float
    note: str
    text_x: float = 0
    text_y: float = 0
    anchor: str = ""


@dataclass(frozen=True)
class GridLine:
    """A meridian or a parallel."""

    is_meridian: bool
    at: float
    text: str


@dataclass(frozen=True)
class Map(Drawing):
    """The whole drawing; `elsewhere` are the rows without coordinates."""

    template: ClassVar[str] = "views/map.html"
    width: int
    height: int
    lines: tuple[GridLine, ...]
    dots: tuple[Dot, ...]
    elsewhere: tuple[Shown, ...]


@dataclass(frozen=True)
class _Projection:
    """Plate carrée, with degrees of longitude as wide as they are in the middle of the map."""

    west: float
    north: float
    scale: float
    squeeze: float

    def x(self, longitude: float) -> float:
        return MARGIN + (longitude - self.west) * self.scale * self.squeeze

    def y(self, latitude: float) -> float:
        return MARGIN + (self.north - latitude) * self.scale


def world(reading: Reading, language: str) -> Map | None:
    """The rows on a map, or None where none has coordinates."""
    lat, long = reading.place("lat", "latitude"), reading.place("long", "longitude", "lon")
    named = names(reading)[:1]
    sized = next(iter(numbers(reading, [place for place in (lat, long) if place is not None])), None)
    places = [(line, number(line, lat), number(line, long)) for line in reading.lines]
    known = [(line, y, x) for line, y, x in places if y is not None and x is not None]
    if not known:
        return None
    projection, height = _projection([y for _, y, _ in known], [x for _, _, x in known])
    dots = [_dot(reading, line, projection.x(x), projection.y(y), named, sized) for line, y, x in known]
    elsewhere = tuple(cell for line, y, x in places if y is None or x is None for cell in cells(line, named))
    grid = tuple(_grid(projection, height, language))
    return Map(WIDTH, height, grid, tuple(_with_names(dots)), elsewhere)


def _projection(latitudes: list[float], longitudes: list[float]) -> tuple[_Projection, int]:
    south, north = min(latitudes), max(latitudes)
    west, east = min(longitudes), max(longitudes)
    squeeze = max(math.cos(math.radians((south + north) / 2)), 0.2)
    across = max((east - west) * squeeze, 1)
    down = max(north - south, 1)
    scale = min((WIDTH - 2 * MARGIN) / across, (HIGHEST - 2 * MARGIN) / down)
    height = round(min(max(down * scale + 2 * MARGIN, LOWEST), HIGHEST))
    spare = (WIDTH - 2 * MARGIN) / scale - across
    above = (height - 2 * MARGIN) / scale - down
    return _Projection(west - spare / squeeze / 2, north + above / 2, scale, squeeze), height


def _dot(reading: Reading, line: Line, x: float, y: float, named: list[int], sized: int | None) -> Dot:
    name = next(iter(cells(line, named)), Shown("–", "", "text"))
    size = number(line, sized) or 1
    note = "" if sized is None else f"{reading.columns[sized].title}: {size:g}"
    return Dot(name, round(x, 1), round(y, 1), round(min(4 + 2 * math.sqrt(max(size, 0)), 16), 1), note)


def _with_names(dots: list[Dot]) -> Iterator[Dot]:
    """Each dot with its name where it covers no other; the largest choose first."""
    taken: list[Box] = [(d.x - d.radius, d.y - d.radius, d.x + d.radius, d.y + d.radius) for d in dots]
    for dot in sorted(dots, key=lambda dot: -dot.radius):
        width = LETTER * len(dot.name.words)
        for anchor, x, y in _candidates(dot):
            left = x - {"start": 0, "end": width, "middle": width / 2}[anchor]
            box = (left, y - LINE * 0.75, left + width, y + LINE * 0.25)
            inside = box[0] >= 0 and box[2] <= WIDTH
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                yield Dot(dot.name, dot.x, dot.y, dot.radius, dot.note, round(x, 1), round(y, 1), anchor)
                break
        else:
            yield dot


def _candidates(dot: Dot) -> Iterator[tuple[str, float, float]]:
    """Right, left, above and below, then the corners."""
    gap = dot.radius + 4
    yield "start", dot.x + gap, dot.y + 5
    yield "end", dot.x - gap, dot.y + 5
    yield "middle", dot.x, dot.y - gap - 3
    yield "middle", dot.x, dot.y + gap + 12
    for anchor, side in (("start", 1), ("end", -1)):
        yield anchor, dot.x + side * gap * 0.7, dot.y - gap
        yield anchor, dot.x + side * gap * 0.7, dot.y + gap + 9


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _grid(projection: _Projection, height: int, language: str) -> Iterator[GridLine]:
    """Lines at round degrees, a handful in each direction."""
    per_degree = projection.scale * projection.squeeze
    step = next((s for s in (1, 2, 5, 10, 20, 30) if s * per_degree >= 90), 45)
    in_context = texts(language).pgettext
    for degrees in range(-180, 181, step):
        if 0 <= (x := projection.x(degrees)) <= WIDTH:
            side = in_context("longitude", "E") if degrees > 0 else in_context("longitude", "W")
            yield GridLine(True, round(x, 1), f"{abs(degrees)}°{side if degrees else ''}")
    for degrees in range(-90, 91, step):
        if 0 <= (y := projection.y(degrees)) <= height:
            side = in_context("latitude", "N") if degrees > 0 else in_context("latitude", "S")
            yield GridLine(False, round(y, 1), f"{abs(degrees)}°{side if degrees else ''}")
