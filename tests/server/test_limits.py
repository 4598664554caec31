"""What takes too much is answered with its limit's name, and costs nobody else anything."""

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.cases import some
from tests.server.servers import ENDLESS, MILLION, SOON, WIDE, Server, Start, until

HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"
# Some 100 kB of rows, then one that would take for ever (a UNION has no order).
STALLING = f"""SELECT ?n ("{"x" * 100}" AS ?text) {{ VALUES ?n {{ {" ".join(map(str, range(1001)))} }}
  FILTER(?n < 1000 || EXISTS {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?i = "nothing") }}) }}"""


# What to repeat on the left, what stands in the middle, and what to repeat on the right.
NESTED = {
    "parentheses": ("FILTER(", "(", "1", ")", ")"),
    "functions": ("FILTER(", "STR(", "1", ")", ")"),
    "groups": ("", "{", "", "}", ""),
    "subselects": ("", "{ SELECT * { ", "", "} }", ""),
    "exists": ("", "FILTER EXISTS { ", "", "}", ""),
    "paths": ("?s ", "(", "<urn:p>", ")", " ?o"),
    "blank nodes": ("?s ?p ", "[ <urn:p> ", "1", "]", ""),
    "lists": ("?s ?p ", "(", "1", ")", ""),
    "negations": ("FILTER(", "!", "true", "", ")"),
}


def nested(name: str, depth: int) -> str:
    before, opening, middle, closing, after = NESTED[name]
    return f"ASK {{ {before}{opening * depth}{middle}{closing * depth}{after} }}"


def kind(response: httpx.Response) -> tuple[int, str]:
    """The status and the last part of the problem's type."""
    return response.status_code, str(response.json()["type"]).rpartition("/")[2]


@pytest.fixture(scope="module")
def hasty(store: Path, start: Start) -> Iterator[Server]:
    """A server that gives a query one second."""
    with start("--timeout", 1, store=store) as server:
        yield server


# No rows at once, and no end where one asks whether its first part alone has some.
HARD_TO_EXPLAIN = f"SELECT * {{ {{ {ENDLESS} }} ?s <urn:none> ?x }}"


@pytest.mark.alone
def test_an_answer_is_there_though_nobody_lives_to_explain_it(store: Path, start: Start) -> None:
    with start("--timeout", 4, store=store, in_memory=True) as server:
        assert until(lambda: server.http.get("/health").json()["in_memory"])
        assert server.ask(HARD_TO_EXPLAIN).text.strip() == "n,s,x"
        page = server.ask(HARD_TO_EXPLAIN, "text/html")
        told = server.ask(HARD_TO_EXPLAIN, "*/*", explain="true")
    assert (page.status_code, "0 rows" in page.text) == (200, True)
    assert (told.status_code, told.json()["rows"], told.json()["unknown_terms"]) == (200, 0, None)


@pytest.fixture(scope="module")
def trusting(store: Path, start: Start) -> Iterator[Server]:
    """A server that lets any nesting through to its workers, and gives them little memory."""
    flags = ("--memory", 128, "--query-depth", 100_000, "--query-bytes", 10_000_000)
    with start(*flags, store=store) as server:
        yield server


@pytest.mark.parametrize("name", NESTED)
def test_absurd_nesting_is_refused_with_the_place(server: Server, name: str) -> None:
    response = server.http.post("/sparql", data={"query": nested(name, 5000)})
    assert kind(response) == (400, "too-complex")
    assert response.json()["line"] == 1


def test_honest_nesting_is_answered(server: Server) -> None:
    for name in ("parentheses", "groups", "functions", "exists"):
        assert server.ask(nested(name, 50)).text.strip() == "true"


def test_one_group_of_too_many_patterns_is_refused(server: Server) -> None:
    patterns = " ".join(f"?a <urn:{n}> ?b ." for n in range(200))
    assert kind(server.ask(f"ASK {{ {patterns} }}")) == (400, "too-complex")


def test_a_list_of_many_values_is_answered(server: Server) -> None:
    values = " ".join(f"<urn:{n}>" for n in range(2000))
    response = server.http.post("/sparql", data={"query": f"ASK {{ VALUES ?s {{ {values} }} }}"})
    assert response.status_code == 200


@pytest.mark.parametrize("name", ["parentheses", "functions", "groups", "subselects", "exists"])
def test_a_query_that_kills_its_worker_is_answered_and_the_server_lives(trusting: Server, name: str) -> None:
    before = trusting.children()
    query = nested(name, 60_000)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(trusting.http.post, "/sparql", data={"query": query})
        assert trusting.ask("ASK {}").status_code == 200
        response = waiting.result()
    assert response.status_code in (400, 503)
    assert trusting.children() == before
    assert trusting.ask("ASK { }").status_code == 200


@pytest.mark.alone
def test_a_query_that_needs_too_much_memory_says_so(trusting: Server) -> None:
    before = trusting.children()
    assert kind(trusting.ask(HUNGRY)) == (503, "memory")
    assert trusting.children() == before


def test_a_query_past_its_time_is_told_so_and_when_to_come_back(hasty: Server) -> None:
    began = time.monotonic()
    response = hasty.ask(ENDLESS)
    assert kind(response) == (503, "timeout")
    assert int(response.headers["Retry-After"]) > 0
    assert 0.9 < time.monotonic() - began < SOON
    assert until(lambda: hasty.running() == 0)


def test_planning_counts_as_time_too(hasty: Server) -> None:
    assert kind(hasty.ask(f"ASK {{ {'?s ?p ?o . ' * 118} }}")) == (503, "timeout")


def test_a_client_may_ask_for_less_time_than_there_is(server: Server) -> None:
    began = time.monotonic()
    assert kind(server.ask(ENDLESS, timeout="0.3")) == (503, "timeout")
    assert time.monotonic() - began < SOON


def test_a_client_cannot_ask_for_more_time_than_there_is(hasty: Server) -> None:
    assert kind(hasty.ask(ENDLESS, timeout="1e9")) == (503, "timeout")


@pytest.mark.alone
def test_quick_queries_pass_those_that_take_long(server: Server) -> None:
    with ThreadPoolExecutor(6) as pool:
        slow = [pool.submit(server.ask, f"{ENDLESS} # {n}", timeout="2") for n in range(6)]
        assert until(lambda: server.running() > 0)
        quick = [server.ask(f"ASK {{ FILTER({n} < 9) }}").elapsed.total_seconds() for n in range(20)]
        assert max(quick) < 3
    assert {kind(each.result())[0] for each in slow} == {503}


def test_a_client_that_leaves_frees_its_worker(server: Server) -> None:
    request = f"GET /sparql?query={httpx.QueryParams({'q': ENDLESS})}".replace("query=q=", "query=")
    with server.connect() as connection:
        connection.sendall(f"{request} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert until(lambda: server.running() > 0)
    assert until(lambda: server.running() == 0, seconds=SOON)


def test_a_client_that_leaves_in_the_middle_of_an_answer_frees_its_worker(server: Server) -> None:
    # Compressed it is small enough to be sent before anybody looks.
    plain = {"Accept-Encoding": "identity"}
    with server.http.stream(
        "GET", "/sparql", params={"query": WIDE, "format": "csv"}, headers=plain
    ) as response:
        assert response.status_code == 200
        assert until(lambda: server.running() > 0)
    assert until(lambda: server.running() == 0, seconds=SOON)


def test_a_million_rows_arrive_whole(server: Server) -> None:
    response = server.ask(MILLION)
    assert response.text.count("\r\n") == 1_000_001


def test_a_long_answer_is_well_formed_to_its_end(server: Server) -> None:
    assert len(json.loads(server.ask(f"{MILLION} LIMIT 50000", "*/*").text)["results"]["bindings"]) == 50_000


@pytest.mark.alone
@pytest.mark.parametrize("encoding", some(["br", "identity"]))
def test_an_answer_whose_time_ends_in_the_middle_is_broken_off_visibly(server: Server, encoding: str) -> None:
    asked = {"query": STALLING, "format": "csv", "timeout": "3"}
    with server.http.stream(
        "GET", "/sparql", params=asked, headers={"Accept-Encoding": encoding}
    ) as response:
        assert response.status_code == 200
        with pytest.raises(httpx.RemoteProtocolError):
            for _ in response.iter_raw():
                pass
    assert until(lambda: server.running() == 0)


@pytest.mark.alone
def test_a_slow_client_is_not_cut_off_by_the_time_limit(server: Server) -> None:
    asked = {"query": WIDE, "format": "csv", "timeout": "2"}
    plain = {"Accept-Encoding": "identity"}
    with server.http.stream("GET", "/sparql", params=asked, headers=plain) as response:
        time.sleep(3)
        assert sum(piece.count(b"\n") for piece in response.iter_raw()) == 100_001


@pytest.mark.matrix
def test_who_asks_for_too_long_too_often_is_told_when_to_come_back(store: Path, start: Start) -> None:
    with start("--timeout", 1, "--burst", 1, store=store) as server:
        responses = [server.ask(ENDLESS) for _ in range(4)]
        assert kind(responses[-1]) == (429, "too-many")
        assert int(responses[-1].headers["Retry-After"]) > 0
        assert server.ask("ASK {}").status_code == 200


def test_a_full_server_says_so(store: Path, start: Start) -> None:
    with start("--workers", 2, "--queue", 1, "--timeout", 2, store=store) as server:
        with ThreadPoolExecutor(12) as pool:
            responses = list(pool.map(lambda n: server.ask(f"{ENDLESS} # {n}"), range(12)))
        assert {kind(response) for response in responses} <= {
            (503, "full"), (503, "timeout"), (429, "too-many")
        }  # fmt: skip
        assert all(int(response.headers["Retry-After"]) > 0 for response in responses)
        assert until(lambda: server.ask("ASK {}").status_code == 200)


def test_idle_and_slow_connections_keep_nobody_waiting(server: Server) -> None:
    connections = [server.connect() for _ in range(200)]
    for number, connection in enumerate(connections):
        connection.sendall(b"GET /sparql HTTP/1.1\r\nHost:"[: number % 30])
    response = server.ask("ASK {}")
    for connection in connections:
        connection.close()
    assert response.status_code == 200


def test_a_body_shorter_than_announced_is_no_request(server: Server) -> None:
    head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    before = server.metric("unmissions_engine_outcomes_total")
    with server.connect() as connection:
        connection.sendall(head.encode() + b"Content-Length: 99\r\n\r\nASK {}")
    assert server.metric("unmissions_engine_outcomes_total") == before


@pytest.mark.alone
def test_a_stopped_server_finishes_what_it_is_asked(store: Path, start: Start) -> None:
    slow = f"SELECT (COUNT(*) AS ?n) {{ {MILLION[10:-1]} FILTER(STRLEN(MD5(STR(?d0))) > ?d1) }}"
    with start(store=store) as server, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(server.ask, slow)
        assert until(lambda: server.running() > 0 or waiting.done())
        assert not waiting.done()
        stopping = threading.Thread(target=server.stop)
        stopping.start()
        assert waiting.result().text.split() == ["n", "1000000"]
        stopping.join()
        assert server.process.returncode == 0


def test_a_stopped_server_finishes_the_writes_it_took(start: Start) -> None:
    with start() as server, ThreadPoolExecutor(8) as pool:
        texts = [f"INSERT DATA {{ GRAPH <urn:g> {{ <urn:s> <urn:p> {n} }} }}" for n in range(8)]
        waiting = [pool.submit(server.update, text) for text in texts]
        assert until(lambda: server.metric("unmissions_release_number") > 1)
        server.stop()
        done = [n for n, each in enumerate(waiting) if not each.exception() and each.result().is_success]
    with start(store=server.store) as again:
        assert set(map(str, done)) <= set(again.objects("urn:g"))
