"""Updates: who may make them, that each is whole or not at all, and that they last."""

import signal
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.cases import some
from tests.server.servers import BEARER, TOKEN, Server, Start

DIRECT = {"Content-Type": "application/sparql-update"}
NOTHING = "INSERT DATA {}"


def insert(graph: str, value: object) -> str:
    return f"INSERT DATA {{ GRAPH <{graph}> {{ <urn:s> <urn:p> {value} }} }}"


def number(response: httpx.Response) -> int:
    """The number of the release that a response is from."""
    return int(response.headers["UN-Missions-Release"].partition("-")[0])


def test_where_there_is_no_token_nobody_may_write(server: Server) -> None:
    for headers in ({}, {"Authorization": "Bearer"}, BEARER):
        response = server.http.post("/update", content=NOTHING, headers={**DIRECT, **headers})
        assert response.status_code == 403
        assert server.http.delete("/graphs?default", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "authorization",
    [
        "", "Bearer", "Bearer wrong", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN}x",
        f"Bearer {TOKEN[:-1]}", "Bearer \xe9",
    ],
)  # fmt: skip
def test_without_the_right_token_nobody_may_write(writable: Server, authorization: str) -> None:
    headers = [(b"Authorization", authorization.encode("latin-1"))] if authorization else []
    direct = [*headers, (b"Content-Type", b"application/sparql-update")]
    update = writable.http.post("/update", content=NOTHING, headers=direct)
    graph = writable.http.put("/graphs?graph=urn:x", content="", headers=headers)
    for response in (update, graph):
        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("name", ["token", "access_token", "authorization"])
def test_a_token_in_the_address_opens_nothing(writable: Server, name: str) -> None:
    response = writable.http.post(f"/update?{name}={TOKEN}", content=NOTHING, headers=DIRECT)
    assert response.status_code == 401
    response = writable.http.post("/update", data={"update": NOTHING, name: TOKEN})
    assert response.status_code == 401


@pytest.mark.matrix
def test_the_token_may_come_from_a_file(start: Start, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("token") / "token"
    file.write_text(f"{TOKEN}\n")
    with start("--token-file", file, token="") as server:
        assert server.update(NOTHING).status_code == 200


@pytest.mark.parametrize("way", ["direct", "form"])
def test_an_update_is_seen_by_the_next_query(writable: Server, graph: str, way: str) -> None:
    text = insert(graph, '"بعثة"@ar')
    form = {"update": text}
    response = (
        writable.update(text) if way == "direct" else writable.http.post("/update", data=form, headers=BEARER)
    )
    assert response.status_code == 200
    assert writable.objects(graph) == ["بعثة"]
    assert writable.ask("ASK {}").headers["UN-Missions-Release"] == response.json()["release"]


def test_what_is_written_to_the_unnamed_graph_is_part_of_the_merge(writable: Server, graph: str) -> None:
    writable.update(f"INSERT DATA {{ <{graph}> <urn:p> 1 }}")
    assert writable.rows(f"SELECT ?o {{ <{graph}> ?p ?o }}") == ["1"]
    assert writable.rows(f"SELECT ?g {{ GRAPH ?g {{ <{graph}> ?p ?o }} }}") == []


def test_operations_of_one_update_see_those_before(writable: Server, graph: str) -> None:
    copy = f"INSERT {{ GRAPH <{graph}> {{ ?s <urn:q> ?o }} }} WHERE {{ GRAPH <{graph}> {{ ?s <urn:p> ?o }} }}"
    writable.update(f"{insert(graph, 1)} ; {copy} ; DELETE WHERE {{ GRAPH <{graph}> {{ ?s <urn:p> ?o }} }}")
    assert writable.rows(f"SELECT ?p {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}") == ["urn:q"]


@pytest.mark.parametrize("way", ["in the form", "in the address"])
def test_the_request_names_the_graph_that_an_update_reads(writable: Server, graph: str, way: str) -> None:
    text = f"INSERT {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} WHERE {{ <urn:all> ?p ?o BIND(<urn:s> AS ?s) }}"
    using = {"using-graph-uri": "urn:two"}
    if way == "in the form":
        response = writable.http.post("/update", data={"update": text, **using}, headers=BEARER)
    else:
        headers = {**BEARER, **DIRECT}
        response = writable.http.post("/update", params=using, content=text, headers=headers)
    assert response.status_code == 200
    assert writable.objects(graph) == ["in two", "shared"]


def test_the_request_names_the_named_graphs_that_an_update_reads(writable: Server, graph: str) -> None:
    pattern = "GRAPH ?g { <urn:all> ?p ?o BIND(<urn:s> AS ?s) }"
    text = f"INSERT {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} WHERE {{ {pattern} }}"
    form = {"update": text, "using-named-graph-uri": "urn:one"}
    assert writable.http.post("/update", data=form, headers=BEARER).status_code == 200
    assert writable.objects(graph) == ["in one", "shared"]


@pytest.mark.parametrize(
    "text",
    [
        "INSERT { ?s ?p ?o } USING <urn:one> WHERE { ?s ?p ?o }",
        "WITH <urn:one> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_a_dataset_named_twice_is_refused(writable: Server, text: str) -> None:
    form = {"update": text, "using-graph-uri": "urn:two"}
    assert writable.http.post("/update", data=form, headers=BEARER).status_code == 400


def test_a_mistake_in_an_update_is_shown_with_its_place(writable: Server) -> None:
    response = writable.update("INSERT DATA {\n <urn:s> <urn:p> ?variable\n}")
    assert response.status_code == 400
    assert {"line", "column", "text"} <= set(response.json())


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"Content-Type": "text/plain"}, NOTHING.encode(), 415),
        ({"Content-Type": "application/sparql-query"}, b"ASK {}", 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, b"query=ASK{}", 400),
        ({"Content-Type": "application/x-www-form-urlencoded"}, b"update=%FF", 400),
        (DIRECT, b"INSERT DATA { <urn:s> <urn:p> '\xff' }", 400),
        (DIRECT, b"SELECT * { ?s ?p ?o }", 400),
    ],
)
def test_what_is_no_update_is_refused(
    writable: Server, headers: dict[str, str], body: bytes, status: int
) -> None:
    response = writable.http.post("/update", content=body, headers={**BEARER, **headers})
    assert response.status_code == status


@pytest.mark.parametrize(
    "failing",
    ["CREATE GRAPH <urn:one>", "DROP GRAPH <urn:no-such-graph>", "LOAD <urn:x>", "INSERT DATA { nonsense }"],
)
def test_an_update_that_fails_in_the_middle_changes_nothing(
    writable: Server, graph: str, failing: str
) -> None:
    before = number(writable.ask("ASK {}"))
    assert 400 <= writable.update(f"{insert(graph, 1)} ; {failing} ; {insert(graph, 2)}").status_code < 500
    assert writable.objects(graph) == []
    assert number(writable.ask("ASK {}")) == before


def test_a_failing_write_does_not_harm_those_that_wait_beside_it(writable: Server, graph: str) -> None:
    texts = [insert(graph, 1), "DROP GRAPH <urn:no-such-graph>", insert(graph, 2), "no update"]
    with ThreadPoolExecutor(4) as pool:
        statuses = [response.status_code for response in pool.map(writable.update, texts)]
    assert (statuses[0], statuses[2]) == (200, 200)
    assert 400 <= min(statuses[1], statuses[3]) <= max(statuses[1], statuses[3]) < 500
    assert writable.objects(graph) == ["1", "2"]


def test_parallel_writes_all_land_and_share_releases(writable: Server, graph: str) -> None:
    before = number(writable.ask("ASK {}"))
    with ThreadPoolExecutor(12) as pool:
        responses = list(pool.map(writable.update, [insert(graph, n) for n in range(10, 22)]))
    assert {response.status_code for response in responses} == {200}
    assert writable.objects(graph) == [str(n) for n in range(10, 22)]
    assert number(writable.ask("ASK {}")) - before < 12


@pytest.mark.parametrize("how", some([signal.SIGKILL, signal.SIGTERM]))
def test_writes_are_there_after_a_restart(start: Start, how: signal.Signals) -> None:
    with start() as server:
        written = server.update(insert("urn:graph", 1)).json()["release"]
        server.stop(how)
    with start(store=server.store) as again:
        assert again.objects("urn:graph") == ["1"]
        assert again.ask("ASK {}").headers["UN-Missions-Release"] == written


@pytest.mark.matrix
def test_in_unnamed_mode_the_default_graph_is_the_unnamed_one(start: Start) -> None:
    with start("--default-graph", "unnamed") as server:
        assert server.rows("SELECT ?o { <urn:all> ?p ?o }") == ["in none", "shared"]
        server.update(insert("urn:graph", 1))
        assert server.objects("urn:graph") == ["1"]
        assert server.rows("SELECT ?o { ?s <urn:p> ?o FILTER(?o = 1) }") == []
