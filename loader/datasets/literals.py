"""Says of a literal why it is no value of its datatype of XML Schema."""

import re
from calendar import monthrange
from collections.abc import Callable

import pyoxigraph as ox

from loader.release.namespaces import XSD

ZONE = r"(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?"
YEAR = r"-?(?:[1-9]\d{3,}|0\d{3})"
TIME = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
FLOAT = r"(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN)"
CLOCK_PART = r"(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)"
NAME = r"[^\W\d][\w.\-·]*"
FORMS = {
    "boolean": "true|false|1|0",
    "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    "float": FLOAT,
    "double": FLOAT,
    "date": rf"({YEAR})-(\d\d)-(\d\d){ZONE}",
    "dateTime": rf"({YEAR})-(\d\d)-(\d\d)T{TIME}{ZONE}",
    "dateTimeStamp": rf"({YEAR})-(\d\d)-(\d\d)T{TIME}{ZONE[:-1]}",
    "time": f"{TIME}{ZONE}",
    "gYear": f"{YEAR}{ZONE}",
    "gYearMonth": rf"({YEAR})-(\d\d){ZONE}",
    "gMonth": rf"()--(\d\d){ZONE}",
    "gMonthDay": rf"()--(\d\d)-(\d\d){ZONE}",
    "gDay": rf"---(?:0[1-9]|[12]\d|3[01]){ZONE}",
    "duration": rf"-?P(?=[\dT])(?:\d+Y)?(?:\d+M)?(?:\d+D)?{CLOCK_PART}?",
    "yearMonthDuration": r"-?P(?=\d)(?:\d+Y)?(?:\d+M)?",
    "dayTimeDuration": rf"-?P(?=[\dT])(?:\d+D)?{CLOCK_PART}?",
    "hexBinary": "(?:[0-9A-Fa-f]{2})*",
    "base64Binary": r"(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){2}(?:[A-Za-z0-9+/] ?=|= ?=))?",
    "normalizedString": r"[^\t\n\r]*",
    "token": r"(?:[^\s]+(?: [^\s]+)*)?",
    "language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "Name": rf"(?::|{NAME})(?::|{NAME})*",
    "NCName": NAME,
    "NMTOKEN": r"[\w.\-·:]+",
}
# The least and the greatest value of what is derived from xsd:integer.
RANGES: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
}
LOOKS = {
    "boolean": "true or false",
    "date": "YYYY-MM-DD",
    "dateTime": "YYYY-MM-DDThh:mm:ss",
    "dateTimeStamp": "YYYY-MM-DDThh:mm:ss with a time zone",
    "time": "hh:mm:ss",
    "gYear": "YYYY",
    "gYearMonth": "YYYY-MM",
    "gMonth": "--MM",
    "gMonthDay": "--MM-DD",
    "gDay": "---DD",
    "duration": "P1Y2M3DT4H5M6S",
}
# Says why a text is no value, or an empty text.
Judge = Callable[[str], str]


def flaw(literal: ox.Literal) -> str:
    """Why a literal is no value of its datatype; empty where it is one, or the datatype is not of XSD."""
    judge = JUDGES.get(literal.datatype.value)
    return judge(literal.value) if judge else ""


def _form(name: str) -> Judge:
    pattern = re.compile(FORMS[name], re.ASCII if name not in ("Name", "NCName", "NMTOKEN") else 0)

    def judge(text: str) -> str:
        match = pattern.fullmatch(text)
        if not match:
            return f"it is written {LOOKS[name]}" if name in LOOKS else f"no xsd:{name} is written so"
        return _day_flaw(*match.groups()) if match.re.groups else ""

    return judge


def _day_flaw(year: str, month: str, day: str = "01") -> str:
    """Why there is no such day; without a year any will do that has a 29th of February."""
    if not 1 <= int(month) <= 12:
        return f"there is no month {month}"
    # The Gregorian calendar repeats itself after 400 years.
    days = monthrange(int(year or 2000) % 400 + 2000, int(month))[1]
    return "" if 1 <= int(day) <= days else f"month {month} has {days} days"


def _range(name: str) -> Judge:
    least, greatest = RANGES[name]

    def judge(text: str) -> str:
        if not re.fullmatch(r"[+-]?\d+", text, re.ASCII):
            return "it is no whole number in digits"
        # So many digits are beyond every bound, and Python turns no text of thousands into a number.
        digits = text.lstrip("+-").lstrip("0")[:41] or "0"
        value = -int(digits) if text[0] == "-" else int(digits)
        if least is not None and value < least:
            return f"it is less than {least}"
        return f"it is more than {greatest}" if greatest is not None and value > greatest else ""

    return judge


JUDGES: dict[str, Judge] = {XSD + name: _form(name) for name in FORMS} | {
    XSD + name: _range(name) for name in RANGES
}
