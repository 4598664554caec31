"""How much of the readers' time one client may take: so much at once, and then so much a second."""

import math
import threading
import time
from collections import OrderedDict

from server.refusal import Refused

MOST_CLIENTS = 10_000


class Budget:
    """Seconds of reader time by client: a bucket of `burst` seconds that fills by `rate` seconds a second."""

    def __init__(self, burst: float, rate: float) -> None:
        self._burst, self._rate = burst, rate
        self._lock = threading.Lock()
        self._spent: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def check(self, client: str) -> None:
        """Raises Refused `too-many`, with the seconds to wait, where nothing is left."""
        over = self._balance(client) - self._burst
        if over > 0:
            wait = math.ceil(over / self._rate)
            message = "Your long queries took all the time that one client has; send the next one later."
            raise Refused("too-many", message, retry_after=max(1, wait))

    def charge(self, client: str, seconds: float) -> None:
        """Takes what a query used."""
        spent = self._balance(client) + seconds
        with self._lock:
            self._spent[client] = (spent, time.monotonic())
            self._spent.move_to_end(client)
            if len(self._spent) > MOST_CLIENTS:
                self._spent.popitem(last=False)

    def _balance(self, client: str) -> float:
        """The seconds that a client has used and not been given again."""
        with self._lock:
            spent, since = self._spent.get(client, (0.0, 0.0))
        return max(0.0, spent - self._rate * (time.monotonic() - since))
