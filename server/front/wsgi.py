"""Calls a WSGI app for an ASGI request."""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIApplication, WSGIEnvironment

from server.engine.interface import Departure
from server.http.asgi_types import Headers, Message, header
from server.http.encoding import MOST_WHOLE
from server.http.state import DEPARTURE


class Response:
    """What a WSGI app answered: `whole` where its length is known, unless it is a large file, else `body`,
    to be iterated and closed.
    """

    def __init__(self, app: WSGIApplication, environ: WSGIEnvironment) -> None:
        self.status = 500
        self.headers: Headers = []
        self._iterable: Iterable[bytes] = app(environ, self._start)
        self.body: Iterator[bytes] = iter(self._iterable)
        self.whole: bytes | None = None
        length = header(self.headers, b"content-length")
        if length and not (header(self.headers, b"accept-ranges") and int(length) > MOST_WHOLE):
            self.whole = b"".join(self.body)
            self.close()

    def close(self) -> None:
        close: Callable[[], None] | None = getattr(self._iterable, "close", None)
        if close:
            close()

    def _start(
        self, status: str, headers: list[tuple[str, str]], exc_info: object = None, /
    ) -> Callable[[bytes], object]:
        self.status = int(status.split(" ", 1)[0])
        self.headers = [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in headers]
        return _no_write


def _no_write(_: bytes) -> object:
    raise NotImplementedError("the write callable of PEP 3333 is not offered")


def environ(scope: Message, body: BinaryIO, client: str, departure: Departure) -> WSGIEnvironment:
    """The environment of PEP 3333 for an ASGI scope; `client` is the address that asks."""
    path = unquote_to_bytes(scope.get("raw_path") or scope["path"].encode())
    server = scope.get("server") or ("localhost", 80)
    result: WSGIEnvironment = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": path.partition(b"?")[0].decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": client,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        DEPARTURE: departure,
    }
    for name, value in scope["headers"]:
        _add_header(result, name.decode("latin-1"), value.decode("latin-1"))
    return result


def _add_header(environ: WSGIEnvironment, name: str, value: str) -> None:
    """A header that comes several times is one list (RFC 9110, section 5.3)."""
    key = name.upper().replace("-", "_")
    if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        key = f"HTTP_{key}"
    environ[key] = f"{environ[key]}, {value}" if key in environ else value
