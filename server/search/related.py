"""What is found by names of other things: an event by its envoys and places, a body by its country."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from loader.release.namespaces import ONTOLOGY
from server.tables.table import Table

# In this order where several say the same: the narrower before the wider, people before their bodies.
ORDER = ("envoy", "place", "country", "region", "interlocutor", "institution", "jurisdiction")
# By this one alone a thing is found too; whoever gives but one other name is on the page of that.
ENOUGH = "jurisdiction"

Told = Mapping[str, Set[str]]


@dataclass(frozen=True)
class RelatedName:
    """That a thing may be found by the name of another; `name` is the local name of the property."""

    name: str
    iri: str


def ties(table: Table) -> dict[str, tuple[RelatedName, ...]]:
    """Those of each thing, of rows that say thing, property and the other thing."""
    found: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for row in table.dictionaries():
        name = row["tie"].value.removeprefix(ONTOLOGY)
        found[row["thing"].value].add((ORDER.index(name), row["related"].value))
    return {
        thing: tuple(RelatedName(ORDER[at], iri) for at, iri in sorted(all_)) for thing, all_ in found.items()
    }


def used(
    all_ties: Iterable[RelatedName], own: Set[str], words: Set[str], told: Told
) -> tuple[RelatedName, ...]:
    """The fewest ties that have of the words which its own names lack what ties can have of them.

    `told` says which of the words are in the names of each other thing.
    """
    wanted, chosen, left = words - own, [], tuple(all_ties)
    while wanted and left:
        best = max(left, key=lambda tie: len(told.get(tie.iri, _NOTHING) & wanted))
        if not told.get(best.iri, _NOTHING) & wanted:
            break
        chosen.append(best)
        wanted = wanted - told[best.iri]
    is_too_little = not own and len(chosen) == 1 and chosen[0].name != ENOUGH
    return () if is_too_little else tuple(chosen)


_NOTHING: Set[str] = frozenset()
