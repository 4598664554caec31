"""Whether the terms of other vocabularies exist: `org:memberof` is Turtle, and nobody reads it."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from rapidfuzz import process
from rdflib import namespace as known

from loader.draft import Draft
from loader.problems import Location, Problem
from loader.release.namespaces import BASE
from loader.terms import RDF, LocatedTriple

# A word is offered instead of the one that is written if this much of it is the same, of 100.
_ALIKE = 70
_LISTED = (
    *(known.DCAT, known.DCTERMS, known.FOAF, known.ORG, known.OWL, known.PROV, known.RDF, known.RDFS),
    *(known.SH, known.SKOS, known.VANN, known.VOID),
)


def unknown_terms(draft: Draft, listed_besides: Path) -> Iterator[Problem]:
    """A problem for each property and class that its vocabulary does not have, where it is written first."""
    names = _names(listed_besides.read_text(encoding="utf-8") if listed_besides.exists() else "")
    places: dict[str, Location] = {}
    for graph in draft.graphs:
        for located in draft.located(graph):
            for iri in _terms(located):
                places[iri] = min(located.location, places.get(iri, located.location))
    for iri, place in places.items():
        if sentence := _unknown(iri, names):
            yield Problem(place, sentence)


def _terms(located: LocatedTriple) -> list[str]:
    """The terms of others in a triple: its property, and the class that it may name."""
    _, predicate, value = located.triple
    terms = [predicate.value, *([value.value] if predicate == RDF.type else [])]
    return [iri for iri in terms if not iri.startswith(BASE)]


@cache
def _names(listed_besides: str) -> dict[str, frozenset[str]]:
    """The names of each vocabulary by its namespace."""
    names = {str(listed): frozenset(listed.__annotations__) for listed in _LISTED}
    for space, others in tomllib.loads(listed_besides).items():
        names[space] = names.get(space, frozenset()) | frozenset(others)
    return names


def _unknown(iri: str, names: dict[str, frozenset[str]]) -> str:
    """What is wrong with a term, or an empty string."""
    end = max(iri.rfind("#"), iri.rfind("/")) + 1
    space, name = iri[:end], iri[end:]
    if space not in names:
        return (
            f"<{iri}> is of no vocabulary in use here: correct the prefix, "
            "or list the vocabulary in ontology/vocabularies.toml."
        )
    if name in names[space]:
        return ""
    return f"<{space}> has no term {name!r}{_offer(name, names[space])}"


def _offer(name: str, names: frozenset[str]) -> str:
    found = process.extractOne(name, sorted(names), processor=str.lower, score_cutoff=_ALIKE)
    return f": is {found[0]} meant?" if found else ": correct it."
