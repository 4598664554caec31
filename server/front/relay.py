"""Passes the queries of workers on to an engine elsewhere, with credentials that no worker ever sees.

Workers reach it by a socket in the file system, so that they need no network.
"""

import http.client
import select
import shutil
import socketserver
import sys
import tempfile
import threading
from collections import deque
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import cast

from server.engine.remote.endpoint import RemoteEndpoint
from server.engine.remote.exchange import FORM, UNREACHABLE
from server.logs import log

MOST_BODY = 8 << 20
MOST_IDLE = 16
PIECE_BYTES = 1 << 16
# What a query may say; whoever has taken over a worker cannot write with the credentials of the server.
FIELDS = (b"query", b"default-graph-uri", b"named-graph-uri", b"timeout")
PASSED_ON = ("Content-Type", "Server", "X-SQL-State", "X-SPARQL-MaxRows")


class Departed(Exception):
    """Nobody waits for an answer any more, or it broke off."""


class Relay:
    """Lives as long as the server, in threads of its own; `path` is where workers find it."""

    def __init__(self, endpoint: RemoteEndpoint, seconds: float) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="unmissions-"))
        self.path = str(self._folder / "relay")
        self._server = _Listening(self.path, Upstream(endpoint, seconds))
        threading.Thread(target=self._server.serve_forever, daemon=True, name="relay").start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        shutil.rmtree(self._folder, ignore_errors=True)


class Upstream:
    """Connections to the engine, kept while they can be used again."""

    def __init__(self, endpoint: RemoteEndpoint, seconds: float) -> None:
        self._endpoint, self._seconds = endpoint, seconds
        self._idle: deque[http.client.HTTPConnection] = deque(maxlen=MOST_IDLE)

    def send(self, body: bytes, accept: str) -> http.client.HTTPConnection:
        """A connection on which a query is; a kept one that the engine has closed is tried once."""
        try:
            return self._send(self._idle.pop(), body, accept)
        except (IndexError, OSError, http.client.HTTPException):
            return self.send_anew(body, accept)

    def send_anew(self, body: bytes, accept: str) -> http.client.HTTPConnection:
        """The same on a new connection. Raises OSError or HTTPException."""
        return self._send(self._endpoint.connection(self._seconds), body, accept)

    def keep(self, connection: http.client.HTTPConnection) -> None:
        """For the next query, unless the engine wants to close it."""
        if connection.sock is not None:
            self._idle.append(connection)

    def _send(
        self, connection: http.client.HTTPConnection, body: bytes, accept: str
    ) -> http.client.HTTPConnection:
        headers = {"Content-Type": FORM, "Accept": accept, **self._endpoint.headers}
        connection.request("POST", self._endpoint.target, body, headers)
        return connection


class _Listening(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, path: str, upstream: Upstream) -> None:
        self.upstream = upstream
        super().__init__(path, RelayedQuery)

    def handle_error(self, request: object, client_address: object) -> None:
        """A worker that has left needs no answer; what else fails is told."""
        if not isinstance(sys.exc_info()[1], OSError):
            log.error("relay failed", exc_info=True)


class RelayedQuery(BaseHTTPRequestHandler):
    """One query of one worker."""

    protocol_version = "HTTP/1.1"

    def address_string(self) -> str:
        """A worker has no address."""
        return "worker"

    def log_message(self, *_: object) -> None:
        """The front has its own log."""

    def do_POST(self) -> None:
        """Asks the engine, and passes on what it answers; ends both connections where one ends."""
        self.close_connection = True
        length = int(self.headers["Content-Length"] or 0)
        body = self.rfile.read(min(length, MOST_BODY))
        if length > MOST_BODY or not all(field.partition(b"=")[0] in FIELDS for field in body.split(b"&")):
            self.send_error(403)
            return
        try:
            self._pass_on(body)
        except Departed:
            return
        except (OSError, http.client.HTTPException) as error:
            self._say_unreachable(error)

    def _say_unreachable(self, error: Exception) -> None:
        """In a header that comes from here alone: no engine's own headers of other names are passed on."""
        self.send_response_only(502)
        self.send_header(UNREACHABLE, str(error).encode("ascii", "replace").decode() or type(error).__name__)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _pass_on(self, body: bytes) -> None:
        upstream = cast(_Listening, self.server).upstream
        accept = self.headers["Accept"] or "*/*"
        connection = upstream.send(body, accept)
        try:
            response = self._answer(connection)
        except (ConnectionError, http.client.RemoteDisconnected):
            connection.close()
            connection = upstream.send_anew(body, accept)
            response = self._answer(connection)
        try:
            self._copy(response)
        except BaseException:
            connection.close()
            raise
        upstream.keep(connection)

    def _answer(self, connection: http.client.HTTPConnection) -> http.client.HTTPResponse:
        """The head of the answer. Raises Departed where the worker leaves before."""
        waiting = select.poll()
        for end in (self.connection, connection.sock):
            waiting.register(end, select.POLLIN | select.POLLHUP)
        ready = {descriptor for descriptor, _ in waiting.poll(1000 * (connection.timeout or 600))}
        if self.connection.fileno() in ready:
            connection.close()
            raise Departed
        return connection.getresponse()

    def _copy(self, response: http.client.HTTPResponse) -> None:
        """Passes on the answer; it ends for the worker as it ends here, whole or broken off."""
        length, is_chunked = response.length, bool(response.chunked)
        self.send_response_only(response.status)
        for name in PASSED_ON:
            if value := response.headers.get(name):
                self.send_header(name, value)
        self.send_header("Connection", "close")
        if is_chunked:
            self.send_header("Transfer-Encoding", "chunked")
        elif length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()
        try:
            while piece := response.read1(PIECE_BYTES):
                self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece) if is_chunked else piece)
            if response.length:
                raise http.client.IncompleteRead(b"", response.length)
            if is_chunked:
                self.wfile.write(b"0\r\n\r\n")
            response.close()  # so that its connection can be used again
        except (OSError, http.client.HTTPException):
            raise Departed from None  # what was begun cannot be told to be wrong, but ends too early
