"""Describes the saved queries in RDF, so that the endpoint can be asked what it can be asked."""

from collections.abc import Iterator, Mapping

from rdflib import RDF, RDFS, SDO, SH, XSD, Literal, Namespace, URIRef

from loader.conversion import RdflibTriple as Triple
from loader.conversion import to_ox_triple
from loader.draft import NOWHERE, Draft
from loader.query.parameter import Parameter
from loader.query.saved_query import SavedQuery
from loader.query.tokens import declared_prefixes
from loader.release.namespaces import BASE
from loader.terms import LocatedTriple

_FORMS = {
    "SELECT": (SH.SPARQLSelectExecutable, SH.select),
    "ASK": (SH.SPARQLAskExecutable, SH.ask),
    "CONSTRUCT": (SH.SPARQLConstructExecutable, SH.construct),
}
THING = Namespace(BASE)
_ALL_PREFIXES = THING["queries#prefixes"]


def describe_queries(draft: Draft, queries: dict[str, SavedQuery]) -> None:
    """Fills the graph `queries` with each saved query as sh:SPARQLExecutable (SHACL-SPARQL, section 3).

    The terms are those of SIB's SPARQL examples, so that what reads those reads these.
    """
    triples = [triple for query in queries.values() for triple in _query_triples(query)]
    triples += _all_prefixes(queries)
    draft.add("queries", (LocatedTriple(to_ox_triple(triple), NOWHERE) for triple in dict.fromkeys(triples)))


def _query_triples(query: SavedQuery) -> Iterator[Triple]:
    iri = THING[f"queries/{query.name}"]
    yield (iri, RDF.type, SH.SPARQLExecutable)
    yield from _in_both(iri, RDFS.label, query.summary, query.summary_ar)
    yield from _in_both(
        iri, RDFS.comment, query.description or query.summary, query.description_ar or query.summary_ar
    )
    yield from ((iri, SDO.keywords, Literal(tag)) for tag in query.tags)
    yield (iri, SH.prefixes, _ALL_PREFIXES)
    if query.form in _FORMS:  # SHACL has no terms for DESCRIBE
        type_, property_ = _FORMS[query.form]
        yield (iri, RDF.type, type_)
        yield (iri, property_, Literal(query.text))
    for place, parameter in enumerate(query.parameters):
        yield (iri, SH.parameter, URIRef(f"{iri}#{parameter.name}"))
        yield from _parameter_triples(iri, parameter, place)


def _parameter_triples(query: URIRef, parameter: Parameter, place: int) -> Iterator[Triple]:
    """A parameter; its path ends in the name of its variable, as that of a SHACL parameter does."""
    iri = URIRef(f"{query}#{parameter.name}")
    yield (iri, RDF.type, SH.Parameter)
    yield (iri, SH.path, URIRef(f"{query}#{parameter.variable}"))
    yield (iri, SH.order, Literal(place))
    yield (iri, SH.optional, Literal(not parameter.required))
    label, help_ = ({lang: parameter.text(name, lang) for lang in ("en", "ar")} for name in ("label", "help"))
    for property_ in (SH.name, RDFS.label):
        yield from _in_both(iri, property_, label["en"], label["ar"])
    yield from _in_both(iri, SH.description, help_["en"], help_["ar"])
    if datatype := parameter.of_type.datatype:
        yield (iri, SH.datatype, URIRef(datatype))
    else:
        yield (iri, SH.nodeKind, SH.IRI)
    if not parameter.many:
        yield (iri, SH.maxCount, Literal(1))
    facts = {
        SH.defaultValue: parameter.default,
        SH.minInclusive: parameter.minimum,
        SH.maxInclusive: parameter.maximum,
    }
    yield from ((iri, p, _value(parameter, value)) for p, value in facts.items() if value is not None)
    yield from _choices(iri, parameter)


def _choices(iri: URIRef, parameter: Parameter) -> Iterator[Triple]:
    """The values allowed as a list, whose nodes have IRIs so that every build writes the same."""
    nodes = [URIRef(f"{iri}-{n}") for n in range(1, len(parameter.choices) + 1)]
    if nodes:
        yield (iri, URIRef(f"{SH}in"), nodes[0])
    for node, rest, choice in zip(nodes, [*nodes[1:], RDF.nil], parameter.choices, strict=False):
        yield (node, RDF.first, _value(parameter, choice))
        yield (node, RDF.rest, rest)


def _value(parameter: Parameter, value: str) -> URIRef | Literal:
    datatype = parameter.of_type.datatype
    return Literal(value, datatype=URIRef(datatype)) if datatype else URIRef(value)


def _in_both(iri: URIRef, property_: URIRef, english: str, arabic: str) -> Iterator[Triple]:
    for text, language in ((english, "en"), (arabic, "ar")):
        if text:
            yield (iri, property_, Literal(text, lang=language))


def _all_prefixes(queries: Mapping[str, SavedQuery]) -> Iterator[Triple]:
    """One set for all queries, each of which also declares its own; a prefix is what it is first."""
    prefixes: dict[str, str] = {}
    for query in queries.values():
        prefixes = declared_prefixes(query.text) | prefixes
    for prefix, namespace in sorted(prefixes.items()):
        iri = THING[f"queries#prefix-{prefix}"]
        yield (_ALL_PREFIXES, SH.declare, iri)
        yield (iri, SH.prefix, Literal(prefix))
        yield (iri, SH.namespace, Literal(namespace, datatype=XSD.anyURI))
