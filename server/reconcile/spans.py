"""Times as intervals of days: those of our data in EDTF, and those of other people's tables."""

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?)?)?[?~%]?")
_OPEN = ("", "..")


class Span(NamedTuple):
    """The first and the last day of a time, both included."""

    first: date
    last: date

    def meets(self, other: "Span") -> bool:
        return self.first <= other.last and other.first <= self.last


def span(text: str) -> Span | None:
    """A day, a month, a year or an interval of these; None where the text is no date."""
    begin, slash, end = text.strip().partition("/")
    if slash and not {begin, end} <= {*_OPEN}:
        first = date.min if begin in _OPEN else _edge(begin, 0)
        last = date.max if end in _OPEN else _edge(end, 1)
    else:
        first, last = _edge(begin, 0), _edge(begin, 1)
    return Span(first, last) if first and last and first <= last else None


def _edge(text: str, which: int) -> date | None:
    """The first or the last day of a day, month or year."""
    if not (found := _DATE.fullmatch(text)):
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        if day:
            return date(year, month, day)
        months = (month, month) if month else (1, 12)
        return date(year, months[which], monthrange(year, months[which])[1] if which else 1)
    except ValueError:
        return None
