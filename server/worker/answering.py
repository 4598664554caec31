"""A disposable process that answers requests on one release, until it is told to go or dies."""

import array
import gc
import io
import os
import resource
import signal
import socket
import threading
import time
from collections.abc import Callable
from wsgiref.types import WSGIApplication

from server.http.environ import EXPLAINING, environ_of
from server.http.needs import NeedsNetwork
from server.http.result_response import PUSH
from server.processes.channel import Channel, read_memory_file
from server.processes.frames import (
    MOST_BYTES,
    MOST_IN_FRAME,
    START,
    WHOLE,
    Headers,
    Request,
    Spent,
    pack_answer,
    pack_broken,
    pack_end,
    pack_network,
    pack_piece,
)
from server.processes.isolation import limit_memory, on_big_stack
from server.refusal import Refused

MOST_YOUNG = 20_000  # objects before a collection: nearly all of a request ends with its last reference
Quick = Callable[[Request, "Sender"], bool]


def serve(channel: Channel, app: WSGIApplication, quick: Quick, memory: int, alone: bool) -> None:
    """Says that it is ready, and answers what comes on the channel."""
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    on_big_stack(lambda: _answer_all(channel, app, quick, memory, alone))


def set_alarm(seconds: float) -> None:
    """Ends this process when so many seconds have passed; 0 takes that back."""
    signal.setitimer(signal.ITIMER_REAL, seconds)


def _answer_all(channel: Channel, app: WSGIApplication, quick: Quick, memory: int, alone: bool) -> None:
    gc.set_threshold(MOST_YOUNG)
    limit_memory(memory)  # here, for the stack is no part of what a request may take
    channel.send({"pid": os.getpid(), "thread": threading.get_native_id(), "without_network": alone})
    inbox = Inbox(channel.socket)
    try:
        while content := inbox.next():
            _answer(Sender(channel.socket), app, quick, Request.unpacked(content))
    except OSError:
        pass  # the front is gone
    os._exit(0)


class Inbox:
    """What the front sends, taken into one place: a new one of this size each time would be mapped anew."""

    def __init__(self, end: socket.socket) -> None:
        self._end, self._room = end, memoryview(bytearray(MOST_BYTES))
        self._rights = socket.CMSG_SPACE(array.array("i").itemsize)

    def next(self) -> bytes:
        """The next request as it was packed; empty where the front is gone. Raises OSError."""
        length, rights, _, _ = self._end.recvmsg_into([self._room], self._rights)
        if rights:
            return read_memory_file(array.array("i", rights[0][2])[0])
        return bytes(self._room[:length])


def _answer(sender: "Sender", app: WSGIApplication, quick: Quick, request: Request) -> None:
    try:
        if not quick(request, sender):
            _call(sender, app, request)
    except NeedsNetwork as needed:
        sender.send(pack_network(needed.services))
    except Refused as failure:
        sender.send(pack_broken(failure))


def _call(sender: "Sender", app: WSGIApplication, request: Request) -> None:
    """Lets the app answer; what it pushes is on its way before it ends."""
    head: list[tuple[int, Headers]] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], exc_info: object = None, /
    ) -> Callable[[bytes], object]:
        head[:] = [(int(status.split(" ", 1)[0]), encoded(headers))]
        return _no_write

    environ = environ_of(request, io.BytesIO(request.body))
    environ[PUSH], environ[EXPLAINING] = sender, sender.explaining
    pieces = app(environ, start_response)
    body = b"".join(pieces)
    if close := getattr(pieces, "close", None):
        close()
    if sender.has_begun:
        sender.end()
    else:
        sender.whole(*head[0], body)


def encoded(headers: list[tuple[str, str]]) -> Headers:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]


class Sender:
    """Sends one answer to the front; a push of the app goes the same way."""

    def __init__(self, end: socket.socket) -> None:
        self._end, self.has_begun = end, False

    def send(self, message: bytes) -> None:
        """Waits until there is room. Raises OSError where the front is gone."""
        self._end.send(message)

    def whole(self, status: int, headers: Headers, body: bytes, common: bytes = b"") -> None:
        """A complete answer, in as many frames as it needs."""
        if len(body) <= MOST_IN_FRAME:
            self.send(pack_answer(WHOLE, status, headers, spent(), body, common))
            return
        self.begin(status, headers, common)
        self.write(body)
        self.end()

    def start(self, status: int, headers: list[tuple[str, str]]) -> None:
        """The head of an answer whose end is not there yet; from now on only the front measures time."""
        self.start_stream(status, encoded(headers))

    def start_stream(self, status: int, headers: Headers, common: bytes = b"") -> None:
        """The same, with headers as they are sent."""
        set_alarm(0)
        self.begin(status, headers, common)

    def begin(self, status: int, headers: Headers, common: bytes = b"") -> None:
        self.has_begun = True
        self.send(pack_answer(START, status, headers, spent(), common=common))

    def write(self, piece: bytes, /) -> None:
        view = memoryview(piece)
        while view:
            self.send(pack_piece(bytes(view[:MOST_IN_FRAME])))
            view = view[MOST_IN_FRAME:]

    def end(self) -> None:
        self.send(pack_end(spent()))

    def explaining(self) -> None:
        """Tells that the answer is there but for its explanation, of which this process may die."""
        self.send(b"X")


def spent() -> Spent:
    """What this process has used so far; pages that it touches first are private to it from then on."""
    pages = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    return Spent(time.thread_time_ns(), pages)


def _no_write(_: bytes) -> object:
    raise NotImplementedError("the write callable of PEP 3333 is not offered")
