"""How often a client may do something: a few times at once, then as fast as time gives it back."""

import threading
import time
from collections import OrderedDict

MOST_CLIENTS = 10_000


class Pace:
    """So many times at once for each client, one of them coming back every `seconds`; safe among threads."""

    def __init__(self, times: int, seconds: float) -> None:
        self._times, self._seconds = times, seconds
        self._lock = threading.Lock()
        self._clients: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> int:
        """0, and takes one; or the seconds until there is one to take."""
        now = time.monotonic()
        with self._lock:
            left, then = self._clients.pop(client, (float(self._times), now))
            left = min(float(self._times), left + (now - then) / self._seconds)
            is_free = left >= 1
            self._clients[client] = (left - is_free, now)
            if len(self._clients) > MOST_CLIENTS:
                self._clients.popitem(last=False)
        return 0 if is_free else max(1, round((1 - left) * self._seconds))
