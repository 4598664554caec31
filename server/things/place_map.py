"""The places of a thing on a small map: its own, or where its missions and meetings were."""

from server.drawings.map import Map, world
from server.tables.reading import read
from server.tables.table import Cell, Table
from server.things.facts import OUT, ThingFacts
from server.things.names import iri
from server.things.neighbours import Around

LATITUDE, LONGITUDE, PLACE = iri("geo:lat"), iri("geo:long"), iri("unm:place")
COLUMNS = ("place", "place_en", "place_ar", "lat", "long")


def places_on_a_map(thing: str, facts: ThingFacts, beside: Around, language: str) -> Map | None:
    """A map, or None where no place with coordinates is known."""
    if facts.of(OUT, LATITUDE) and facts.of(OUT, LONGITUDE):
        places = [thing]
    else:
        own = facts.values(OUT, PLACE)
        trips = [one for one in sorted(beside.said) if _has_coordinates(one, beside)]
        places = list(dict.fromkeys([*own, *trips]))
    rows = [_row(place, beside) for place in places if _has_coordinates(place, beside)]
    return world(read(Table(COLUMNS, tuple(rows)), language), language) if rows else None


def _has_coordinates(place: str, beside: Around) -> bool:
    return all(beside.one(place, one) is not None for one in (LATITUDE, LONGITUDE))


def _row(place: str, beside: Around) -> tuple[Cell | None, ...]:
    labels = beside.labels.get(place, {})
    names = (Cell("literal", labels[code], code) if code in labels else None for code in ("en", "ar"))
    return (Cell("uri", place), *names, beside.one(place, LATITUDE), beside.one(place, LONGITUDE))
