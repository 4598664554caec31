"""Which format an answer has, and that it says in each the same."""

import pyoxigraph as ox
import pytest

from tests.programs.w3c.answers import read_answer
from tests.programs.w3c.results import Table
from tests.server.servers import Server

ARABIC = "بعثة إلى «العراق»، ‎2011 🕊"
SELECT = f'SELECT ("{ARABIC}"@ar AS ?label) {{}}'
CONSTRUCT = f'CONSTRUCT {{ <urn:s> <urn:p> "{ARABIC}"@ar }} {{}}'
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
TURTLE, TRIPLES, JSON_LD = "text/turtle", "application/n-triples", "application/ld+json"
RDF_XML, TRIG, QUADS = "application/rdf+xml", "application/trig", "application/n-quads"

RESULTS = {"json": JSON, "xml": XML, "csv": CSV, "tsv": TSV}
GRAPHS = {"ttl": TURTLE, "nt": TRIPLES, "jsonld": JSON_LD, "rdf": RDF_XML, "trig": TRIG, "nq": QUADS}


def media_type(server: Server, query: str, accept: str, **parameters: str) -> str:
    """The media type of the answer, without its charset."""
    response = server.ask(query, accept, **parameters)
    assert response.status_code == 200, response.text
    return response.headers["Content-Type"].partition(";")[0]


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_has_the_format_that_is_asked_for(server: Server, name: str) -> None:
    assert media_type(server, SELECT, RESULTS[name]) == RESULTS[name]
    assert media_type(server, SELECT, "text/html", format=name) == RESULTS[name]
    assert media_type(server, "ASK {}", RESULTS[name]) == RESULTS[name]


@pytest.mark.parametrize("name", GRAPHS)
@pytest.mark.parametrize("query", [CONSTRUCT, "DESCRIBE <urn:s>"])
def test_a_graph_has_the_format_that_is_asked_for(server: Server, name: str, query: str) -> None:
    assert media_type(server, query, GRAPHS[name]) == GRAPHS[name]
    assert media_type(server, query, "text/html", format=name) == GRAPHS[name]


@pytest.mark.parametrize("name", RESULTS)
def test_arabic_comes_back_as_it_went_from_every_result_format(server: Server, name: str) -> None:
    response = server.ask(SELECT, RESULTS[name])
    answer = read_answer(response.content, response.headers["Content-Type"])
    assert isinstance(answer, Table)
    assert answer.rows == [(ox.Literal(ARABIC, language=None if name == "csv" else "ar"),)]


@pytest.mark.parametrize("name", GRAPHS)
def test_arabic_comes_back_as_it_went_from_every_graph_format(server: Server, name: str) -> None:
    format_ = ox.RdfFormat.from_media_type(GRAPHS[name])
    [quad] = ox.parse(server.ask(CONSTRUCT, GRAPHS[name]).content, format=format_)
    assert quad.object == ox.Literal(ARABIC, language="ar")


@pytest.mark.parametrize("name", RESULTS)
def test_the_answer_to_ask_is_a_boolean_in_every_result_format(server: Server, name: str) -> None:
    for query, expected in [("ASK {}", True), ("ASK { <urn:no> ?p ?o }", False)]:
        response = server.ask(query, RESULTS[name])
        if name in ("csv", "tsv"):  # which the standard leaves open
            assert response.text.strip() == str(expected).lower()
        else:
            assert read_answer(response.content, response.headers["Content-Type"]) is expected


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("*/*", JSON),
        ("text/*", CSV),
        ("application/*", JSON),
        ("application/json", JSON),
        ("application/xml", XML),
        (f"{CSV};q=0.5, {XML}", XML),
        (f"{CSV};q=0.5, */*;q=0.1", CSV),
        (f"{JSON};q=0, */*", XML),
        (f"{CSV};q=0.2, text/*;q=0.9", TSV),
        ("TEXT/CSV", CSV),
        ("text/csv; charset=utf-8; header=present", CSV),
        ("image/png, */*;q=0.1", JSON),
    ],
)
def test_the_format_of_a_result_is_negotiated(server: Server, accept: str, expected: str) -> None:
    assert media_type(server, SELECT, accept) == expected


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("*/*", TURTLE),
        ("text/*", TURTLE),
        ("application/*", TRIPLES),
        ("application/json", JSON_LD),
        (f"{TURTLE};q=0.1, {TRIG};q=0.2, {QUADS};q=0.15", TRIG),
        (f"{TURTLE};q=0, */*;q=0.3", TRIPLES),
    ],
)
def test_the_format_of_a_graph_is_negotiated(server: Server, accept: str, expected: str) -> None:
    assert media_type(server, CONSTRUCT, accept) == expected


def test_several_accept_headers_count_as_one(server: Server) -> None:
    headers = [("Accept", f"{CSV};q=0.1"), ("Accept", f"{TSV};q=0.2")]
    response = server.http.get("/sparql", params={"query": SELECT}, headers=headers)
    assert response.headers["Content-Type"].startswith(TSV)


def test_without_an_accept_header_a_result_is_json_and_a_graph_is_turtle(server: Server) -> None:
    for query, expected in [("ASK%20%7B%7D", JSON), ("DESCRIBE%20%3Curn:s%3E", TURTLE)]:
        request = f"GET /sparql?query={query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        assert f"content-type: {expected}" in server.send(request.encode()).decode()


def test_text_formats_say_their_charset(server: Server) -> None:
    for query, accept in [(SELECT, CSV), (SELECT, TSV), (CONSTRUCT, TURTLE)]:
        assert server.ask(query, accept).headers["Content-Type"] == f"{accept}; charset=utf-8"


@pytest.mark.parametrize(("query", "formats"), [(SELECT, RESULTS), ("ASK {}", RESULTS), (CONSTRUCT, GRAPHS)])
def test_where_no_format_is_accepted_the_answer_lists_them(
    server: Server, query: str, formats: dict[str, str]
) -> None:
    response = server.ask(query, "image/png")
    assert response.status_code == 406
    assert all(format_ in response.json()["detail"] for format_ in formats.values())


@pytest.mark.parametrize(("query", "name"), [(SELECT, "ttl"), (CONSTRUCT, "csv"), (SELECT, "yaml")])
def test_a_format_that_does_not_fit_the_query_is_not_acceptable(
    server: Server, query: str, name: str
) -> None:
    assert server.ask(query, format=name).status_code == 406


def test_the_form_may_name_the_format_too(server: Server) -> None:
    response = server.http.post("/sparql", data={"query": SELECT, "format": "tsv"})
    assert response.headers["Content-Type"].startswith(TSV)
