"""IRIs of identifiers in the forms in which they circulate, made the one that we use."""

import re
import tomllib
from functools import cache, lru_cache
from typing import Any

from loader.inputs import PROJECT

TABLE = PROJECT / "data" / "identifiers.toml"
HOSTS = re.compile(r"//(?:www\.|sws\.|m\.)?(?:metadata\.un|geonames|wikidata|ror|isni)\.org/")


def our_form(iri: str) -> str:
    """The form that we use of an IRI, which is itself where it is none of those in the table."""
    return _our_form(iri) if HOSTS.search(iri) else iri


@lru_cache(maxsize=100_000)
def _our_form(iri: str) -> str:
    for pattern, ours in _forms():
        found = pattern.fullmatch(iri)
        # What has more behind the number, as `…/2678205/about.rdf`, is another thing.
        if found and iri.rstrip("/").endswith(found[1]):
            return ours.format(found[1])
    return iri


def identifier_in(text: str) -> str:
    """The identifier that a text is in full, in the one form; nothing where it is none of the table.

    What stands behind the number in an address of a page does not matter here.
    """
    for pattern, ours in _read_by_people():
        if found := pattern.fullmatch(text):
            return ours.format(re.sub(r"[ -](?=\d)", "", next(filter(None, found.groups()))))
    return ""


@cache
def _forms() -> list[tuple[re.Pattern[str], str]]:
    """The patterns of those schemes whose identifiers we write as IRIs."""
    ours = ((re.compile(one["form"]), one.get("iri", one["ours"])) for one in _schemes())
    return [(pattern, iri) for pattern, iri in ours if iri.startswith("http")]


@cache
def _read_by_people() -> list[tuple[re.Pattern[str], str]]:
    """The patterns of all schemes, with the short forms that are known for what they are."""
    forms = (
        (f"{one['form']}|{one['short']}" if one.get("bare") else one["form"], one["ours"])
        for one in _schemes()
    )
    return [(re.compile(form), ours) for form, ours in forms]


@cache
def _schemes() -> list[dict[str, Any]]:
    schemes: list[dict[str, Any]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["scheme"]
    return schemes
