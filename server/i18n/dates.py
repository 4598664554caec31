"""Dates as people write them, only as precise as the source: EDTF, level 0 and what of level 1 is in use."""

import re
from typing import NamedTuple

from server.i18n.texts import texts

ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# The double names that the United Nations writes, Levantine and Egyptian.
ARABIC_MONTHS = (
    "كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيه",
    "تموز/يوليه", "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر",
)  # fmt: skip
MONTHS = {"en": ENGLISH_MONTHS, "ar": ARABIC_MONTHS}
_DATE = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?[?~%]?"
EDTF = re.compile(rf"(?:{_DATE}|\.\.)?(?:/(?:{_DATE}|\.\.)?)?")
_NBSP = "\u00a0"
# In sentences: a day or a month with its year, or an Arabic month, which a line may break at its slash.
_ENGLISH, _ARABIC = map("|".join, (ENGLISH_MONTHS, ARABIC_MONTHS))
_YEAR = r"(?: \d{4})?"
IN_SENTENCES = re.compile(
    rf"(?:\d{{1,2}}–)?\d{{1,2}} (?:{_ENGLISH}|{_ARABIC}){_YEAR}|(?:{_ENGLISH}) \d{{4}}|(?:{_ARABIC}){_YEAR}"
)


class Day(NamedTuple):
    """A date as precise as it was given: month and day may be 0; `doubt` is EDTF's mark, or empty."""

    year: int
    month: int = 0
    day: int = 0
    doubt: str = ""


def is_date(text: str) -> bool:
    """Whether a text is a date or an interval that can be put into words."""
    return any(map(str.isdigit, text)) and EDTF.fullmatch(text) is not None


def date_text(edtf: str, language: str) -> str:
    """A date in words: 2011-11-21/2011-11-24 is 21–24 November 2011; what is no date stays as it is."""
    if not is_date(edtf):
        return edtf
    first, slash, last = edtf.partition("/")
    if not slash or first == last:
        return _one(_day(first), language)
    if first in ("", "..") or last in ("", ".."):
        return _half_open(first, last, language)
    return _interval(_day(first), _day(last), language)


def _day(text: str) -> Day:
    doubt = text[-1] if text[-1] in "?~%" else ""
    year, month, day = [*map(int, text.removesuffix(doubt).split("-")), 0, 0][:3]
    return Day(year, month, day, doubt)


def _one(date: Day, language: str) -> str:
    """A day, a month or a year."""
    month = MONTHS[language][date.month - 1] if date.month else ""
    words = _NBSP.join(filter(None, [str(date.day or ""), month])) + (" " if month else "") + str(date.year)
    return _doubtful(words, date.doubt, language)


def _doubtful(words: str, doubt: str, language: str) -> str:
    translate = texts(language).gettext
    if doubt in ("~", "%"):
        words = translate("about %(date)s") % {"date": words}
    return translate("%(date)s (uncertain)") % {"date": words} if doubt in ("?", "%") else words


def _half_open(first: str, last: str, language: str) -> str:
    """An interval of which one end is not known or still open."""
    translate = texts(language).gettext
    if first in ("", ".."):
        return translate("until %(date)s") % {"date": _one(_day(last), language)}
    return translate("from %(date)s") % {"date": _one(_day(first), language)}


def _interval(first: Day, last: Day, language: str) -> str:
    """What both ends share is said once."""
    plain = not (first.doubt or last.doubt)
    if plain and first.day and last.day and first[:2] == last[:2]:
        return f"{first.day}–{_one(last, language)}"
    if plain and first.month and last.month and first.year == last.year and bool(first.day) == bool(last.day):
        return f"{_one(first, language).removesuffix(f' {first.year}')} – {_one(last, language)}"
    dash = "–" if not (first.month or last.month) else " – "
    return _one(first, language) + dash + _one(last, language)
