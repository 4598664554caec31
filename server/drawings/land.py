"""The land on a map and the countries on it, cut to the window: Natural Earth, nothing where not built."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from server.drawings.projection import WIDTH, Point, Projection

BUILT = Path(__file__).resolve().parents[1] / "static" / "built"
LAND, COUNTRIES = "land.json", "countries.json"
# The path goes on a little outside the window, so that the cuts are not seen.
BEYOND = 4
# Points that are nearer to each other on the paper are one.
NEAREST = 2
# A country of which no part is so wide or high on the paper cannot be seen.
SEEN = 5
Ring = list[Point]
Rings = tuple[tuple[Point, ...], ...]


@lru_cache(maxsize=64)
def land(projection: Projection) -> str:
    """The path, to be filled by the even-odd rule; empty where there is no land, or no file of it."""
    return _paths(_land(), projection, NEAREST)


@lru_cache(maxsize=512)
def country(number: str, projection: Projection) -> str:
    """The path of a country by its number in M49; empty where it is unknown, too small or outside."""
    rings = _countries().get(number, ())
    return _paths(rings, projection, NEAREST / 2) if _is_seen(rings, projection) else ""


@lru_cache(maxsize=512)
def middle(number: str) -> Point | None:
    """The centre of gravity of the largest part of a country, as longitude and latitude."""
    rings = _countries().get(number, ())
    return max(map(_centre, rings))[1] if rings else None


def _centre(ring: tuple[Point, ...]) -> tuple[float, Point]:
    """The size of a ring, and its centre of gravity."""
    double = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        cross = x1 * y2 - x2 * y1
        double, x, y = double + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    return (abs(double), (x / (3 * double), y / (3 * double))) if double else (0.0, ring[0])


def _paths(rings: Rings, projection: Projection, nearest: float) -> str:
    found = []
    for ring in rings:
        points = _on_paper(ring, projection)
        for axis, limit, inwards in _sides(projection):
            points = list(_cut(points, axis, limit, inwards))
        if len(thinned := list(_thinned(points, nearest))) > 2:
            found.append(_path(thinned))
    return "".join(found)


def _is_seen(rings: Rings, projection: Projection) -> bool:
    return any(
        max(along) - min(along) >= SEEN
        for ring in rings
        for along in zip(*_on_paper(ring, projection), strict=True)
    )


def _on_paper(ring: Iterable[Point], projection: Projection) -> list[Point]:
    return [(projection.x(longitude), projection.y(latitude)) for longitude, latitude in ring]


def _sides(projection: Projection) -> Iterator[tuple[int, float, int]]:
    """The edges of the window: which axis, where, and on which side of it the window lies."""
    for axis, size in enumerate((WIDTH, projection.height)):
        yield axis, -BEYOND, 1
        yield axis, size + BEYOND, -1


def _land() -> Rings:
    """Each coastline as points of longitude and latitude."""
    return _file(LAND).get("", ())


def _countries() -> Mapping[str, Rings]:
    """The same of each country, by its number."""
    return _file(COUNTRIES)


@cache
def _file(name: str) -> Mapping[str, Rings]:
    """What was built; it does not change while a server runs."""
    file = BUILT / name
    content = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    shapes = content if isinstance(content, dict) else {"": content}
    return {key: tuple(tuple((x, y) for x, y in ring) for ring in rings) for key, rings in shapes.items()}


def _cut(ring: Ring, axis: int, limit: float, inwards: int) -> Iterator[Point]:
    """The part of a ring on one side of a line (Sutherland and Hodgman)."""
    for here, there in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        is_in, goes_in = ((point[axis] - limit) * inwards >= 0 for point in (here, there))
        if is_in:
            yield here
        if is_in != goes_in:
            part = (limit - here[axis]) / (there[axis] - here[axis])
            yield here[0] + part * (there[0] - here[0]), here[1] + part * (there[1] - here[1])


def _thinned(ring: Iterable[Point], nearest: float) -> Iterator[Point]:
    last = (math.inf, math.inf)
    for point in ring:
        if math.dist(point, last) >= nearest:
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
