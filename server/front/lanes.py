"""Who may run when: a lane has a few places and a bounded queue that takes turns between clients.

Everything here happens on the one thread of the event loop.
"""

import asyncio
from collections import OrderedDict, deque

from loader.query.mistakes.mistake import Remark
from server.refusal import Refused


class Lane:
    """Places for requests at work. One client's queue never stands before another's: places go round in turn.

    Every successful `enter` or `try_enter` is paid back by one `leave`.
    """

    def __init__(self, places: int, queue: int) -> None:
        self._places = self._free = places
        self._queue = queue
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @property
    def waiting(self) -> int:
        """How many stand in the queue."""
        return sum(map(len, self._waiting.values()))

    @property
    def running(self) -> int:
        """How many places are taken."""
        return self._places - self._free

    def try_enter(self) -> bool:
        """Takes a free place that nobody waits for."""
        if self._free and not self._waiting:
            self._free -= 1
            return True
        return False

    async def enter(self, client: str, deadline: float) -> None:
        """Takes a place, waiting for it until the deadline (in the time of the event loop).

        Raises Refused `full`, or `too-many` where the client alone fills half the queue. Cancelling it
        gives up the wait.
        """
        if self.try_enter():
            return
        granted = self._join(client)
        try:
            async with asyncio.timeout_at(deadline):
                await granted
        except BaseException as error:
            self._give_up(client, granted)
            if isinstance(error, TimeoutError):
                raise full(
                    Remark("The server is busy: the queries before this one took all the time there was.")
                ) from None
            raise

    def leave(self) -> None:
        """Gives the place to the next client's first in the queue, or back."""
        while self._waiting:
            client, waiters = self._waiting.popitem(last=False)
            granted = waiters.popleft()
            if waiters:
                self._waiting[client] = waiters
            if not granted.done():
                granted.set_result(None)
                return
        self._free += 1

    def _join(self, client: str) -> "asyncio.Future[None]":
        mine = self._waiting.get(client, deque())
        if self.waiting >= self._queue:
            raise full(Remark("The server is busy: too many queries are waiting."))
        if len(mine) >= max(1, self._queue // 2):
            message = Remark(
                "Too many of your queries are waiting; send the next when one has been answered."
            )
            raise Refused("too-many", message, retry_after=5)
        granted = asyncio.get_running_loop().create_future()
        mine.append(granted)
        self._waiting[client] = mine
        return granted

    def _give_up(self, client: str, granted: "asyncio.Future[None]") -> None:
        """A place may have been granted in the very moment in which the wait for it ended."""
        if granted.done() and not granted.cancelled():
            self.leave()
        else:
            self._forget(client, granted)

    def _forget(self, client: str, granted: "asyncio.Future[None]") -> None:
        waiters = self._waiting.get(client)
        if waiters and granted in waiters:
            waiters.remove(granted)
            if not waiters:
                del self._waiting[client]


def full(remark: Remark) -> Refused:
    return Refused("full", remark, retry_after=5)
