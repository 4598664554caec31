"""A map: the places of the rows on the land and a net of degrees, each with its name where there is room."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from server.drawings.drawing import Drawing, cells, measure, names, number
from server.drawings.land import land
from server.drawings.projection import WIDTH, GridLine, Point, around, grid
from server.tables.reading import Line, Reading, Shown

LETTER, LINE = 7.6, 18
Box = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
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


@dataclass(frozen=True, kw_only=True)
class Map(Drawing):
    """The whole drawing; `land` is a path, `elsewhere` are the rows without coordinates."""

    template: ClassVar[str] = "views/map.html"
    width: int
    height: int
    land: str
    lines: tuple[GridLine, ...]
    dots: tuple[Dot, ...]
    elsewhere: tuple[Shown, ...]


def world(reading: Reading, language: str) -> Map | None:
    """The rows on a map, or None where none has coordinates."""
    lat, long = reading.place("lat", "latitude"), reading.place("long", "longitude", "lon")
    sized = measure(reading, [place for place in (lat, long) if place is not None])
    named = names(reading)[:1]
    placed = [(line, _point(line, long, lat)) for line in reading.lines]
    known = [(line, point) for line, point in placed if point]
    if not known:
        return None
    window = around([point for _, point in known])
    dots = [_dot(reading, line, window.x(x), window.y(y), named, sized) for line, (x, y) in known]
    elsewhere = tuple(cell for line, point in placed if not point for cell in cells(line, named))
    return Map(
        width=WIDTH,
        height=window.height,
        land=land(window),
        lines=tuple(grid(window, language)),
        dots=tuple(_with_names(dots, window.height)),
        elsewhere=elsewhere,
    )


def _point(line: Line, long: int | None, lat: int | None) -> Point | None:
    """Longitude and latitude, where both are there and on the earth."""
    x, y = number(line, long), number(line, lat)
    if x is None or y is None or not (abs(x) <= 180 and abs(y) <= 90):
        return None
    return x, y


def _dot(reading: Reading, line: Line, x: float, y: float, named: list[int], sized: int | None) -> Dot:
    name = next(iter(cells(line, named)), Shown(words="–", language="", kind="text"))
    size = number(line, sized) or 1
    note = "" if sized is None else f"{reading.columns[sized].title}: {size:g}"
    return Dot(
        name=name,
        x=round(x, 1),
        y=round(y, 1),
        radius=round(min(4 + 2 * math.sqrt(max(size, 0)), 16), 1),
        note=note,
    )


def _with_names(dots: list[Dot], height: int) -> Iterator[Dot]:
    """Each dot with its name where it covers no other; the largest choose first."""
    taken: list[Box] = [(d.x - d.radius, d.y - d.radius, d.x + d.radius, d.y + d.radius) for d in dots]
    for dot in sorted(dots, key=lambda dot: -dot.radius):
        width = LETTER * len(dot.name.words)
        for anchor, x, y in _candidates(dot):
            left = x - {"start": 0, "end": width, "middle": width / 2}[anchor]
            box = (left, y - LINE * 0.75, left + width, y + LINE * 0.25)
            inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= height
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                yield Dot(
                    name=dot.name,
                    x=dot.x,
                    y=dot.y,
                    radius=dot.radius,
                    note=dot.note,
                    text_x=round(x, 1),
                    text_y=round(y, 1),
                    anchor=anchor,
                )
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
