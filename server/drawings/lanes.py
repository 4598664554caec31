"""Lanes on one axis of time: what each person did, a bar each with a short name, none over another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from server.drawings.timeline import TimeScale
from server.tables.reading import Shown

# In percent of the axis where it is shown smallest: the narrowest bar, a letter, the air between two names.
NARROWEST, LETTER, AIR = 1.4, 2.6, 1.8


@dataclass(frozen=True, kw_only=True)
class Stay:
    """What somebody did from one day to another; `short` is its name beside the bar."""

    who: Shown
    name: Shown
    short: str
    words: str
    first: date
    last: date
    is_exact: bool


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A stay on its track; its name stands behind the bar, or before it where there is no room behind.

    A name too long for either side `has_room` on a large axis only.
    """

    stay: Stay
    track: int
    x: float
    width: float
    is_named_before: bool
    has_room: bool


@dataclass(frozen=True)
class TimeLane:
    """The bars of one person on as many tracks as they need."""

    who: Shown
    bars: tuple[Bar, ...]
    tracks: int


def lanes(stays: Sequence[Stay], scale: TimeScale) -> tuple[TimeLane, ...]:
    """A lane for everybody, who came first on top; places are counted from the side where reading begins."""
    people = {stay.who.value: stay.who for stay in stays}
    return tuple(
        _lane(who, [stay for stay in stays if stay.who.value == key], scale) for key, who in people.items()
    )


def _lane(who: Shown, stays: Iterable[Stay], scale: TimeScale) -> TimeLane:
    ends: list[float] = []
    bars = []
    for stay in sorted(stays, key=lambda stay: (stay.first, stay.last)):
        start, width = scale.share(stay.first, stay.last, NARROWEST)
        room = LETTER * len(stay.short) + AIR if stay.short else 0.0
        is_before = start + width + room > 100
        begin = start - room if is_before else start
        track = next((n for n, end in enumerate(ends) if end <= begin), len(ends))
        ends[track:] = [begin + width + room + AIR, *ends[track + 1 :]]
        x = 100 - start - width if scale.is_mirrored else start
        at = {"x": round(x, 2), "width": round(width, 2)}
        bars.append(Bar(stay=stay, track=track, is_named_before=is_before, has_room=begin >= 0, **at))
    return TimeLane(who, tuple(bars), len(ends))
