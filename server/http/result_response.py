"""A response whose body is a result: evaluated when it is sent, held back until it is whole or large."""

from collections.abc import Iterable
from typing import IO, Protocol, cast
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Response, current_app, request

from server.engine.interface import Answer
from server.http.encoding import Compressor, compressor_for, is_worth_compressing
from server.refusal import Refused

HOLD_BACK = 64 << 10
PUSH = "unmissions.push"
Headers = list[tuple[str, str]]


class Push(Protocol):
    """Takes an answer piece by piece, from whoever cannot hold it as a whole; a worker's way to the front."""

    def start(self, status: int, headers: Headers) -> None:
        """Status and headers; from here on a failure can only break the answer off."""

    def write(self, piece: bytes, /) -> None:
        """The next bytes; waits until there is room for them."""


class _Enough(Exception):
    """Nobody wants the rest: the request was a HEAD."""


class ResultResponse(Response):
    """A response on an answer of the engine. Where nobody takes pushes, the body is sent as a whole."""

    automatically_set_content_length = False  # it would count a body that is not there yet

    def __init__(self, answer: Answer, content_type: str) -> None:
        super().__init__(content_type=content_type)
        self._answer = answer

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        held = _Held(self, environ)
        try:
            self._answer.write_to(cast(IO[bytes], held))
        except _Enough:
            return super().__call__(environ, start_response)
        except Refused as failure:
            if held.push is not None:
                raise
            return _refused(failure)(environ, start_response)
        return held.finish(start_response)

    def send_whole(
        self, content: bytes, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """The body, now that it is known."""
        if is_worth_compressing(self, len(content)) and (compressor := compressor_for(self, request)):
            content = compressor.compress(content) + compressor.flush()
        self.set_data(content)
        self.content_length = len(content)
        return super().__call__(environ, start_response)


def _refused(failure: Refused) -> Response:
    """The failure as the app answers it."""
    response = current_app.make_response(current_app.handle_user_exception(failure))
    return current_app.process_response(response)


class _Held:
    """Where the engine writes: holds the first 64 KiB back, for they may be all."""

    def __init__(self, response: ResultResponse, environ: WSGIEnvironment) -> None:
        self._response, self._environ = response, environ
        self._held = bytearray()
        self._pusher: Push | None = environ.get(PUSH)
        self.push: Push | None = None
        self._compressor: Compressor | None = None

    def write(self, piece: bytes, /) -> int:
        self._held += piece
        if len(self._held) >= HOLD_BACK:
            if self._environ["REQUEST_METHOD"] == "HEAD":
                raise _Enough
            if self._pusher is not None:
                self._send()
        return len(piece)

    def flush(self) -> None:
        """There is nothing to flush: what is held back is sent when it is known to be all, or large."""

    def finish(self, start_response: StartResponse) -> Iterable[bytes]:
        """The whole body, or the end of what was pushed."""
        if self.push is None:
            return self._response.send_whole(bytes(self._held), self._environ, start_response)
        if self._held:
            self._send()
        if self._compressor:
            self.push.write(self._compressor.flush())
        return []

    def _send(self) -> None:
        if self.push is None:
            assert self._pusher is not None
            if is_worth_compressing(self._response, HOLD_BACK):
                self._compressor = compressor_for(self._response, request, is_stream=True)
            self.push = self._pusher
            self.push.start(self._response.status_code, list(self._response.get_wsgi_headers(self._environ)))
        piece = bytes(self._held)
        self._held.clear()
        if self._compressor:
            piece = self._compressor.compress(piece)
        if piece:
            self.push.write(piece)
