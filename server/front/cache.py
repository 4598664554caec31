"""A bounded cache of whole answers, by release and the request as it was sent."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

from server.http.asgi_types import Headers

MOST_BYTES_AN_ENTRY = 1 << 20
HEADER_BYTES = 1024
Key = tuple[bytes, ...]


@dataclass(frozen=True)
class CachedAnswer:
    """An answer that was sent before."""

    status: int
    headers: Headers
    body: bytes


class Cache:
    """The answers used last, up to a number of bytes; nobody asks for those of an old release again."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self.size = self.hits = self.misses = 0
        self._lock = threading.Lock()
        self._entries: OrderedDict[Key, CachedAnswer] = OrderedDict()

    def get(self, key: Key) -> CachedAnswer | None:
        with self._lock:
            entry = self._entries.get(key)
            if entry:
                self._entries.move_to_end(key)
            self.hits += entry is not None
            self.misses += entry is None
            return entry

    def put(self, key: Key, entry: CachedAnswer) -> None:
        """Keeps an answer, in place of those that were not asked for longest."""
        size = _size(key, entry)
        if size > min(self._limit, MOST_BYTES_AN_ENTRY):
            return
        with self._lock:
            self._drop(key)
            self._entries[key] = entry
            self.size += size
            while self.size > self._limit:
                self._drop(next(iter(self._entries)))

    def _drop(self, key: Key) -> None:
        entry = self._entries.pop(key, None)
        if entry:
            self.size -= _size(key, entry)


def _size(key: Key, entry: CachedAnswer) -> int:
    """The bytes of memory of an entry; its headers say once more what was asked, beside constant ones."""
    return len(entry.body) + 2 * sum(map(len, key)) + HEADER_BYTES


def matches(etag: bytes, if_none_match: bytes) -> bool:
    """Whether a client has this answer already (RFC 9110, section 13.1.2: weak comparison).

    Nobody has one without a tag: a mistake, or what came of a write.
    """
    if if_none_match.strip() == b"*":
        return bool(etag)
    tags = (tag.strip().removeprefix(b"W/") for tag in if_none_match.split(b","))
    return bool(etag) and etag.removeprefix(b"W/") in tags
