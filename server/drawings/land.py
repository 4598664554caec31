"""The land on a map, one path cut to the window: coastlines of Natural Earth, none where not built."""

import json
import math
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

from server.drawings.projection import WIDTH, Point, Projection

FILE = Path(__file__).resolve().parents[1] / "static" / "built" / "land.json"
# The path goes on a little outside the window, so that the cuts are not seen.
BEYOND = 4
# Points that are nearer to each other on the paper are one.
NEAREST = 2
Ring = list[Point]


@lru_cache(maxsize=64)
def land(projection: Projection) -> str:
    """The path, to be filled by the even-odd rule; empty where there is no land, or no file of it."""
    sides = (
        (0, -BEYOND, 1),
        (0, WIDTH + BEYOND, -1),
        (1, -BEYOND, 1),
        (1, projection.height + BEYOND, -1),
    )
    found = []
    for ring in _rings():
        points = [(projection.x(longitude), projection.y(latitude)) for longitude, latitude in ring]
        for axis, limit, inwards in sides:
            points = list(_cut(points, axis, limit, inwards))
        if len(thinned := list(_thinned(points))) > 2:
            found.append(_path(thinned))
    return "".join(found)


@cache
def _rings() -> tuple[tuple[Point, ...], ...]:
    """Each coastline as points of longitude and latitude; they do not change while a server runs."""
    if not FILE.is_file():
        return ()
    return tuple(tuple((x, y) for x, y in ring) for ring in json.loads(FILE.read_text(encoding="utf-8")))


def _cut(ring: Ring, axis: int, limit: float, inwards: int) -> Iterator[Point]:
    """The part of a ring on one side of a line (Sutherland and Hodgman)."""
    for here, there in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        is_in, goes_in = ((point[axis] - limit) * inwards >= 0 for point in (here, there))
        if is_in:
            yield here
        if is_in != goes_in:
            part = (limit - here[axis]) / (there[axis] - here[axis])
            yield here[0] + part * (there[0] - here[0]), here[1] + part * (there[1] - here[1])


def _thinned(ring: Iterable[Point]) -> Iterator[Point]:
    last = (math.inf, math.inf)
    for point in ring:
        if math.dist(point, last) >= NEAREST:
            last = point
            yield point


def _path(ring: Ring) -> str:
    """Steps from point to point, in tenths where that is seen; they add up to what is rounded once."""
    (x, y), *rest = [(round(10 * x), round(10 * y)) for x, y in ring]
    steps = []
    begin = f"M{_tenths(x)},{_tenths(y)}l"
    for across, down in rest:
        steps.append(f"{_tenths(across - x)},{_tenths(down - y)}")
        x, y = across, down
    return begin + " ".join(steps) + "z"


def _tenths(number: int) -> str:
    return f"{number / 10:g}"
