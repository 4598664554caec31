"""A timeline: a strip for each thing from the first to the last day it may have been on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from server.drawings.drawing import Drawing, cells, names, percent
from server.i18n.dates import MONTHS
from server.i18n.languages import direction
from server.tables.reading import Line, Reading, Shown

DAY = timedelta(days=1)
NARROWEST = 0.9
# What happened, rather than who was there, where a row names both.
EVENTS = ("event", "meeting", "mission")


@dataclass(frozen=True, kw_only=True)
class Strip:
    """A thing in time; `is_vague` where the source says no day, so that the strip is only its bounds."""

    name: Shown
    words: str
    x: str
    width: str
    is_vague: bool


@dataclass(frozen=True)
class Tick:
    """The beginning of a year or a quarter."""

    x: str
    text: str


@dataclass(frozen=True)
class Timeline(Drawing):
    """The whole drawing, from the earliest to the latest."""

    template: ClassVar[str] = "views/timeline.html"
    strips: tuple[Strip, ...]
    ticks: tuple[Tick, ...]


def timeline(reading: Reading, language: str) -> Timeline | None:
    """The rows in time, each thing once, or None where they have no dates."""
    spans = list(_spans(reading))
    if not spans:
        return None
    first, last = _frame(min(begin for _, begin, _ in spans), max(end for _, _, end in spans))
    scale = _Scale(first, max((last - first) // DAY + 1, 1), direction(language) == "rtl")
    dated = reading.place("date")
    strips = {_key(reading, line): _strip(reading, line, span, dated, scale) for line, *span in spans}
    return Timeline(tuple(strips.values()), tuple(_ticks(first, last, scale, language)))


def _frame(first: date, last: date) -> tuple[date, date]:
    """Whole months, or whole years where there are several."""
    if first.year != last.year:
        return first.replace(month=1, day=1), last.replace(month=12, day=31)
    following = last.replace(day=28) + 4 * DAY
    return first.replace(day=1), following - following.day * DAY


@dataclass(frozen=True)
class _Scale:
    first: date
    days: int
    is_mirrored: bool

    def at(self, begin: date, end: date) -> tuple[str, str]:
        start = 100 * ((begin - self.first) // DAY) / self.days
        width = max(100 * ((end - begin) // DAY + 1) / self.days, NARROWEST)
        return percent(min(start, 100 - width), width, self.is_mirrored)


def _spans(reading: Reading) -> Iterator[tuple[Line, date, date]]:
    begins, ends = reading.place("not_before"), reading.place("not_after")
    for line in sorted(reading.lines, key=lambda line: _iso(line, begins) or date.max):
        begin, end = _iso(line, begins), _iso(line, ends)
        if begin or end:
            yield line, begin or end or date.max, end or begin or date.max


def _iso(line: Line, place: int | None) -> date | None:
    cell = None if place is None else line.cells[place]
    try:
        return date.fromisoformat(cell.value) if cell else None
    except ValueError:
        return None


def _name(reading: Reading, line: Line) -> Shown:
    places = [place for name in EVENTS if (place := reading.place(name)) is not None]
    found = cells(line, [*places, *names(reading)])
    return found[0] if found else Shown(words="–", language="", kind="text")


def _key(reading: Reading, line: Line) -> tuple[str, str]:
    dated = reading.place("date", "not_before")
    date_cell = None if dated is None else line.cells[dated]
    return _name(reading, line).value, date_cell.value if date_cell else ""


def _strip(reading: Reading, line: Line, span: list[date], dated: int | None, scale: _Scale) -> Strip:
    cell = None if dated is None else line.cells[dated]
    x, width = scale.at(*span)
    is_vague = cell is None or not all(re.fullmatch(r"\d{4}-\d\d-\d\d", end) for end in cell.value.split("/"))
    return Strip(
        name=_name(reading, line), words=cell.words if cell else "", x=x, width=width, is_vague=is_vague
    )


def _ticks(first: date, last: date, scale: _Scale, language: str) -> Iterator[Tick]:
    """Every year of a long time, every month of a short one, quarters between."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = 1 if months <= 4 else 3 if months <= 12 else 12
    every = max(1, months // 12 // 8) if step == 12 else 1
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        day = date(month // 12, month % 12 + 1, 1)
        if month % step == 0 and (step < 12 or day.year % every == 0):
            x, _ = scale.at(day, day)
            year = str(day.year)
            text = year if step == 12 else f"{MONTHS[language][day.month - 1].partition('/')[0]} {year}"
            yield Tick(x, text)
