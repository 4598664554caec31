"""What a finger may hit on a map: around each place all that is nearer to it than to any other."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from server.drawings.labels import GROWN, SIZES, Spot
from server.drawings.projection import Point

# 24 pixels across at least, on the smallest map of each range, in units of the map.
FINGER: Mapping[str, float] = {"large": 14.4, "medium": 24, "small": 38.4}
CORNERS = 12


@dataclass(frozen=True, kw_only=True)
class Reach:
    """The path of an area on maps of a size; `is_narrow` where it is smaller than a finger needs.

    Phones move a tap to the largest target nearby: for them it is a circle that comes near no other middle.
    """

    size: str
    path: str
    radius: float
    is_narrow: bool


def reaches(spots: Sequence[Spot]) -> list[list[Reach]]:
    """The areas of each spot; no two of them overlap, so that each has its own middle."""
    return [[_reach(spot, spots, size) for size in SIZES] for spot in spots]


def _reach(spot: Spot, spots: Sequence[Spot], size: str) -> Reach:
    radius, finger = max(FINGER[size], spot.radius * GROWN[size]), FINGER[size]
    near = [
        _at(other) for other in spots if math.dist(_at(spot), _at(other)) < 2 * radius and other is not spot
    ]
    close = [distance for other in near if (distance := math.dist(_at(spot), other)) < 2 * finger]
    return Reach(
        size=size,
        path=_path(_area(_at(spot), near, radius)),
        # Not a half: browsers round to whole pixels before they choose between two.
        radius=round(min([finger, *(distance / 3 for distance in close if distance)]), 1),
        is_narrow=bool(close),
    )


def _at(spot: Spot) -> Point:
    return spot.x, spot.y


def _area(here: Point, near: Sequence[Point], radius: float) -> list[Point]:
    """A circle with corners, less what is nearer to others; of two at one point both have it whole."""
    turns = [2 * math.pi * corner / CORNERS for corner in range(CORNERS)]
    corners = [(here[0] + radius * math.cos(turn), here[1] + radius * math.sin(turn)) for turn in turns]
    for there in near:
        if there != here:
            corners = list(_nearer(corners, here, there))
    return corners


def _nearer(corners: Sequence[Point], here: Point, there: Point) -> Iterator[Point]:
    """What of an area is nearer to `here` than to `there`: it is cut halfway between."""

    def beyond(point: Point) -> float:
        return math.dist(point, here) ** 2 - math.dist(point, there) ** 2

    for begin, end in zip(corners, [*corners[1:], *corners[:1]], strict=True):
        first, last = beyond(begin), beyond(end)
        if first <= 0:
            yield begin
        if first * last < 0:
            share = first / (first - last)
            yield begin[0] + share * (end[0] - begin[0]), begin[1] + share * (end[1] - begin[1])


def _path(corners: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in corners) + "z" if corners else ""
