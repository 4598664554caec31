"""Proposes the Turtle of a place, and of what lies above it, from tables: nothing is written from memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loader.curation.cities import City, find_cities
from loader.curation.turtle_text import NotWritten, labels, slug_of
from loader.folding import fold
from loader.inputs import Inputs
from loader.linksets.table import rules
from loader.m49 import Area, read_m49
from loader.terms import UNM
from loader.turtle import read_turtle

_KINDS = {"": "world", "001": "continent"}


@dataclass(frozen=True)
class Proposal:
    """Turtle for `data/reference/places.ttl` and for `data/links/places.ttl`, rows for the table of links.

    The last two may be empty.
    """

    places: str
    links: str
    mappings: str = ""


class PlaceWriter:
    """Knows the areas of M49 and which of them the graph has."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self.areas = read_m49(inputs.root)
        path = inputs.root / "data/reference/places.ttl"
        triples = [triple for triple, _ in read_turtle(path, inputs.name(path))]
        self.known = {s.value for s, _, _ in triples}
        self.by_code = {o.value: s.value.rpartition("/")[2] for s, p, o in triples if p == UNM.m49}

    def propose(self, asked: str, country: str = "") -> Proposal:
        """The place of a code of M49 or ISO 3166-1, else the area of a name in any language, else the city.

        Raises NotWritten where there is none, where there are several, or where the graph has it already.
        """
        areas = [area for area in self.areas.values() if _is(area, asked)]
        if areas and not country:
            return self._area(areas[0])
        return self._city(asked, country.upper())

    def _area(self, area: Area) -> Proposal:
        if area.m49 in self.by_code:
            raise NotWritten(f"The graph has it already: <place/{self.by_code[area.m49]}>.")
        blocks = list(self._areas_up_from(area))
        return Proposal("".join(text for text, _ in blocks), "".join(link for _, link in blocks))

    def _areas_up_from(self, area: Area) -> Iterator[tuple[str, str]]:
        """The area and those above it that the graph has not, the largest first."""
        if area.m49 in self.by_code:
            return
        slug = self._slug(area.names["en"])
        if area.above:
            yield from self._areas_up_from(self.areas[area.above])
        self.by_code[area.m49] = slug
        facts = [f"rdfs:label {labels(area.names)}", f"unm:placeKind place-kind:{_kind(area)}"]
        facts += [f'unm:m49 "{area.m49}"'] + ([f'unm:iso3166 "{area.iso3166}"'] if area.iso3166 else [])
        facts += [f"unm:within <place/{self.by_code[area.above]}>"] if area.above else []
        link = f'\n<place/{slug}>\n    unm:iso3166Alpha3 "{area.alpha3}" .\n' if area.alpha3 else ""
        yield _block(slug, facts), link

    def _city(self, name: str, country: str) -> Proposal:
        found = find_cities(name, country)
        if not found:
            raise NotWritten(f"Neither M49 nor GeoNames has a {name!r}: is it spelt as in English?")
        countries = {city.country for city in found}
        if len(countries) > 1:
            choices = ", ".join(f"--country {city.country} ({city.inhabitants:,})" for city in found[:8])
            raise NotWritten(f"Several cities are called {name}; by their inhabitants: {choices}.")
        return self._of(found[0])

    def _of(self, city: City) -> Proposal:
        slug = self._slug(city.name)
        country = next(area for area in self.areas.values() if area.iso3166 == city.country)
        above = list(self._areas_up_from(country))
        spellings = "، ".join(city.arabic)
        comment = f"    # Spellings on record, none of them checked: {spellings}\n" if spellings else ""
        facts = [
            f"rdfs:label {labels({'en': city.name})}",
            "unm:placeKind place-kind:city",
            f"unm:within <place/{self.by_code[country.m49]}>",
            f"geo:lat {city.latitude} ; geo:long {city.longitude}",
        ]
        text = "".join(text for text, _ in above) + _block(slug, facts, comment)
        return Proposal(text, "".join(link for _, link in above), _mapping(slug, city))

    def _slug(self, name: str) -> str:
        slug = slug_of(name)
        if any(iri.endswith(f"/place/{slug}") for iri in self.known):
            raise NotWritten(f"The graph has a <place/{slug}> already; is it the same?")
        return slug


def write_place(inputs: Inputs, asked: str, country: str = "") -> Proposal:
    """Adds what is proposed to the two files of the places. Raises NotWritten."""
    proposal = PlaceWriter(inputs).propose(asked, country)
    files = ("reference/places.ttl", "links/places.ttl", "links/places.sssom.tsv")
    for name, text in zip(files, (proposal.places, proposal.links, proposal.mappings), strict=True):
        path = inputs.root / "data" / name
        path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + text, encoding="utf-8")
    return proposal


def _is(area: Area, asked: str) -> bool:
    names = {fold(name) for name in area.names.values()}
    return asked.upper() in (area.m49, area.iso3166, area.alpha3) or fold(asked) in names


def _kind(area: Area) -> str:
    return "country" if area.alpha3 else _KINDS.get(area.above, "region")


def _mapping(slug: str, city: City) -> str:
    """The row that links a city with GeoNames; a person has still to look whether it is the same."""
    cells = {
        "subject_id": f"place:{slug}",
        "subject_label": city.name,
        "predicate_id": "skos:exactMatch",
        "object_id": f"geonames:{city.geonames}",
        "mapping_justification": "semapv:LexicalMatching",
        "confidence": "0.9",
        "mapping_date": date.today().isoformat(),
        "object_source": "src-https:www.geonames.org/",
    }
    return "\t".join(cells.get(column, "") for column in rules()["columns"]) + "\n"


def _block(slug: str, facts: list[str], comment: str = "") -> str:
    lines = " ;\n    ".join(facts)
    return f"\n<place/{slug}> a unm:Place ;\n{comment}    {lines} .\n"
