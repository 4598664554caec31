"""A timeline: a mark for each thing from the first to the last day it may have been on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from server.drawings.drawing import cells, names, percent
from server.drawings.rows import BarMark, DrawnRow, DrawnRows, Tick, Track
from server.i18n.dates import MONTHS
from server.i18n.languages import direction
from server.tables.reading import Line, Reading, Shown

DAY = timedelta(days=1)
NARROWEST = 0.9
# What happened, rather than who was there, where a row names both.
EVENTS = ("event", "meeting", "mission")


def timeline(reading: Reading, language: str) -> DrawnRows | None:
    """The rows in time, from the earliest on, each thing once, or None where they have no dates."""
    spans = list(_spans(reading))
    if not spans:
        return None
    days = [day for _, begin, end in spans for day in (begin, end)]
    scale = scale_of(min(days), max(days), language)
    dated = reading.place("date")
    rows = {_key(reading, line): _row(reading, line, span, dated, scale) for line, *span in spans}
    return DrawnRows(view="timeline", rows=tuple(rows.values()), ticks=tuple(ticks(scale, language)))


def scale_of(first: date, last: date, language: str) -> "TimeScale":
    """The axis for days between these two."""
    first, last = _frame(first, last)
    return TimeScale(first, max((last - first) // DAY + 1, 1), direction(language) == "rtl")


def _frame(first: date, last: date) -> tuple[date, date]:
    """Whole months, or whole years where there are several."""
    if first.year != last.year:
        return first.replace(month=1, day=1), last.replace(month=12, day=31)
    following = last.replace(day=28) + 4 * DAY
    return first.replace(day=1), following - following.day * DAY


@dataclass(frozen=True)
class TimeScale:
    """So many days from the first, from the side where reading begins."""

    first: date
    days: int
    is_mirrored: bool

    @property
    def last(self) -> date:
        return self.first + (self.days - 1) * DAY

    def share(self, begin: date, end: date, narrowest: float = NARROWEST) -> tuple[float, float]:
        """Where these days begin and how wide they are in percent, from the side where reading begins."""
        width = max(100 * ((end - begin) // DAY + 1) / self.days, narrowest)
        return min(100 * ((begin - self.first) // DAY) / self.days, 100 - width), width

    def at(self, begin: date, end: date) -> tuple[str, str]:
        """The same as the style of a mark has it."""
        return percent(*self.share(begin, end), self.is_mirrored)


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


def _row(reading: Reading, line: Line, span: list[date], dated: int | None, scale: TimeScale) -> DrawnRow:
    cell = None if dated is None else line.cells[dated]
    x, width = scale.at(*span)
    words = cell.words if cell else ""
    mark = BarMark("exact" if cell and is_exact(cell.value) else "vague", x, width, words)
    return DrawnRow((_name(reading, line),), (Track((mark,)),), words)


def is_exact(edtf: str) -> bool:
    """Whether a date says the days, so that what lies between its bounds is more than possible."""
    return all(re.fullmatch(r"\d{4}-\d\d-\d\d", end) for end in edtf.split("/"))


def ticks(scale: TimeScale, language: str) -> Iterator[Tick]:
    """Every year of a long time, every month of a short one, quarters between."""
    first, last = scale.first, scale.last
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = 1 if months <= 4 else 3 if months <= 12 else 12
    every = max(1, months // 12 // 8) if step == 12 else 1
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        day = date(month // 12, month % 12 + 1, 1)
        if month % step == 0 and (step < 12 or day.year % every == 0):
            x, _ = percent(scale.share(day, day, 0)[0], 0, scale.is_mirrored)
            year = str(day.year)
            text = year if step == 12 else f"{MONTHS[language][day.month - 1].partition('/')[0]} {year}"
            yield Tick(x, text)
