"""Queries that may ask another endpoint run apart, in workers with a network; all other workers have none."""

import contextlib
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from server.app import create_app
from server.engine.local.engine import LocalEngine
from server.operations.process_tree import process_tree
from server.settings import Settings
from tests.conftest import FEW_MISSIONS, Command
from tests.loader.editing import keep_missions
from tests.server.servers import Server, Start, until

ROWS = b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "there"}}]}}'


# What an endpoint that fails answers, by the end of its address: status, media type, length, body.
FAILURES = {
    "missing": (404, "text/plain", 2, b"no"),
    "refusing": (400, "text/plain", 2, b"no"),
    "broken": (500, "text/plain", 2, b"no"),
    "page": (200, "text/html", 6, b"<html>"),
    "led": (302, "text/plain", 2, b"no"),
    "cut": (200, "application/sparql-results+json", 1000, ROWS),
    "nonsense": (200, "application/sparql-results+json", 3, b"{no"),
}
SLOW_SECONDS = 20

OF_ANOTHER = """#+ summary: What does another endpoint say?
#+ summary_ar: ماذا تقول نقطة استعلام أخرى؟
SELECT ?x {{ SERVICE <{address}> {{ VALUES ?y {{ 1 }} ?x ?y ?z }} }}
"""


class _Endpoint(BaseHTTPRequestHandler):
    """Answers every query with one row, but at addresses that end as one of the failures is called."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        name = self.path.rpartition("/")[2]
        if name == "slow":
            time.sleep(SLOW_SECONDS)
        fine = (200, "application/sparql-results+json", len(ROWS), ROWS)
        status, media_type, length, body = FAILURES.get(name, fine)
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(length))
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()
        with suppress(BrokenPipeError):  # whoever was too impatient has left
            self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    """The address of another endpoint."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Endpoint) as endpoint:
        threading.Thread(target=endpoint.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{endpoint.server_port}/sparql"
        endpoint.shutdown()


@pytest.fixture(scope="module")
def asking(start: Start, elsewhere: str) -> Iterator[Server]:
    """A server whose queries may ask that endpoint."""
    root = elsewhere.rpartition("/")[0]
    others = [f"{root}/{name}" for name in (*FAILURES, "slow")]
    with start(
        "--services", ",".join([elsewhere, "http://127.0.0.1:9/", *others]), "--timeout", 3, in_memory=True
    ) as server:
        assert until(lambda: server.http.get("/health").json()["in_memory"])
        yield server


def networks(server: Server) -> dict[int, str]:
    """The network namespace of each process below the front."""
    [front] = server.children()
    below = [pid for pid in process_tree(front) if pid != front]
    links = {pid: Path(f"/proc/{pid}/ns/net") for pid in below}
    found = {}
    for pid, link in links.items():
        with contextlib.suppress(FileNotFoundError):  # a process may end while it is looked at
            found[pid] = str(link.readlink())
    return found


@pytest.mark.parametrize("silent", ["", "SILENT "])
@pytest.mark.parametrize("accept", ["text/csv", "text/html"])
def test_an_endpoint_on_the_list_is_asked(asking: Server, elsewhere: str, silent: str, accept: str) -> None:
    response = asking.ask(f"SELECT ?x {{ SERVICE {silent}<{elsewhere}> {{ ?x ?y ?z }} }}", accept)
    assert (response.status_code, "there" in response.text) == (200, True)


def test_its_rows_are_joined_with_those_of_the_release(asking: Server, elsewhere: str) -> None:
    query = (
        f"SELECT ?x ?o {{ SERVICE <{elsewhere}> {{ ?x ?y ?z }} <urn:all> <urn:p> ?o FILTER(?o = 'in one') }}"
    )
    assert asking.rows(query) == ["there,in one"]


def test_an_endpoint_that_is_not_on_the_list_is_not_asked(asking: Server, elsewhere: str) -> None:
    for other in (f"{elsewhere}/more", "http://127.0.0.1:10/"):
        assert asking.ask(f"SELECT ?x {{ SERVICE <{other}> {{ ?x ?y ?z }} }}").status_code == 403


def test_a_worker_with_a_network_is_gone_when_it_has_answered_and_no_other_has_one(
    asking: Server, elsewhere: str
) -> None:
    ours = str(Path("/proc/self/ns/net").readlink())
    assert asking.rows(f"SELECT ?x {{ SERVICE <{elsewhere}> {{ ?x ?y ?z }} }} # alone") == ["there"]
    [front] = asking.children()
    [zygote] = [int(pid) for pid in children(front)]
    assert until(lambda: [pid for pid, net in networks(asking).items() if net == ours] == [zygote], 5)
    assert until(lambda: len(networks(asking)) >= 3)


def children(pid: int) -> list[str]:
    of_threads = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    return " ".join(of_threads).split()


@pytest.mark.parametrize("accept", ["text/csv", "text/html"])
@pytest.mark.parametrize("name", FAILURES)
def test_a_failure_elsewhere_is_not_the_mistake_of_who_asks(
    asking: Server, elsewhere: str, name: str, accept: str
) -> None:
    there = f"{elsewhere.rpartition('/')[0]}/{name}"
    response = asking.ask(f"SELECT ?x {{ SERVICE <{there}> {{ ?x ?y ?z }} }}", accept)
    assert (response.status_code, there in response.text) == (502, True)


def test_an_endpoint_that_nobody_serves_is_named(asking: Server) -> None:
    response = asking.ask("SELECT ?x { SERVICE <http://127.0.0.1:9/> { ?x ?y ?z } }")
    assert (response.status_code, response.json()["endpoints"]) == (502, ["http://127.0.0.1:9/"])


def test_an_endpoint_that_is_too_slow_is_named_within_the_limit_of_the_query(
    asking: Server, elsewhere: str
) -> None:
    there, began = f"{elsewhere.rpartition('/')[0]}/slow", time.monotonic()
    response = asking.ask(f"SELECT ?x {{ SERVICE <{there}> {{ ?x ?y ?z }} }}")
    assert (response.status_code, there in response.json()["detail"]) == (504, True)
    assert time.monotonic() - began < SLOW_SECONDS / 2


def test_a_failure_elsewhere_can_be_silent(asking: Server, elsewhere: str) -> None:
    there = f"{elsewhere.rpartition('/')[0]}/broken"
    assert asking.rows(f"SELECT (1 AS ?one) {{ SERVICE SILENT <{there}> {{ ?x ?y ?z }} }}") == ["1"]


@pytest.fixture(scope="module")
def saved(
    inputs: Path, elsewhere: str, unmissions: Command, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A store with two saved queries that call that endpoint, and one that nobody serves."""
    folder = tmp_path_factory.mktemp("saved")
    project = shutil.copytree(inputs, folder / "project")
    keep_missions(project, *FEW_MISSIONS)
    (project / "ontology/shapes.ttl").unlink()
    for name, address in (("of-another", elsewhere), ("of-nobody", "http://127.0.0.1:9/")):
        (project / f"queries/{name}.rq").write_text(OF_ANOTHER.format(address=address), encoding="utf-8")
    built = unmissions("build", "--store", folder / "store", "--inputs", project)
    assert built.exit_code == 0, built.stderr
    return folder / "store"


@pytest.mark.matrix
def test_a_saved_query_calls_an_endpoint_on_the_list(saved: Path, elsewhere: str, start: Start) -> None:
    with start("--services", f"{elsewhere},http://127.0.0.1:9/", store=saved) as server:
        rows = server.http.get("/queries/of-another/run.csv")
        page = server.http.get("/queries/of-another", headers={"Accept": "text/html"})
        failed = server.http.get("/queries/of-nobody/run.csv")
    assert (rows.status_code, rows.text.split()) == (200, ["x", "there"])
    assert (page.status_code, "there</" in page.text) == (200, True)
    assert (failed.status_code, failed.json()["endpoints"]) == (502, ["http://127.0.0.1:9/"])


def test_a_saved_query_calls_no_other_and_at_the_shell_says_who_failed(
    saved: Path, unmissions: Command
) -> None:
    app = create_app(LocalEngine(saved), Settings(store=saved), is_writable=False)
    at_the_shell = [
        unmissions("query", "--saved", name, "--store", saved) for name in ("of-another", "of-nobody")
    ]

    assert app.test_client().get("/queries/of-another/run.csv").status_code == 403
    assert at_the_shell[0].stdout.split() == ["?x", '"there"']
    assert (
        at_the_shell[1].exit_code == 1
        and "an endpoint that the query calls, cannot be asked: " in at_the_shell[1].stderr
    )
