"""Lets requests run so that cheap ones pass dear ones, and no client crowds out the others.

Every request has a first turn among the young, counted in processor time, for a loaded machine makes
everybody slow. If it takes more, it goes on among the old, behind younger ones; where no place is free
there, it is stopped, waits, and begins anew. One that is known to be dear begins among the old.
"""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace

from server.engine.interface import EngineFailure
from server.front.client_budget import Budget
from server.front.lanes import Lane, full
from server.front.pool import Pool
from server.front.worker import PAGE_BYTES, Gone, Worker, broken
from server.processes.frames import (
    END,
    EXPLAINING,
    NETWORK,
    PIECE,
    START,
    WHOLE,
    Frame,
    Headers,
    Malformed,
    Request,
)
from server.processes.outcomes import from_death

WATCH_SECONDS, LOOK_SECONDS = 0.02, 0.08
QUERY_TURN, PAGE_TURN = 80_000_000, 300_000_000  # nanoseconds
NICE = 15
MOST_STREAMS = 16
MOST_REMEMBERED = 1000


@dataclass
class Reply:
    """What a worker answered: `body` is all of it, or its beginning where `rest` is to be iterated."""

    status: int
    headers: Headers
    body: bytes
    rest: AsyncIterator[bytes] | None = None


class Traffic:
    """Half of the `running` places are for the young.

    `burst` is how many seconds among the old one client may take at once; half as much comes back a minute.
    `memory` is what one request may make its own, in bytes; `has_network` says that there are hosts
    which queries may ask.
    """

    def __init__(
        self, running: int, queue: int, burst: float, memory: int, has_network: bool = False
    ) -> None:
        self.young = Lane(max(1, running // 2), queue)
        self.old = Lane(max(1, running // 2), queue)
        self.streams: Counter[str] = Counter()
        self.budget = Budget(burst, burst / 120)
        self.memory, self.has_network = memory, has_network
        self._dear: OrderedDict[tuple[object, ...], None] = OrderedDict()

    async def answer(
        self,
        pool: Pool,
        request: Request,
        seconds: float,
        when_slow: Callable[[], None] = lambda: None,
    ) -> Reply:
        """Lets a worker answer in so many seconds; cancelling it ends the work. Raises EngineFailure.

        `when_slow` is called where the answer does not come at once, maybe several times.
        """
        deadline = asyncio.get_running_loop().time() + seconds
        key = (pool.snapshot.id, request.path, request.query_string, request.body)
        begins_old = key in self._dear
        while True:
            try:
                return await _Turn(self, pool, request, deadline, begins_old, when_slow).run()
            except _TakenAway:
                self._remember(key)
                begins_old = True
            except _NeedsNetwork:
                request = replace(request, may_use_network=True)
            except _FailedExplaining:
                request = replace(request, is_bare=True)

    def gauges(self) -> dict[str, float]:
        """How many wait and work at this moment."""
        return {
            "waiting_young": self.young.waiting,
            "waiting_old": self.old.waiting,
            "running_young": self.young.running,
            "running_old": self.old.running,
            "streams": self.streams.total(),
        }

    def _remember(self, key: tuple[object, ...]) -> None:
        self._dear[key] = None
        if len(self._dear) > MOST_REMEMBERED:
            self._dear.popitem(last=False)


class _TakenAway(Exception):
    """The turn is over, and there is no place among the old."""


class _NeedsNetwork(Exception):
    """The request asks an endpoint elsewhere that it may ask."""


class _FailedExplaining(Exception):
    """The answer was there, and the worker ended or took too much while it explained it."""


class _Turn:
    """One try at a request: a place, and a worker, each given back once."""

    def __init__(
        self,
        traffic: Traffic,
        pool: Pool,
        request: Request,
        deadline: float,
        is_old: bool,
        when_slow: Callable[[], None],
    ) -> None:
        self._when_slow = when_slow
        self._traffic, self._pool, self._request, self._deadline = traffic, pool, request, deadline
        self._lane = traffic.old if is_old else traffic.young
        self._is_old, self._is_explaining = is_old, False
        self._loop = asyncio.get_running_loop()
        self._worker: Worker | None = None
        self._has_place = self._is_streaming = False

    async def run(self) -> Reply:
        """The answer; what is held is given back at once, or at the end of a stream. Raises EngineFailure."""
        try:
            if self._is_old:
                self._traffic.budget.check(self._request.client)
            if not self._lane.try_enter():
                self._when_slow()
                await self._lane.enter(self._request.client, self._deadline)
            self._has_place = True
            frame = await self._begin()
            if frame.kind == WHOLE:
                self._give_back()
                return Reply(frame.status, frame.headers, frame.body)
            return self._streamed(frame)
        except Gone:
            raise await self._explain_death() from None
        except Malformed as error:
            self._end()
            raise broken(error) from None
        except EngineFailure:
            self._end()
            if self._is_explaining:
                raise _FailedExplaining from None
            raise
        except BaseException:
            self._end()
            raise

    async def _begin(self) -> Frame:
        """Hands the request over, and waits for the first frame of its answer."""
        while True:
            self._worker = await self._pool.borrow(self._request.may_use_network)
            if self._is_old:
                self._worker.set_priority(NICE)
            try:
                self._worker.send(self._request)
                break
            except Gone:  # an idle worker may have died unnoticed; then the next one is asked
                self._pool.discard(self._worker)
                self._worker = None
        return await self._first_frame(self._worker)

    async def _first_frame(self, worker: Worker) -> Frame:
        began = self._loop.time()
        used, pages = worker.spent.nanoseconds, worker.spent.pages
        patience = WATCH_SECONDS
        while True:
            left = self._deadline - self._loop.time()
            frame = await worker.frame(min(left, patience))
            if frame and frame.kind in (WHOLE, START):
                self._charge(began)
                return frame
            if frame:
                self._note(frame)
            elif left <= patience:
                self._charge(began)
                raise EngineFailure("timeout", "The query came to its time limit.", retry_after=30)
            elif patience == WATCH_SECONDS:
                self._when_slow()
                patience = LOOK_SECONDS
            else:
                self._look(worker, used, pages)

    def _note(self, frame: Frame) -> None:
        """Takes in what comes before an answer; whatever was granted already is not asked for again."""
        may_ask = self._traffic.has_network and not self._request.may_use_network
        may_explain = not (self._request.is_bare or self._is_explaining)
        if frame.kind == NETWORK and may_ask:
            raise _NeedsNetwork
        if frame.kind == EXPLAINING and may_explain:
            self._is_explaining = True
        else:
            raise Malformed("what it says does not come before an answer")

    def _look(self, worker: Worker, used: int, pages: int) -> None:
        """Looks at a request that takes its time: is its turn over, and is it too large?"""
        if not self._is_old and worker.nanoseconds() - used > self._turn:
            self._grow_old(worker)
        grown = (worker.pages() - pages) * PAGE_BYTES
        if grown > self._traffic.memory and worker.private_bytes() > self._traffic.memory:
            raise EngineFailure(
                "memory", "The query needs more memory than one query may have.", retry_after=1
            )

    @property
    def _turn(self) -> int:
        is_query = self._request.path in (b"/sparql", b"/query") or b"/run" in self._request.path
        return QUERY_TURN if is_query else PAGE_TURN

    def _grow_old(self, worker: Worker) -> None:
        """Goes on among the old, if there is a place and the client has time left for it."""
        self._traffic.budget.check(self._request.client)
        if not self._traffic.old.try_enter():
            raise _TakenAway
        self._lane.leave()
        self._lane, self._is_old = self._traffic.old, True
        worker.set_priority(NICE)

    def _charge(self, began: float) -> None:
        if self._is_old:
            self._traffic.budget.charge(self._request.client, self._loop.time() - began)

    def _streamed(self, start: Frame) -> Reply:
        """A long answer keeps its worker, but not its place; one client has at most half of the streams."""
        client, streams = self._request.client, self._traffic.streams
        if streams.total() >= MOST_STREAMS or streams[client] >= MOST_STREAMS // 2:
            raise full("Too many long answers are on their way.")
        streams[client] += 1
        self._is_streaming = True
        self._leave()
        return Reply(start.status, start.headers, b"", self._rest())

    async def _rest(self) -> AsyncIterator[bytes]:
        """The pieces of the body; the time that counts is that spent waiting for the worker."""
        worker = self._worker
        assert worker is not None
        patience = max(1.0, self._deadline - self._loop.time())
        try:
            while True:
                began = self._loop.time()
                frame = await worker.frame(patience)
                patience -= self._loop.time() - began
                if frame is None:
                    raise EngineFailure("timeout", "The query came to its time limit in its answer.")
                if frame.kind == END:
                    self._give_back()
                    return
                if frame.kind != PIECE:
                    raise frame.failure or EngineFailure("unavailable", "The answer broke off.")
                yield frame.body
        except Gone:
            raise EngineFailure("unavailable", "The answer broke off.") from None
        except Malformed as error:
            raise broken(error) from None
        finally:
            self._end()

    def _give_back(self) -> None:
        """The worker has done its work; one that had a network, or that stays slow, is not asked again."""
        worker, self._worker = self._worker, None
        if worker is None:
            return
        if self._request.may_use_network or (self._is_old and not worker.set_priority(0)):
            self._pool.discard(worker)
        else:
            self._pool.give_back(worker)
        self._leave()

    def _end(self) -> None:
        """Ends a worker that is still at work, and gives back what is held."""
        worker, self._worker = self._worker, None
        if worker is not None:
            self._pool.discard(worker)
        self._leave()

    def _leave(self) -> None:
        if self._has_place:
            self._has_place = False
            self._lane.leave()
        elif self._is_streaming and self._worker is None:
            self._is_streaming = False
            self._traffic.streams[self._request.client] -= 1
            self._traffic.streams += Counter()  # forgets clients without any

    async def _explain_death(self) -> Exception:
        """Why the worker ended."""
        worker, self._worker = self._worker, None
        self._leave()
        assert worker is not None
        status = await self._pool.discard(worker)
        if self._is_explaining:
            return _FailedExplaining()
        return from_death(status, "query")
