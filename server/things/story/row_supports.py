"""What the values in the rows of a page rest on: quotations, those of a participation between, or a rule."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from server.things.blocks import PropertyRow
from server.things.property_iris import CAPACITY, EDTF, EVENT, PARTICIPANT, PLACE
from server.things.story.events import DATE_CERTAINTY, PLACE_CERTAINTY
from server.things.story.support import COMPUTED, Support, Supporter
from server.things.values import Value


@dataclass(frozen=True)
class RowSupports:
    """Finds what a value of the page's thing rests on, and a participation."""

    thing: str
    supporter: Supporter

    def of_value(self, row: PropertyRow, value: Value) -> Support:
        """The quotations for both ends of a fact; a date, which is no thing, stands in those of the thing."""
        if row.predicate == EDTF and not row.is_back:
            return self.supporter.of_date(self.thing, DATE_CERTAINTY)
        found = self._of_thing(row, value) if value.iri else Support()
        return replace(found, state=COMPUTED, reason="") if value.is_derived else found

    def of_participation(self, node: str) -> Support:
        """That somebody took part."""
        return self.supporter.of_participation(node)

    def _of_thing(self, row: PropertyRow, value: Value) -> Support:
        if row.predicate == PLACE and not row.is_back:
            return self.supporter.of_value(self.thing, value.iri, PLACE_CERTAINTY)
        numbers = self.supporter.quoted.of_both(self.thing, value.iri)
        node = self._between.get(frozenset((self.thing, value.iri)))
        return self.of_participation(node) if node and not numbers else self.supporter.named(numbers)

    @cached_property
    def _between(self) -> Mapping[frozenset[str], str]:
        """The first participation of each pair: a participant, or a post, and an event."""
        found: dict[frozenset[str], str] = {}
        for node in self.supporter.told.said:
            for who in (PARTICIPANT, CAPACITY):
                ends = [*self.supporter.told.things(node, who), *self.supporter.told.things(node, EVENT)]
                found.setdefault(frozenset(ends), node)
        return found
