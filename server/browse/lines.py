"""The lines of a list as they are read, in the order that is asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from server.browse.items import Item, Items
from server.browse.listing import Listing
from server.http.parameters import Parameters, one_of, wrong
from server.i18n.languages import Text
from server.i18n.spelling import sorting
from server.tables.reading import Shown, shown_cell
from server.tables.table import Cell

# Which fact an order goes by, where it is not the number of values of the fact of its name.
DATE = "begin"


@dataclass(frozen=True)
class ListValue:
    """A value as it is read, and the certainty of a value that no words of a source say."""

    shown: Shown
    certainty: Shown | None


@dataclass(frozen=True)
class ListLine:
    """A thing with its facts in the order of the list, and the numbers of what belongs to it."""

    name: Shown
    facts: tuple[tuple[str, tuple[ListValue, ...]], ...]
    numbers: tuple[tuple[str, int], ...]


def wanted_order(listing: Listing, parameters: Parameters) -> str:
    """The order that `sort` names, else the usual one. Raises Refused."""
    order = parameters.one("sort") or listing.orders[0]
    if order not in listing.orders:
        raise wrong("sort", order, one_of(listing.orders))
    return order


def in_order(found: Iterable[Item], order: str, items: Items, language: str) -> list[Item]:
    """By name in the reader's alphabet first, so that what is equal otherwise stays in that order.

    The newest first is the oldest first turned round, as pages say what comes before and after.
    """
    named = sorted(found, key=lambda item: (sorting(items.name(item.iri, language).words), item.iri))
    by = order.removeprefix("-")
    if by == "name":
        return named
    if by == "date":
        oldest_first = sorted(named, key=lambda item: item.first(DATE))
        return oldest_first[::-1] if order.startswith("-") else oldest_first
    return sorted(named, key=lambda item: item.number(by), reverse=order.startswith("-"))


def lines(listing: Listing, found: Sequence[Item], items: Items, language: str) -> list[ListLine]:
    return [_line(listing, item, items, language) for item in found]


def _line(listing: Listing, item: Item, items: Items, language: str) -> ListLine:
    facts = (
        (fact, _values(item, fact, items, language))
        for fact in listing.facts
        if not _is_name_of_list(listing, item, fact)
    )
    return ListLine(
        _named(items.name(item.iri, language), item.iri),
        tuple((fact, values) for fact, values in facts if values),
        tuple((count, number) for count in listing.counts if (number := item.number(count))),
    )


def _is_name_of_list(listing: Listing, item: Item, fact: str) -> bool:
    """That a mission is of the kind “mission” need not be said among missions."""
    return fact == "kind" and [f"{key}s" for key in item.keys(fact)] == [listing.name]


def _values(item: Item, fact: str, items: Items, language: str) -> tuple[ListValue, ...]:
    def shown(cell: Cell) -> Shown:
        return shown_cell(cell, "text", language, items.names)

    sure = item.certainties
    found = [
        ListValue(shown(cell), shown(sure[fact, cell]) if (fact, cell) in sure else None)
        for cell in item.facts.get(fact, ())
    ]
    return tuple(sorted(found, key=lambda one: sorting(one.shown.words)))


def _named(name: Text, iri: str) -> Shown:
    return Shown(words=name.words, language=name.language, kind="thing", iri=iri, value=iri)
