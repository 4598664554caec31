"""Starts the servers on the same quads, and tells what they have used."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

import httpx

from loader.release.releases import Releases
from server.operations.process_tree import tree_memory

from .processes import Watch, cpu_seconds, tree

BIN = Path(sys.executable).parent
MIB = 1 << 20
TOKEN = "the-token-of-the-bench"
MOST_IN_MEMORY = 16384
PATIENCE = 300.0
OURS, ON_DISK, IN_MEMORY = "ours", "native on disk", "native in memory"


class Server:
    """A server process with its children; ends with `stop`."""

    def __init__(self, name: str, command: Sequence[str], port: int, addresses: dict[str, str]) -> None:
        self.name, self.port, self.addresses = name, port, addresses
        self.held = name != ON_DISK
        began = time.perf_counter()
        self._process = subprocess.Popen(
            [str(BIN / command[0]), *command[1:]],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "UNMISSIONS_TOKEN": TOKEN},
        )
        try:
            self._wait_for_an_answer()
            self.answered = time.perf_counter() - began
            self.settle()
            self.in_memory = time.perf_counter() - began
        except BaseException:
            self.stop()
            raise

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def front(self) -> int:
        """The process that holds the connections."""
        return self._process.pid

    def cpu_seconds(self) -> float:
        return cpu_seconds(self._process.pid)

    def memory(self) -> float:
        """MiB of all its processes, shared pages divided among them (PSS)."""
        return tree_memory(self._process.pid)["bytes"] / MIB

    def watch(self) -> Watch:
        return Watch(self._process.pid, self.front)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(60)

    def settle(self) -> None:
        """Waits until the newest release is in memory, where that comes after its answers."""

    def _wait_for_an_answer(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(httpx.TransportError):
                address = self.url + self.addresses["query"]
                if httpx.get(address, params={"query": "ASK {}"}, timeout=10).is_success:
                    return
            time.sleep(0.01)
        raise TimeoutError(f"{self.name} gives no answer")


class OurServer(Server):
    """This server, with the release in memory, or our own of it where `room`, in MiB, is for no more."""

    def __init__(self, store: Path, room: int = MOST_IN_MEMORY) -> None:
        self._releases = Releases(store)
        self._held = "in_memory" if room == MOST_IN_MEMORY else "own_in_memory"
        port = free_port()
        flags = ["--log-level", "error", "--in-memory", str(room), "--burst", "100000"]
        command = ["unmissions", "serve", "--store", str(store), "--port", str(port), *flags]
        super().__init__(OURS, command, port, {"query": "/sparql", "update": "/update", "graph": "/graphs"})

    @property
    def front(self) -> int:
        """The child of the process that was started, which only looks after it."""
        return tree(self._process.pid)[1]

    def settle(self) -> None:
        newest = self._releases.current()
        until = time.monotonic() + PATIENCE
        while newest and time.monotonic() < until:
            health = httpx.get(f"{self.url}/health", timeout=60).json()
            if health.get("release") == newest.id and (health.get(self._held) or not self.held):
                return
            time.sleep(0.05)
        self.held = False  # what does not come into memory in time is served from the disk for good


def native_on_disk(location: Path, writing: bool = False) -> Server:
    """The native Oxigraph server on its own store, which it only reads unless told otherwise."""
    what = "serve" if writing else "serve-read-only"
    return _native(ON_DISK, [what, "--location", str(location)])


def native_in_memory(quads: Path) -> Server:
    """The native Oxigraph server without a location, filled over HTTP."""
    server = _native(IN_MEMORY, ["serve"])
    began = time.perf_counter()
    headers = {"Content-Type": "application/n-quads"}
    try:
        with quads.open("rb") as content:
            answer = httpx.post(f"{server.url}/store", content=content, headers=headers, timeout=3600)
        answer.raise_for_status()
    except BaseException:
        server.stop()
        raise
    server.in_memory = server.answered + time.perf_counter() - began
    return server


def _native(name: str, arguments: list[str]) -> Server:
    port = free_port()
    command = ["oxigraph", *arguments, "--bind", f"127.0.0.1:{port}"]
    return Server(name, command, port, {"query": "/query", "update": "/update", "graph": "/store"})


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
