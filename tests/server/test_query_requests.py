"""How a query may be asked: the ways of SPARQL 1.1 Protocol, its datasets, and what HTTP refuses."""

from collections.abc import Callable
from urllib.parse import quote, urlencode

import httpx
import pytest

from server.engine.query_limits import VALUES_BYTES
from server.settings import Settings
from tests.server.servers import Server

QUERY = "SELECT (1 AS ?one) {}"
SHARED = "SELECT ?o { <urn:all> <urn:p> ?o }"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
CSV = {"Accept": "text/csv"}

Ask = Callable[[httpx.Client, str], httpx.Response]
WAYS: dict[str, Ask] = {
    "get": lambda http, path: http.get(path, params={"query": QUERY}, headers=CSV),
    "form": lambda http, path: http.post(path, data={"query": QUERY}, headers=CSV),
    "direct": lambda http, path: http.post(path, content=QUERY, headers={**CSV, "Content-Type": DIRECT}),
}


@pytest.mark.parametrize("path", ["/sparql", "/query"])
@pytest.mark.parametrize("way", WAYS)
def test_a_query_is_answered_in_each_way_of_the_protocol(server: Server, path: str, way: str) -> None:
    response = WAYS[way](server.http, path)
    assert (response.status_code, response.text.split()) == (200, ["one", "1"])


def test_the_default_graph_holds_each_triple_once(writable: Server) -> None:
    assert writable.rows(SHARED) == ["in none", "in one", "in two", "shared"]


def test_a_named_graph_holds_what_was_written_to_it(writable: Server) -> None:
    rows = writable.rows("SELECT ?g ?o { GRAPH ?g { <urn:all> <urn:p> ?o } }")
    assert rows == ["urn:one,in one", "urn:one,shared", "urn:two,in two", "urn:two,shared"]


def test_two_graphs_of_from_give_one_row_for_a_triple_in_both(writable: Server) -> None:
    query = "SELECT ?o FROM <urn:one> FROM <urn:two> { <urn:all> <urn:p> ?o }"
    assert writable.rows(query) == ["in one", "in two", "shared"]


def test_the_request_names_the_default_graph_in_place_of_the_query(writable: Server) -> None:
    query = "SELECT ?o FROM <urn:two> { <urn:all> <urn:p> ?o }"
    assert writable.rows(query, **{"default-graph-uri": "urn:one"}) == ["in one", "shared"]


def test_two_default_graphs_of_the_request_are_merged(writable: Server) -> None:
    body = urlencode({"query": SHARED, "default-graph-uri": ["urn:one", "urn:two"]}, doseq=True)
    by_get = writable.http.get(f"/sparql?{body}", headers=CSV)
    by_form = writable.http.post("/sparql", content=body, headers={**CSV, "Content-Type": FORM})
    assert sorted(by_get.text.split("\r\n")[1:-1]) == ["in one", "in two", "shared"]
    assert by_form.content == by_get.content


def test_only_the_graphs_that_the_request_names_are_named_graphs(writable: Server) -> None:
    query = "SELECT ?g { { GRAPH ?g { <urn:all> ?p ?o } } UNION { <urn:all> ?p ?o BIND('default' AS ?g) } }"
    assert set(writable.rows(query, **{"named-graph-uri": "urn:two"})) == {"urn:two"}


def test_relative_addresses_are_resolved_against_the_endpoint(server: Server) -> None:
    assert server.rows("SELECT (<x> AS ?x) {}") == [f"{server.url}/x"]


def test_head_has_the_headers_of_get_and_no_body(server: Server) -> None:
    get, head = (server.http.request(m, "/sparql", params={"query": QUERY}) for m in ("GET", "HEAD"))
    assert (head.status_code, head.content) == (200, b"")
    for name in ("Content-Type", "Content-Length", "ETag", "Link"):
        assert head.headers[name] == get.headers[name]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/sparql", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("PUT", "/query", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("GET", "/update", {"OPTIONS", "POST"}),
        ("PATCH", "/graphs", {"GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"}),
        ("POST", "/health", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(
    server: Server, method: str, path: str, allowed: set[str]
) -> None:
    response = server.http.request(method, path)
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == allowed


def test_a_page_from_elsewhere_may_ask_and_read(server: Server) -> None:
    origin = {"Origin": "https://elsewhere.example"}
    wish = {**origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "accept"}
    preflight = server.http.options("/sparql", headers=wish)
    assert preflight.is_success
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert "Accept" in preflight.headers["Access-Control-Allow-Headers"]
    answer = server.http.get("/sparql", params={"query": QUERY}, headers=origin)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert {"Link", "ETag", "Retry-After"} <= set(answer.headers["Access-Control-Expose-Headers"].split(", "))


def test_a_page_from_elsewhere_may_not_update(writable: Server) -> None:
    wish = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    assert "Access-Control-Allow-Origin" not in writable.http.options("/update", headers=wish).headers


def test_a_body_announced_as_too_long_is_refused_before_it_is_sent(server: Server) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    answer = server.send(head + b"Content-Length: 1000000000\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"application/problem+json" in answer


def test_a_body_in_chunks_is_refused_when_it_has_become_too_long(server: Server) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    most = 3 * (Settings().query_bytes + VALUES_BYTES)
    chunk = f"{most:x}\r\n".encode() + b" " * most + b"\r\n"
    with server.connect() as connection:
        connection.sendall(head + b"Transfer-Encoding: chunked\r\n\r\n" + chunk + b"1\r\n \r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")


def test_an_address_of_absurd_length_is_refused(server: Server) -> None:
    answer = server.send(b"GET /sparql?query=" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 414 ")


@pytest.mark.parametrize("way", ["form", "text"])
def test_a_list_of_ten_thousand_things_is_one_query(server: Server, way: str) -> None:
    rows = " ".join(f"<https://w3id.org/un-missions/mission/{n:040}>" for n in range(10_000))
    text = f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {rows} }} }}"
    assert 800_000 < len(text) < 1 << 20
    sent = {"data": {"query": text}} if way == "form" else {"content": text}
    headers = {"Accept": "text/csv"} | ({"Content-Type": DIRECT} if way == "text" else {})
    response = server.http.post("/sparql", headers=headers, **sent)
    assert response.text.split() == ["n", "10000"]
    more = text.replace("VALUES ?x {", "VALUES ?x { <urn:one-more>")
    refused = server.http.post("/sparql", content=more, headers={"Content-Type": DIRECT})
    assert (refused.status_code, refused.json()["detail"]) == (
        400,
        "The query has more than 10000 rows of VALUES.",
    )


def test_a_text_over_the_limit_is_refused_by_its_length(server: Server) -> None:
    text = QUERY + "#" * 100_000
    response = server.http.post("/sparql", content=text, headers={"Content-Type": DIRECT})
    assert (response.status_code, response.json()["type"].split("/")[-1]) == (413, "too-large")


@pytest.mark.parametrize("media_type", ["text/plain", "application/json", ""])
def test_a_body_that_is_neither_form_nor_query_is_refused(server: Server, media_type: str) -> None:
    response = server.http.post("/sparql", content=QUERY, headers={"Content-Type": media_type})
    assert response.status_code == 415


def test_a_compressed_body_is_refused(server: Server) -> None:
    headers = {"Content-Type": DIRECT, "Content-Encoding": "gzip"}
    assert server.http.post("/sparql", content=b"\x1f\x8b", headers=headers).status_code == 415


@pytest.mark.parametrize(
    ("method", "query_string", "media_type", "body"),
    [
        ("GET", "query=ASK%7B%7D%23%FF", "", b""),
        ("POST", "", FORM, b"query=ASK%7B%7D%23%FF"),
        ("POST", "", FORM, b"query=ASK{}#\xff"),
        ("POST", "", DIRECT, b"ASK {} # \xff"),
        ("POST", "default-graph-uri=urn:%C3", DIRECT, b"ASK {}"),
    ],
)
def test_what_is_not_utf_8_is_refused(
    server: Server, method: str, query_string: str, media_type: str, body: bytes
) -> None:
    headers = {"Content-Type": media_type} if media_type else {}
    response = server.http.request(method, f"/sparql?{query_string}", content=body, headers=headers)
    assert response.status_code == 400
    assert "not UTF-8" in response.json()["detail"]


@pytest.mark.parametrize(
    ("method", "path", "media_type", "body"),
    [
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", "", ""),
        ("POST", "/sparql", FORM, "query=ASK%7B%7D&query=ASK%7B%7D"),
        ("POST", "/sparql", FORM, "text=ASK%7B%7D"),
        ("POST", f"/sparql?query={quote(QUERY)}", DIRECT, QUERY),
        ("GET", "/sparql?query=", "", ""),
        ("POST", "/sparql", DIRECT, "DELETE WHERE { ?s ?p ?o }"),
    ],
)
def test_a_request_without_just_one_query_is_refused(
    server: Server, method: str, path: str, media_type: str, body: str
) -> None:
    headers = {"Content-Type": media_type} if media_type else {}
    assert server.http.request(method, path, content=body, headers=headers).status_code == 400


@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
def test_a_graph_whose_name_is_no_iri_is_refused(server: Server, parameter: str) -> None:
    assert server.ask(QUERY, **{parameter: "no iri"}).status_code == 400


@pytest.mark.parametrize("seconds", ["-1", "nan", "soon", "5m", "0s"])
def test_a_time_limit_that_is_no_time_is_refused(server: Server, seconds: str) -> None:
    response = server.ask(QUERY, timeout=seconds)
    assert (response.status_code, response.json()["type"].split("/")[-1]) == (400, "parameter")


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET /health/live HTTP/1.1", 400),
        (b"GET /health/live HTTP/1.1\r\nHost: a\r\nHost: b", 400),
        (b"GET /health/live HTTP/1.1\r\nHost: a", 200),
        (b"GET /health/live HTTP/1.0", 200),
    ],
)
def test_a_request_of_http_1_1_names_one_host(server: Server, head: bytes, status: int) -> None:
    answer = server.send(head + b"\r\nConnection: close\r\n\r\n")
    assert answer.split(b" ", 2)[1] == str(status).encode()
    assert (b"Host" in answer.partition(b"\r\n\r\n")[2]) == (status == 400)
