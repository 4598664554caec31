"""What all requests share: places for the young and the old, long answers, the time that each client has."""

from collections import Counter

from loader.query.mistakes.mistake import Remark
from server.front.lanes import Lane, full
from server.refusal import Refused
from server.token_bucket import TokenBucket

# A stream keeps its worker, and with it what the query has joined in memory.
MOST_STREAMS = 12


class Capacity:
    """Half of the `running` places are for the young.

    `burst` is how many seconds among the old one client may take at once; half as much comes back a minute.
    """

    def __init__(self, running: int, queue: int, burst: float) -> None:
        self.young = Lane(max(1, running // 2), queue)
        self.old = Lane(max(1, running // 2), queue)
        self._streams: Counter[str] = Counter()
        self._budget = TokenBucket(burst, burst / 120)

    def check_budget(self, client: str) -> None:
        """Raises Refused `too-many`, with the seconds to wait, where a client has used up its time."""
        if seconds := self._budget.wait(client):
            message = Remark(
                "Your long queries used up the time that one client may take; send the next one later."
            )
            raise Refused("too-many", message, retry_after=seconds)

    def charge(self, client: str, seconds: float) -> None:
        """Takes time among the old from what a client has."""
        self._budget.take(client, seconds)

    def open_stream(self, client: str) -> None:
        """Counts a long answer; one client has at most half of them. Raises Refused."""
        if self._streams.total() >= MOST_STREAMS or self._streams[client] >= MOST_STREAMS // 2:
            raise full(Remark("The server is busy: too many long answers are being sent."))
        self._streams[client] += 1

    def close_stream(self, client: str) -> None:
        """A long answer is over."""
        self._streams[client] -= 1
        self._streams += Counter()  # forgets clients without any

    def gauges(self) -> dict[str, float]:
        """How many wait and work at this moment."""
        return {
            "waiting_young": self.young.waiting,
            "waiting_old": self.old.waiting,
            "running_young": self.young.running,
            "running_old": self.old.running,
            "streams": self._streams.total(),
        }
