"""Where a person, a body, a place or a topic appears: the missions in time, each with its meetings."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from server.things.facts import BACK, ThingFacts
from server.things.names import iri
from server.things.neighbours import TRIPS, nodes
from server.things.property_iris import CAPACITY, EVENT, FIRST_DAY, PART_OF_MISSION, PARTICIPANT, PLACE, ROLE
from server.things.story.support import Support
from server.things.story.supporter import Supporter
from server.things.story.telling import MEETING, MISSION
from server.things.values import Value

MENTIONED = iri("unm:mentionsPlace")
HERE = (*TRIPS[BACK], PLACE)
# What leads to a document from the events that speak of it, or that it gave rise to.
SPEAKS = tuple(map(iri, ("dcterms:references", "prov:wasInfluencedBy")))
MOST_APPEARANCES = 200


@dataclass(frozen=True, kw_only=True)
class Appearance:
    """A thing at an event: in which roles and capacities, for a post who took part, and what says so.

    A place may be named there without anybody's being there (`is_only_named`).
    """

    event: Value
    who: tuple[Value, ...]
    roles: tuple[Value, ...]
    capacities: tuple[Value, ...]
    support: Support
    is_only_named: bool = False


@dataclass(frozen=True)
class MissionAppearances:
    """A mission with the meetings at which a thing appears; at the mission itself it may not (`itself`)."""

    mission: Value
    itself: Appearance | None
    meetings: tuple[Appearance, ...]

    @property
    def all(self) -> tuple[Appearance, ...]:
        return (self.itself, *self.meetings) if self.itself else self.meetings


@dataclass(frozen=True)
class Appearances:
    """All of them, with the numbers of missions and meetings."""

    missions: tuple[MissionAppearances, ...]

    @property
    def all(self) -> tuple[Appearance, ...]:
        return tuple(one for mission in self.missions for one in mission.all)

    @property
    def whole(self) -> int:
        """The missions of which it is told themselves, and not only of their meetings."""
        found = (one.itself for one in self.missions if one.itself)
        return sum(bool(one.support.numbers) and not one.is_only_named for one in found)

    @property
    def meetings(self) -> int:
        return sum(not meeting.is_only_named for one in self.missions for meeting in one.meetings)

    @property
    def named(self) -> int:
        """Where a place is only named."""
        return sum(one.is_only_named for one in self.all)


def appearances(thing: str, facts: ThingFacts, supporter: Supporter) -> Appearances:
    """The missions and meetings of a thing, in the order of their days."""
    by_event = _nodes_by_event(thing, facts, supporter)
    by_mission: dict[str, list[str]] = {}
    for event in _in_time(by_event, supporter):
        mission = supporter.told.things(event, PART_OF_MISSION)
        by_mission.setdefault(mission[0] if mission else event, []).append(event)
    named = _only_named(facts)
    found = {event: _appearance(event, thing, by_event[event], named, supporter) for event in by_event}
    return Appearances(
        tuple(
            _of_mission(mission, {event: found[event] for event in events}, supporter)
            for mission, events in by_mission.items()
        )
    )


def _only_named(facts: ThingFacts) -> set[str]:
    """The events at which a place is named, and that were elsewhere."""
    return {*facts.values(BACK, MENTIONED)} - {*facts.values(BACK, *HERE)}


def _nodes_by_event(thing: str, facts: ThingFacts, supporter: Supporter) -> dict[str, list[str]]:
    """The events, each with the participations that lead there."""
    found: dict[str, list[str]] = {event: [] for event in facts.values(BACK, *HERE, *SPEAKS, MENTIONED)}
    for node in nodes(facts):
        for event in supporter.told.things(node, EVENT):
            found.setdefault(event, []).append(node)
    kept = [event for event in found if event.startswith((MISSION, MEETING))]
    return {event: found[event] for event in kept[:MOST_APPEARANCES]}


def _in_time(events: Iterable[str], supporter: Supporter) -> list[str]:
    def first_day(event: str) -> tuple[str, bool, str]:
        day = supporter.told.one(event, FIRST_DAY)
        return day.value if day else "9", event.startswith(MEETING), event

    return sorted(events, key=first_day)


def _of_mission(mission: str, found: Mapping[str, Appearance], supporter: Supporter) -> MissionAppearances:
    meetings = tuple(one for event, one in found.items() if event != mission)
    return MissionAppearances(supporter.reader.thing(mission), found.get(mission), meetings)


def _appearance(
    event: str, thing: str, nodes: list[str], named: set[str], supporter: Supporter
) -> Appearance:
    direct = supporter.named(supporter.quoted.of_both(thing, event))
    support = supporter.of_participation(nodes[0]) if nodes else direct
    return Appearance(
        event=supporter.reader.thing(event),
        who=tuple(_said(nodes, PARTICIPANT, thing, supporter)),
        roles=tuple(_said(nodes, ROLE, thing, supporter)),
        capacities=tuple(_said(nodes, CAPACITY, thing, supporter)),
        support=support if support.numbers else supporter.by_rule(event),
        is_only_named=event in named,
    )


def _said(nodes: list[str], property_: str, thing: str, supporter: Supporter) -> Iterator[Value]:
    """What participations say with a property, each once and without the thing itself."""
    values = dict.fromkeys(supporter.told.of_each(nodes, property_))
    return (supporter.reader.thing(value) for value in values if value != thing)
