"""Whether the date of an event is that of its heading and of the words quoted: its year, month and days."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from loader.draft import Draft
from loader.folding import fold
from loader.problems import Problem
from loader.terms import UNM, in_brackets

EVENTS = Path(__file__).with_name("dated_events.rq").read_text(encoding="utf-8")
_LANGUAGES = tomllib.loads(Path(__file__).with_name("months.toml").read_text(encoding="utf-8"))
# The names of each month in all languages, from January on.
_MONTHS = ["|".join(names) for names in zip(*_LANGUAGES.values(), strict=True)]
_ANY_MONTH = "|".join(_MONTHS)
_DAY_LEFT_OUT = re.compile(rf"(?<!\d)\d{{1,2}}\.? ({_ANY_MONTH})(?!\w)|(?<!\w)({_ANY_MONTH}) \d{{1,2}}(?!\d)")
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")

_OTHER_YEAR = (
    "The date {} is not of the year in the heading «{}»: correct it, or write unm:dateCertainty "
    "certainty:inferred-from-context and say why in skos:editorialNote."
)
_OTHER_MONTH = (
    "No quotation of it names the month of {}, and one names another: correct the date or the quotation, "
    "or write unm:dateCertainty."
)
_NO_DAY = "No quotation of it has the day {} of {}: quote the date, correct it, or write unm:dateCertainty."
_NO_YEAR = "Only the heading has the year of {}: write unm:yearFromHeading true."
_HAS_YEAR = "Its quotation «{}» has the year of {}: take unm:yearFromHeading away."
_DAY_UNUSED = "Its quotation «{}» has a day, and {} has none: is the day left out on purpose?"


@dataclass(kw_only=True)
class _Event:
    """An event with its date, and the headings and quotations that tell of it."""

    iri: ox.NamedNode
    edtf: str
    begin: date
    end: date
    is_inferred: bool = False
    is_from_heading: bool = False
    headings: set[str] = field(default_factory=set)
    quoted: set[str] = field(default_factory=set)

    @property
    def years(self) -> set[str]:
        return {str(year) for year in range(self.begin.year, self.end.year + 1)}

    @property
    def days(self) -> list[str]:
        """The days of a month that the date names, without their zeros."""
        return [day.lstrip("0") for day in re.findall(r"\d{4}-\d{2}-(\d{2})", self.edtf)]


def date_problems(draft: Draft) -> Iterator[Problem]:
    """A problem for each stated date that the words do not bear out."""
    for event in _events(draft).values():
        if not event.is_inferred:
            for sentence in (*_year(event), *_month(event), *_days(event)):
                place = draft.place_of(event.iri, UNM.edtf)
                yield Problem(place, f"{in_brackets(event.iri)}: {sentence}")
            yield from _unused_day(draft, event)


def _events(draft: Draft) -> dict[ox.NamedNode, _Event]:
    events: dict[ox.NamedNode, _Event] = {}
    for iri, edtf, begin, end, certainty, from_heading, heading, words in draft.rows(EVENTS):
        first, last = date.fromisoformat(begin.value), date.fromisoformat(end.value)
        event = events.setdefault(iri, _Event(iri=iri, edtf=edtf.value, begin=first, end=last))
        event.is_inferred |= certainty is not None and not certainty.value.endswith("/stated")
        event.is_from_heading |= from_heading is not None
        event.headings.add(heading.value)
        event.quoted |= {words.value} if words is not None else set()
    return events


def _year(event: _Event) -> Iterator[str]:
    of_headings = {(year, line) for line in event.headings for year in _YEAR.findall(_plain(line))}
    if of_headings and not event.years & {year for year, _ in of_headings}:
        yield _OTHER_YEAR.format(event.edtf, min(line for _, line in of_headings))
        return
    outside = [words for words in event.quoted if not any(words in line for line in event.headings)]
    with_year = sorted(words for words in outside if event.years & set(_YEAR.findall(_plain(words))))
    if event.is_from_heading and with_year:
        yield _HAS_YEAR.format(with_year[0], event.edtf)
    if not event.is_from_heading and not with_year and of_headings:
        yield _NO_YEAR.format(event.edtf)


def _month(event: _Event) -> Iterator[str]:
    if event.begin.year != event.end.year:
        return
    named = {
        number
        for number, names in enumerate(_MONTHS, 1)
        if any(re.search(rf"(?<!\w)({names})(?!\w)", _plain(words)) for words in event.quoted)
    }
    if named and not named & set(range(event.begin.month, event.end.month + 1)):
        yield _OTHER_MONTH.format(event.edtf)


def _days(event: _Event) -> Iterator[str]:
    for day in event.days:
        if not any(re.search(rf"(?<!\d)0?{day}(?!\d)", _plain(words)) for words in event.quoted):
            yield _NO_DAY.format(day, event.edtf)


def _unused_day(draft: Draft, event: _Event) -> Iterator[Problem]:
    words = min((words for words in event.quoted if _DAY_LEFT_OUT.search(_plain(words))), default="")
    if words and not event.days:
        place = draft.place_of(event.iri, UNM.edtf)
        sentence = f"{in_brackets(event.iri)}: {_DAY_UNUSED.format(words, event.edtf)}"
        yield Problem(place, sentence, is_warning=True)


def _plain(text: str) -> str:
    return fold(text).translate(_DIGITS)
