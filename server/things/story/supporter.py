"""Finds what supports the values of one page, in what was read around it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from loader.release.namespaces import BASE
from server.tables.certainty import reason
from server.things.neighbours import Around
from server.things.property_iris import (
    CAPACITY,
    CERTAINTY,
    DERIVED,
    EDTF,
    EVIDENCE,
    FACT,
    PART_OF_MISSION,
    PARTICIPANT,
    PARTICIPATION,
)
from server.things.quotations import Quotations
from server.things.story.date_phrase import figures
from server.things.story.support import COMPUTED, INFERRED, NAMED, UNSAID, Support
from server.things.values import Reader

TENURE = f"{BASE}tenure/"
BY_POST = "inferred-from-post-and-date"
# Of the whole of an event, since a part of it has the date.
OF_A_PART = "date-of-a-part"


@dataclass(frozen=True)
class Supporter:
    """Finds what supports the values of one page."""

    told: Around
    quoted: Quotations
    reader: Reader

    def of_value(self, event: str, value: str, certainty: str = "") -> Support:
        """A value of an event, such as a place or a topic; `certainty` is the property that says how sure."""
        own = self.told.things(event, EVIDENCE)
        numbers = self.quoted.of_value(own, value) or self.quoted.of_nothing_else(own, event)
        return self._as_sure_as(event, certainty, numbers)

    def of_date(self, event: str, certainty: str) -> Support:
        """The date of a thing, in the quotations that have its days or year, or else those for the whole.

        A statement supports things, and a date is none.
        """
        own, edtf = self.told.things(event, EVIDENCE), self.told.one(event, EDTF)
        dated = self.quoted.with_numbers(own, figures(edtf.value)) if edtf else ()
        found = self._as_sure_as(event, certainty, dated or self.quoted.of_nothing_else(own, event))
        return (
            replace(found, reason=OF_A_PART) if found.is_inferred and self._has_dated_parts(event) else found
        )

    def of_fact(self, thing: str, property_: str, value: str) -> Support:
        """A fact about a thing: as it is said to be known, or else in words for both."""
        fact = self._facts.get((thing, property_, value))
        if fact is None:
            return self.named(self.quoted.of_both(thing, value))
        return self._as_sure_as(fact, CERTAINTY, self.quoted.numbers(self.told.things(fact, EVIDENCE)))

    def of_whole(self, thing: str) -> Support:
        """What is said of a thing as a whole, such as its kind."""
        own = self.told.things(thing, EVIDENCE)
        of_parts = self.told.of_each(self.told.things(thing, PARTICIPATION), EVIDENCE)
        whole = self.quoted.of_nothing_else(own, thing)
        return self.named(whole or self.quoted.numbers(of_parts) or self.quoted.numbers(own)[:1])

    def of_words(self, thing: str, property_: str) -> Support:
        """What is said of a thing in the words of a source themselves."""
        texts = [cell.value for cell in self.told.said.get(thing, {}).get(property_, [])]
        return self.named(self.quoted.with_words(self.told.things(thing, EVIDENCE), texts))

    def of_participation(self, node: str) -> Support:
        """That somebody took part."""
        numbers = self.quoted.numbers(self.told.things(node, EVIDENCE))
        found = self._as_sure_as(node, CERTAINTY, numbers)
        return self._by_post(node, found) if found.reason == BY_POST else found

    def by_rule(self, event: str) -> Support:
        """That something has to do with an event, which follows from what is said of that."""
        of_all = (event, *self.told.things(event, PARTICIPATION))
        numbers = self.quoted.numbers(self.told.of_each(of_all, EVIDENCE))
        return Support(numbers=numbers, state=COMPUTED if numbers else UNSAID)

    @staticmethod
    def named(numbers: tuple[int, ...]) -> Support:
        """What stands in the words of quotations, if there are any."""
        return Support(numbers=numbers, state=NAMED if numbers else UNSAID)

    @cached_property
    def _facts(self) -> Mapping[tuple[str, ...], str]:
        """What tells of a fact, by its subject, property and value."""
        return {parts: node for node in self.told.said if len(parts := tuple(self._parts(node))) == len(FACT)}

    def _parts(self, fact: str) -> Iterator[str]:
        return (cell.value for name in FACT if (cell := self.told.one(fact, name)))

    def _has_dated_parts(self, event: str) -> bool:
        said = self.told.said
        return any(event in self.told.things(one, PART_OF_MISSION) and EDTF in said[one] for one in said)

    def _as_sure_as(self, thing: str, property_: str, numbers: tuple[int, ...]) -> Support:
        cell = self.told.one(thing, property_) if property_ else None
        if cell and (why := reason(cell.value)):
            return Support(numbers=numbers, state=INFERRED, reason=why)
        return self.named(numbers)

    def _by_post(self, node: str, found: Support) -> Support:
        who = self.told.one(node, PARTICIPANT)
        post, tenures = self.told.one(node, CAPACITY), self.told.things(node, DERIVED)
        is_named = who is not None and self._has_a_name_of(who.value, found.numbers)
        return Support(
            numbers=found.numbers,
            state=INFERRED,
            reason="name" if is_named else BY_POST,
            who=self.reader.value(who) if who else None,
            post=self.reader.value(post) if post else None,
            tenure=next((self.reader.thing(one) for one in tenures if one.startswith(TENURE)), None),
        )

    def _has_a_name_of(self, who: str, numbers: tuple[int, ...]) -> bool:
        """Whether the last word of somebody's name stands in the words of quotations."""
        names = {label.split()[-1] for label in self.reader.labels.get(who, {}).values() if label.split()}
        texts = (one.quotation.text for one in self.quoted.quoted if one.number in numbers)
        return any(name in text for text in texts for name in names)
