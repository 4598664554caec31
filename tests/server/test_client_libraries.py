"""The libraries that people use: rdflib's stores, and SPARQLWrapper."""

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from rdflib.query import ResultRow
from SPARQLWrapper import CSV, JSON, JSONLD, N3, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from tests.server.servers import BEARER, Server

S, P, ARABIC = URIRef("urn:s"), URIRef("urn:p"), Literal("بعثة", lang="ar")


@pytest.mark.parametrize("format_", ["xml", "json", "csv", "tsv"])
@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_every_result_format(server: Server, format_: str, method: str) -> None:
    store = SPARQLStore(f"{server.url}/sparql", returnFormat=format_, method=method)
    [row] = Graph(store).query('SELECT ("بعثة" AS ?label) {}')
    assert isinstance(row, ResultRow)
    assert str(row[0]) == "بعثة"


def test_rdflib_counts_and_looks_up_triples(server: Server) -> None:
    graph = Graph(SPARQLStore(f"{server.url}/sparql"))
    [count] = server.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert len(graph) == int(count)
    subject = URIRef(server.rows("SELECT ?s { ?s a ?class FILTER(isIRI(?s)) } LIMIT 1")[0])
    [expected] = server.rows(f"SELECT (COUNT(*) AS ?n) {{ <{subject}> ?p ?o }}")
    assert len(list(graph.predicate_objects(subject))) == int(expected)


def test_rdflib_gets_a_graph_from_construct(server: Server) -> None:
    graph = (
        Graph(SPARQLStore(f"{server.url}/sparql")).query('CONSTRUCT { <urn:s> <urn:p> "بعثة"@ar } {}').graph
    )
    assert graph is not None
    assert set(graph) == {(S, P, ARABIC)}


def test_rdflib_writes_and_reads_what_it_wrote(writable: Server, graph: str) -> None:
    addresses = (f"{writable.url}/sparql", f"{writable.url}/update")
    store = SPARQLUpdateStore(*addresses, headers=BEARER, context_aware=True)
    ours = Graph(store, identifier=URIRef(graph))
    ours.add((S, P, ARABIC))
    assert set(ours) == {(S, P, ARABIC)}
    ours.remove((S, P, None))
    assert set(ours) == set()


def wrapper(address: str, text: str, format_: str) -> SPARQLWrapper:
    found = SPARQLWrapper(address)
    found.setQuery(text)
    found.setReturnFormat(format_)
    return found


def test_sparqlwrapper_reads_json_xml_and_csv(server: Server) -> None:
    address, query = f"{server.url}/sparql", 'SELECT ("بعثة" AS ?label) {}'
    found = wrapper(address, query, JSON).queryAndConvert()
    assert isinstance(found, dict)
    assert found["results"]["bindings"][0]["label"]["value"] == "بعثة"
    document = wrapper(address, query, XML).queryAndConvert()
    assert "بعثة" in document.toxml()  # type: ignore[union-attr]  # an XML document, as asked
    assert wrapper(address, query, CSV).queryAndConvert() == "label\r\nبعثة\r\n".encode()


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    ("format_", "media_type"),
    [(JSON, "application/sparql-results+json"), (XML, "application/sparql-results+xml"),
     (CSV, "text/csv"), (TSV, "text/tab-separated-values")],
)  # fmt: skip
def test_sparqlwrapper_gets_every_format_of_rows(
    server: Server, format_: str, media_type: str, method: str
) -> None:
    for text in ('SELECT ("بعثة" AS ?label) {}', "ASK {}"):
        asked = wrapper(f"{server.url}/sparql", text, format_)
        asked.setMethod(method)
        answer = asked.query()
        assert answer.info()["content-type"].partition(";")[0] == media_type
        assert ("بعثة" if "SELECT" in text else "true") in answer.response.read().decode()


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # which SPARQLWrapper uses
@pytest.mark.parametrize("format_", [TURTLE, N3, RDFXML, XML, JSONLD])
def test_sparqlwrapper_gets_every_format_of_graphs(server: Server, format_: str, method: str) -> None:
    asked = wrapper(f"{server.url}/sparql", 'CONSTRUCT { <urn:s> <urn:p> "بعثة"@ar } {}', format_)
    asked.setMethod(method)
    found = asked.queryAndConvert()
    if isinstance(found, bytes):
        found = Graph().parse(found, format="turtle")
    assert isinstance(found, Graph) and set(found) == {(S, P, ARABIC)}


def test_sparqlwrapper_is_told_of_a_mistake(server: Server) -> None:
    with pytest.raises(QueryBadFormed, match="The query is not valid SPARQL"):
        wrapper(f"{server.url}/sparql", "SELECT nonsense", JSON).query()


def test_sparqlwrapper_updates_with_the_token(writable: Server, graph: str) -> None:
    text = f"INSERT DATA {{ GRAPH <{graph}> {{ <urn:s> <urn:p> 1 }} }}"
    update = wrapper(f"{writable.url}/update", text, JSON)
    update.setMethod(POST)
    update.addCustomHttpHeader("Authorization", BEARER["Authorization"])
    update.query()
    assert writable.objects(graph) == ["1"]
