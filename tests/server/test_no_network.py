"""Whatever is asked or written, no connection leaves the machine: a listener hears nothing."""

import select
import socket
from collections.abc import Iterator

import pytest

from tests.server.servers import Server


@pytest.fixture(scope="module")
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


@pytest.fixture
def trap(listening: socket.socket) -> Iterator[str]:
    """The address of a listener to which nobody may have connected when the test is over."""
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    assert select.select([listening], [], [], 0.05)[0] == [], "a connection came in"


SERVICE = [
    "ASK {{ SERVICE <{trap}/> {{ ?s ?p ?o }} }}",
    "ASK {{ SERVICE SILENT <{trap}/> {{ ?s ?p ?o }} }}",
    "ASK {{ service silent <{trap}/> {{ ?s ?p ?o }} }}",
    "PREFIX t: <{trap}/> ASK {{ SERVICE t: {{ ?s ?p ?o }} }}",
    "PREFIX t: <{trap}/> ASK {{ SERVICE SILENT t:sparql {{ ?s ?p ?o }} }}",
    "BASE <{trap}/> ASK {{ SERVICE <sparql> {{ ?s ?p ?o }} }}",
    "BASE <{trap}/> PREFIX t: <sparql> ASK {{ SERVICE t: {{ ?s ?p ?o }} }}",
    "ASK {{ SERVICE # a comment <urn:x>\n # another\n <{trap}/> {{ ?s ?p ?o }} }}",
    "ASK {{ SERVICE#\n<{trap}/>{{ ?s ?p ?o }} }}",
    "ASK {{ BIND(<{trap}/> AS ?where) SERVICE ?where {{ ?s ?p ?o }} }}",
    "ASK {{ VALUES ?where {{ <{trap}/> }} SERVICE SILENT ?where {{ ?s ?p ?o }} }}",
    "ASK {{ FILTER EXISTS {{ SERVICE <{trap}/> {{ ?s ?p ?o }} }} }}",
    "ASK {{ FILTER NOT EXISTS {{ SERVICE SILENT <{trap}/> {{ ?s ?p ?o }} }} }}",
    "ASK {{ {{ SELECT * {{ SERVICE <{trap}/> {{ ?s ?p ?o }} }} }} }}",
    "ASK {{ OPTIONAL {{ SERVICE SILENT <{trap}/> {{ ?s ?p ?o }} }} }}",
    "ASK {{ MINUS {{ SERVICE <{trap}/> {{ ?s ?p ?o }} }} }}",
    "ASK {{ '''#''' ?p ?o SERVICE <{trap}/> {{ ?s ?p ?o }} }}",
    "ASK {{ <urn:#> ?p ?o . SERVICE <{trap}/> {{ ?s ?p ?o }} }}",
    "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <{trap}/> {{ ?s ?p ?o }} }}",
    "DESCRIBE ?s {{ SERVICE <{trap}/> {{ ?s ?p ?o }} }}",
    "ASK {{ \\u0053ERVICE <{trap}/> {{ ?s ?p ?o }} }}",
    "ASK {{ SERVICE \\u003C{trap}/\\u003E {{ ?s ?p ?o }} }}",
]


@pytest.mark.parametrize("query", SERVICE)
def test_a_query_calls_no_other_service(server: Server, trap: str, query: str) -> None:
    response = server.ask(query.format(trap=trap), "*/*")
    assert response.status_code in (400, 403)


@pytest.mark.parametrize(
    "pattern", ["SERVICE <{trap}/> {{ ?s ?p ?o }}", "SERVICE SILENT <{trap}/> {{ ?s ?p ?o }}"]
)
@pytest.mark.parametrize("template", ["{0}", "FILTER EXISTS {{ {0} }}", "{{ SELECT * {{ {0} }} }}"])
def test_an_update_calls_no_other_service(writable: Server, trap: str, pattern: str, template: str) -> None:
    where = template.format(pattern.format(trap=trap))
    assert writable.update(f"INSERT {{ ?s ?p ?o }} WHERE {{ {where} }}").status_code == 403


@pytest.mark.parametrize("text", ["LOAD <{0}/>", "LOAD <{0}/> INTO GRAPH <urn:loaded>", "load <{0}/a.ttl>"])
def test_load_is_refused(writable: Server, trap: str, text: str) -> None:
    assert writable.update(text.format(trap)).status_code == 403


def test_load_silent_does_nothing(writable: Server, trap: str) -> None:
    assert writable.update(f"LOAD SILENT <{trap}/> INTO GRAPH <urn:loaded>").status_code == 200
    assert writable.objects("urn:loaded") == []


def test_a_file_of_the_machine_is_not_loaded(writable: Server) -> None:
    assert writable.update("LOAD <file:///etc/hostname>").status_code in (400, 403)


@pytest.mark.parametrize("clause", ["FROM <{0}/>", "FROM NAMED <{0}/>", "FROM <{0}/> FROM <{0}/other>"])
def test_from_names_a_graph_of_the_store_only(server: Server, trap: str, clause: str) -> None:
    query = f"SELECT * {clause.format(trap)} {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
    assert server.rows(query) == []


def test_the_request_names_a_graph_of_the_store_only(server: Server, trap: str) -> None:
    assert server.rows("SELECT * { ?s ?p ?o }", **{"default-graph-uri": f"{trap}/"}) == []


@pytest.mark.parametrize(
    "context",
    ['"{0}/context"', '["{0}/context"]', '{{"@import": "{0}/context"}}', '{{"a": {{"@context": "{0}/c"}}}}'],
)
def test_a_context_elsewhere_is_not_fetched(writable: Server, trap: str, graph: str, context: str) -> None:
    content = f'{{"@context": {context.format(trap)}, "@id": "urn:s", "urn:p": "o"}}'
    assert writable.put(graph, content, "application/ld+json").status_code in (201, 400)


def test_an_entity_elsewhere_is_not_fetched(writable: Server, trap: str, graph: str) -> None:
    content = f"""<?xml version="1.0"?><!DOCTYPE rdf:RDF SYSTEM "{trap}/dtd" [<!ENTITY e SYSTEM "{trap}/e">]>
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">
        <rdf:Description rdf:about="urn:s"><u:p>&e;</u:p></rdf:Description></rdf:RDF>"""
    assert writable.put(graph, content, "application/rdf+xml").status_code == 400
