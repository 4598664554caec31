"""What bars and timelines are made of: rows with a name, and marks on tracks beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from server.drawings.drawing import Drawing
from server.tables.reading import Shown


@dataclass(frozen=True)
class BarMark:
    """A piece of a track; `x` and `width` in percent, `look` is its class in the style sheet."""

    look: str
    x: str
    width: str
    title: str


@dataclass(frozen=True)
class Track:
    """Marks on one line, and what stands at its end, `value_at` in percent."""

    marks: tuple[BarMark, ...]
    value: str = ""
    value_at: str = ""


@dataclass(frozen=True)
class DrawnRow:
    """A thing with its tracks; `note` stands behind its names."""

    names: tuple[Shown, ...]
    tracks: tuple[Track, ...]
    note: str = ""


@dataclass(frozen=True)
class Tick:
    """A place on the axis, in percent."""

    x: str
    text: str


@dataclass(frozen=True, kw_only=True)
class DrawnRows(Drawing):
    """The whole drawing; `series` are the titles of the looks, in their order."""

    template: ClassVar[str] = "views/rows.html"
    picture: ClassVar[str] = "views/rows.svg"
    view: str
    rows: Sequence[DrawnRow]
    series: Sequence[str] = ()
    ticks: Sequence[Tick] = ()

    @property
    def tall(self) -> int:
        return sum(10 + 22 * len(row.tracks) for row in self.rows) + 54

    @property
    def has_vague(self) -> bool:
        """Whether a mark stands for days that are only possible."""
        return any(mark.look == "vague" for row in self.rows for track in row.tracks for mark in track.marks)
