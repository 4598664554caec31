"""The dots of a map: as large as the first number of their rows, with all their numbers in words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from server.drawings.drawing import cells, names, number, quantities
from server.drawings.labels import MapLabel
from server.drawings.projection import Point, Projection
from server.drawings.reaches import Reach
from server.tables.reading import Line, Reading, Shown

SMALLEST, LARGEST, USUAL = 4, 18, 6
# How much of its size a dot keeps at least where others are near, and how far two may lie on each other.
LEAST_SHARE, OVERLAP = 0.4, 1.2
NAMELESS = Shown(words="–", language="", kind="text")


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A place; `note` are its numbers in words."""

    name: Shown
    x: float
    y: float
    radius: float
    note: str
    labels: Sequence[MapLabel]
    reaches: Sequence[Reach]


@dataclass(frozen=True)
class Measure:
    """What the size of a dot says: of what, and the least and the most there is."""

    title: str
    least: str
    most: str


def counted_in(reading: Reading, by: str) -> list[int]:
    """The columns that say how much, that of this name first."""
    found = quantities(reading, names(reading)[:1])
    return sorted(found, key=lambda place: reading.columns[place].name != by)


def dots_of(
    reading: Reading, known: Sequence[tuple[Line, Point]], window: Projection, counted: list[int]
) -> list[Dot]:
    """The largest first, so that a small one lies on top of it."""
    most = max((number(line, place) or 0 for line, _ in known for place in counted[:1]), default=0)
    dots = [
        Dot(
            name=next(iter(cells(line, names(reading)[:1])), NAMELESS),
            x=round(window.x(x), 1),
            y=round(window.y(y), 1),
            radius=_radius(number(line, counted[0]) if counted else None, most),
            note=_note(reading, line, counted),
            labels=(),
            reaches=(),
        )
        for line, (x, y) in known
    ]
    return sorted(_apart(dots), key=lambda dot: -dot.radius)


def _apart(dots: Sequence[Dot]) -> list[Dot]:
    """All as much smaller as it takes for each to be seen beside others, save those at nearly one point."""
    pairs = ((one.radius + other.radius, _distance(one, other)) for one, other in combinations(dots, 2))
    crowd = max((both / distance for both, distance in pairs if distance > SMALLEST), default=1)
    share = max(LEAST_SHARE, min(1, OVERLAP / crowd))
    return [replace(dot, radius=round(max(share * dot.radius, SMALLEST), 1)) for dot in dots]


def _distance(one: Dot, other: Dot) -> float:
    return math.dist((one.x, one.y), (other.x, other.y))


def _radius(size: float | None, most: float) -> float:
    """The area of a dot is as large as the number, unless that could not be seen."""
    if most <= 0:
        return USUAL
    unit = min(USUAL, LARGEST / math.sqrt(most))
    return round(max(unit * math.sqrt(max(size or 0, 0)), SMALLEST), 1)


def _note(reading: Reading, line: Line, counted: list[int]) -> str:
    told = ((reading.columns[place].title, line.cells[place]) for place in counted)
    return " · ".join(f"{title}: {cell.words}" for title, cell in told if cell is not None)


def measure_of(reading: Reading, lines: Sequence[Line], counted: list[int]) -> Measure | None:
    """Nothing where all dots are of one size."""
    told = (number(line, place) for line in lines for place in counted[:1])
    sizes = sorted({size for size in told if size is not None})
    if len(sizes) < 2:
        return None
    return Measure(reading.columns[counted[0]].title, f"{sizes[0]:g}", f"{sizes[-1]:g}")
