"""What the processes of a server hold, know and leave behind."""

import contextlib
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from server.front.processes import Process, Zygote
from server.operations.process_tree import process_tree
from server.settings import Settings
from tests.server.servers import TOKEN, Server, Start, publish, until

FORKED_AT_ONCE = 8
MOST_PROCESSES = 3 + 8  # the front, the zygote, the one that holds the release, and idle workers
PASSWORD = "password-of-something-else"


def settle(server: Server) -> bool:
    """Waits until the release is in memory, with its spare workers ready."""
    return until(lambda: server.http.get("/health").json()["in_memory"]) and until(
        lambda: len(process_tree(server.process.pid)) >= 6
    )


def open_files(server: Server) -> list[str]:
    """What the descriptors of all processes of a server lead to, but connections."""
    links = [link for pid in process_tree(server.process.pid) for link in Path(f"/proc/{pid}/fd").glob("*")]
    names = [str(link.readlink()) for link in links if link.is_symlink()]
    return sorted(name.partition(":[")[0] for name in names)


def pipes(server: Server) -> int:
    """How many descriptors lead to pipes and to memory, which carry queries and answers."""
    return sum(name.startswith(("pipe", "/memfd")) for name in open_files(server))


def states(server: Server) -> list[str]:
    """The states of all processes of a server; Z is dead and not reaped."""
    stats = [Path(f"/proc/{pid}/stat") for pid in process_tree(server.process.pid)]
    return [stat.read_text().rpartition(")")[2].split()[0] for stat in stats if stat.exists()]


@pytest.fixture(scope="module")
def settled(start: Start) -> Iterator[Server]:
    """A server that had four releases in memory, one after the other."""
    with pytest.MonkeyPatch.context() as around:
        around.setenv("DATABASE_PASSWORD", PASSWORD)
        with start(in_memory=True) as server:
            assert settle(server)
            for number in range(3):
                assert server.put("urn:g", f"<urn:s> <urn:p> {number} .").is_success
                assert settle(server)
            yield server


@pytest.mark.matrix
def test_no_descriptor_stays_of_a_release_that_was_brought_into_memory(settled: Server) -> None:
    names = open_files(settled)
    assert names
    assert not [name for name in names if "memfd" in name or "deleted" in name]


@pytest.mark.matrix
def test_no_dead_process_stays_of_a_release_that_is_no_longer_current(settled: Server) -> None:
    assert until(lambda: "Z" not in states(settled), 5), states(settled)


@pytest.mark.parametrize("secret", [TOKEN, PASSWORD])
def test_no_process_behind_the_server_itself_knows_a_secret(settled: Server, secret: str) -> None:
    [front] = settled.children()
    below = [pid for pid in process_tree(front) if pid != front]
    assert len(below) >= 4
    for pid in below:
        assert secret not in Path(f"/proc/{pid}/environ").read_text()


def test_a_zygote_that_is_gone_is_started_once_however_many_need_it() -> None:
    zygote = Zygote.start(Settings().for_workers())
    assert until(zygotes)
    [first] = zygotes()
    os.kill(first, signal.SIGKILL)
    ready = threading.Barrier(FORKED_AT_ONCE)

    def fork(_: int) -> Process:
        ready.wait()
        return zygote.fork({"do": "rehearse", "memory": 1 << 28})

    with ThreadPoolExecutor(FORKED_AT_ONCE) as pool:
        forked = list(pool.map(fork, range(FORKED_AT_ONCE)))
    try:
        assert [process.channel.receive()[0] for process in forked] == [{"ready": ""}] * FORKED_AT_ONCE
        assert len(zygotes()) == 1
    finally:
        for process in forked:
            process.end()
        zygote.close()
    assert not zygotes()


def zygotes() -> list[int]:
    """The zygotes that this process started and that live."""
    of_threads = [path.read_text() for path in Path("/proc/self/task").glob("*/children")]
    return [int(pid) for pid in " ".join(of_threads).split() if b"server.worker.zygote" in _command(pid)]


def _command(pid: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


OF_A_FRONT = """
import asyncio, sys
from pathlib import Path
from loader.release.releases import Releases
from server.engine.snapshots import Snapshots
from server.front.current import Current, WorkerSettings
from server.front.processes import Zygote
from server.logs import configure
from server.settings import Settings

async def main(store):
    zygote = Zygote.start(Settings(store=store).for_workers())
    current = Current(Snapshots(Releases(store)), zygote, WorkerSettings(load_seconds=(0.001, 0)))
    current.start()
    while not current.pool().idle:
        await asyncio.sleep(0.1)
    await asyncio.sleep(2)
    print(current.pool().idle > 0, bool(current.held))
    current.close()

configure("info")
asyncio.run(main(Path(sys.argv[1])))
"""


@pytest.mark.slow
def test_a_release_that_does_not_load_in_time_is_served_from_disk_and_tried_once(tmp_path: Path) -> None:
    release = publish(tmp_path, "".join(f"<urn:s> <urn:p> {number} .\n" for number in range(20_000)))
    told = subprocess.run(
        [sys.executable, "-c", OF_A_FRONT, str(tmp_path)], capture_output=True, text=True, timeout=60
    )
    assert told.stdout.strip() == "True False", told.stderr
    assert told.stderr.count(f'"release": "{release.id}"') == 1


@pytest.mark.matrix
def test_queries_that_found_no_descriptor_left_keep_nothing(start: Start) -> None:
    with start(in_memory=True) as server:
        assert settle(server)
        [front] = server.children()
        limits = resource.prlimit(front, resource.RLIMIT_NOFILE)
        taken = max(int(path.name) for path in Path(f"/proc/{front}/fd").iterdir()) + 1
        before = pipes(server)
        for number in range(30):
            resource.prlimit(front, resource.RLIMIT_NOFILE, (taken - number % 10, limits[1]))
            with contextlib.suppress(httpx.TransportError):
                server.ask(f"ASK {{}} # {number}")
        resource.prlimit(front, resource.RLIMIT_NOFILE, limits)
        assert until(lambda: server.ask("ASK {}").status_code == 200)
        assert until(lambda: len(process_tree(front)) <= MOST_PROCESSES, 5)
        assert until(lambda: pipes(server) == before, 5), (pipes(server), before)
