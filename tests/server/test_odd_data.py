"""Data are odd: every format holds them whole or says that it cannot, and no address stumbles over them."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import httpx
import pyoxigraph as ox
import pytest
from selectolax.lexbor import LexborHTMLParser

from loader.release.namespaces import BASE, RDF
from server.app import create_app
from server.engine.local.engine import LocalEngine
from server.page.own_paths import OF_THE_SITE
from server.settings import Settings
from tests.server.servers import Server, Start

XSD = "http://www.w3.org/2001/XMLSchema#"
ODD = f"""
PREFIX xsd: <{XSD}>
<urn:odd:number> <urn:p:n> "abc"^^xsd:integer, ""^^xsd:integer, "7"^^xsd:integer, "NaN"^^xsd:double,
    "1_000"^^xsd:integer, "٣"^^xsd:integer .
<urn:odd:day> <urn:p:d> "2012-02-30"^^xsd:date, "never"^^xsd:dateTime, "yes"^^xsd:boolean .
<urn:odd:control> <urn:p:c> "a\\u0001b" .
<urn:odd:return> <urn:p:r> "one\\rtwo" .
<urn:odd:nameless> <http://example.org/p/1> "a number at the end" ; <urn:p:> "nothing at the end" .
<urn:odd:triple> <urn:p:says> <<( <urn:s> <urn:p> "said" )>> .
<{BASE}place/a%20b> <urn:p:o> "blank" . <{BASE}place/deep/down/> <urn:p:o> "slashes" .
<{BASE}place/st.ttl> <urn:p:o> "suffix" . <{BASE}place/v1.html> <urn:p:o> "page" .
<{BASE}place/%C3%A9t%C3%A9> <urn:p:o> "escaped" . <{BASE}place/été%20> <urn:p:o> "both" .
<{BASE}new-kind/one> <urn:p:o> "kind" . <{BASE}alone> <urn:p:o> "alone" . <{BASE}a'b*c> <urn:p:o> "signs" .
<{BASE}place/a%2Fb> <urn:p:o> "one of no path" . <{BASE}place/a/b> <urn:p:o> "another" .
<{BASE}place/st> <urn:p:o> "without" . <{BASE}place/a#b> <urn:p:o> "part of nothing" .
<{BASE}help/x> <urn:p:o> "help" . <{BASE}help> <urn:p:o> "page of the site" .
<urn:odd:source> <http://purl.org/dc/terms/source> "FILE odd.ttl", <file:///odd.ttl>, <urn:x> .
""".replace("\\\\", "\\")
OWN = {
    "place/a%20b": "blank", "place/deep/down/": "slashes", "place/st": "without",
    "place/%C3%A9t%C3%A9": "escaped", "place/été%20": "both", "new-kind/one": "kind", "alone": "alone",
    "a'b*c": "signs",
}  # fmt: skip
SUBJECTS = ("number", "day", "control", "return", "nameless", "triple", "source")
ROWS = "SELECT ?s ?p ?o { GRAPH <urn:odd> { ?s ?p ?o } } ORDER BY ?s ?p ?o"


@pytest.fixture(scope="module")
def odd(start: Start) -> Iterator[Server]:
    """A server of odd data."""
    with start() as running:
        assert running.put("urn:odd", ODD).status_code == 201
        yield running


def get(server: Server, path: str, accept: str, **parameters: str) -> httpx.Response:
    return server.http.get(path, params=parameters, headers={"Accept": accept})


def of(subject: str) -> str:
    return f"SELECT ?o {{ <urn:odd:{subject}> ?p ?o }}"


@pytest.mark.parametrize("accept", ["text/html", "text/turtle", "application/n-quads", "application/trig"])
@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_page_and_the_data_of_an_odd_thing_are_there(odd: Server, subject: str, accept: str) -> None:
    response = get(odd, "/resource", accept, iri=f"urn:odd:{subject}")
    assert response.status_code == 200


@pytest.mark.parametrize("sort", ["o", "-o"])
def test_rows_with_odd_values_can_be_looked_at(odd: Server, sort: str) -> None:
    response = get(odd, "/sparql", "text/html", query=ROWS, sort=sort)
    assert (response.status_code, "abc" in response.text) == (200, True)


@pytest.mark.parametrize("query", ["SELECT * {}", "SELECT * { FILTER(false) }"])
def test_rows_without_any_column_can_be_looked_at(odd: Server, query: str) -> None:
    for evidence in ("false", "true"):
        assert get(odd, "/sparql", "text/html", query=query, evidence=evidence).status_code == 200


def test_what_xml_cannot_hold_is_refused_with_its_row(odd: Server) -> None:
    response = get(odd, "/sparql", "application/sparql-results+xml", query=of("control"))
    assert response.status_code == 406
    assert "of row 1 has the character U+0001, which XML cannot hold" in response.json()["detail"]
    graph = get(odd, "/resource", "application/rdf+xml", iri="urn:odd:control")
    assert (graph.status_code, "U+0001" in graph.json()["detail"]) == (406, True)
    assert get(odd, "/sparql", "application/json", query=of("control")).json()["results"]["bindings"][0][
        "o"
    ] == {
        "type": "literal",
        "value": "a\x01b",
    }


def test_a_carriage_return_comes_through_xml(odd: Server) -> None:
    response = get(odd, "/sparql", "application/sparql-results+xml", query=of("return"))
    literal = ElementTree.fromstring(response.content).find(".//{*}literal")
    assert literal is not None
    assert literal.text == "one\rtwo"
    graph = get(odd, "/resource", "application/rdf+xml", iri="urn:odd:return")
    [quad] = ox.parse(graph.content, format=ox.RdfFormat.RDF_XML)
    assert quad.object == ox.Literal("one\rtwo")


def test_a_property_that_rdf_xml_cannot_write_is_named(odd: Server) -> None:
    response = get(odd, "/resource", "application/rdf+xml", iri="urn:odd:nameless")
    assert response.status_code == 406
    assert "does not end with a name" in response.json()["detail"]


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("li", "a word of the syntax"),
        ("about", "a word of the syntax"),
        ("bagID", "The property rdf:bagID is no longer allowed"),
    ],
)
def test_a_property_that_is_syntax_of_rdf_xml_is_refused_there(odd: Server, word: str, told: str) -> None:
    query = f"CONSTRUCT {{ <urn:s> <{RDF}{word}> 'x' }} WHERE {{}}"
    response = get(odd, "/sparql", "application/rdf+xml", query=query)
    assert (response.status_code, told in response.json()["detail"]) == (406, True)
    assert get(odd, "/sparql", "text/turtle", query=query).status_code == 200


def test_a_triple_within_a_triple_is_shown_and_json_ld_says_why_not(odd: Server) -> None:
    assert "said" in get(odd, "/resource", "text/html", iri="urn:odd:triple").text
    response = get(odd, "/resource", "application/ld+json", iri="urn:odd:triple")
    assert (response.status_code, "JSON-LD cannot hold" in response.json()["detail"]) == (406, True)
    dump = odd.http.get("/data/latest.jsonld", follow_redirects=True)
    assert (dump.status_code, "JSON-LD cannot hold" in dump.json()["detail"]) == (406, True)


DIRECTED = "SELECT ?o { VALUES ?n { 1 } BIND(STRLANGDIR('رأس', 'ar', 'rtl') AS ?o) }"


@pytest.mark.parametrize("query", [of("triple"), DIRECTED])
@pytest.mark.parametrize("more", ["labels", "evidence"])
def test_terms_of_rdf_1_2_stay_what_they_are_with_labels_and_evidence(
    odd: Server, query: str, more: str
) -> None:
    (whole,) = get(odd, "/sparql", "application/json", query=query).json()["results"]["bindings"]
    parameters = {"query": query, more: "true"}
    (row,) = get(odd, "/sparql", "application/json", **parameters).json()["results"]["bindings"]
    assert row["o"] == whole["o"]
    tsv = get(odd, "/sparql", "text/tab-separated-values", query=query).text.splitlines()[1]
    changed = get(odd, "/sparql", "text/tab-separated-values", **parameters).text.splitlines()[1]
    assert changed.split("\t")[0] == tsv
    if query != DIRECTED:
        assert '"<<( <urn:s> <urn:p> ""said"" )>>"' in get(odd, "/sparql", "text/csv", **parameters).text


@pytest.mark.parametrize(
    ("accept", "format_"), [("application/trig", "TRIG"), ("application/n-quads", "N_QUADS")]
)
def test_quads_of_a_thing_name_their_graphs(odd: Server, accept: str, format_: str) -> None:
    response = get(odd, "/resource", accept, iri="urn:odd:day")
    quads = list(ox.parse(response.content, format=ox.RdfFormat.from_media_type(accept)))
    assert (len(quads), {str(quad.graph_name) for quad in quads}) == (3, {"<urn:odd>"})


@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
@pytest.mark.parametrize(("path", "value"), OWN.items())
def test_an_odd_iri_of_ours_is_found_where_links_lead(
    odd: Server, path: str, value: str, accept: str
) -> None:
    moved = get(odd, "/resource", accept, iri=BASE + path)
    assert moved.status_code == 303
    answer = get(odd, moved.headers["Location"], accept)
    assert (answer.status_code, value in answer.text) == (200, True)
    asked = odd.http.get(f"/{path}.nt")
    assert (asked.status_code, asked.headers["Content-Type"]) == (200, "application/n-triples")
    assert value in asked.text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("place/a%2Fb", "one of no path"),  # a slash that is escaped is a slash to every server
        ("place/st.ttl", "suffix"),  # which would be the other place, in Turtle
        ("place/v1.html", "page"),
        ("place/a#b", "part of nothing"),  # which no server is told
        ("help/x", "help"),
        ("help", "page of the site"),
    ],
)
def test_an_iri_of_ours_that_no_path_can_say_is_found_all_the_same(
    odd: Server, name: str, value: str
) -> None:
    answer = get(odd, "/resource", "text/html", iri=BASE + name)
    facts = {one.text() for one in LexborHTMLParser(answer.text).css(".thing dd")}
    assert (answer.status_code, any(value in fact for fact in facts)) == (200, True), facts
    assert value in odd.http.get("/resource", params={"iri": BASE + name, "format": "nt"}).text
    rows = get(odd, "/sparql", "text/html", query=f"SELECT ?s {{ ?s <urn:p:o> '{value}' }}")
    assert f"/resource?iri={quote(BASE + name, safe='')}" in rows.text


def test_an_address_of_the_site_is_known_as_none_of_a_thing(store: Path) -> None:
    rules = create_app(LocalEngine(store), Settings()).url_map.iter_rules()
    first = {(rule.rule.split("/")[1], rule.endpoint.partition(".")[0]) for rule in rules}
    fixed = {(part, subject) for part, subject in first if part and "<" not in part}
    # Things, terms, saved queries and linksets are at the paths of their IRIs.
    of_things = {part for part, subject in fixed if subject in ("things", "ontology", "queries", "links")}
    assert {part for part, _ in fixed} - of_things == OF_THE_SITE - of_things


def test_what_is_nowhere_is_no_thing_either(odd: Server) -> None:
    answer = odd.http.get("/nowhere/at/all?x=1")
    assert (answer.status_code, answer.json()["detail"]) == (404, "There is nothing at '/nowhere/at/all'.")
    assert get(odd, "/alone", "text/turtle", x="1").status_code == 400
