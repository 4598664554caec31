"""Who may run when: a lane has a few places and a bounded queue that takes turns between clients."""

import threading
import time
from collections import OrderedDict, deque

from server.engine.interface import Departure, EngineFailure


class _Waiter:
    def __init__(self) -> None:
        self.woken = threading.Event()
        self.granted = False


class Lane:
    """Places for running queries. One client's queue never stands before another's: places go round in turn.

    Every successful `enter` or `try_enter` is paid back by one `leave`.
    """

    def __init__(self, places: int, queue: int) -> None:
        self._lock = threading.Lock()
        self._places = self._free = places
        self._queue = queue
        self._waiting: OrderedDict[str, deque[_Waiter]] = OrderedDict()

    @property
    def waiting(self) -> int:
        """How many queries stand in the queue."""
        return sum(map(len, self._waiting.values()))

    @property
    def running(self) -> int:
        """How many places are taken."""
        return self._places - self._free

    def try_enter(self) -> bool:
        """Takes a free place that nobody waits for."""
        with self._lock:
            if self._free and not self._waiting:
                self._free -= 1
                return True
            return False

    def enter(self, client: str, deadline: float, departure: Departure) -> None:
        """Takes a place, waiting for it until the deadline (of time.monotonic).

        Raises EngineFailure `full`, `too-many` where the client alone fills half the queue, or `gone`.
        """
        if self.try_enter():
            return
        waiter = self._join(client)
        departure.on(waiter.woken.set)
        waiter.woken.wait(max(0.0, deadline - time.monotonic()))
        with self._lock:
            if waiter.granted:
                return
            self._forget(client, waiter)
        if departure.happened:
            raise EngineFailure("gone", "The client left.")
        raise full("The queries before this one took all the time there was.")

    def leave(self) -> None:
        """Gives the place to the next client's first query, or back."""
        with self._lock:
            if not self._waiting:
                self._free += 1
                return
            client, waiters = self._waiting.popitem(last=False)
            waiter = waiters.popleft()
            if waiters:
                self._waiting[client] = waiters
            waiter.granted = True
            waiter.woken.set()

    def _join(self, client: str) -> _Waiter:
        with self._lock:
            mine = self._waiting.get(client, deque())
            if self.waiting >= self._queue:
                raise full("Too many queries are waiting.")
            if len(mine) >= max(1, self._queue // 2):
                message = "Too many of your queries are waiting; send the next when one has been answered."
                raise EngineFailure("too-many", message, retry_after=5)
            waiter = _Waiter()
            mine.append(waiter)
            self._waiting[client] = mine
            return waiter

    def _forget(self, client: str, waiter: _Waiter) -> None:
        waiters = self._waiting.get(client)
        if waiters and waiter in waiters:
            waiters.remove(waiter)
            if not waiters:
                del self._waiting[client]


def full(message: str) -> EngineFailure:
    return EngineFailure("full", f"The server is full: {message}", retry_after=5)
