"""Reads what a story tells: events with their participations, and what those lead to, in one query."""

from collections.abc import Sequence

from loader.release.namespaces import BASE
from server.asking.asker import Asker
from server.asking.placeholders import fill
from server.things.facts import OUT, ThingFacts
from server.things.names import iri
from server.things.neighbours import Around, read_around
from server.things.query_texts import text_of

TELLING = text_of("story/telling")
MISSION, MEETING = f"{BASE}mission/", f"{BASE}meeting/"
EVIDENCE, PARTICIPATION, HAS_MEETING = map(iri, ("unm:evidence", "unm:hasParticipation", "unm:hasMeeting"))
MOST_EVENTS = 60


def events_of(thing: str, facts: ThingFacts) -> list[str]:
    """The events of which the page of a mission or a meeting tells: it itself, then its meetings."""
    if not thing.startswith((MISSION, MEETING)):
        return []
    return [thing, *facts.values(OUT, HAS_MEETING)][:MOST_EVENTS]


def telling(events: Sequence[str], asker: Asker) -> Around:
    """What is said of events and of their participations. Raises Refused."""
    return read_around(asker.table(fill(TELLING, event=events))) if events else Around({}, {}, frozenset())


def statements(events: Sequence[str], told: Around) -> list[str]:
    """The statements on which events and their participations rest."""
    nodes = [node for event in events for node in told.things(event, PARTICIPATION)]
    return [one for thing in (*events, *nodes) for one in told.things(thing, EVIDENCE)]
