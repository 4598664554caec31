"""What a page says of the things beside its own: names, dates, coordinates, parts of participations."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from loader.release.namespaces import BASE
from server.asking.asker import Asker
from server.asking.placeholders import fill
from server.tables.table import Cell, Table
from server.things.facts import BACK, OUT, ThingFacts
from server.things.names import iri
from server.things.property_iris import CAPACITY, HAS_MEETING, OBJECT, PARTICIPANT, PARTICIPATION, SUBJECT
from server.things.query_texts import text_of

AROUND = text_of("neighbours")
LABEL, OTHER_LABEL, DESCRIBED = iri("rdfs:label"), iri("skos:prefLabel"), iri("rdfs:isDefinedBy")
# The nodes that stand between a thing and what it has to do with: participations and tenures.
NODES = {
    OUT: (PARTICIPATION,),
    BACK: (PARTICIPANT, CAPACITY, iri("org:member"), iri("unm:post")),
}
# What leads to the events that took a thing, or brought somebody, to the places of its map.
TRIPS = {
    OUT: (HAS_MEETING,),
    BACK: tuple(
        iri(f"unm:{name}") for name in ("envoy", "interlocutor", "institution", "country", "region", "topic")
    ),
}
# By these a mission is told of that somebody was met on; it may have gone on to other places.
MET = (iri("unm:interlocutor"), iri("unm:institution"))
MOST_NODES = 100
MOST_THINGS = 2000


@dataclass(frozen=True)
class Around:
    """By thing: its labels, and what else is said of it by property.

    `described` are the outside things with facts here.
    """

    labels: Mapping[str, Mapping[str, str]]
    said: Mapping[str, Mapping[str, list[Cell]]]
    described: frozenset[str]

    def one(self, thing: str, property_: str) -> Cell | None:
        """The first value of a property of a thing."""
        return next(iter(self.said.get(thing, {}).get(property_, [])), None)

    def things(self, thing: str, property_: str) -> list[str]:
        """The things to which a property of a thing leads."""
        return [cell.value for cell in self.said.get(thing, {}).get(property_, []) if cell.kind == "uri"]

    def of_each(self, things: Iterable[str], property_: str) -> list[str]:
        """The things to which a property of several things leads."""
        return [one for thing in things for one in self.things(thing, property_)]

    def with_more(self, other: "Around") -> "Around":
        """The same with what another reading found."""
        said = {thing: {**self.said.get(thing, {}), **more} for thing, more in other.said.items()}
        return Around(
            {**self.labels, **other.labels}, {**self.said, **said}, self.described | other.described
        )


def nodes(facts: ThingFacts) -> list[str]:
    """The participations and tenures of a thing, so many as a page tells in full."""
    return sorted({node for way, names in NODES.items() for node in facts.values(way, *names)})[:MOST_NODES]


def told_facts(facts: ThingFacts) -> list[str]:
    """What says how facts of a thing are known, where that is not simply stated."""
    return sorted(set(facts.values(BACK, SUBJECT, OBJECT)))[:MOST_NODES]


def around(thing: str, facts: ThingFacts, asker: Asker) -> Around:
    """Reads what stands around a thing, in one query. Raises Refused."""
    values = {fact.value.value for fact in facts.facts if fact.value.kind == "uri"}
    values |= {fact.predicate for fact in facts.facts}
    things = [thing, *sorted(values - {thing})][:MOST_THINGS]
    ours = [one for one in things if one.startswith(BASE)]
    text = fill(
        AROUND,
        thing=things,
        outside=[one for one in things if not one.startswith(BASE)],
        event=[one for one in ours if one.startswith((f"{BASE}mission/", f"{BASE}meeting/"))],
        trip=[one for way, names in TRIPS.items() for one in facts.values(way, *names)],
        met=facts.values(BACK, *MET),
        place=[*(one for one in ours if one.startswith(f"{BASE}place/")), thing],
        node=[*nodes(facts), *told_facts(facts), thing],
    )
    return read_around(asker.table(text))


def read_around(table: Table) -> Around:
    """Rows of a thing, a property and a value, as what they say of each thing."""
    labels: dict[str, dict[str, str]] = {}
    more: dict[str, dict[str, str]] = {}
    said: dict[str, dict[str, list[Cell]]] = {}
    described: set[str] = set()
    for row in table.in_order().dictionaries():
        thing, property_, value = row["thing"].value, row["property"].value, row["value"]
        if property_ == DESCRIBED:
            described.add(thing)
        elif property_ == LABEL:
            labels.setdefault(thing, {}).setdefault(value.language, value.value)
        elif property_ == OTHER_LABEL:
            more.setdefault(thing, {}).setdefault(value.language, value.value)
        else:
            values = said.setdefault(thing, {}).setdefault(property_, [])
            values += [value] if value not in values else []
    return Around({**more, **labels}, said, frozenset(described))
