"""Whether the words quoted name the people of whom they are said to tell: nobody is invented."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from loader.draft import Draft
from loader.folding import fold
from loader.problems import Problem
from loader.terms import UNM, Subject, in_brackets

PEOPLE = Path(__file__).with_name("people.rq").read_text(encoding="utf-8")
STATED = Path(__file__).with_name("stated_participations.rq").read_text(encoding="utf-8")
# Arabic writes "and", "then", "by", "like" and "for" in one word with the name that follows.
_NAME = r"(?<!\w)[وفبكل]{{0,2}}{}(?!\w)"

_NOT_IN_FULL = (
    "No quotation of a stated participation has a name of this person in full, be it rdfs:label or "
    "skos:altLabel, in any language: quote the words that name the person, write the name that the source "
    "has as skos:altLabel, or use the post or a group instead."
)
_NOT_NAMED = (
    "This participation is called stated, but no quotation of it or of its event has the person's name: "
    "quote the name, or change unm:certainty to an inferred one."
)
_OF_TWO = (
    "This participation is called stated, but its quotations and those of its event have only «{}», which is "
    "also the last name of {}: quote the name in full, or change unm:certainty to an inferred one."
)


@dataclass
class _Person:
    """The folded names of a person, and the stated participations with the words quoted for each."""

    iri: ox.NamedNode
    names: set[str] = field(default_factory=set)
    own: dict[Subject, list[str]] = field(default_factory=lambda: defaultdict(list))
    words: dict[Subject, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def last_names(self) -> set[str]:
        return {name.split()[-1] for name in self.names}


def naming_problems(draft: Draft) -> Iterator[Problem]:
    """A problem for each person whom no quotation names in full, and each participation stated without cause.

    A name is an rdfs:label or skos:altLabel in any language, compared as the search compares.
    """
    people = _people(draft)
    for person in people.values():
        if not any(_name(words, person.names) for words in person.own.values()):
            place = draft.place_of(*_first(person))
            yield Problem(place, f"{in_brackets(person.iri)}: {_NOT_IN_FULL}")
            continue
        for participation, words in person.words.items():
            if doubt := _doubt(person, words, people.values()):
                place = draft.place_of(participation, UNM.participant, person.iri)
                yield Problem(place, f"{in_brackets(participation)}: {doubt}")


def _people(draft: Draft) -> dict[ox.NamedNode, _Person]:
    people: dict[ox.NamedNode, _Person] = {}
    for person, name in draft.rows(PEOPLE):
        known = people.setdefault(person, _Person(person))
        known.names |= {fold(name.value)} if name is not None else set()
    for person, participation, words, own in draft.rows(STATED):
        if person in people:
            found = [fold(words.value)] if words is not None else []
            people[person].words[participation] += found
            people[person].own[participation] += found if own is not None and own.value == "true" else []
    return people


def _doubt(person: _Person, words: list[str], people: Iterable[_Person]) -> str:
    """Why the words do not say for certain that it is this person, or an empty string."""
    if _name(words, person.names):
        return ""
    last = _name(words, person.last_names)
    if not last:
        return _NOT_NAMED
    others = (other for other in people if other is not person and last in other.last_names)
    return next((_OF_TWO.format(last, in_brackets(other.iri)) for other in others), "")


def _name(words: list[str], names: set[str]) -> str:
    """The longest of the names that stands in the words, or an empty string."""
    found = (n for n in names for text in words if re.search(_NAME.format(re.escape(n)), text))
    return max(found, key=len, default="")


def _first(person: _Person) -> tuple[Subject] | tuple[Subject, ox.NamedNode, Subject]:
    """Where the mistake is mended: at the first participation, else at the person."""
    first = next(iter(person.words), None)
    return (person.iri,) if first is None else (first, UNM.participant, person.iri)
