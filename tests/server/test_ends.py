"""Processes end with what they work for, and the service goes on when any of them ends by itself."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from server.operations.process_tree import process_tree
from tests.cases import some
from tests.server.servers import ENDLESS, SOON, WIDE, Server, Start, publish, until

PLAIN = {"Accept": "text/csv", "Accept-Encoding": "identity"}


@pytest.fixture(scope="module")
def held(store: Path, start: Start) -> Iterator[Server]:
    """A server that holds the project's data in memory."""
    with start(store=store, in_memory=True) as server:
        assert in_memory(server)
        yield server


@pytest.mark.matrix
def test_every_page_has_been_looked_at_before_the_holder_serves(held: Server) -> None:
    """A page that makes the holder open a store on the disk starts threads, and then nothing is warm."""
    assert "release is not warm" not in held.log.read_text(encoding="utf-8")


def in_memory(server: Server) -> bool:
    return until(lambda: server.http.get("/health").json()["in_memory"])


def children(pid: int) -> list[int]:
    try:
        of_threads = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return []
    return [int(child) for child in " ".join(of_threads).split()]


def roles(server: Server) -> dict[str, list[int]]:
    """The processes of a server by what they are, where a release is in memory and nobody writes."""
    [front] = server.children()
    [zygote] = children(front)
    holders = [pid for pid in children(zygote) if children(pid)]
    workers = [worker for pid in holders for worker in children(pid)]
    return {"front": [front], "zygote": [zygote], "holder": holders, "worker": workers}


def of_its_own(pid: int) -> int:
    """The MiB of memory that no other process shares."""
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty:")) >> 10
    return 0


def busy(server: Server) -> list[int]:
    """The workers that compute."""
    stats = {pid: Path(f"/proc/{pid}/stat") for pid in roles(server)["worker"]}
    return [pid for pid, stat in stats.items() if stat.exists() and used(stat) > 30]


def used(stat: Path) -> int:
    """The processor time of a process, in hundredths of a second."""
    fields = stat.read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_a_client_that_leaves_ends_the_worker_that_computed_for_it(held: Server) -> None:
    before = busy(held)
    request = held.http.build_request("GET", "/sparql", params={"query": ENDLESS})
    with held.connect() as connection:
        connection.sendall(b"GET " + request.url.raw_path + b" HTTP/1.1\r\nHost: x\r\n\r\n")
        assert until(lambda: set(busy(held)) - set(before))
        [worker] = set(busy(held)) - set(before)
    assert until(lambda: not lives(worker), SOON)
    assert until(lambda: not Path(f"/proc/{worker}").exists(), SOON), "it is dead, but was not reaped"


@pytest.mark.parametrize(
    ("path", "parameters"),
    [("/sparql", {"query": WIDE}), ("/sparql", {"query": WIDE, "format": "csv", "download": "true"})],
)
def test_a_client_that_leaves_in_the_middle_of_an_answer_ends_it(
    held: Server, path: str, parameters: dict[str, str]
) -> None:
    with held.http.stream("GET", path, params=parameters, headers=PLAIN) as response:
        pieces = response.iter_raw()  # whoever lets go of it leaves
        assert (response.status_code, len(next(pieces)) > 0) == (200, True)
        seen = set(roles(held)["worker"])
        assert held.metric("unmissions_streams") == 1
    assert until(lambda: held.metric("unmissions_streams") == 0, SOON)
    assert until(lambda: not any("Z" in state for state in states(held)), SOON)
    assert until(lambda: seen - set(roles(held)["worker"]), SOON)


def states(server: Server) -> list[str]:
    stats = [Path(f"/proc/{pid}/stat") for pid in process_tree(server.process.pid)]
    return [stat.read_text().rpartition(")")[2].split()[0] for stat in stats if stat.exists()]


@pytest.mark.matrix
@pytest.mark.parametrize("role", some(["front", "holder", "zygote", "worker"]))
def test_the_service_goes_on_when_a_process_is_killed(start: Start, role: str) -> None:
    with start(in_memory=True) as server:
        assert in_memory(server)
        assert until(lambda: roles(server)["worker"])
        [front] = server.children()
        for pid in roles(server)[role]:
            os.kill(pid, signal.SIGKILL)
        # The first answer may still come from a worker that dies after the one it was forked from.
        assert until(lambda: all([answers(server, f"{time.monotonic()}") for _ in range(10)]))
        assert server.put("urn:after", "<urn:s> <urn:p> 1 .").is_success
        assert server.objects("urn:after") == ["1"]
        assert (server.children() == [front]) is (role != "front")
        assert in_memory(server), "it does not come back into memory"


def answers(server: Server, comment: str) -> bool:
    """Whether a query is answered that is not in the cache."""
    try:
        return server.ask(f"ASK {{ <urn:all> ?p ?o }} # {comment}").text.strip() == "true"
    except OSError:
        return False
    except Exception as error:
        if type(error).__module__.startswith("httpx"):
            return False
        raise


@pytest.mark.matrix
def test_what_a_query_touches_of_the_memory_of_the_release_counts_as_its_own(
    tmp_path: Path, start: Start
) -> None:
    """Such pages were there already, so no limit on the size of the process tells of them."""
    rows = "".join(f"<urn:s{n}> <urn:p{n % 7}> {n} .\n" for n in range(300_000))
    publish(tmp_path / "store", rows)
    scan = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(STRLEN(STR(?s)) > 3) }"
    with start("--memory", 64, store=tmp_path / "store", in_memory=True) as server:
        assert in_memory(server)
        response = server.ask(scan)
        assert (response.status_code, "memory" in response.text) == (503, True), response.text
        assert server.ask("ASK { <urn:s7> ?p ?o }").text.strip() == "true"


def test_workers_that_have_worked_give_their_memory_back_when_nobody_asks(held: Server) -> None:
    assert held.http.get("/mission/2012-abuja", headers={"Accept": "text/html"}).status_code == 200
    assert any(of_its_own(pid) > 8 for pid in roles(held)["worker"])
    assert until(lambda: [of_its_own(pid) < 8 for pid in roles(held)["worker"]] == [True] * 2)
