"""A thing in the words of schema.org, as JSON-LD that a page can hold without harm."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from markupsafe import Markup

from loader.release.namespaces import BASE
from server.i18n.dates import is_date
from server.page.links import outside_link
from server.tables.table import Cell
from server.things.facts import OUT, ThingFacts
from server.things.names import iri
from server.things.neighbours import Around
from server.things.property_iris import EDTF, LATITUDE, LONGITUDE

SAME, IDENTIFIER, OTHER_NAMES = iri("owl:sameAs"), iri("dcterms:identifier"), iri("skos:altLabel")
EXACT_MATCH, WORDS = iri("skos:exactMatch"), iri("oa:exact")
DATES = {"Event": ("startDate", "endDate"), "Role": ("startDate", "endDate"), "Report": ("datePublished", "")}
Member = object
# What could end the script element, as JSON escapes it.
_ENDING = {ord(character): f"\\u{ord(character):04x}" for character in "<>&"}


@cache
def _told() -> tuple[Mapping[str, str], Mapping[str, Mapping[str, str]]]:
    told = tomllib.loads(Path(__file__).with_name("schema_org.toml").read_text(encoding="utf-8"))
    classes = {iri(name): class_ for name, class_ in told["classes"].items()}
    properties = {
        class_: {iri(name): word for name, word in words.items()}
        for class_, words in told["properties"].items()
    }
    return classes, properties


def in_script(description: Mapping[str, Member]) -> Markup:
    """JSON that can stand in a script element, whatever its texts are."""
    text = json.dumps(description, ensure_ascii=False).translate(_ENDING)
    return Markup(
        text if text.isprintable() else "".join(c if c.isprintable() else _escaped(c) for c in text)
    )


def _escaped(character: str) -> str:
    """As JSON escapes it: what is not seen."""
    return json.dumps(character)[1:-1]


def describe(
    thing: str,
    kinds: Iterable[str],
    labels: Mapping[str, str],
    facts: ThingFacts,
    beside: Around,
    address: str,
) -> dict[str, Member]:
    """What schema.org has words for; `address` is that of the page."""
    classes, properties = _told()
    class_ = next((classes[kind] for kind in classes if kind in set(kinds)), "Thing")
    return {
        "@context": "https://schema.org",
        "@id": thing,
        "@type": class_,
        "name": _spoken(Cell("literal", words, code) for code, words in labels.items()),
        **_several("alternateName", [_word(fact.value) for fact in facts.of(OUT, OTHER_NAMES)]),
        **_properties(properties.get(class_, {}), facts, beside),
        **_dates(class_, facts),
        **_coordinates(class_, facts),
        **_several("sameAs", [one for one in facts.values(OUT, SAME, EXACT_MATCH) if outside_link(one)]),
        **_several("identifier", [fact.value.value for fact in facts.of(OUT, IDENTIFIER)]),
        "mainEntityOfPage": address,
        "subjectOf": {
            "@type": "Dataset",
            "@id": f"{BASE}dataset/un-missions",
            "name": "Missions of the Special Advisers",
        },
    }


def _properties(names: Mapping[str, str], facts: ThingFacts, beside: Around) -> dict[str, Member]:
    found: dict[str, list[Member]] = {}
    for property_, name in names.items():
        found.setdefault(name, []).extend(_member(f.value, beside) for f in facts.of(OUT, property_))
    return {name: values[0] if len(values) == 1 else values for name, values in found.items() if values}


def _member(cell: Cell, beside: Around) -> Member:
    """A thing with its name, or words."""
    if cell.kind != "uri":
        return _word(cell)
    labels = beside.labels.get(cell.value)
    if not labels:
        return cell.value
    return {"@id": cell.value, "name": _spoken(Cell("literal", text, code) for code, text in labels.items())}


def _word(cell: Cell) -> Member:
    return {"@value": cell.value, "@language": cell.language} if cell.language else cell.value


def _spoken(cells: Iterable[Cell]) -> list[Member]:
    return [_word(cell) for cell in cells]


def _several(name: str, values: list[Member]) -> dict[str, Member]:
    """Nothing, the one value, or the list."""
    return {name: values[0] if len(values) == 1 else values} if values else {}


def _dates(class_: str, facts: ThingFacts) -> dict[str, Member]:
    """The ends of a date, as precise as the source: ISO 8601 has months and years too."""
    fact = next(iter(facts.of(OUT, EDTF)), None)
    if fact is None or class_ not in DATES or not is_date(fact.value.value):
        return {}
    first, _, last = fact.value.value.partition("/")
    ends = zip(DATES[class_], (first, last or first), strict=True)
    return {name: end.rstrip("?~%") for name, end in ends if name and end not in ("", "..")}


def _coordinates(class_: str, facts: ThingFacts) -> dict[str, Member]:
    found = [fact.value.value for one in (LATITUDE, LONGITUDE) for fact in facts.of(OUT, one)[:1]]
    if class_ != "Place" or len(found) < 2:
        return {}
    return {"geo": {"@type": "GeoCoordinates", "latitude": found[0], "longitude": found[1]}}
