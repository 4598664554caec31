"""A date as a sentence has it: its ends apart, for each language has its own words between them."""

from typing import NamedTuple

from server.i18n.dates import date_text, is_date

DAY = len("2011-11-21")


class DatePhrase(NamedTuple):
    """A date in words; of an interval between days or months `first` and `last` are its ends.

    `is_pair`: these are two days, one after the other.
    """

    words: str
    is_day: bool = False
    first: str = ""
    last: str = ""
    is_pair: bool = False


def date_phrase(edtf: str, language: str) -> DatePhrase:
    """A date for a sentence; what has an open end or a doubt has only words."""
    words = date_text(edtf, language)
    first, slash, last = edtf.partition("/")
    if not slash or first == last:
        return DatePhrase(words, is_date(edtf) and len(first) == DAY)
    if not (first[-1:].isdigit() and last[-1:].isdigit() and is_date(edtf)):
        return DatePhrase(words)
    beginning, is_pair = _beginning(first, last, language), _is_next_day(first, last)
    return DatePhrase(words, False, beginning, date_text(last, language), is_pair)


def _is_next_day(first: str, last: str) -> bool:
    return len(first) == DAY and first[:8] == last[:8] and int(last[8:]) == int(first[8:]) + 1


def _beginning(first: str, last: str, language: str) -> str:
    """The first end without what the last one says again."""
    if len(first) == DAY and first[:7] == last[:7]:
        return str(int(first[8:]))
    text = date_text(first, language)
    return text.removesuffix(f" {first[:4]}") if first[:4] == last[:4] else text


def figures(edtf: str) -> set[int]:
    """The days of a date, or its years where it has none."""
    ends = [[int(part) for part in end.split("-") if part.isdecimal()] for end in edtf.split("/")]
    days = {end[2] for end in ends if len(end) == 3}
    return days or {end[0] for end in ends if end}
