"""The story of a mission or a meeting: the parts of a sentence, its meetings, the words of the source."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from server.engine.snapshot import Snapshot
from server.http.state import state
from server.page import links
from server.sources.passage import SourcePassage, passage
from server.tables.quotation import Quotation
from server.things.property_iris import PART_OF_MISSION
from server.things.quotations import Quotations
from server.things.story.events import ENVOY, EventCard, PartTaken, card
from server.things.story.siblings import Siblings, known_missions, siblings
from server.things.story.supporter import Supporter
from server.things.values import Value

MET, BRIEFED, HEARD = "interlocutor", "informed-party", "attendee"
SPEAKING = ("speaker", "guest-speaker", "briefer")
MOST_NAMES, MOST_PASSAGES = 3, 200


@dataclass(frozen=True)
class Clause:
    """Whom envoys met, briefed or spoke to: the first of them, and how many more there are."""

    role: str
    parts: tuple[PartTaken, ...]
    more: int


@dataclass(frozen=True, kw_only=True)
class EventStory:
    """What the page of an event tells first; a meeting belongs to a `mission`."""

    itself: EventCard
    envoys: tuple[PartTaken, ...]
    clauses: tuple[Clause, ...]
    meetings: tuple[EventCard, ...]
    mission: Value | None
    passages: tuple[SourcePassage, ...]
    siblings: Siblings | None

    @property
    def dated(self) -> list[EventCard]:
        """The meetings for which the text gives a date."""
        return [one for one in self.meetings if one.date]


def event_story(events: Sequence[str], supporter: Supporter, release: Snapshot) -> EventStory:
    """The story of the first of these events, to which the others belong. Raises Refused."""
    reader, mission = supporter.reader, supporter.told.one(events[0], PART_OF_MISSION)
    cards = [card(event, supporter) for event in events]
    meetings = sorted(cards[1:], key=lambda one: one.order)
    envoys = _distinct([*cards[0].with_role(ENVOY), *cards[0].with_role(*SPEAKING)])
    return EventStory(
        itself=cards[0],
        envoys=tuple(envoys),
        clauses=tuple(_clauses([cards[0], *meetings], {envoy.value.iri for envoy in envoys})),
        meetings=tuple(meetings),
        mission=reader.value(mission) if mission else None,
        passages=_passages(events[0], supporter.quoted, reader.language, release),
        siblings=siblings(events[0], known_missions(release), reader),
    )


def _clauses(cards: Sequence[EventCard], envoys: set[str]) -> Iterator[Clause]:
    """Nobody is told of twice."""
    told = set(envoys)
    spoken = [one for one in cards if envoys & {part.value.iri for part in one.with_role(*SPEAKING)}]
    for role, events in ((MET, cards), (BRIEFED, cards), (HEARD, spoken)):
        found = [part for one in events for part in one.with_role(role) if part.value.iri not in told]
        parts = _distinct(found)
        told |= {part.value.iri for part in parts}
        if parts:
            yield Clause(role, tuple(parts[:MOST_NAMES]), len(parts[MOST_NAMES:]))


def _distinct(parts: Iterable[PartTaken]) -> list[PartTaken]:
    """Each participant once."""
    found: dict[str, PartTaken] = {}
    for part in parts:
        found.setdefault(part.value.iri, part)
    return list(found.values())


def _passages(event: str, quoted: Quotations, language: str, release: Snapshot) -> tuple[SourcePassage, ...]:
    """The passages of each source, the one with the most quotations first; written once for each language."""
    by_source: dict[str, dict[int, Quotation]] = {}
    for one in quoted.quoted:
        if one.quotation.start is not None:
            by_source.setdefault(one.quotation.source, {})[one.number] = one.quotation

    def read() -> tuple[SourcePassage, ...]:
        ordered = sorted(by_source.items(), key=lambda item: -len(item[1]))
        found = (passage(source, places, release, language) for source, places in ordered)
        return tuple(one for one in found if one)

    key = event, language, *links.carried()
    return state().memory.get(release.id, "passage", key, read, MOST_PASSAGES)
