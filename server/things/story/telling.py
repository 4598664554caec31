"""Reads what a story tells: events with their participations, and what those lead to, in one query."""

from collections.abc import Iterator, Sequence

from loader.release.namespaces import BASE
from server.asking.asker import Asker
from server.asking.placeholders import fill
from server.things.facts import BACK, OUT, ThingFacts
from server.things.names import iri
from server.things.neighbours import Around, read_around
from server.things.property_iris import (
    EVIDENCE,
    HAS_MEETING,
    PART_OF_BODY,
    PARTICIPANT,
    PARTICIPATION,
    SUPPORTS,
)
from server.things.query_texts import text_of

TELLING = text_of("story/telling")
MISSION, MEETING = f"{BASE}mission/", f"{BASE}meeting/"
INSTITUTION, PLACE = f"{BASE}institution/", f"{BASE}place/"
BODIES, PLACES = (iri("unm:institution"),), (iri("unm:country"), iri("unm:region"))
MOST_EVENTS = 60


def events_of(thing: str, facts: ThingFacts) -> list[str]:
    """The events of which the page of a mission or a meeting tells: it itself, then its meetings."""
    if not thing.startswith((MISSION, MEETING)):
        return []
    return [thing, *facts.values(OUT, HAS_MEETING)][:MOST_EVENTS]


def events_with(thing: str, facts: ThingFacts) -> list[str]:
    """The events that by a rule have to do with a body or a place."""
    ways = {INSTITUTION: BODIES, PLACE: PLACES}
    for beginning, properties in ways.items():
        if thing.startswith(beginning):
            found = facts.values(BACK, *properties)
            return sorted(one for one in found if one.startswith((MISSION, MEETING)))[:MOST_EVENTS]
    return []


def statements_by_rule(thing: str, events: Sequence[str], facts: ThingFacts, told: Around) -> list[str]:
    """The statements from which the rule follows: on where events were, or on the parts of a body."""
    if thing.startswith(PLACE):
        return [one for one in told.of_each(events, EVIDENCE) if told.things(one, SUPPORTS)]
    parts = {thing, *facts.values(BACK, *PART_OF_BODY)}
    nodes = told.of_each(events, PARTICIPATION)
    return told.of_each((node for node in nodes if parts & {*_belonging(node, told)}), EVIDENCE)


def _belonging(node: str, told: Around) -> Iterator[str]:
    """Who took part, and to what they belong."""
    who = told.things(node, PARTICIPANT)
    yield from who
    for name in PART_OF_BODY:
        yield from told.of_each(who, name)


def telling(events: Sequence[str], asker: Asker) -> Around:
    """What is said of events and of their participations. Raises Refused."""
    return read_around(asker.table(fill(TELLING, event=events))) if events else Around({}, {}, frozenset())


def statements(events: Sequence[str], told: Around) -> list[str]:
    """The statements on which events and their participations rest."""
    return told.of_each((*events, *told.of_each(events, PARTICIPATION)), EVIDENCE)
