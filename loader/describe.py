"""Describes the saved queries in RDF, so that the endpoint can be asked what it can be asked."""

from collections.abc import Iterator

from rdflib import RDF, RDFS, SH, Literal

from loader.draft import NOWHERE, Draft
from loader.release.saved_query import SavedQuery
from loader.turtle import LocatedTriple, Triple
from loader.vocabulary import THING

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
    yield (iri, RDF.type, SH.SPARQLExecutable)
    yield (iri, RDFS.label, Literal(query.summary, lang="en"))
    yield (iri, RDFS.label, Literal(query.summary_ar, lang="ar"))
    if query.form in _FORMS:  # SHACL has no terms for DESCRIBE
        type_, property_ = _FORMS[query.form]
        yield (iri, RDF.type, type_)
        yield (iri, property_, Literal(query.text))
