"""What stands beside a list: its places on a map, and the saved query that gives the same rows."""

from collections.abc import Sequence

from loader.query.saved_query import SavedQuery
from loader.release.namespaces import XSD
from server.asking.countries import with_countries
from server.browse.facets import Chosen
from server.browse.items import Item, Items, key_of
from server.browse.listing import Kin, Listing
from server.drawings.drawing import MOST_LINES
from server.drawings.map import Map, world
from server.engine.snapshot import Snapshot
from server.i18n.texts import LANGUAGES
from server.tables.reading import read
from server.tables.table import Cell, Table


def places_map(
    listing: Listing, found: Sequence[Item], items: Items, release: Snapshot, language: str
) -> Map | None:
    """The things of a list on a map, where it has one; those that no map can show stand beside it."""
    placed = found[:MOST_LINES]
    if not listing.map:
        return None
    columns = ("place", *(f"place_{code}" for code in LANGUAGES), "lat", "long", "missions")
    table = Table(columns, tuple(_row(item, items) for item in placed))
    return world(read(with_countries(table, release), language), language)


def _row(item: Item, items: Items) -> tuple[Cell | None, ...]:
    names = items.names.get(item.iri, {})
    labels = (Cell("literal", names[code], code) if code in names else None for code in LANGUAGES)
    missions = Cell("literal", str(item.number("missions")), datatype=XSD + "integer")
    return Cell("uri", item.iri), *labels, _first(item, "lat"), _first(item, "long"), missions


def _first(item: Item, fact: str) -> Cell | None:
    return next(iter(item.facts.get(fact, ())), None)


def kin(
    listing: Listing, chosen: Chosen, items: Items, release: Snapshot
) -> tuple[SavedQuery, list[tuple[str, str]]] | None:
    """The first saved query that can be asked for just what was chosen, with its values."""
    queries = release.queries
    for one in listing.queries:
        if one.name in queries and chosen.keys() <= one.parameters.keys():
            return queries[one.name], [*one.fixed.items(), *_values(one, chosen, items)]
    return None


def _values(query: Kin, chosen: Chosen, items: Items) -> list[tuple[str, str]]:
    """The values as the query knows them: whole IRIs."""
    return [
        (query.parameters[facet], value)
        for facet, keys in chosen.items()
        for value in sorted(_of_keys(facet, keys, items))
    ]


def _of_keys(facet: str, keys: Sequence[str], items: Items) -> set[str]:
    cells = (cell for item in items.all for cell in item.facts.get(facet, ()))
    return {cell.value for cell in cells if key_of(cell) in keys}
