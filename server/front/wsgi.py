"""Calls the WSGI app of the front."""

from collections.abc import Callable, Iterable, Iterator
from wsgiref.types import WSGIApplication, WSGIEnvironment

from server.http.asgi_types import Headers, header
from server.http.encoding import MOST_WHOLE


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
