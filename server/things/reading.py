"""All that the page of a thing reads of the graph: its facts, what stands around it, its quotations."""

from dataclasses import dataclass

from loader.release.namespaces import is_own_thing
from server.asking.asker import Asker, asker_of_all, own_asker
from server.asking.placeholders import fill
from server.engine.snapshot import Snapshot
from server.http.state import state
from server.things.facts import ThingFacts, outline
from server.things.named_graphs import GRAPH, NamedGraph, graph_of
from server.things.neighbours import Around, around
from server.things.not_found import unknown
from server.things.query_texts import text_of
from server.things.quotations import Quotations, quotations
from server.things.story.telling import events_of, events_with, statements, statements_by_rule, telling

USED = text_of("used")
MOST_KEPT = 64


@dataclass(frozen=True, kw_only=True)
class ThingReading:
    """What was read of a thing; `events` are those of which its story tells.

    `beside` tells of all that a page names, `near` has what belongs to the thing itself: a mission on which
    somebody was met went on to places that are beside, but not near.
    """

    facts: ThingFacts
    graph: NamedGraph | None
    is_used: bool
    events: tuple[str, ...]
    beside: Around
    near: frozenset[str]
    quoted: Quotations


def read_thing(iri: str, release: Snapshot) -> ThingReading:
    """What is said of a thing, of ours read once for a while. Raises Refused, with the nearest names."""
    if not is_own_thing(iri):
        return _read(iri, release)
    return state().memory.get(release.id, "thing", iri, lambda: _read(iri, release), MOST_KEPT)


def _read(iri: str, release: Snapshot) -> ThingReading:
    asker, facts = _outline(iri, release)
    graph = graph_of(iri, release) if iri.startswith(GRAPH) or not facts.facts else None
    is_used = not facts.facts and graph is None and bool(asker.ask(fill(USED, property=[iri])))
    if not (facts.facts or graph or is_used):
        raise unknown(iri, release)
    events, others = events_of(iri, facts), events_with(iri, facts)
    told, beside = telling(events or others, asker), around(iri, facts, asker)
    more = statements(events, told) if events else statements_by_rule(iri, others, facts, told)
    quoted = quotations(iri, facts, beside, more, asker)
    return ThingReading(
        facts=facts,
        graph=graph,
        is_used=is_used,
        events=tuple(events),
        beside=beside.with_more(told),
        near=frozenset(beside.labels),
        quoted=quoted,
    )


def _outline(iri: str, release: Snapshot) -> tuple[Asker, ThingFacts]:
    """What is said of a thing, of ours what we say unless only others do; and who to ask for more."""
    if is_own_thing(iri):
        asker = own_asker(release)
        if (facts := outline(iri, asker)).facts:
            return asker, facts
    asker = asker_of_all(release)
    return asker, outline(iri, asker)
