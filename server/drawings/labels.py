"""The names on a map: each where it covers no other, for maps that are shown large, smaller and small."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from server.drawings.projection import WIDTH

LETTER, LINE = 0.54, 1.25
# The size of letters in the units of the map: they stay readable where it is shown smaller.
SIZES: Mapping[str, int] = {"large": 14, "medium": 21, "small": 33}
# How much larger than on a large map the dots are drawn.
GROWN: Mapping[str, float] = {"large": 1, "medium": 1.3, "small": 1.9}
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Spot:
    """What wants a name: its words, and what it takes up of the map."""

    words: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True, kw_only=True)
class MapLabel:
    """Where a name stands on maps of a size."""

    size: str
    x: float
    y: float
    anchor: str


def placed(spots: Sequence[Spot], height: int) -> list[list[MapLabel]]:
    """The labels of each spot, at most one for a size of map; the first spots choose first."""
    found: list[list[MapLabel]] = [[] for _ in spots]
    for size in SIZES:
        taken = [_around(spot, size) for spot in spots]
        for place, spot in enumerate(spots):
            others = [box for at, box in enumerate(taken) if at != place]
            if free := next(_free(spot, size, height, others), None):
                taken.append(free[1])
                found[place].append(free[0])
    return found


def _around(spot: Spot, size: str) -> Box:
    reach = spot.radius * GROWN[size]
    return spot.x - reach, spot.y - reach, spot.x + reach, spot.y + reach


def _free(spot: Spot, size: str, height: int, taken: Sequence[Box]) -> Iterator[tuple[MapLabel, Box]]:
    """The places where a name covers nothing, the best one first."""
    letter = SIZES[size]
    width = LETTER * letter * len(spot.words)
    for anchor, x, y in _candidates(spot, spot.radius * GROWN[size] + letter / 4, letter):
        left = x - {"start": 0, "end": width, "middle": width / 2}[anchor]
        box = (left, y - letter * 0.9, left + width, y - letter * 0.9 + LINE * letter)
        inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= height
        if inside and not any(_overlap(box, other) for other in taken):
            yield MapLabel(size=size, x=round(x, 1), y=round(y, 1), anchor=anchor), box


def _candidates(spot: Spot, gap: float, letter: int) -> Iterator[tuple[str, float, float]]:
    """In the middle of what is no dot; else right, left, above and below, then the corners."""
    if not spot.radius:
        yield "middle", spot.x, spot.y + letter * 0.35
    yield "start", spot.x + gap, spot.y + letter * 0.35
    yield "end", spot.x - gap, spot.y + letter * 0.35
    yield "middle", spot.x, spot.y - gap - letter * 0.1
    yield "middle", spot.x, spot.y + gap + letter * 0.8
    for anchor, side in (("start", 1), ("end", -1)):
        yield anchor, spot.x + side * gap * 0.7, spot.y - gap * 0.7
        yield anchor, spot.x + side * gap * 0.7, spot.y + gap * 0.7 + letter * 0.6


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
