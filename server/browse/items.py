"""The things of a list with the facts that are told of them, each fact with its name in both languages."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from loader.release.namespaces import BASE
from server.asking.asker import own_asker
from server.asking.labels import labels_of
from server.browse.listing import Listing
from server.engine.snapshot import Snapshot
from server.http.state import state
from server.i18n.languages import Text, best, slug
from server.tables.table import Cell, Table

# More facts than these are not read; the page says so.
MOST_FACTS = 20_000
Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Item:
    """A thing; `facts` are the terms by the name of the fact, each once.

    `certainties` are those of the facts that no words of a source say, by the name and the term.
    """

    iri: str
    facts: Mapping[str, tuple[Cell, ...]]
    certainties: Mapping[tuple[str, Cell], Cell]

    def keys(self, facet: str) -> tuple[str, ...]:
        """What stands in an address for its values of a facet."""
        return tuple(key_of(cell) for cell in self.facts.get(facet, ()))

    def number(self, fact: str) -> int:
        return len(self.facts.get(fact, ()))

    def first(self, fact: str) -> str:
        """The first of its values as it is written, or nothing."""
        return min((cell.value for cell in self.facts.get(fact, ())), default="")


@dataclass(frozen=True)
class Items:
    """All things of a list, and what they and their facts are called; whole unless there were too many."""

    all: tuple[Item, ...]
    names: Names
    is_whole: bool

    def name(self, iri: str, language: str) -> Text:
        """What a thing is called: in the reader's language, else in another, else by its address."""
        return best(self.names.get(iri, {}), language, iri)


def key_of(cell: Cell) -> str:
    """The part of an IRI of ours that is read, else the whole value."""
    return slug(cell.value) if cell.kind == "uri" and cell.value.startswith(BASE) else cell.value


def items_of(listing: Listing, release: Snapshot) -> Items:
    """The things of a list, read once for each release. Raises Refused."""
    return state().memory.get(release.id, "list", listing.name, lambda: _read(listing, release))


def _read(listing: Listing, release: Snapshot) -> Items:
    table = own_asker(release).table(f"{listing.text}LIMIT {MOST_FACTS + 1}")
    found = tuple(_items(table))
    things = sorted(table.things())
    names = labels_of(things, release, len(things))
    return Items(found, names, len(table.rows) <= MOST_FACTS)


def _items(table: Table) -> Iterator[Item]:
    """The things of which `is` is said, in the order of their IRIs; what is said twice counts once."""
    found: dict[str, dict[str, dict[Cell, Cell | None]]] = defaultdict(lambda: defaultdict(dict))
    for row in table.in_order().dictionaries():
        if "value" in row:
            found[row["thing"].value][row["what"].value][row["value"]] = row.get("certainty")
    for iri, facts in sorted(found.items()):
        if "is" in facts:
            yield Item(iri, {name: tuple(values) for name, values in facts.items()}, _certainties(facts))


def _certainties(facts: Mapping[str, Mapping[Cell, Cell | None]]) -> dict[tuple[str, Cell], Cell]:
    return {
        (name, value): certainty
        for name, values in facts.items()
        for value, certainty in values.items()
        if certainty is not None
    }
