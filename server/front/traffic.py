"""Lets requests run so that cheap ones pass dear ones, and no client crowds out the others.

Every request has a first turn among the young, counted in processor time, for a loaded machine makes
everybody slow. If it takes more, it goes on among the old, behind younger ones; where no place is free
there, it is stopped, waits, and begins anew. One that is known to be dear begins among the old.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from server.front.capacity import Capacity
from server.front.pool import Pool
from server.front.reply import Reply
from server.front.turn import AsksElsewhere, FailedExplaining, TakenAway, Turn
from server.processes.frames import Request

MOST_REMEMBERED = 1000


class Traffic:
    """Answers so many requests at once as are `running`; as many as `queue` may wait for a place.

    `burst` is how many seconds among the old one client may take at once, `memory` what one request may make
    its own, in bytes; `services` are the endpoints elsewhere which queries may ask.
    """

    def __init__(
        self, running: int, queue: int, burst: float, memory: int, services: Collection[str] = ()
    ) -> None:
        self._capacity = Capacity(running, queue, burst)
        self._memory, self._services = memory, services
        self._dear: OrderedDict[tuple[object, ...], None] = OrderedDict()

    async def answer(
        self,
        pool: Pool,
        request: Request,
        seconds: float,
        when_slow: Callable[[], None] = lambda: None,
    ) -> Reply:
        """Lets a worker answer in so many seconds; cancelling it ends the work. Raises Refused.

        `when_slow` is called where the answer does not come at once, maybe several times.
        """
        deadline = asyncio.get_running_loop().time() + seconds
        key = (pool.snapshot.id, request.path, request.query_string, request.body)
        asked: Sequence[str] = ()
        while True:
            turn = Turn(
                self._capacity,
                pool,
                request,
                deadline=deadline,
                memory=self._memory,
                is_old=key in self._dear,
                services=self._services,
                asked=asked,
                when_slow=when_slow,
            )
            try:
                return await turn.run()
            except TakenAway:
                self._remember(key)
            except AsksElsewhere as elsewhere:
                asked = elsewhere.services
                request = replace(request, may_use_network=True)
            except FailedExplaining:
                request = replace(request, is_bare=True)

    def gauges(self) -> dict[str, float]:
        """How many wait and work at this moment."""
        return self._capacity.gauges()

    def _remember(self, key: tuple[object, ...]) -> None:
        self._dear[key] = None
        if len(self._dear) > MOST_REMEMBERED:
            self._dear.popitem(last=False)
