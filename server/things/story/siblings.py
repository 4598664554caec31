"""The missions beside one: before and after it, of the same envoys, and in the same part of the world."""

from collections.abc import Callable
from dataclasses import dataclass

from server.asking.asker import own_asker
from server.engine.snapshot import Snapshot
from server.http.state import state
from server.things.names import iri
from server.things.neighbours import Around, read_around
from server.things.property_iris import FIRST_DAY
from server.things.query_texts import text_of
from server.things.region_paths import places_around
from server.things.story.telling import MISSION
from server.things.values import Reader, Value

MISSIONS = text_of("story/missions")
ENVOY, REGION = map(iri, ("unm:envoy", "unm:region"))
MOST = 6


@dataclass(frozen=True)
class SharedMissions:
    """Other missions that have a value in common with one, so many as a page shows."""

    value: Value
    missions: tuple[Value, ...]
    is_of_an_envoy: bool


@dataclass(frozen=True, kw_only=True)
class Siblings:
    """The missions beside one."""

    previous: Value | None
    next: Value | None
    shared: tuple[SharedMissions, ...]


def known_missions(release: Snapshot) -> Around:
    """All missions, and which place lies within which; read once for each release. Raises Refused."""
    return state().memory.get(
        release.id, "missions", "", lambda: read_around(own_asker(release).table(MISSIONS))
    )


def siblings(mission: str, known: Around, reader: Reader) -> Siblings | None:
    """What stands beside a mission; None where it is not known."""
    ordered = _ordered(known)
    if mission not in ordered:
        return None
    place, reader = ordered.index(mission), Reader(reader.language, known, {**known.labels, **reader.labels})
    others = [one for one in ordered if one != mission]
    envoys = known.things(mission, ENVOY)
    shared = [*_same(mission, ENVOY, others, known), *_nearest_region(mission, others, known)]
    return Siblings(
        previous=reader.thing(ordered[place - 1]) if place else None,
        next=reader.thing(ordered[place + 1]) if place + 1 < len(ordered) else None,
        shared=tuple(
            SharedMissions(reader.thing(value), tuple(map(reader.thing, found[:MOST])), value in envoys)
            for value, found in shared
        ),
    )


def _ordered(known: Around) -> list[str]:
    """The missions by their first day; one without a day comes last."""

    def first_day(mission: str) -> tuple[str, str]:
        day = known.one(mission, FIRST_DAY)
        return day.value if day else "9", mission

    return sorted((thing for thing in known.said if thing.startswith(MISSION)), key=first_day)


def _same(mission: str, property_: str, others: list[str], known: Around) -> list[tuple[str, list[str]]]:
    has = _having(property_, known)
    found = (
        (value, [one for one in others if has(one, value)]) for value in known.things(mission, property_)
    )
    return [(value, missions) for value, missions in found if missions]


def _nearest_region(mission: str, others: list[str], known: Around) -> list[tuple[str, list[str]]]:
    """Of the regions that other missions share the narrowest."""
    found = _same(mission, REGION, others, known)
    return sorted(found, key=lambda one: -len(places_around(one[0], known)))[:1]


def _having(property_: str, known: Around) -> Callable[[str, str], bool]:
    return lambda mission, value: value in known.things(mission, property_)
