"""The places of a thing on a small map: its own, or where its missions and meetings were."""

from collections.abc import Iterator

from loader.release.namespaces import BASE
from server.asking.countries import with_countries
from server.drawings.map import Map, world
from server.engine.snapshot import Snapshot
from server.tables.reading import read
from server.tables.table import Cell, Table
from server.things.facts import OUT
from server.things.neighbours import Around
from server.things.property_iris import LATITUDE, LONGITUDE, PLACE
from server.things.reading import ThingReading

PLACES = f"{BASE}place/"
COLUMNS = ("place", "place_en", "place_ar", "lat", "long")


def places_on_a_map(thing: str, reading: ThingReading, release: Snapshot, language: str) -> Map | None:
    """A map with the countries shaded, or None where nothing that a map can show is known of a place."""
    facts, beside = reading.facts, reading.beside
    is_point = bool(facts.of(OUT, LATITUDE) and facts.of(OUT, LONGITUDE))
    places = [thing] if is_point else [*dict.fromkeys(_places(thing, reading))]
    table = with_countries(Table(COLUMNS, tuple(_row(place, beside) for place in places)), release)
    shown = _of_its_country(table) if thing.startswith(PLACES) else table
    return world(read(shown, language), language) if places else None


def _of_its_country(table: Table) -> Table:
    """The rows of the country in which the first place lies; all where that is larger than a country.

    A mission that went there went on to others, which are none of its places.
    """
    own = table.rows[0][-1]
    return table if own is None else Table(table.columns, tuple(r for r in table.rows if r[-1] == own))


def _places(thing: str, reading: ThingReading) -> Iterator[str]:
    """The thing if it is a place, its own places, and those of its missions and meetings.

    What only stands around them, such as the region of a country, is a value of the thing itself.
    """
    if thing.startswith(PLACES):
        yield thing
    yield from reading.facts.values(OUT, PLACE)
    said = {fact.value.value for fact in reading.facts.facts}
    near = (one for one in sorted(reading.near) if one.startswith(PLACES))
    yield from (one for one in near if one not in said or _has_coordinates(one, reading.beside))


def _has_coordinates(place: str, beside: Around) -> bool:
    return all(beside.one(place, one) is not None for one in (LATITUDE, LONGITUDE))


def _row(place: str, beside: Around) -> tuple[Cell | None, ...]:
    labels = beside.labels.get(place, {})
    names = (Cell("literal", labels[code], code) if code in labels else None for code in ("en", "ar"))
    return (Cell("uri", place), *names, beside.one(place, LATITUDE), beside.one(place, LONGITUDE))
