"""The events of a story as cards: what, when, where, who in which role, about what, and what says so."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from loader.release.namespaces import kind_of
from server.i18n.languages import Text, best
from server.things.names import iri
from server.things.property_iris import (
    CAPACITY,
    DATE_CERTAINTY,
    EDTF,
    EVIDENCE,
    NOTE,
    PARTICIPANT,
    PARTICIPATION,
    PLACE,
    PLACE_CERTAINTY,
    ROLE,
)
from server.things.story.date_phrase import DatePhrase, date_phrase
from server.things.story.support import Support, SupportedValue
from server.things.story.supporter import Supporter
from server.things.values import Value

TOPIC = iri("unm:topic")
KINDS = (iri("unm:missionKind"), iri("unm:meetingKind"))
ENVOY = "envoy"
# What a text calls by other words than we do is mostly an office or a group of people.
READ = ("post", "group")
# "(Rome, 2011)" tells groups apart in lists; "(EU)" is a short form: beside the event both only disturb.
_ASIDE = re.compile(r" \((?:[^()]*\d{4}|[A-Z][A-Za-z-]{1,9})\)$")


@dataclass(frozen=True, kw_only=True)
class PartTaken:
    """Somebody at an event: by which name, as what kind of thing, in which role and capacity."""

    value: Value
    words: str
    kind: str
    role: str
    role_name: Value | None
    capacity: Value | None
    support: Support


@dataclass(frozen=True, kw_only=True)
class EventCard:
    """An event; `order` is that of its day, and of its words in the source."""

    value: Value
    kind: Value | None
    date: DatePhrase | None
    date_support: Support
    places: tuple[SupportedValue, ...]
    topics: tuple[SupportedValue, ...]
    parts: tuple[PartTaken, ...]
    notes: tuple[Text, ...]
    order: tuple[str, int]

    def with_role(self, *roles: str) -> list[PartTaken]:
        """Those who took part in some roles."""
        return [part for part in self.parts if part.role in roles]

    @property
    def people(self) -> list[list[PartTaken]]:
        """All but the envoys, then these; each once, with all that it took part as."""
        found: dict[str, list[PartTaken]] = {}
        for part in sorted(self.parts, key=lambda part: part.role == ENVOY):
            found.setdefault(part.value.iri, []).append(part)
        return list(found.values())


def card(event: str, supporter: Supporter) -> EventCard:
    """Everything that is told of an event."""
    told, reader = supporter.told, supporter.reader
    edtf, kinds = told.one(event, EDTF), [one for name in KINDS for one in told.things(event, name)]
    own = supporter.quoted.numbers(told.things(event, EVIDENCE))
    parts = tuple(_parts(event, supporter))
    read = (part.value.iri for part in parts if part.kind in READ)
    return EventCard(
        value=reader.thing(event),
        kind=reader.thing(kinds[0]) if kinds else None,
        date=date_phrase(edtf.value, reader.language) if edtf else None,
        date_support=supporter.of_date(event, DATE_CERTAINTY),
        places=_values(event, PLACE, PLACE_CERTAINTY, supporter),
        topics=_values(event, TOPIC, "", supporter),
        parts=parts,
        notes=tuple(_notes(dict.fromkeys((event, *read)), supporter)),
        order=(edtf.value if edtf else "9", min(_places_in_source(parts), default=min(own, default=0))),
    )


def _places_in_source(parts: Iterable[PartTaken]) -> Iterator[int]:
    """Where those are told of who took part, without the envoys, who may be told of long before."""
    return (number for part in parts if part.role != ENVOY for number in part.support.numbers)


def _notes(things: Iterable[str], supporter: Supporter) -> Iterator[Text]:
    """How things were read, in the reader's language."""
    for thing in things:
        said = supporter.told.said.get(thing, {}).get(NOTE, [])
        if said:
            yield best({cell.language: cell.value for cell in said}, supporter.reader.language)


def _values(event: str, property_: str, certainty: str, supporter: Supporter) -> tuple[SupportedValue, ...]:
    values = supporter.told.things(event, property_)
    found = [
        SupportedValue(supporter.reader.thing(one), supporter.of_value(event, one, certainty))
        for one in values
    ]
    return tuple(sorted(found, key=lambda one: one.support.numbers))


def _parts(event: str, supporter: Supporter) -> list[PartTaken]:
    nodes = supporter.told.things(event, PARTICIPATION)
    found = [part for node in nodes if (part := part_taken(node, supporter))]
    return sorted(found, key=lambda part: (part.support.numbers, part.words))


def part_taken(node: str, supporter: Supporter) -> PartTaken | None:
    """A participation as a story tells it; None where it does not say whose it is."""
    told, reader = supporter.told, supporter.reader
    who, role, capacity = (told.one(node, name) for name in (PARTICIPANT, ROLE, CAPACITY))
    if who is None:
        return None
    value = reader.value(who)
    return PartTaken(
        value=value,
        words=_ASIDE.sub("", value.shown.words),
        kind=kind_of(who.value),
        role=role.value.rpartition("/")[2] if role else "",
        role_name=reader.value(role) if role else None,
        capacity=reader.value(capacity) if capacity else None,
        support=supporter.of_participation(node),
    )
