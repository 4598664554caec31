"""The server passes the W3C SPARQL 1.1 tests over HTTP, but for what its engine is known to do otherwise."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from loader.release.releases import Releases
from loader.release.successor import succeed

from . import DEFAULT_SUITE, Endpoint, Report, run_suite

TOKEN = "token-of-the-suite"
MISSING = f"The W3C SPARQL 1.1 test suite is not there: {DEFAULT_SUITE}"

pytestmark = [pytest.mark.w3c, pytest.mark.skipif(not DEFAULT_SUITE.is_dir(), reason=MISSING)]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own on an empty store, with the unnamed graph as default graph as the tests want it.

    It answers from the disk: a release comes with every test, and is gone before it would be in memory.
    """
    folder = tmp_path_factory.mktemp("w3c")
    releases = Releases(folder / "store")
    with releases.locked(), succeed(releases) as successor:
        successor.publish("test", view=False)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    unmissions = str(Path(sys.executable).with_name("unmissions"))
    command = [unmissions, "serve", "--default-graph", "unnamed", "--in-memory", "0"]
    where = ["--store", str(folder / "store"), "--port", str(port)]
    environment = {**os.environ, "UNMISSIONS_TOKEN": TOKEN}
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen([*command, *where], env=environment, stdout=log, stderr=log) as server,
    ):
        try:
            _wait(f"http://127.0.0.1:{port}/health", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait(url: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 30
    while server.poll() is None and time.monotonic() < deadline:
        try:
            if httpx.get(url, trust_env=False).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise RuntimeError(f"no server at {url}")


# What a server does itself, of the engine a part; the whole suite goes with `make heavy`.
OVER_HTTP = {"protocol": (34, 34), "graph store protocol": (13, 13), "service description": (3, 3)}
PART = "^(protocol|graph-store-protocol|service-description|subquery)/"


def run(address: str, only: str | None = None) -> Report:
    endpoint = Endpoint(f"{address}/sparql", f"{address}/update", f"{address}/graphs", TOKEN)
    report = run_suite(endpoint, DEFAULT_SUITE, only)
    assert [f"{outcome.name}: {outcome.reason}" for outcome in report.unexpected()] == []
    return report


def test_what_is_asked_over_http_is_answered_as_the_suite_says(address: str) -> None:
    totals = run(address, PART).totals()
    assert totals.items() >= OVER_HTTP.items()
    assert totals["query"][1] > 10


@pytest.mark.matrix
def test_no_test_fails_but_the_known_differences_of_the_engine(address: str) -> None:
    totals = run(address).totals()
    assert totals.items() >= OVER_HTTP.items()
    assert totals["update"] == (157, 157)
    assert totals["query"][0] >= 330
