"""Starts and stops servers of the suite's own, each on a free port and a copy of one store."""

import http.client
import json
import os
import resource
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from .procs import Process, all_pids, look, roles
from .stores import ROOT, UNMISSIONS, copied_store

TOKEN = "the-token-of-the-heavy-suite"
READY_SECONDS = 30.0
OPEN_FILES = 1024  # what most systems give a service


class Service:
    """A server that runs, and can be started again on its store and port."""

    def __init__(self, store: Path, log: Path, flags: Sequence[str], before: Sequence[str] = ()) -> None:
        self.store, self.log, self.port = store, log, free_port()
        where = ("--store", str(store), "--port", str(self.port))
        self._command = [*before, *UNMISSIONS, "serve", *where, *flags]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def root(self) -> int:
        """The process that was started first."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                stdout=log,
                stderr=log,
                env={**os.environ, "UNMISSIONS_TOKEN": TOKEN},
                preexec_fn=_usual_limits,
                start_new_session=True,
            )

    def wait_ready(self, in_memory: bool = False, patience: float = READY_SECONDS) -> float:
        """Waits until it answers queries; the seconds that took."""
        began = time.monotonic()
        while time.monotonic() - began < patience:
            health = self.health()
            if health.get("status") == "ready" and (health.get("in_memory") or not in_memory):
                return time.monotonic() - began
            time.sleep(0.05)
        raise TimeoutError(f"the server is not ready after {patience:.0f} s: {self.said()[-500:]}")

    def health(self) -> dict[str, object]:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            connection.request("GET", "/health")
            content = json.loads(connection.getresponse().read())
            connection.close()
            return dict(content)
        except (OSError, ValueError, http.client.HTTPException):
            return {}

    def roles(self) -> dict[str, list[Process]]:
        return roles(self.root)

    def only(self, role: str) -> Process:
        return self.roles()[role][0]

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def stop(self) -> int:
        """Ends it as an operator does, or after 20 s by force; the exit status."""
        assert self._process is not None
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
        return self._process.wait()

    def ended(self) -> list[str]:
        """Kills and names what is left two seconds after the first process is gone."""
        assert self._process is not None
        self._process.wait(5)
        until = time.monotonic() + 2
        while (left := self._session()) and time.monotonic() < until:
            time.sleep(0.02)
        for pid in left:
            _kill(pid)
        return [str(pid) for pid in left]

    def restart(self) -> None:
        self.stop()
        self.kill()
        self.start()
        self.wait_ready()

    def kill(self) -> None:
        """Ends all of its processes at once: those of its session, which it does not leave."""
        assert self._process is not None
        for process in self._session():
            _kill(process)
        self._process.wait()

    def _session(self) -> list[int]:
        assert self._process is not None
        return [pid for pid in all_pids() if _session_of(pid) == self._process.pid and look(pid)]


@contextmanager
def serving(
    *flags: str,
    store: Path | None = None,
    before: Sequence[str] = (),
    in_memory: bool = True,
    patience: float = READY_SECONDS,
) -> Iterator[Service]:
    """A server on a copy of the built store, or on `store`; it ends, and the copy goes, with the block."""
    with tempfile.TemporaryDirectory(prefix="heavy-") as folder:
        service = Service(store or copied_store(Path(folder)), Path(folder) / "log", flags, before)
        service.start()
        try:
            service.wait_ready(in_memory, patience)
            yield service
        finally:
            service.stop()
            service.kill()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _usual_limits() -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(OPEN_FILES, hard), hard))


def _session_of(pid: int) -> int:
    try:
        return os.getsid(pid)
    except OSError:
        return 0


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
