"""One exchange with an engine elsewhere: what comes back is looked at before it counts as an answer."""

import http.client
import re
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlencode

from loader.query.mistakes.mistake import Remark
from server.engine.remote.endpoint import RemoteEndpoint
from server.refusal import Refused

FORM = "application/x-www-form-urlencoded"
MOST_TOLD = 300
# In this header the relay says why it could not ask.
UNREACHABLE = "X-Unreachable"
_TAG = re.compile(r"<[^>]*>")
# What an engine says in the body of a failure that is one of time.
_OF_TIME = ("timeout", "timed out", "time limit", "S1TAT", "anytime")


class CheckedBody:
    """The body of an answer, read within a time; raises Refused where it comes too late or breaks off."""

    def __init__(self, response: http.client.HTTPResponse, end: socket.socket, deadline: float) -> None:
        self._response, self._end, self._deadline = response, end, deadline
        self.headers = response.headers
        self.is_framed = response.length is not None or bool(response.chunked)

    def read(self, size: int = -1, /) -> bytes:
        with _failures():
            left = _left(self._deadline)
            if self._end.fileno() >= 0:  # closed as soon as all of it is there
                self._end.settimeout(left)
            piece = self._response.read(None if size < 0 else size)
            if not piece and self._response.length:
                raise http.client.IncompleteRead(b"", self._response.length)
            return piece


@contextmanager
def exchange(
    endpoint: RemoteEndpoint, fields: Sequence[tuple[str, str]], accept: str, seconds: float
) -> Iterator[CheckedBody]:
    """The answer to a query. Raises Refused; whoever leaves early closes the connection."""
    deadline = time.monotonic() + seconds
    headers = {"Content-Type": FORM, "Accept": accept, **endpoint.headers}
    connection = endpoint.connection(seconds)
    try:
        with _failures():
            connection.request("POST", endpoint.target, urlencode(fields).encode(), headers)
            end = connection.sock
            end.settimeout(_left(deadline))
            response = connection.getresponse()
        body = CheckedBody(response, end, deadline)
        _look_at(response.status, body)
        yield body
    finally:
        connection.close()


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


@contextmanager
def _failures() -> Iterator[None]:
    """Turns what the network raises into Refused."""
    try:
        yield
    except TimeoutError:
        raise too_slow() from None
    except (OSError, http.client.HTTPException) as error:
        raise broken_off(type(error).__name__ if not str(error) else str(error)) from None


def _look_at(status: int, body: CheckedBody) -> None:
    """Raises Refused where an answer is none, or is only a part of one."""
    if why := body.headers.get(UNREACHABLE):
        raise broken_off(why)
    if body.headers.get("X-SQL-State") or status in (408, 504):
        raise too_slow()
    if most := body.headers.get("X-SPARQL-MaxRows"):
        message = Remark("The engine behind this server cuts answers at %(most)s rows.", {"most": most})
        raise Refused("remote", message)
    if status != 200:
        raise _failed(status, _told(body))


def _failed(status: int, told: str) -> Refused:
    """A query that is wrong is the fault of whoever asks, but for what is due to the engine."""
    if any(word in told for word in _OF_TIME):
        return too_slow()
    if status == 400:
        return Refused("refused", told)
    if status in (429, 503):
        return Refused("full", Remark("The engine behind this server is busy."), retry_after=5)
    message = "The engine behind this server failed with status %(status)s: %(told)s"
    return Refused("remote", Remark(message, {"status": status, "told": told}))


def _told(body: CheckedBody) -> str:
    """The beginning of what an engine says of a failure, in one line; of a page its words."""
    text = body.read(1 << 14).decode("utf-8", "replace")
    if "html" in body.headers.get("Content-Type", ""):
        text = _TAG.sub(" ", text)
    return " ".join(text.split())[:MOST_TOLD]


def too_slow() -> Refused:
    message = Remark("The engine behind this server did not answer within the time limit.")
    return Refused("remote-slow", message, retry_after=30)


def broken_off(error: object) -> Refused:
    message = "The engine behind this server cannot be asked, or broke off: %(error)s."
    return Refused("remote", Remark(message, {"error": error}), retry_after=5)
