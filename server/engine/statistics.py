"""What the engine did and does, in numbers, for those who watch over it."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from server.refusal import Refused


class Statistics:
    """Counts of answers and failures by kind; safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._outcomes: Counter[str] = Counter()

    def count(self, outcome: str) -> None:
        with self._lock:
            self._outcomes[outcome] += 1

    @contextmanager
    def counted(self, outcome: str) -> Iterator[None]:
        """Counts what is done in the block: as this outcome, or as the kind of refusal that ends it."""
        try:
            yield
        except Refused as failure:
            self.count(failure.kind)
            raise
        self.count(outcome)

    def outcomes(self) -> dict[str, int]:
        with self._lock:
            return dict(self._outcomes)
