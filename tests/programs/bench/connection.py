"""A kept connection without an HTTP library between, so that the client takes little of the machine."""

import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass

PIECE = 1 << 18
PATIENCE = 1800.0
LAST_CHUNK = b"\r\n0\r\n\r\n"
WITHOUT_BODY = (204, 304)


def request(method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    lines = [f"{method} {target} HTTP/1.1", "Host: localhost", *(f"{k}: {v}" for k, v in headers.items())]
    if body or method in ("POST", "PUT"):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


class Reading:
    """One answer as far as it has come."""

    def __init__(self) -> None:
        self.status, self.head, self.length = 0, b"", 0
        self._expected: int | None = None
        self._tail = b""

    def feed(self, piece: bytes) -> bool:
        """Takes what has come, and says whether that was all."""
        if not piece:
            raise ConnectionError(f"the server closed the connection: {self.head[:200]!r}")
        if not self.status:
            self.head += piece
            head, end, piece = self.head.partition(b"\r\n\r\n")
            if not end:
                return False
            self._begin(head)
        self.length += len(piece)
        self._tail = (self._tail + piece[-len(LAST_CHUNK) :])[-len(LAST_CHUNK) :]
        if self._expected is None:
            return self._tail in (LAST_CHUNK, LAST_CHUNK[2:])
        return self.length >= self._expected

    def _begin(self, head: bytes) -> None:
        self.head, self.status = head, int(head[9:12])
        if self.status in WITHOUT_BODY:
            self._expected = 0
        elif length := self.header("content-length"):
            self._expected = int(length)

    def header(self, name: str) -> str:
        for line in self.head.decode("latin-1").split("\r\n")[1:]:
            key, _, value = line.partition(":")
            if key.lower() == name:
                return value.strip()
        return ""


@dataclass(frozen=True)
class Answer:
    """What came: the seconds until the first byte of the body, and until the last."""

    status: int
    tag: str
    first: float
    whole: float


class Connection:
    """Asks one thing after the other. Raises ValueError for an answer that is none of success."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def ask(self, content: bytes) -> Answer:
        reading, first, began = Reading(), 0.0, time.perf_counter()
        self.socket.sendall(content)
        while not reading.feed(self.socket.recv(PIECE)):
            if reading.length and not first:
                first = time.perf_counter() - began
        whole = time.perf_counter() - began
        check(reading, content)
        return Answer(reading.status, reading.header("etag"), first or whole, whole)


def check(reading: Reading, content: bytes) -> None:
    if reading.status not in (200, 201, 204, 304):
        raise ValueError(f"{reading.status} for {content[:300]!r}")
