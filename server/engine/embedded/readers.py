"""The readers of one store: idle ones are kept, spent ones replaced, all of them end with the release."""

import threading
from pathlib import Path
from typing import IO

from server.engine.embedded.processes import START_SECONDS, Process, Zygote
from server.engine.interface import EngineFailure
from server.engine.worker.channel import Closed

MOST_GROWTH = 300 << 20
MOST_IDLE = 8


class Readers:
    """Lends reader processes that see one store, from disk or in the memory of a holder."""

    def __init__(self, zygote: Zygote, release_id: str, store: Path, memory: int) -> None:
        self.release_id, self.store = release_id, store
        self._zygote, self._memory = zygote, memory
        self._lock = threading.Lock()
        self._idle: list[Process] = []
        self._lent = 0
        self._closed = False
        self._holder: Zygote | None = None

    @property
    def in_memory(self) -> bool:
        return self._holder is not None

    def hold_in_memory(self, quads: IO[bytes], seconds: float) -> None:
        """From now on readers see these quads in the memory of one holder; the ones on disk serve until then.

        Raises Closed or TimeoutError where the holder does not come up.
        """
        holder = self._zygote.hold(quads.fileno(), seconds)
        with self._lock:
            self._holder, idle, self._idle = holder, self._idle, []
        for process in idle:
            process.end()
        self._end_if_done()

    def borrow(self, may_use_network: bool = False) -> Process:
        """A reader for one query, to be given back, or discarded if it may use the network, by the borrower.

        Raises EngineFailure.
        """
        with self._lock:
            self._lent += 1
            if self._idle and not may_use_network:
                return self._idle.pop()
        try:
            return self._fork(may_use_network)
        except EngineFailure:
            self._returned()
            raise

    def give_back(self, process: Process, grown: int) -> None:
        """Keeps a reader that behaved, unless it has grown (in bytes) too much or there are enough."""
        with self._lock:
            current = process.zygote is (self._holder or self._zygote)
            wanted = current and not self._closed and len(self._idle) < MOST_IDLE
            keep = wanted and grown < MOST_GROWTH
            if keep:
                self._idle.append(process)
        if not keep:
            process.end()
        self._returned()

    def discard(self, process: Process) -> None:
        """Ends a reader that misbehaved or was stopped."""
        process.end()
        self._returned()

    def replenish(self, idle: int) -> None:
        """Forks readers ahead of need until so many are idle."""
        while True:
            with self._lock:
                if self._closed or len(self._idle) >= idle:
                    return
            process = self._fork()
            with self._lock:
                self._lent += 1
            self.give_back(process, 0)

    def close(self) -> None:
        """Ends the idle readers; those at work finish, and the last one back ends the holder."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            self._lent += len(idle)
        for process in idle:
            self.discard(process)
        self._end_if_done()

    def _fork(self, may_use_network: bool = False) -> Process:
        orders: dict[str, object] = {
            "do": "read",
            "path": str(self.store),
            "memory": self._memory,
            "network": may_use_network,
        }
        try:
            process = self._fork_from_holder(orders) or self._zygote.fork(orders)
            return _started(process)
        except (Closed, OSError) as error:
            raise EngineFailure("unavailable", "No reader could be started.", retry_after=1) from error

    def _fork_from_holder(self, orders: dict[str, object]) -> Process | None:
        """A reader that sees the store in memory; None, now and later, where the holder is gone."""
        holder = self._holder
        if holder is None:
            return None
        try:
            return holder.fork(orders)
        except Closed:
            self._let_go_of(holder)
            return None

    def _returned(self) -> None:
        with self._lock:
            self._lent -= 1
        self._end_if_done()

    def _end_if_done(self) -> None:
        with self._lock:
            holder = self._holder if self._closed and self._lent == 0 else None
        if holder:
            self._let_go_of(holder)

    def _let_go_of(self, holder: Zygote) -> None:
        """Ends a holder once, whoever finds first that it is of no use any more."""
        with self._lock:
            if self._holder is not holder:
                return
            self._holder = None
        holder.close()


def _started(process: Process) -> Process:
    """A reader that has said that it is ready; one that does not is ended. Raises Closed or TimeoutError."""
    try:
        process.channel.set_timeout(START_SECONDS)
        process.channel.receive()
    except (Closed, TimeoutError):
        process.end()
        raise
    return process
