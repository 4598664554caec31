"""Clients ask in ways of their own: each gets what it means, or a sentence that says what is wrong."""

import base64
from typing import Any

import httpx
import pytest
import yaml

from tests.server.servers import TOKEN, Server

GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 3"
ROWS = "SELECT * { ?s ?p ?o } LIMIT 3"
JAVA = (
    "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
    "text/html, image/gif, image/jpeg, */*; q=0.2",
)
TURTLE, JSON = "text/turtle", "application/sparql-results+json"


def get(server: Server, path: str, accept: str = "*/*", **parameters: Any) -> httpx.Response:
    return server.http.get(path, params=parameters, headers={"Accept": accept})


def kind(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.headers["Content-Type"].partition(";")[0]


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        (ROWS, "json", JSON), (ROWS, "JSON", JSON), (ROWS, "tsv", "text/tab-separated-values"),
        (ROWS, "CSV", "text/csv"), (ROWS, "xml", "application/sparql-results+xml"),
        (GRAPH, "rdf+xml", "application/rdf+xml"), (GRAPH, "rdf xml", "application/rdf+xml"),
        (GRAPH, "application/rdf xml", "application/rdf+xml"), (GRAPH, "n3", TURTLE),
        (GRAPH, "turtle", TURTLE),
        (GRAPH, "json-ld", "application/ld+json"), (GRAPH, "text/rdf+n3", TURTLE),
    ],
)  # fmt: skip
def test_a_format_has_the_names_under_which_clients_know_it(
    server: Server, query: str, name: str, expected: str
) -> None:
    """SPARQLWrapper sends all three at once; others repeat the first."""
    every: dict[str, Any] = {"format": [name, name], "output": name, "results": name}
    assert kind(get(server, "/sparql", query=query, **every)) == (200, expected)
    for one in ("format", "output", "results", "_mediatype"):
        assert kind(get(server, "/sparql", query=query, **{one: name})) == (200, expected)


@pytest.mark.parametrize(
    "nothing", ["format=", "timeout=", "timeout=0", "default-graph-uri=", "named-graph-uri="]
)
def test_a_parameter_without_a_value_says_nothing(server: Server, nothing: str) -> None:
    whole = get(server, "/sparql", query=ROWS)
    assert server.http.get(f"/sparql?{nothing}", params=None).status_code == 200
    asked = f"/sparql?{httpx.QueryParams({'query': ROWS})}&{nothing}"
    assert server.http.get(asked).json() == whole.json()


@pytest.mark.parametrize("seconds", ["10", "10s", "500ms", "2.5", ".5 s"])
def test_a_time_limit_may_have_a_unit(server: Server, seconds: str) -> None:
    assert get(server, "/sparql", query=ROWS, timeout=seconds).status_code == 200


@pytest.mark.parametrize("java", JAVA)
def test_a_program_gets_data_though_its_library_names_html(server: Server, java: str) -> None:
    assert kind(get(server, "/sparql", java, query=ROWS)) == (200, JSON)
    assert kind(get(server, "/mission/2011-rome", java)) == (200, TURTLE)
    assert kind(get(server, "/mission/2011-rome", "text/html")) == (200, "text/html")


@pytest.mark.parametrize(
    ("query", "accept", "told"),
    [
        (GRAPH, JSON, "The result of a CONSTRUCT query is a graph."),
        ("DESCRIBE <urn:x>", "text/csv", "The result of a DESCRIBE query is a graph."),
        (ROWS, TURTLE, "The result of a SELECT query is rows."),
        ("ASK {}", TURTLE, "The result of an ASK query is rows."),
    ],
)
def test_a_format_of_another_kind_of_query_is_refused_with_the_reason(
    server: Server, query: str, accept: str, told: str
) -> None:
    response = get(server, "/sparql", accept, query=query)
    assert (response.status_code, told in response.json()["detail"]) == (406, True)


def test_a_variable_may_be_selected_twice(server: Server) -> None:
    twice = get(server, "/sparql", "text/csv", query="SELECT ?m ?m (1 AS ?n) ?m { VALUES ?m { 7 } }")
    assert (twice.status_code, twice.text) == (200, "m,n\r\n7,1\r\n")
    inner = "SELECT ?m { { SELECT ?m ?m { VALUES ?m { 7 } } } }"
    assert get(server, "/sparql", "text/csv", query=inner).text == "m\r\n7\r\n"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"update": "INSERT DATA { <urn:s> <urn:p> 1 }"}, "Updates are sent to /update"),
        ({"query": "INSERT DATA { <urn:s> <urn:p> 1 }"}, "Updates are sent to /update"),
        ({"query": "ASK {}", "update": "CLEAR ALL"}, "either a query or an update"),
    ],
)
def test_an_update_at_the_endpoint_of_queries_is_told_where_to_go(
    server: Server, data: dict[str, str], told: str
) -> None:
    response = server.http.post("/sparql", data=data)
    assert (response.status_code, told in response.json()["detail"]) == (400, True)


def test_parameters_in_the_address_of_a_form_count(writable: Server) -> None:
    writable.put("urn:graph:one", "<urn:s> <urn:p> 1 .")
    writable.put("urn:graph:two", "<urn:s> <urn:p> 2 .")
    query, accept = "SELECT ?o { <urn:s> <urn:p> ?o }", {"Accept": "text/csv"}
    address = "/sparql?default-graph-uri=urn:graph:one"
    found = writable.http.post(address, data={"query": query}, headers=accept)
    assert found.text == "o\r\n1\r\n"
    same = writable.http.post(
        address, data={"query": query, "default-graph-uri": "urn:graph:one"}, headers=accept
    )
    assert same.text == "o\r\n1\r\n"
    other = writable.http.post(
        address, data={"query": query, "default-graph-uri": "urn:graph:two"}, headers=accept
    )
    assert (other.status_code, "both in the address and in the body" in other.text) == (400, True)


@pytest.mark.parametrize("user", ["", "anybody"])
def test_the_token_may_be_a_password(writable: Server, user: str) -> None:
    def write(password: str) -> int:
        credentials = base64.b64encode(f"{user}:{password}".encode()).decode()
        headers = {"Authorization": f"Basic {credentials}", "Content-Type": "application/sparql-update"}
        return writable.http.post("/update", content="INSERT DATA {}", headers=headers).status_code

    assert (write(TOKEN), write("wrong"), write("")) == (200, 401, 401)


@pytest.mark.parametrize("header", ["X-Requested-With", "Cache-Control", "Authorization", "User-Agent"])
def test_a_page_elsewhere_may_send_what_its_library_adds(server: Server, header: str) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Headers": header}
    allowed = server.http.options("/sparql", headers=asked).headers["Access-Control-Allow-Headers"]
    assert header.lower() in allowed.lower()


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("/void", "/.well-known/void"), ("/void.ttl", "/.well-known/void?format=ttl"),
        ("/healthz", "/health"),
        ("/.well-known/sparql-examples", "/queries.ttl"), ("/store?default", "/graphs?default"),
        ("/queries/who-met-whom/text", "/queries/who-met-whom.rq"), ("/docs", "/help"),
    ],
)  # fmt: skip
def test_an_address_that_people_type_leads_to_what_they_look_for(
    server: Server, typed: str, there: str
) -> None:
    response = server.http.get(typed)
    assert (response.status_code, response.headers["Location"]) == (307, there)
    assert server.http.get(there).status_code == 200


def test_the_endpoint_is_the_same_with_a_slash(server: Server) -> None:
    assert get(server, "/sparql/", query="ASK {}").json()["boolean"] is True


def test_the_description_of_the_api_is_there_as_yaml_too(server: Server) -> None:
    response = server.http.get("/openapi.yaml")
    assert kind(response) == (200, "application/yaml")
    assert yaml.safe_load(response.text) == server.http.get("/openapi.json").json()


def test_the_prefixes_of_the_project_are_listed(server: Server) -> None:
    listed = server.http.get("/prefixes").json()
    assert listed["unm"] == "https://w3id.org/un-missions/ontology#"
    assert f"@prefix unm: <{listed['unm']}> ." in get(server, "/prefixes", TURTLE).text


@pytest.mark.parametrize(
    "address",
    [
        "/queries/who-met-whom?yeer=2011",
        "/missions?yeer=2011",
        "/search?query=Rome",
        "/queries?tags=x",
        "/graphs?default&x=1",
    ],
)
def test_a_parameter_that_nobody_reads_is_refused(server: Server, address: str) -> None:
    response = server.http.get(address)
    assert (response.status_code, "is not a parameter of this address" in response.json()["detail"]) == (
        400,
        True,
    )


@pytest.mark.parametrize("name", ["limits", "skip", "pagesize", "label"])
def test_a_saved_query_swallows_no_parameter(server: Server, name: str) -> None:
    response = get(server, "/queries/who-met-whom/run.csv", **{name: "3"})
    assert (response.status_code, response.json()["parameter"]) == (400, name)


def test_the_nearest_parameter_is_named(server: Server) -> None:
    assert server.http.get("/missions?yeer=2011").json()["nearest"] == ["year"]


@pytest.mark.parametrize("tracking", ["utm_source=news", "fbclid=1", "gclid=2", "mc_cid=3"])
@pytest.mark.parametrize("address", ["/search.json", "/queries/who-met-whom/run.csv", "/mission/2011-rome"])
def test_what_follows_readers_changes_nothing(server: Server, address: str, tracking: str) -> None:
    assert server.http.get(f"{address}?{tracking}").content == server.http.get(address).content
    page = server.http.get(f"{address}?{tracking}", headers={"Accept": "text/html"})
    assert tracking not in page.text


def test_no_value_and_an_empty_one_are_told_apart_in_a_column_alone(server: Server) -> None:
    query = 'SELECT ?x { VALUES ?n { 1 2 3 } OPTIONAL { VALUES (?n ?x) { (1 "") (3 "a,b") } } } ORDER BY ?n'
    assert get(server, "/sparql", "text/csv", query=query).text == 'x\r\n""\r\n\r\n"a,b"\r\n'


@pytest.mark.parametrize("address", ["/sparql", "/queries/missions-by-year/run.csv"])
def test_csv_begins_with_a_mark_where_a_spreadsheet_needs_it(server: Server, address: str) -> None:
    asked = {"query": ROWS, "format": "csv"} if address == "/sparql" else {}
    plain = get(server, address, **asked).content
    assert get(server, address, bom="true", **asked).content == b"\xef\xbb\xbf" + plain


@pytest.mark.parametrize("accept", ["application/sparql-results+xml", "application/sparql-results+json"])
def test_rows_say_their_charset(server: Server, accept: str) -> None:
    assert get(server, "/sparql", accept, query=ROWS).headers["Content-Type"] == f"{accept}; charset=utf-8"


def test_html_by_name_is_a_page_wherever_there_is_one(server: Server) -> None:
    for path in ("/sparql", "/mission/2011-rome", "/ontology", "/data/", "/missions"):
        for name in ("format", "output"):
            assert kind(get(server, path, **{name: "HTML"})) == (200, "text/html"), path
    asked = get(server, "/sparql", query=ROWS, format="html")
    assert "result-title" in asked.text
    assert kind(get(server, "/mission/2011-rome", "text/html", format="ttl")) == (200, TURTLE)


@pytest.mark.parametrize("sent", ["address", "form", "body"])
def test_a_byte_order_mark_before_a_query_is_no_part_of_it(server: Server, sent: str) -> None:
    text = "\ufeffASK {}"
    answers = {
        "address": lambda: get(server, "/sparql", query=text),
        "form": lambda: server.http.post("/sparql", data={"query": text, "explain": "false"}),
        "body": lambda: server.http.post(
            "/sparql", content=text.encode(), headers={"Content-Type": "application/sparql-query"}
        ),
    }
    assert answers[sent]().json()["boolean"] is True
