"""The workers of one release: idle ones are kept, spent ones replaced, all of them end with the release."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Executor
from typing import IO, TypeVar

from loader.query.mistakes.mistake import Remark
from server.engine.snapshot import Snapshot
from server.front.processes import START_SECONDS, Process, Zygote
from server.front.worker import PAGE_BYTES, Worker
from server.processes.channel import Closed
from server.refusal import Refused

MOST_PAGES = (300 << 20) // PAGE_BYTES
MOST_IDLE = 8
Result = TypeVar("Result")


class Pool:
    """Lends workers that answer from one release, on the disk or in the memory of a holder.

    Lives on the event loop; processes are started and ended by `threads`, for that waits for other processes.
    `part` is the store of the release that queries see, `memory` the bytes that one request may take.
    """

    def __init__(self, zygote: Zygote, snapshot: Snapshot, part: str, memory: int, threads: Executor) -> None:
        self.snapshot, self._part = snapshot, part
        self._zygote, self._memory, self._threads = zygote, memory, threads
        self._loop = asyncio.get_running_loop()
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._least_idle = 0
        self._lent = 0
        self._closed = False
        self._holder: Zygote | None = None
        self._held = ""

    @property
    def held(self) -> str:
        """The part of the release that is in memory, or an empty string."""
        return self._held if self._holder else ""

    @property
    def idle(self) -> int:
        return len(self._idle)

    async def borrow(self, may_use_network: bool = False) -> Worker:
        """A worker for one request, to be given back or discarded by the borrower. Raises Refused."""
        self._lent += 1
        while self._idle and not may_use_network:
            worker = self._idle.pop()
            self._least_idle = min(self._least_idle, len(self._idle))
            if not worker.is_gone:
                return worker
            self._end(worker)
        try:
            return await self._start(may_use_network)
        except BaseException:
            self._returned()
            raise

    def give_back(self, worker: Worker) -> None:
        """Keeps a worker that behaved, unless it has grown too much or there are enough."""
        of_today = worker.process.zygote is (self._holder or self._zygote)
        wanted = of_today and not self._closed and len(self._idle) < MOST_IDLE
        if wanted and worker.spent.pages < MOST_PAGES and not worker.is_gone:
            self._idle.append(worker)
        else:
            self._end(worker)
        self._returned()

    def discard(self, worker: Worker) -> "asyncio.Future[int]":
        """Ends a worker that misbehaved or was stopped; its exit status comes when it is known."""
        ended = self._end(worker)
        self._returned()
        return ended

    async def replenish(self, idle: int) -> None:
        """Starts workers ahead of need until so many are idle. Raises Refused."""
        while not self._closed and len(self._idle) < idle:
            self._lent += 1
            try:
                worker = await self._start(may_use_network=False)
            except Refused:
                self._returned()
                raise
            self.give_back(worker)

    def let_rest(self, spare: int) -> None:
        """Ends the workers that nobody needed since this was called before, but for so many that are new.

        What a worker has changed of the memory that it shared is its own as long as it lives.
        """
        unneeded, needed = self._idle[: self._least_idle], self._idle[self._least_idle :]
        new = [worker for worker in unneeded if not worker.spent.nanoseconds][:spare]
        self._idle = new + needed
        self._least_idle = len(self._idle)
        for worker in unneeded:
            if worker not in new:
                self._end(worker)

    async def hold_in_memory(self, part: str, quads: IO[bytes], seconds: float, warm: bool) -> None:
        """From now on workers see this part in the memory of one holder; those on disk serve until then.

        Raises Closed or TimeoutError where the holder does not come up.
        """
        orders = {**self._orders(), "held": part, "warm": warm}
        holder = await self._in_thread(lambda: self._zygote.hold(orders, quads.fileno(), seconds))
        self._holder, self._held, idle, self._idle = holder, part, self._idle, []
        self._least_idle = 0
        for worker in idle:
            self._end(worker)
        self._end_if_done()

    def close(self) -> None:
        """Ends the idle workers; those at work finish, and the last one back ends the holder."""
        self._closed = True
        idle, self._idle = self._idle, []
        self._least_idle = 0
        for worker in idle:
            self._end(worker)
        self._end_if_done()

    async def _start(self, may_use_network: bool) -> Worker:
        process, thread = await self._in_thread(lambda: self._fork(may_use_network))
        return Worker(process, thread, self)

    def _fork(self, may_use_network: bool) -> tuple[Process, int]:
        """A new worker, and the number of its thread that works; one with a network is never the holder's."""
        orders: dict[str, object] = {**self._orders(), "do": "work", "network": may_use_network}
        try:
            held = None if may_use_network else self._fork_from_holder(orders)
            process = held or self._zygote.fork(orders)
            return process, _started(process)
        except (Closed, OSError) as error:
            raise Refused("unavailable", Remark("No worker could be started."), retry_after=1) from error

    def _orders(self) -> dict[str, object]:
        return {"release": str(self.snapshot.files), "part": self._part, "memory": self._memory}

    def _fork_from_holder(self, orders: dict[str, object]) -> Process | None:
        """A worker that sees the store in memory; None, now and later, where the holder is gone."""
        holder = self._holder
        if holder is None:
            return None
        try:
            return holder.fork(orders)
        except Closed:
            self._let_go_of(holder)
            return None

    def _end(self, worker: Worker) -> "asyncio.Future[int]":
        worker.let_go()
        return self._in_thread(worker.process.end)

    def _in_thread(self, work: Callable[[], Result]) -> "asyncio.Future[Result]":
        return self._loop.run_in_executor(self._threads, work)

    def _returned(self) -> None:
        self._lent -= 1
        self._end_if_done()

    def _end_if_done(self) -> None:
        if self._closed and self._lent == 0 and self._holder:
            self._let_go_of(self._holder)

    def _let_go_of(self, holder: Zygote) -> None:
        """Ends a holder once, whoever finds first that it is of no use any more."""
        with self._lock:
            if self._holder is not holder:
                return
            self._holder = None
        holder.close()


def _started(process: Process) -> int:
    """The thread of a worker that has said that it is ready; one that does not is ended."""
    try:
        process.channel.set_timeout(START_SECONDS)
        message, _ = process.channel.receive()
        return int(str(message["thread"]))
    except (Closed, TimeoutError):
        process.end()
        raise
