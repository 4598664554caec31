"""One try at a request: it has a place and a worker, and gives back each of them once."""

import asyncio
from collections.abc import Callable, Collection, Sequence

from loader.query.mistakes.mistake import Remark
from server.front.capacity import Capacity
from server.front.loan import Loan
from server.front.pool import Pool
from server.front.reply import LongAnswer, Reply
from server.front.worker import PAGE_BYTES, Gone, Worker, broken
from server.processes.frames import EXPLAINING, NETWORK, START, WHOLE, Frame, Malformed, Request
from server.processes.outcomes import from_death
from server.refusal import Refused

WATCH_SECONDS, LOOK_SECONDS = 0.02, 0.08
QUERY_TURN, PAGE_TURN = 80_000_000, 300_000_000  # nanoseconds


class TakenAway(Exception):
    """The turn is over, and there is no place among the old."""


class AsksElsewhere(Exception):
    """The request asks endpoints elsewhere that it may ask."""

    def __init__(self, services: Sequence[str]) -> None:
        super().__init__(*services)
        self.services = services


class FailedExplaining(Exception):
    """The answer was there, and the worker ended or took too much while it explained it."""


class Turn:
    """A turn among the young, or among the old for what `is_old`; `memory` is what it may make its own.

    `services` are the endpoints that may be asked, `asked` those that this request is known to ask.
    `when_slow` is called where the answer does not come at once, maybe several times.
    """

    def __init__(
        self,
        capacity: Capacity,
        pool: Pool,
        request: Request,
        *,
        deadline: float,
        memory: int,
        is_old: bool,
        services: Collection[str],
        asked: Sequence[str],
        when_slow: Callable[[], None],
    ) -> None:
        self._capacity, self._pool, self._request = capacity, pool, request
        self._deadline, self._memory, self._when_slow = deadline, memory, when_slow
        self._lane = capacity.old if is_old else capacity.young
        self._is_old, self._services, self._asked = is_old, services, asked
        self._has_place = self._is_explaining = False
        self._loop = asyncio.get_running_loop()
        self._loan: Loan | None = None

    async def run(self) -> Reply:
        """The answer; what is held is given back at once, or at the end of a long one. Raises Refused."""
        try:
            return await self._run()
        except Gone:
            raise await self._explain_death() from None
        except Malformed as error:
            raise broken(error) from None
        except Refused:
            if self._is_explaining:
                raise FailedExplaining from None
            raise
        finally:
            if self._loan:
                self._loan.end()
            self._leave()

    async def _run(self) -> Reply:
        if self._is_old:
            self._capacity.check_budget(self._request.client)
        if not self._lane.try_enter():
            self._when_slow()
            await self._lane.enter(self._request.client, self._deadline)
        self._has_place = True
        loan = self._loan = await self._hand_over()
        frame = await self._first_frame(loan.worker)
        if frame.kind == START:
            return self._stream(loan, frame)
        loan.give_back()
        return Reply(status=frame.status, headers=frame.headers, body=frame.body)

    async def _hand_over(self) -> Loan:
        """A worker that has the request; an idle one may have died unnoticed, then the next one gets it."""
        while True:
            worker = await self._pool.borrow(self._request.may_use_network)
            loan = Loan(self._pool, worker, self._request.may_use_network)
            if self._is_old:
                loan.slow_down()
            try:
                worker.send(self._request)
            except Gone:
                loan.end()
                continue
            return loan

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
                raise self._too_late()
            elif patience == WATCH_SECONDS:
                self._when_slow()
                patience = LOOK_SECONDS
            else:
                self._look(worker, used, pages)

    def _too_late(self) -> Refused:
        """The limit of time is the query's own fault, unless others were asked for their part."""
        if self._asked:
            message = Remark(
                "The query reached its time limit while it asked %(names)s.",
                {"names": " and ".join(self._asked)},
            )
            return Refused("remote-slow", message, retry_after=30)
        return Refused("timeout", Remark("The query reached its time limit."), retry_after=30)

    def _note(self, frame: Frame) -> None:
        """Takes in what comes before an answer; whatever was granted already is not asked for again."""
        may_ask = self._services and not self._request.may_use_network
        may_explain = not (self._request.is_bare or self._is_explaining)
        if frame.kind == NETWORK and may_ask:
            called = frame.body.decode("utf-8", "replace").split("\n")
            raise AsksElsewhere([service for service in self._services if service in called])
        if frame.kind == EXPLAINING and may_explain:
            self._is_explaining = True
        else:
            raise Malformed("what it says does not come before an answer")

    def _look(self, worker: Worker, used: int, pages: int) -> None:
        """Looks at a request that takes its time: is its turn over, and is it too large?"""
        if not self._is_old and worker.nanoseconds() - used > self._length:
            self._grow_old()
        grown = (worker.pages() - pages) * PAGE_BYTES
        if grown > self._memory and worker.private_bytes() > self._memory:
            raise Refused(
                "memory", Remark("The query needs more memory than one query may have."), retry_after=1
            )

    @property
    def _length(self) -> int:
        is_query = self._request.path in (b"/sparql", b"/query") or b"/run" in self._request.path
        return QUERY_TURN if is_query else PAGE_TURN

    def _grow_old(self) -> None:
        """Goes on among the old, if there is a place and the client has time left for it."""
        self._capacity.check_budget(self._request.client)
        if not self._capacity.old.try_enter():
            raise TakenAway
        self._lane.leave()
        self._lane, self._is_old = self._capacity.old, True
        if self._loan:
            self._loan.slow_down()

    def _charge(self, began: float) -> None:
        if self._is_old:
            self._capacity.charge(self._request.client, self._loop.time() - began)

    def _stream(self, loan: Loan, start: Frame) -> Reply:
        """A long answer keeps its worker, but not its place."""
        capacity, client = self._capacity, self._request.client
        capacity.open_stream(client)
        self._loan = None
        left = self._deadline - self._loop.time()
        answer = LongAnswer(loan, left, lambda: capacity.close_stream(client))
        return Reply(
            status=start.status, headers=start.headers, body=b"", rest=answer.pieces(), end=answer.end
        )

    def _leave(self) -> None:
        if self._has_place:
            self._has_place = False
            self._lane.leave()

    async def _explain_death(self) -> Exception:
        """Why the worker ended."""
        ended = self._loan.end() if self._loan else None
        self._leave()
        status = await ended if ended else 0
        return FailedExplaining() if self._is_explaining else from_death(status, "query")
