"""Workers that say what a test wants them to say: threads at the other end of the socket of a process."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from pathlib import Path

from loader.release.releases import Releases
from server.app import create_app
from server.engine.local.engine import LocalEngine
from server.engine.snapshots import Snapshots
from server.engine.statistics import Statistics
from server.front.cache import Cache
from server.front.current import Current, WorkerSettings
from server.front.observed import AccessLog
from server.front.pool import Pool
from server.front.processes import Process, Zygote
from server.front.requests import Requests
from server.front.shell import Parts, Shell
from server.front.traffic import Traffic
from server.processes.channel import Channel
from server.processes.frames import MOST_BYTES, Request
from server.settings import Settings

NOBODY = (1 << 22) + 1  # no process or thread has this number
ABORTED = -6
Script = Callable[[Request], Iterable[bytes]]


def _nobody() -> Zygote:
    """A zygote that is gone."""
    ours, theirs = Channel.pair()
    ours.close()
    theirs.close()
    return Zygote(ours)


class Puppet(Process):
    """A worker that says to each request what its script says, and dies when that is nothing."""

    def __init__(self, zygote: Zygote, script: Script) -> None:
        ours, theirs = Channel.pair()
        super().__init__(zygote, NOBODY, ours)
        self._script, self._theirs = script, theirs.socket
        self._thread = threading.Thread(target=self._play, daemon=True)
        self._thread.start()

    def _play(self) -> None:
        with self._theirs:
            while content := self._theirs.recv(MOST_BYTES):
                for frame in self._script(Request.unpacked(content)):
                    if not frame or not self._say(frame):
                        return

    def _say(self, frame: bytes) -> bool:
        try:
            self._theirs.send(frame)
        except OSError:
            return False
        return True

    def kill(self) -> None:
        self.channel.close()

    def how_it_died(self) -> int:
        self.channel.close()
        return ABORTED


class Puppets(Pool):
    """Lends puppets."""

    def __init__(self, store: Path, script: Script, threads: Executor) -> None:
        snapshot = Snapshots(Releases(store)).current()
        super().__init__(_nobody(), snapshot, "view", 1 << 30, threads)
        self.script = script
        self.started: list[bool] = []  # whether each has a network

    @property
    def lent(self) -> int:
        return self._lent

    def _fork(self, may_use_network: bool) -> tuple[Process, int]:
        self.started.append(may_use_network)
        return Puppet(self._zygote, self.script), NOBODY


class _Stage(Current):
    def __init__(self, store: Path, puppets: Puppets) -> None:
        super().__init__(Snapshots(Releases(store)), _nobody(), WorkerSettings())
        self._puppets = puppets

    def pool(self) -> Pool:
        return self._puppets


def shell(store: Path, puppets: Puppets, traffic: Traffic) -> Shell:
    """The shell of a server whose workers are puppets."""
    return Shell(
        Parts(
            app=create_app(LocalEngine(store), Settings(store=store)),
            current=_Stage(store, puppets),
            traffic=traffic,
            cache=Cache(1 << 20),
            requests=Requests(),
            statistics=Statistics(),
            log=AccessLog(lambda _: False),
            body_limit=lambda _: 1 << 20,
            shut_down=lambda: None,
        )
    )
