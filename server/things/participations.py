"""Participations and tenures as one reads them: who, where, in which role and capacity, and how certain."""

from collections.abc import Callable
from dataclasses import dataclass

from server.tables.certainty import STATED
from server.things.facts import BACK, OUT, ThingFacts
from server.things.names import iri
from server.things.neighbours import MOST_NODES, NODES, nodes
from server.things.property_iris import CAPACITY, CERTAINTY, EDTF, EVENT, PARTICIPANT, ROLE
from server.things.values import Reader, Value

MEMBER, POST = iri("org:member"), iri("unm:post")


@dataclass(frozen=True, kw_only=True)
class Participation:
    """A line: the node that says so, who, at what, and what more is said; what is not said is None."""

    iri: str
    node: Value
    who: Value | None
    event: Value | None
    role: Value | None
    capacity: Value | None
    certainty: Value | None


@dataclass(frozen=True)
class Tenure:
    """A post, who held it, and when."""

    node: Value
    who: Value | None
    post: Value | None
    date: Value | None


@dataclass(frozen=True)
class Participations:
    """All lines of a page; `number` counts those that there are, of which the first are read."""

    participations: tuple[Participation, ...]
    tenures: tuple[Tenure, ...]
    number: int

    def has(self, name: str) -> bool:
        """Whether any line says something in a column."""
        return any(getattr(part, name) is not None for part in self.participations)

    @property
    def read(self) -> int:
        return len(self.participations) + len(self.tenures)


def parts(thing: str, facts: ThingFacts, reader: Reader) -> Participations:
    """The participations in an event, or those of a participant or post, in the order of their days."""
    read = nodes(facts)
    tenures = [node for node in read if reader.around.one(node, POST)]
    lines = [_part(thing, node, reader) for node in read if node not in tenures]
    held = [tenure(thing, node, reader) for node in tenures]
    numbers = (facts.numbers.get((way, name), 0) for way, names in NODES.items() for name in names)
    number = len(read) if len(read) < MOST_NODES else max(len(read), sum(numbers))
    return Participations(tuple(sorted(lines, key=_order)), tuple(sorted(held, key=_begin)), number)


def is_event(facts: ThingFacts) -> bool:
    """Whether the participations are those of an event, rather than those of somebody who took part."""
    return bool(facts.values(OUT, *NODES[OUT]))


def holds(facts: ThingFacts) -> bool:
    """Whether the tenures are those of a person, rather than those of a post."""
    return bool(facts.values(BACK, MEMBER))


def _part(thing: str, node: str, reader: Reader) -> Participation:
    say = _sayer(thing, node, reader)
    certainty = reader.around.one(node, CERTAINTY)
    is_stated = certainty is None or certainty.value == STATED
    return Participation(
        iri=node,
        node=reader.thing(node),
        who=say(PARTICIPANT),
        event=say(EVENT),
        role=say(ROLE),
        capacity=say(CAPACITY),
        certainty=None if is_stated else say(CERTAINTY),
    )


def tenure(thing: str, node: str, reader: Reader) -> Tenure:
    """Who held which post and when, without the thing of the page itself."""
    say = _sayer(thing, node, reader)
    return Tenure(reader.thing(node), say(MEMBER), say(POST), say(EDTF))


def _sayer(thing: str, node: str, reader: Reader) -> Callable[[str], Value | None]:
    """What a node says with a property, if that is not the thing of the page itself."""

    def say(property_: str) -> Value | None:
        cell = reader.around.one(node, property_)
        return None if cell is None or cell.value == thing else reader.value(cell)

    return say


def _order(part: Participation) -> tuple[object, ...]:
    return tuple(one.order if one else ("", 0, 0, "") for one in (part.event, part.role, part.who))


def _begin(tenure: Tenure) -> str:
    return tenure.date.shown.value if tenure.date else ""
