"""A primary and two replicas behind HAProxy, as `docs/how-to/run-several/haproxy.cfg` sets it up."""

import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from tests.server.servers import DATA, TOKEN, Server, free_port, publish, serving, until

CONFIGURATION = Path(__file__).parents[2] / "docs/how-to/run-several/haproxy.cfg"
REQUESTS, SWITCHES, CLIENTS = 10_000, 7, 4
pytestmark = pytest.mark.skipif(not shutil.which("haproxy"), reason="HAProxy is not there")


def configured(path: Path, public: int, ports: dict[str, int]) -> Path:
    """The configuration as it is shown, with the ports of this machine."""
    text = CONFIGURATION.read_text().replace("bind :8080", f"bind 127.0.0.1:{public}")
    path.write_text(re.sub(r"(\w+):8000", lambda match: f"127.0.0.1:{ports[match[1]]}", text))
    return path


def test_the_configuration_that_is_shown_is_one(tmp_path: Path) -> None:
    file = configured(tmp_path / "haproxy.cfg", 1, {"primary": 2, "replica1": 3, "replica2": 4})
    checked = subprocess.run(["haproxy", "-c", "-f", file], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr


def is_ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health/ready", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


@contextmanager
def balanced(folder: Path, ports: dict[str, int]) -> Iterator[str]:
    public = free_port()
    with subprocess.Popen(["haproxy", "-q", "-f", configured(folder / "cfg", public, ports)]) as process:
        try:
            assert until(lambda: process.poll() is not None or is_ready(f"http://127.0.0.1:{public}"))
            yield f"http://127.0.0.1:{public}"
        finally:
            process.terminate()


class Reader:
    """A client that goes on asking, and notes what fails and whether it was led back in time."""

    def __init__(self, address: str) -> None:
        self._http = httpx.Client(base_url=address, timeout=60, trust_env=False)
        self.failures: list[str] = []
        self.seen: list[int] = []

    def close(self) -> None:
        self._http.close()

    def ask(self) -> None:
        query = f"SELECT ?o {{ <urn:all> <urn:p> ?o }} # {len(self.seen)}"
        try:
            answer = self._http.get("/sparql", params={"query": query})
        except httpx.TransportError as error:
            self.failures.append(repr(error))
            return
        if answer.status_code != 200:
            self.failures.append(f"{answer.status_code} {answer.text[:200]}")
        else:
            self.seen.append(int(answer.headers["un-missions-release"].partition("-")[0]))


def reading(readers: list[Reader], least: int, done: threading.Event) -> list[threading.Thread]:
    def go_on(reader: Reader) -> None:
        while not done.is_set() or len(reader.seen) + len(reader.failures) < least:
            reader.ask()
        reader.close()

    threads = [threading.Thread(target=go_on, args=(reader,)) for reader in readers]
    for thread in threads:
        thread.start()
    return threads


@pytest.mark.matrix
def test_no_reader_notices_switches_kills_or_that_the_primary_is_gone(tmp_path: Path) -> None:
    ports = {name: free_port() for name in ("primary", "replica1", "replica2")}
    publish(tmp_path / "primary", DATA)

    @contextmanager
    def run(name: str, *flags: object) -> Iterator[Server]:
        with serving(tmp_path / name, tmp_path / "log", *flags, token=TOKEN, port=ports[name]) as server:
            yield server

    def replica(name: str) -> ExitStack:
        address = f"http://127.0.0.1:{ports['primary']}"
        stack = ExitStack()
        flags = ("--follow", address, "--follow-every", 0.2, "--primary", address)
        running[name] = stack.enter_context(run(name, *flags))
        return stack

    running: dict[str, Server] = {}
    with ExitStack() as all_of_it:
        primary = all_of_it.enter_context(run("primary", "--activate-in", 4))
        stacks = {name: replica(name) for name in ("replica1", "replica2")}
        address = all_of_it.enter_context(balanced(tmp_path, ports))
        done, readers = threading.Event(), [Reader(address) for _ in range(CLIENTS)]
        threads = reading(readers, REQUESTS // CLIENTS, done)
        try:
            for number in range(SWITCHES):
                assert primary.put("urn:x", f"<urn:s> <urn:p> {number} .").status_code in (200, 201, 204)
                name = f"replica{number % 2 + 1}"
                running[name].stop(signal.SIGKILL if number % 4 < 2 else signal.SIGTERM)
                stacks[name].close()
                stacks[name] = replica(name)
                time.sleep(1)  # the balancer finds it again
            primary.stop(signal.SIGKILL)
        finally:
            done.set()
            for thread in threads:
                thread.join()
            for stack in stacks.values():
                stack.close()
    failures = [failure for reader in readers for failure in reader.failures]
    assert not failures, failures[:5]
    assert sum(len(reader.seen) for reader in readers) >= REQUESTS
    assert all(reader.seen == sorted(reader.seen) for reader in readers)
    assert {number for reader in readers for number in reader.seen} == set(range(1, SWITCHES + 2))
