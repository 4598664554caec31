"""What the values in the rows of a page rest on: quotations, those of a participation between, or a rule."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from server.things.blocks import PropertyRow
from server.things.names import iri
from server.things.property_iris import (
    CAPACITY,
    DATE_CERTAINTY,
    EDTF,
    EVENT,
    HAS_MEETING,
    PART_OF_MISSION,
    PARTICIPANT,
    PLACE,
    PLACE_CERTAINTY,
)
from server.things.story.support import COMPUTED, Support
from server.things.story.supporter import Supporter
from server.things.values import Value

# What a text says of an event, a group or a tenure by telling of it at all.
OF_THE_WHOLE = {
    iri("dcterms:description"),
    iri("org:member"),
    *(iri(f"unm:{name}") for name in ("missionKind", "meetingKind", "toldIn", "size", "post")),
}
FINDING, YEAR_FROM_HEADING = iri("unm:finding"), iri("unm:yearFromHeading")


@dataclass(frozen=True)
class RowSupports:
    """Finds what a value of the page's thing rests on, and a participation."""

    thing: str
    supporter: Supporter

    def of_value(self, row: PropertyRow, value: Value) -> Support:
        """The quotations for both ends of a fact; a date, which is no thing, stands in those of the thing."""
        found = self._of_its_own(row.predicate) if not row.is_back else None
        if found is None:
            found = self._of_thing(row, value) if value.iri else Support()
        if value.is_derived and row.is_back and found == Support():
            found = self.supporter.by_rule(value.iri)
        is_computed = value.is_derived and not found.is_inferred
        return replace(found, state=COMPUTED) if is_computed else found

    def _of_its_own(self, property_: str) -> Support | None:
        """What stands in the statements on the page's thing, which name nothing else for it."""
        if property_ in (EDTF, YEAR_FROM_HEADING):
            return self.supporter.of_date(self.thing, DATE_CERTAINTY)
        if property_ == FINDING:
            return self.supporter.of_words(self.thing, FINDING)
        return self.supporter.of_whole(self.thing) if property_ in OF_THE_WHOLE else None

    def of_participation(self, node: str) -> Support:
        """That somebody took part."""
        return self.supporter.of_participation(node)

    def _of_thing(self, row: PropertyRow, value: Value) -> Support:
        if row.predicate == PLACE and not row.is_back:
            return self.supporter.of_value(self.thing, value.iri, PLACE_CERTAINTY)
        if row.predicate in (HAS_MEETING, PART_OF_MISSION):
            is_meeting_here = row.is_back == (row.predicate == HAS_MEETING)
            return self.supporter.of_whole(self.thing if is_meeting_here else value.iri)
        ends = (value.iri, self.thing) if row.is_back else (self.thing, value.iri)
        found = self.supporter.of_fact(ends[0], row.predicate, ends[1])
        node = self._between.get(frozenset(ends))
        return self.of_participation(node) if node and found == Support() else found

    @cached_property
    def _between(self) -> Mapping[frozenset[str], str]:
        """The first participation of each pair: a participant, or a post, and an event or its mission."""
        told = self.supporter.told
        pairs = [
            (who, event, node)
            for node in told.said
            for event in told.things(node, EVENT)
            for name in (PARTICIPANT, CAPACITY)
            for who in told.things(node, name)
        ]
        found = {frozenset((who, event)): node for who, event, node in reversed(pairs)}
        for who, event, node in pairs:
            for mission in told.things(event, PART_OF_MISSION):
                found.setdefault(frozenset((who, mission)), node)
        return found
