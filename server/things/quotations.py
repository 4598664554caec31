"""The words of the sources that support a thing, each place once, with what it supports there."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from loader.release.namespaces import BASE
from server.asking.asker import Asker
from server.asking.statements import Statement, read_labels, read_statements, statements_query
from server.tables.quotation import Quotation
from server.things.facts import BACK, OUT, Fact, ThingFacts
from server.things.neighbours import Around, nodes, told_facts
from server.things.property_iris import BODY, DERIVED, EVIDENCE, SUPPORTS

STATEMENT = f"{BASE}statement/"
MOST = 150
_FIGURE = re.compile(r"\d{1,4}")


@dataclass(frozen=True, kw_only=True)
class NumberedQuotation:
    """A quotation with its number on the page, and what it supports; `about` is without the page's thing."""

    number: int
    quotation: Quotation
    about: tuple[str, ...]
    statements: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Quotations:
    """The quotations in the order of their sources; of `number` statements that there are `read` were."""

    quoted: tuple[NumberedQuotation, ...] = ()
    read: int = 0
    number: int = 0
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def by_sentence(self) -> list[tuple[NumberedQuotation, ...]]:
        """Those beside each other that stand in the same sentence together: it need be shown only once."""
        return [tuple(found) for _, found in groupby(self.quoted, key=_sentence)]

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {statement: one.number for one in self.quoted for statement in one.statements}

    @cached_property
    def _supported(self) -> Mapping[str, frozenset[str]]:
        return {name: things for one in self.quoted for name, things in one.statements.items()}

    @cached_property
    def _texts(self) -> Mapping[int, str]:
        return {one.number: one.quotation.text for one in self.quoted}

    def numbers(self, statements: Iterable[str]) -> tuple[int, ...]:
        """The numbers of the quotations to which statements belong."""
        return tuple(sorted({self._numbers[one] for one in statements if one in self._numbers}))

    def of_value(self, statements: Iterable[str], value: str) -> tuple[int, ...]:
        """Of some statements those for a value."""
        return self.numbers(one for one in statements if value in self._supported.get(one, ()))

    def of_nothing_else(self, statements: Iterable[str], thing: str) -> tuple[int, ...]:
        """Of the statements on a thing those for no value in particular."""
        return self.numbers(one for one in statements if self._supported.get(one, frozenset()) == {thing})

    def with_numbers(self, statements: Iterable[str], figures: Collection[int]) -> tuple[int, ...]:
        """Of some statements those in whose words all of these figures stand."""
        found = self.numbers(statements)
        return tuple(one for one in found if {*map(int, _FIGURE.findall(self._texts[one]))} >= {*figures})

    def with_words(self, statements: Iterable[str], texts: Iterable[str]) -> tuple[int, ...]:
        """Of some statements those in whose words one of these texts stands."""
        said = tuple(texts)
        return tuple(
            one for one in self.numbers(statements) if any(text in self._texts[one] for text in said)
        )

    def of_both(self, thing: str, value: str) -> tuple[int, ...]:
        """Those for a value of a thing, or for a thing as a value of the other."""
        return self.numbers(self._by_thing.get(thing, set()) & self._by_thing.get(value, set()))

    @cached_property
    def _by_thing(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for name, things in self._supported.items():
            for thing in things:
                found.setdefault(thing, set()).add(name)
        return found


def quotations(
    thing: str, facts: ThingFacts, beside: Around, more: Iterable[str], asker: Asker
) -> Quotations:
    """What is about a thing, or names it, or is about its participations, and `more`. Raises Refused."""
    found = list(dict.fromkeys([*_statements(thing, facts, beside), *more]))
    if not found:
        return Quotations()
    read = found[:MOST]
    answer = asker.table(statements_query(named=read))
    return Quotations(_merged(thing, read_statements(answer)), len(read), len(found), read_labels(answer))


def is_quoted(fact: Fact) -> bool:
    """Whether a fact is told by a quotation, so that nothing more need be said of it."""
    is_back = fact.way == BACK and fact.predicate in (SUPPORTS, BODY)
    return is_back or (fact.predicate == DERIVED and fact.value.value.startswith(STATEMENT))


def _statements(thing: str, facts: ThingFacts, beside: Around) -> Iterable[str]:
    if thing.startswith(STATEMENT):
        yield thing
    yield from facts.values(OUT, EVIDENCE)
    yield from facts.values(BACK, SUPPORTS, BODY)
    yield from (one for one in facts.values(BACK, DERIVED) if one.startswith(STATEMENT))
    yield from beside.of_each((*nodes(facts), *told_facts(facts)), EVIDENCE)


def _merged(thing: str, statements: Iterable[Statement]) -> tuple[NumberedQuotation, ...]:
    """Each place of a source once, with all that it supports beside the thing itself."""
    found: dict[tuple[str, int, str], list[Statement]] = {}
    for one in statements:
        words = one.quotation
        found.setdefault((words.source, words.start or 0, words.text), []).append(one)
    # What has words comes before a page that was only named.
    places = [one for _, one in sorted(found.items(), key=lambda item: (not item[0][2], item[0]))]
    return tuple(_numbered(number, thing, one) for number, one in enumerate(places, 1))


def _sentence(one: NumberedQuotation) -> tuple[str, str, int]:
    """What those of one sentence have in common; what stands in none is alone."""
    words = one.quotation.sentence
    return one.quotation.source, words, 0 if words else one.number


def _numbered(number: int, thing: str, statements: list[Statement]) -> NumberedQuotation:
    supported: dict[str, set[str]] = {}
    for one in statements:
        supported.setdefault(one.quotation.statement, set()).update({one.thing} - {""})
    about = dict.fromkeys(one.thing for one in statements if one.thing not in ("", thing))
    return NumberedQuotation(
        number=number,
        quotation=statements[0].quotation,
        about=tuple(about),
        statements={name: frozenset(things) for name, things in supported.items()},
    )
