"""What the engine did and does, in numbers, for those who watch over it."""

import threading
from collections import Counter


class Statistics:
    """Counts of answers and failures by kind; safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._outcomes: Counter[str] = Counter()

    def count(self, outcome: str) -> None:
        with self._lock:
            self._outcomes[outcome] += 1

    def outcomes(self) -> dict[str, int]:
        with self._lock:
            return dict(self._outcomes)
