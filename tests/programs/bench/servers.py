"""Starts the two servers on the same quads, and tells how much processor time each has used."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import httpx
import pyoxigraph as ox

from loader.release.releases import Releases
from server.operations.process_tree import process_tree

BIN = Path(sys.executable).parent
TICK = os.sysconf("SC_CLK_TCK")


class Server:
    """A server process with its children; ends with `stop`."""

    def __init__(self, name: str, command: Sequence[str], path: str, port: int) -> None:
        self.name, self.url = name, f"http://127.0.0.1:{port}{path}"
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _wait_for(self.url)

    def cpu_seconds(self) -> float:
        """Processor time of the process and all below it, the dead ones included."""
        return sum(_cpu(pid) for pid in process_tree(self._process.pid))

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(30)


def ours(store: Path) -> Server:
    """This server, with the release in memory as it is by default once it has settled."""
    port = _free_port()
    command = [
        str(BIN / "unmissions"),
        "serve",
        "--store",
        str(store),
        "--port",
        str(port),
        "--log-level",
        "error",
    ]
    server = Server("ours", [*command, "--in-memory", "4096", "--burst", "100000"], "/sparql", port)
    for _ in range(600):
        if httpx.get(server.url.replace("/sparql", "/health"), timeout=60).json()["in_memory"]:
            return server
        time.sleep(0.5)
    raise TimeoutError("the release did not come into memory")


def native_on_disk(location: Path) -> Server:
    """The native Oxigraph server, read-only on its own store."""
    port = _free_port()
    bind = ["--location", str(location), "--bind", f"127.0.0.1:{port}"]
    return Server("native on disk", [str(BIN / "oxigraph"), "serve-read-only", *bind], "/query", port)


def native_in_memory(quads: Path) -> Server:
    """The native Oxigraph server without a location, filled over HTTP."""
    port = _free_port()
    server = Server(
        "native in memory", [str(BIN / "oxigraph"), "serve", "--bind", f"127.0.0.1:{port}"], "/query", port
    )
    with quads.open("rb") as content:
        answer = httpx.post(
            server.url.replace("/query", "/store"),
            content=content,
            headers={"Content-Type": "application/n-quads"},
            timeout=600,
        )
    answer.raise_for_status()
    return server


def native_store(store: Path, folder: Path) -> tuple[Path, Path]:
    """A store for the native server with the quads of our release as queries see them, and a file of them."""
    release = Releases(store).current()
    assert release is not None
    quads, location = folder / "quads.nq", folder / "native"
    ox.Store.read_only(str(release.view)).dump(quads, ox.RdfFormat.N_QUADS)
    command = [str(BIN / "oxigraph"), "load", "--location", str(location), "--file", str(quads)]
    subprocess.run(command, check=True, capture_output=True)
    subprocess.run(
        [str(BIN / "oxigraph"), "optimize", "--location", str(location)], check=True, capture_output=True
    )
    return location, quads


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str) -> None:
    for _ in range(600):
        try:
            httpx.get(url, params={"query": "ASK {}"}, timeout=10)
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise TimeoutError(url)


def _cpu(pid: int) -> float:
    """Time of a process and of its children that were waited for (proc(5), fields 14 to 17)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICK
