"""How much a client may take: so much at once, and then as fast as time gives it back."""

import math
import threading
import time
from collections import OrderedDict

MOST_CLIENTS = 10_000


class TokenBucket:
    """A bucket of `burst` tokens for each client, filled by `rate` tokens a second; safe among threads.

    A client may come to owe tokens, where only the end shows what something took.
    """

    def __init__(self, burst: float, rate: float) -> None:
        self._burst, self._rate = burst, rate
        self._lock = threading.Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str, tokens: float = 0) -> int:
        """In how many seconds a client has so many tokens, none is owing none; 0 where it has them now."""
        with self._lock:
            return self._wait(client, tokens)

    def take(self, client: str, tokens: float) -> None:
        """Takes tokens, whether they are there or not."""
        with self._lock:
            self._take(client, tokens)

    def try_take(self, client: str, tokens: float) -> int:
        """0, and takes the tokens; or the seconds until they are there."""
        with self._lock:
            seconds = self._wait(client, tokens)
            if not seconds:
                self._take(client, tokens)
            return seconds

    def _wait(self, client: str, tokens: float) -> int:
        missing = tokens - self._balance(client)
        return math.ceil(missing / self._rate) if missing > 0 else 0

    def _take(self, client: str, tokens: float) -> None:
        self._left[client] = (self._balance(client) - tokens, time.monotonic())
        self._left.move_to_end(client)
        if len(self._left) > MOST_CLIENTS:
            self._left.popitem(last=False)

    def _balance(self, client: str) -> float:
        now = time.monotonic()
        left, then = self._left.get(client, (self._burst, now))
        return min(self._burst, left + self._rate * (now - then))
