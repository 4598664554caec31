"""What an app remembers of the releases that were asked for last, for what a release says never changes."""

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from server.lru import Lru

MOST_RELEASES = 4
MOST_KINDS = 16
Value = TypeVar("Value")


class Memory:
    """Values by release, kind and key, of each kind a bounded number; safe to use from many threads.

    Each app has one of its own: what one has read is nothing that another, set up otherwise, may show.
    """

    def __init__(self) -> None:
        self._releases: Lru[Lru[Lru[object]]] = Lru(MOST_RELEASES)

    def get(
        self, release: str, kind: str, key: Hashable, make: Callable[[], Value], most: int = 400
    ) -> Value:
        """A value, made once; all values of a kind are of one type. Raises what `make` raises."""
        values = self._kind(release, kind, most)
        return cast(Value, values.get(key, make))

    def forget(self, release: str, kind: str, key: Hashable) -> None:
        """Makes a value anew the next time."""
        self._kind(release, kind, 1).forget(key)

    def _kind(self, release: str, kind: str, most: int) -> Lru[object]:
        kinds: Lru[Lru[object]] = self._releases.get(release, lambda: Lru(MOST_KINDS))
        return kinds.get(kind, lambda: Lru(most))
