"""Checks the service description that the endpoint gives without a query."""

from pyoxigraph import Literal, Quad, RdfFormat, parse

from .cases import DescriptionCase, Mismatch
from .endpoint import Session, described
from .facts import RDF, Term, text_of

SD = "http://www.w3.org/ns/sparql-service-description#"
ACCEPT = "text/turtle, application/n-triples;q=0.9, application/rdf+xml;q=0.8"

# The terms of https://www.w3.org/TR/sparql11-service-description/#vocab.
PROPERTIES = {
    *("endpoint", "feature", "defaultEntailmentRegime", "entailmentRegime"),
    *("defaultSupportedEntailmentProfile", "supportedEntailmentProfile", "extensionFunction"),
    *("extensionAggregate", "languageExtension", "supportedLanguage", "propertyFeature"),
    *("defaultDataset", "availableGraphs", "resultFormat", "inputFormat", "defaultGraph"),
    *("namedGraph", "name", "graph"),
}
CLASSES = {
    *("Service", "Feature", "Language", "Function", "Aggregate", "EntailmentRegime"),
    *("EntailmentProfile", "GraphCollection", "Dataset", "Graph", "NamedGraph"),
}


def check_description(case: DescriptionCase, session: Session) -> None:
    """Fetches the description and checks the one rule that the entry states."""
    triples = _description(session)
    if case.rule == "has-endpoint-triple":
        _check_endpoint(triples, session.endpoint.query)
    elif case.rule == "conforms-to-schema":
        _check_schema(triples)


def _description(session: Session) -> list[Quad]:
    response = session.send("GET", session.endpoint.query, {"Accept": ACCEPT})
    content_type = response.headers.get("Content-Type", "")
    rdf_format = RdfFormat.from_media_type(content_type)
    if response.status_code != 200 or rdf_format is None:
        raise Mismatch(f"expected RDF, got {content_type!r}, {described(response)}")
    try:
        return list(parse(response.content, format=rdf_format, base_iri=str(response.url)))
    except SyntaxError as error:
        raise Mismatch(f"the description is not {content_type}: {error}") from error


def _check_endpoint(triples: list[Quad], address: str) -> None:
    named = [text_of(each.object) for each in triples if each.predicate.value == SD + "endpoint"]
    if address not in named:
        raise Mismatch(f"expected sd:endpoint <{address}>, got {named}")


def _check_schema(triples: list[Quad]) -> None:
    """One service, the vocabulary's own terms only, and resources wherever it wants them."""
    services = {each.subject for each in triples if _class(each) == SD + "Service"}
    if len(services) != 1:
        raise Mismatch(f"expected one sd:Service, got {len(services)}")
    for triple in triples:
        _check_term(triple.predicate, PROPERTIES)
        if triple.predicate.value.startswith(SD) and isinstance(triple.object, Literal):
            raise Mismatch(f"expected a resource, got a literal: {triple.triple}")
        if triple.predicate.value == RDF + "type":
            _check_term(triple.object, CLASSES)


def _class(triple: Quad) -> str | None:
    return text_of(triple.object) if triple.predicate.value == RDF + "type" else None


def _check_term(term: Term, known: set[str]) -> None:
    iri = text_of(term)
    if iri.startswith(SD) and iri.removeprefix(SD) not in known:
        raise Mismatch(f"the vocabulary has no such term there: <{iri}>")
