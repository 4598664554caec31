"""What a query that is wrong gets: a status, a sentence and a place, and nothing of the inside."""

import httpx
import pytest

from tests.server.servers import TOKEN, Server

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
WRONG = 'SELECT ?s WHERE {\n  ?s ?p "بعثة" FILTR(?s)\n}'
INSIDE = [
    "/tmp", "/work", "/proc", ".py", "oxigraph", "rocksdb", "site-packages", "granian",
    "Traceback", "Exception", "line 0", TOKEN,
]  # fmt: skip


def kind(response: httpx.Response) -> str:
    """The last part of the problem's type."""
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == response.status_code
    return str(response.json()["type"]).rpartition("/")[2]


def test_a_mistake_is_shown_with_line_column_and_the_text_there(server: Server) -> None:
    response = server.ask(WRONG)
    problem = response.json()
    assert (response.status_code, kind(response)) == (400, "syntax")
    wrong = WRONG.splitlines()[1]
    assert problem["line"] == 2
    assert wrong.index("FILTR") < problem["column"] <= len(wrong)  # Oxigraph counts some tokens too many
    assert problem["text"] == wrong[problem["column"] - 1 :]


def test_a_browser_gets_the_mistake_as_a_page(server: Server) -> None:
    response = server.ask(WRONG.replace("FILTR", "<b>FILTR"), BROWSER)
    assert response.status_code == 400
    assert response.headers["Content-Type"].startswith("text/html")
    assert "Line 2, column" in response.text
    assert "<b>FILTR" not in response.text


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (<urn:no-function>(1) AS ?x) {}",
        "SELECT (nofunction(1) AS ?x) {}",
        "SELECT ?s { ?s ?p ?o } GROUP BY ?p",
        "SELECT (1 AS ?x) (2 AS ?x) {}",
        "SELECT * { ?s unknown:prefix ?o }",
        "SELECT * { <no iri> ?p ?o }",
        "SELECT",
        "",
        " ",
        "# only a comment",
        "ASK {} ASK {}",
        "LOAD <urn:x>",
        "\x00",
        "ASK { ?s ?p '\\uD800' }",
        'ASK { "unfinished',
    ],
)
def test_what_is_no_query_is_the_clients_mistake(server: Server, query: str) -> None:
    assert server.ask(query).status_code == 400


def test_an_error_while_evaluating_leaves_a_variable_unbound(server: Server) -> None:
    assert server.rows("SELECT ?x ('there' AS ?y) { BIND(1 / 0 AS ?x) }") == [",there"]


MISTAKES = [
    ("GET", "/sparql?query=SELECT", {}),
    ("GET", "/sparql?query=SELECT%20(%3Curn:f%3E(1)%20AS%20%3Fx)%20%7B%7D", {}),
    ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=no%20iri", {}),
    ("GET", "/sparql?query=ASK%7B%7D&release=..%2F..%2Fetc", {}),
    ("GET", "/sparql?query=ASK%7B%7D&format=yaml", {}),
    ("GET", "/sparql?query=ASK%7B%7D%20SERVICE", {}),
    ("GET", "/sparql?query=ASK%7BSERVICE%20%3Curn:x%3E%7B%7D%7D", {}),
    ("GET", "/sparql?query=%FF", {}),
    ("DELETE", "/graphs", {}),
    ("GET", "/graphs?graph=urn:no-such-graph", {}),
    ("GET", "/graphs?graph=no:%20iri", {}),
    ("GET", "/graphs?graph=relative", {}),
    ("GET", "/no/such/page", {}),
    ("GET", "/%2e%2e/%2e%2e/etc/passwd", {}),
    ("GET", "/.well-known/void?format=yaml", {}),
    ("GET", "/.well-known/void?release=no", {}),
    ("PUT", "/graphs?default", {"Content-Type": "text/turtle"}),
    ("POST", "/update", {"Content-Type": "application/sparql-update"}),
    ("POST", "/sparql", {"Content-Type": "application/sparql-query; charset=utf-16"}),
    ("TRACE", "/sparql", {}),
]


@pytest.mark.parametrize(("method", "path", "headers"), MISTAKES)
def test_a_mistake_is_answered_in_words_that_name_no_internals(
    server: Server, method: str, path: str, headers: dict[str, str]
) -> None:
    for accept in ("*/*", BROWSER):
        response = server.http.request(method, path, headers={**headers, "Accept": accept}, content=b"x")
        assert 400 <= response.status_code < 500
        assert not [word for word in INSIDE if word.lower() in response.text.lower()]
