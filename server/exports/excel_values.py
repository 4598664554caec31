"""What a literal is to a spreadsheet: a number, a day, an instant, a truth value, or else text."""

import re
from datetime import UTC, date, datetime

from loader.release.namespaces import XSD
from server.tables.table import Cell, number_of

Value = str | float | bool | date | datetime

# The whole numbers of XML Schema; Excel keeps fifteen digits of any number.
INTEGERS = frozenset(
    XSD + name
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "negativeInteger",
        "nonPositiveInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
    )
)  # fmt: skip
NUMBERS = INTEGERS | {XSD + name for name in ("decimal", "double", "float")}
MOST_DIGITS = 15
# Excel counts days from 1900, and takes that year for a leap year.
FIRST_DAY = date(1900, 3, 1)


def value_of(cell: Cell) -> Value:
    """The value that a spreadsheet can reckon with; text where it would lose something."""
    if cell.datatype in NUMBERS:
        return _number(cell.value)
    if cell.datatype == XSD + "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(cell.value, cell.value)
    if cell.datatype == XSD + "date":
        return _day(cell.value)
    if cell.datatype == XSD + "dateTime":
        return _instant(cell.value)
    return cell.value


def as_dated(cell: Cell) -> Cell:
    """What a column of dates holds: a whole day is a date, however the query came by it."""
    return cell._replace(datatype=XSD + "date")


def _number(text: str) -> float | str:
    digits, number = re.sub(r"[eE].*|[^0-9]", "", text).lstrip("0"), number_of(text)
    return text if number is None or len(digits) > MOST_DIGITS else number


def _day(text: str) -> date | str:
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return text
    return day if day and day >= FIRST_DAY else text


def _instant(text: str) -> datetime | str:
    """In UTC where it has a zone; a spreadsheet knows no zones and only milliseconds."""
    try:
        instant = datetime.fromisoformat(text)
        instant = instant.astimezone(UTC) if instant.tzinfo else instant
    except (ValueError, OverflowError):
        return text
    is_kept = instant.date() >= FIRST_DAY and not re.search(r"\.\d{3}\d*[1-9]", text)
    return instant if is_kept else text
