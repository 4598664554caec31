"""Starts `unmissions serve` as processes of their own, and speaks HTTP with them."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pyoxigraph as ox
from prometheus_client.parser import text_string_to_metric_families

from loader.release.release import Release
from loader.release.releases import Releases
from loader.release.successor import succeed

TOKEN = "token-of-the-tests"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
COMMAND = Path(sys.executable).with_name("unmissions")
PATIENCE = 120.0
# Less than the time limit of a server, which would end a query that nobody waits for too.
SOON = 20.0

# One triple of <urn:all> stands in all three graphs; every test that writes does so in graphs of its own.
DATA = """
<urn:all> <urn:p> "shared", "in none" .
<urn:one> { <urn:all> <urn:p> "shared", "in one" }
<urn:two> { <urn:all> <urn:p> "shared", "in two" }
"""

# Many rows that need no data and little time; and one row that would take for ever.
DIGITS = " ".join(map(str, range(10)))
MILLION = "SELECT * { " + " ".join(f"VALUES ?d{n} {{ {DIGITS} }}" for n in range(6)) + " }"
WIDE = MILLION.replace(f"?d0 {{ {DIGITS} }}", f"?d0 {{ '{'x' * 500}' }}")  # 50 MB in CSV
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@dataclass
class Server:
    """A server process, and the client that its tests use."""

    process: "subprocess.Popen[bytes]"
    port: int
    store: Path
    log: Path
    http: httpx.Client

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, query: str, accept: str = "text/csv", **parameters: str) -> httpx.Response:
        """A query by GET."""
        return self.http.get("/sparql", params={"query": query, **parameters}, headers={"Accept": accept})

    def rows(self, query: str, **parameters: str) -> list[str]:
        """The rows of a SELECT as lines of CSV, sorted."""
        response = self.ask(query, **parameters)
        assert response.status_code == 200, response.text
        return sorted(response.text.splitlines()[1:])

    def update(self, text: str) -> httpx.Response:
        """An update with the token, sent directly."""
        headers = {**BEARER, "Content-Type": "application/sparql-update"}
        return self.http.post("/update", content=text.encode(), headers=headers)

    def put(self, graph: str, turtle: str | bytes, media_type: str = "text/turtle") -> httpx.Response:
        """Replaces a graph, with the token."""
        headers = {**BEARER, "Content-Type": media_type}
        return self.http.put("/graphs", params={"graph": graph}, content=turtle, headers=headers)

    def objects(self, graph: str) -> list[str]:
        """The objects of all triples of a graph, as lines of CSV."""
        return self.rows(f"SELECT ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")

    def metric(self, name: str) -> float:
        """The sum of one metric over its labels."""
        families = text_string_to_metric_families(self.http.get("/metrics").text)
        return sum(sample.value for family in families for sample in family.samples if sample.name == name)

    def running(self) -> float:
        """How many queries are at work, or stream."""
        names = ("running_young", "running_old", "streams")
        return sum(self.metric(f"unmissions_{name}") for name in names)

    def connect(self) -> socket.socket:
        """A connection of one's own, for exact bytes; the caller closes it."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def send(self, request: bytes) -> bytes:
        """Sends these very bytes, and returns what comes back until the server closes."""
        with self.connect() as connection:
            connection.sendall(request)
            return b"".join(iter(lambda: connection.recv(1 << 16), b""))

    def children(self) -> list[int]:
        """The processes that this one started."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in path.read_text().split()]

    def stop(self, how: int = signal.SIGTERM) -> None:
        """Ends the server and waits until it has ended; SIGKILL goes to all of its processes."""
        if self.process.poll() is None:
            (os.killpg if how == signal.SIGKILL else os.kill)(self.process.pid, how)
            self.process.wait(timeout=PATIENCE)


Start = Callable[..., AbstractContextManager[Server]]


def until(true: Callable[[], object], seconds: float = PATIENCE) -> bool:
    """Waits until something is true, and says whether it became so in time."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def publish(store: Path, trig: str) -> Release:
    """Publishes a release beside whoever serves: the one before, with these quads added."""
    releases = Releases(store)
    with releases.locked(), succeed(releases) as successor:
        successor.store.load(trig.encode(), ox.RdfFormat.TRIG)
        return successor.publish("test", view=True)


@contextmanager
def serving(store: Path, log: Path, *flags: object, token: str = "", port: int = 0) -> Iterator[Server]:
    """A server on a store directory, at a port that is free unless one is named; ended when it is left."""
    port = port or free_port()
    command = [str(COMMAND), "serve", "--store", str(store), "--port", str(port), *map(str, flags)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("UNMISSIONS_")}
    with (
        log.open("ab") as output,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE, trust_env=False) as http,
        subprocess.Popen(
            command,
            env={**clean, "UNMISSIONS_TOKEN": token},
            stdout=output,
            stderr=output,
            start_new_session=True,
        ) as process,
    ):
        server = Server(process, port, store, log, http)
        try:
            assert until(lambda: process.poll() is not None or _is_ready(http)), log.read_text()
            assert process.poll() is None, log.read_text()
            yield server
        finally:
            server.stop()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _is_ready(http: httpx.Client) -> bool:
    try:
        return http.get("/health/ready").status_code == 200
    except httpx.TransportError:
        return False
