"""One request on its way out: its answer gets an id, and it is counted and logged when it is over."""

import asyncio
import itertools
import secrets
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from json.encoder import encode_basestring as quoted

from server.front.requests import Requests
from server.http.asgi_types import Message, Send

FLUSH_SECONDS = 0.05
_PREFIX, _numbers = secrets.token_hex(5), itertools.count(1)


class AccessLog:
    """Writes the lines of requests together, a few times a second: each alone costs as much as an answer."""

    def __init__(self, is_wanted: Callable[[bool], bool]) -> None:
        """`is_wanted` tells whether a request is logged, by whether the cache answered it."""
        self.is_wanted = is_wanted
        self._lines: list[str] = []

    def write(self, line: str) -> None:
        """Adds a line, to be written soon."""
        if not self._lines:
            asyncio.get_running_loop().call_later(FLUSH_SECONDS, self.flush)
        self._lines.append(line)

    def flush(self) -> None:
        """Writes what there is."""
        lines, self._lines = self._lines, []
        if lines:
            sys.stderr.write("\n".join(lines) + "\n")
            sys.stderr.flush()


class Observed:
    """A request from its head to its answer's last byte."""

    def __init__(self, requests: Requests, log: AccessLog, scope: Message, send: Send) -> None:
        self._requests, self._log, self._scope, self._send = requests, log, scope, send
        self.id = f"{_PREFIX}{next(_numbers):06x}"
        self._began = time.monotonic()
        self._status = 499
        self._bytes = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            message["headers"] = [*message["headers"], (b"x-request-id", self.id.encode())]
        else:
            self._bytes += len(message.get("body", b""))
        await self._send(message)

    def finish(self, from_cache: bool) -> None:
        """Counts the request, and logs it if it is to be logged."""
        seconds = time.monotonic() - self._began
        self._requests.observe(self._status, seconds)
        if self._log.is_wanted(from_cache):
            self._log.write(self._line(seconds, "debug" if from_cache else "info"))

    def _line(self, seconds: float, level: str) -> str:
        """A JSON object; written by hand, for the encoder takes longer than all else here."""
        method, path = quoted(self._scope["method"]), quoted(self._scope["path"])
        client = quoted((self._scope.get("client") or ("",))[0])
        return (
            f'{{"id": "{self.id}", "method": {method}, "path": {path}, "status": {self._status}, '
            f'"bytes": {self._bytes}, "seconds": {seconds:.4f}, "client": {client}, "event": "request", '
            f'"level": "{level}", "timestamp": "{datetime.now(UTC).replace(tzinfo=None).isoformat()}Z"}}'
        )
