"""How high the names of a narrow network stand: as many lines as each needs, so that none is cut."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from server.drawings.sides import Sides

# What a line of either column holds on a small phone, in letters.
NEAR, FAR = 10, 20
MOST_LINES = 6
# In pixels, as the style sheet has them: Arabic letters reach further up and down.
LINE_HEIGHTS = {"en": 16, "ar": 20}
ROOM, ROOM_OF_HEADING = 9, 17


@dataclass(frozen=True)
class Narrow:
    """The drawing where it is narrow: its height, and how far down the middle of each thing is, in pixels."""

    height: int
    at: Mapping[str, float]


def narrow(names: Mapping[str, str], both: Sides, headed: bool, language: str) -> Narrow:
    """Things one below the other on both sides, those of a group below its name where groups are `headed`."""
    near = {thing: height_of(lines_of(names[thing], NEAR), language) for thing in both.near}
    far: dict[str, int] = {}
    for name, group in both.far:
        if headed:
            far[f"above {group[0]}"] = height_of(lines_of(name), language, ROOM_OF_HEADING)
        far |= {thing: height_of(lines_of(names[thing]), language) for thing in group}
    height = max(sum(near.values()), sum(far.values()))
    return Narrow(height, {**_spread(near, height), **_spread(far, height)})


def lines_of(words: str, letters: int = FAR) -> int:
    """How many lines a name takes that is broken between words."""
    lines, used = 1, 0
    for length in map(len, words.split()):
        is_full = bool(used) and used + 1 + length > letters
        lines, used = lines + is_full, length if is_full or not used else used + 1 + length
    return min(lines, MOST_LINES)


def height_of(lines: int, language: str, room: int = ROOM) -> int:
    return lines * LINE_HEIGHTS[language] + room


def _spread(heights: Mapping[str, int], height: int) -> dict[str, float]:
    """The middles of things, what is left of the height shared around them."""
    gap = (height - sum(heights.values())) / max(len(heights), 1)
    ends = accumulate(one + gap for one in heights.values())
    return {
        thing: round(end - (one + gap) / 2, 1)
        for (thing, one), end in zip(heights.items(), ends, strict=True)
    }
