"""Describes the data set and its saved queries in RDF, so that the graph can be asked about itself."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF, RDFS, SH, Literal

from loader import release
from loader.draft import NOWHERE, Draft
from loader.release.saved_query import SavedQuery
from loader.terms import from_ox_triple, to_ox_quads
from loader.turtle import LocatedTriple, Triple
from loader.vocabulary import THING

DESCRIPTION = Path(release.__file__).parent / "description"

_FORMS = {
    "SELECT": (SH.SPARQLSelectExecutable, SH.select),
    "ASK": (SH.SPARQLAskExecutable, SH.ask),
    "CONSTRUCT": (SH.SPARQLConstructExecutable, SH.construct),
}


def describe_queries(draft: Draft, queries: dict[str, SavedQuery]) -> None:
    """Fills the graph `queries` with each saved query as sh:SPARQLExecutable (SHACL-SPARQL, section 3)."""
    triples = [triple for query in queries.values() for triple in _query_triples(query)]
    draft.add("queries", (LocatedTriple(triple, NOWHERE) for triple in triples))


def _query_triples(query: SavedQuery) -> Iterator[Triple]:
    iri = THING[f"queries/{query.name}"]
    type_, property_ = _FORMS[query.form]
    yield (iri, RDF.type, SH.SPARQLExecutable)
    yield (iri, RDF.type, type_)
    yield (iri, RDFS.label, Literal(query.summary, lang="en"))
    yield (iri, RDFS.label, Literal(query.summary_ar, lang="ar"))
    yield (iri, property_, Literal(query.text))


def describe_dataset(draft: Draft) -> None:
    """Adds the counts of classes, properties and links to the graph `void`."""
    store = ox.Store()
    store.extend(to_ox_quads(draft.all(), ox.DefaultGraph()))
    for path in sorted(DESCRIPTION.glob("*.rq")):
        triples = store.query(path.read_text(encoding="utf-8"))
        assert isinstance(triples, ox.QueryTriples)
        draft.add("void", (LocatedTriple(from_ox_triple(t), NOWHERE) for t in triples))
