"""A worker that is lent for one request: given back once, or ended."""

import asyncio

from server.front.pool import Pool
from server.front.worker import Worker

NICE = 15


class Loan:
    """Whoever has it calls `give_back` or `end`; what is called after that does nothing."""

    def __init__(self, pool: Pool, worker: Worker, may_use_network: bool) -> None:
        self.worker = worker
        self._pool, self._may_use_network = pool, may_use_network
        self._is_slow = self._is_over = False

    def slow_down(self) -> None:
        """Lets other workers pass at the processor."""
        self.worker.set_priority(NICE)
        self._is_slow = True

    def give_back(self) -> None:
        """The worker has done its work; one that had a network, or that stays slow, is not asked again."""
        if self._is_over:
            return
        if self._may_use_network or (self._is_slow and not self.worker.set_priority(0)):
            self.end()
            return
        self._is_over = True
        self._pool.give_back(self.worker)

    def end(self) -> "asyncio.Future[int] | None":
        """Ends a worker that is still at work; its exit status comes when it is known."""
        if self._is_over:
            return None
        self._is_over = True
        return self._pool.discard(self.worker)
