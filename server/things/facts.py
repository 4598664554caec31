"""What is said of a thing and what names it; of what is too much only the first, with exact numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby, islice

from loader.release.namespaces import BASE, graph_iri
from server.asking.asker import Asker
from server.asking.placeholders import fill
from server.tables.table import Cell, Table
from server.things.query_texts import text_of

OUT, BACK = ">", "<"
INFERRED = graph_iri("inferred")
# So many facts in one direction are read at once, as facts.rq has it; of more, so many of each property.
MOST = 600
EACH = 50
MOST_PROPERTIES = 80
OUTLINE, GRAPHS = map(text_of, ("facts", "graphs"))
COUNTS, COUNTS_IN_GRAPHS = map(text_of, ("counts", "counts-in-graphs"))
FIRST = {OUT: text_of("first-out"), BACK: text_of("first-back")}
Key = tuple[str, str]


@dataclass(frozen=True)
class Fact:
    """That a property leads from the thing to a value, or back to it from one; and the graphs that say so."""

    way: str
    predicate: str
    value: Cell
    graphs: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def is_derived(self) -> bool:
        """Whether nobody wrote it: it follows from other facts."""
        return self.graphs == {INFERRED}


@dataclass(frozen=True)
class ThingFacts:
    """The facts, and how many there are of each property; `unread` properties are too many to be shown."""

    facts: tuple[Fact, ...]
    numbers: Mapping[Key, int]
    unread: int = 0

    def of(self, way: str, *properties: str) -> list[Fact]:
        """The facts of some properties in one direction."""
        return [fact for fact in self.facts if fact.way == way and fact.predicate in properties]

    def values(self, way: str, *properties: str) -> list[str]:
        """The things to which some properties lead."""
        return [fact.value.value for fact in self.of(way, *properties) if fact.value.kind == "uri"]


def outline(thing: str, asker: Asker) -> ThingFacts:
    """What is known of a thing; empty where it does not occur. Raises Refused."""
    facts = _facts(asker.table(fill(OUTLINE, thing=[thing])))
    sizes = {way: sum(fact.way == way for fact in facts) for way in (OUT, BACK)}
    if max(sizes.values()) <= MOST:
        return ThingFacts(tuple(facts), _numbers(facts))
    return _too_many(thing, asker, facts, {way for way, size in sizes.items() if size > MOST})


def _facts(table: Table) -> list[Fact]:
    """Each fact once, with all of its graphs; in an order that does not hang on what else the store holds."""
    graphs: dict[tuple[str, str, Cell], set[str]] = {}
    for row in table.dictionaries():
        found = graphs.setdefault((row["way"].value, row["property"].value, row["other"]), set())
        found |= {row["graph"].value} if "graph" in row else set()
    return [Fact(*fact, frozenset(graphs[fact])) for fact in sorted(graphs, key=_place)]


def _place(fact: tuple[str, str, Cell]) -> tuple[str, ...]:
    way, property_, value = fact
    return way, property_, value.value, value.language, value.datatype


def _numbers(facts: list[Fact]) -> dict[Key, int]:
    numbers: dict[Key, int] = {}
    for fact in facts:
        key = fact.way, fact.predicate
        numbers[key] = numbers.get(key, 0) + 1
    return numbers


def _too_many(thing: str, asker: Asker, facts: list[Fact], ways: set[str]) -> ThingFacts:
    """In the directions that have too many facts: how many of each property, and the first few of them."""
    numbers = _count(COUNTS, thing, asker)
    if not ways <= {way for way, _ in numbers}:
        return ThingFacts(tuple(facts), _count(COUNTS_IN_GRAPHS, thing, asker))
    long = [key for key in numbers if key[0] in ways]
    few = [fact for fact in facts if fact.way not in ways]
    first = _first(thing, asker, long[:MOST_PROPERTIES])
    return ThingFacts((*few, *first), {**_numbers(few), **numbers}, len(long[MOST_PROPERTIES:]))


def _count(text: str, thing: str, asker: Asker) -> dict[Key, int]:
    rows = asker.table(fill(text, thing=[thing])).dictionaries()
    return {(row["way"].value, row["property"].value): int(row["number"].value) for row in rows}


def _first_of_each(facts: list[Fact]) -> list[Fact]:
    groups = groupby(facts, key=lambda fact: (fact.way, fact.predicate))
    return [fact for _, group in groups for fact in islice(group, EACH)]


def _first(thing: str, asker: Asker, keys: list[Key]) -> list[Fact]:
    """Some facts of each property, with the graphs of those that a rule of ours may have derived."""
    parts = (fill(FIRST[way], thing=[thing], property=[property_]) for way, property_ in keys)
    text = "SELECT ?way ?property ?other WHERE { " + " UNION ".join(f"{{ {part} }}" for part in parts) + " }"
    facts = _first_of_each(_facts(asker.table(text)))
    ours = {fact.value.value for fact in facts if fact.way == BACK and fact.value.value.startswith(BASE)}
    known = _facts(asker.table(fill(GRAPHS, thing=[thing], other=ours))) if ours else []
    graphs = {fact: fact.graphs for fact in known}
    return [replace(fact, graphs=graphs.get(fact, frozenset())) for fact in facts]
