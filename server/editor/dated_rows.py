"""Adds the first and the last possible day to rows that have a date, so that they can stand on a timeline."""

import calendar
import re
from dataclasses import replace

from server.tables.reading import Column, Line, Reading, Shown

FIRST, LAST = "not_before", "not_after"
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def with_days(reading: Reading) -> Reading:
    """The reading as it is where it has such days or no date, else with two columns more."""
    dates = [place for place, column in enumerate(reading.columns) if column.kind == "date"]
    if reading.place(FIRST, LAST) is not None or not dates:
        return reading
    more = tuple(Column(name=name, title=name, term=None, labels=(), kind="date") for name in (FIRST, LAST))
    lines = tuple(_with_days(line, line.cells[dates[0]]) for line in reading.lines)
    columns = reading.columns
    if reading.place("date") is None:
        columns = tuple(
            replace(column, name="date") if place == dates[0] else column
            for place, column in enumerate(columns)
        )
    return Reading((*columns, *more), lines)


def _with_days(line: Line, date: Shown | None) -> Line:
    first, last = bounds(date.value) if date else ("", "")
    days = tuple(
        Shown(words=day, language="", kind="date", iri="", value=day) if day else None
        for day in (first, last)
    )
    return Line((*line.cells, *days), line.row)


def bounds(edtf: str) -> tuple[str, str]:
    """The first and last day of a date of level 0; an empty string where it names none."""
    begin, _, end = edtf.partition("/")
    return _edge(begin, first=True), _edge(end or begin, first=False)


def _edge(text: str, first: bool) -> str:
    found = _DAY.match(text)
    if found is None:
        return ""
    year, month = int(found[1]), int(found[2] or (1 if first else 12))
    if not (1 <= month <= 12 and year):
        return ""
    day = int(found[3]) if found[3] else 1 if first else calendar.monthrange(year, month)[1]
    return f"{year:04}-{month:02}-{day:02}"
