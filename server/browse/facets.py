"""Facets: which values were chosen, which things have them, and how many each other one would leave."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loader.query.mistakes.mistake import Remark
from server.browse.items import Item, Items, key_of
from server.browse.listing import Listing
from server.http.parameters import Parameters, one_of, wrong
from server.i18n.languages import Text
from server.i18n.spelling import sorting
from server.tables.table import Cell

Chosen = Mapping[str, tuple[str, ...]]
MOST_NAMED = 30


@dataclass(frozen=True)
class Choice:
    """A value of a facet: what stands in the address, what it is called, and how many things have it."""

    key: str
    name: Text
    number: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """A facet with those of its values that lead to something."""

    name: str
    choices: tuple[Choice, ...]


def chosen(listing: Listing, items: Items, parameters: Parameters) -> Chosen:
    """The values that the address names, by facet. Raises Refused where one is none of the facet's."""
    found = {}
    for name in listing.facets:
        keys = tuple(dict.fromkeys(key for key in parameters.all(name) if key))
        known = {key for item in items.all for key in item.keys(name)}
        for key in keys:
            if key not in known:
                raise wrong(name, key, _allowed(known))
        if keys:
            found[name] = keys
    return found


def _allowed(known: set[str]) -> Remark:
    named = sorted(known)[:MOST_NAMED]
    return one_of([*named[:-1], f"{named[-1]} …"] if len(known) > len(named) else named)


def fitting(items: Sequence[Item], chosen: Chosen, besides: str = "") -> list[Item]:
    """The things that have one of the chosen values in every facet, but for the one named."""
    wanted = [(name, set(keys)) for name, keys in chosen.items() if name != besides]
    return [item for item in items if all(keys.intersection(item.keys(name)) for name, keys in wanted)]


def facets(listing: Listing, items: Items, chosen: Chosen, language: str) -> list[Facet]:
    """Every facet of which something can be chosen."""
    found = [_facet(name, items, chosen, language) for name in listing.facets]
    return [facet for facet in found if len(facet.choices) > 1 or facet.name in chosen]


def _facet(name: str, items: Items, chosen: Chosen, language: str) -> Facet:
    """Years in their order, other values with the most frequent first."""
    left = fitting(items.all, chosen, besides=name)
    numbers = Counter(key for item in left for key in item.keys(name))
    cells = {key_of(cell): cell for item in items.all for cell in item.facts.get(name, ())}
    marked = chosen.get(name, ())
    choices = [
        Choice(key, _name(cell, items, language), numbers[key], key in marked)
        for key, cell in cells.items()
        if numbers[key] or key in marked
    ]
    if name == "year":
        return Facet(name, tuple(sorted(choices, key=lambda choice: choice.key)))
    return Facet(
        name, tuple(sorted(choices, key=lambda one: (-one.number, sorting(one.name.words), one.key)))
    )


def _name(cell: Cell, items: Items, language: str) -> Text:
    """A thing by its label; a word of ours by itself, since the page knows what it means."""
    return items.name(cell.value, language) if cell.kind == "uri" else Text(cell.value)
