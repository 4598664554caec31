"""The ASGI app: answers from the cache, else lets Flask answer in a thread, and watches the client."""

import asyncio
import json
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO
from wsgiref.types import WSGIApplication

from server.engine.interface import Departure, EngineFailure
from server.front.body import BodyRefused, ClientLeft, read_body
from server.front.wsgi import Response, environ
from server.http.answers import ALWAYS, CACHEABLE
from server.http.asgi_types import Headers, Message, Receive, Send, client_address, header
from server.http.cache import Cache, Entry, Key, matches
from server.http.headers import READING, SECURITY
from server.http.problems import KINDS, TYPES
from server.http.requests import Observed, Requests

THREADS = 192
SECONDS_A_CHUNK = 30.0
KEEP = CACHEABLE.encode()
KEYED_HEADERS = (b"accept", b"accept-encoding", b"accept-language", b"content-type")


class Shell:
    """One ASGI app around one WSGI app.

    `release_id` tells the release that answers now; `body_limit` how many bytes a request may send;
    `proxies` are the addresses whose word on the client's address is believed.
    """

    def __init__(
        self,
        app: WSGIApplication,
        cache: Cache,
        requests: Requests,
        release_id: Callable[[], str],
        body_limit: Callable[[Message], int],
        shut_down: Callable[[], None],
        proxies: Collection[str] = (),
    ) -> None:
        self._proxies = proxies
        self._app, self._cache, self._requests = app, cache, requests
        self._release_id, self._body_limit, self._shut_down = release_id, body_limit, shut_down
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="request")

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._serve(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await send({"type": "lifespan.startup.complete"})
            else:
                self._shut_down()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _serve(self, scope: Message, receive: Receive, send: Send) -> None:
        observed = Observed(self._requests, scope, send)
        from_cache = False
        try:
            from_cache = await self._answer(scope, receive, observed.send)
        finally:
            observed.finish(from_cache)

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> bool:
        """Answers a request, and says whether the cache could."""
        try:
            body = await read_body(receive, scope["headers"], self._body_limit(scope))
        except ClientLeft:
            refusal = BodyRefused("request", "The body does not come to its end.")
            await _send_whole(send, *_problem(refusal))
            return False
        except BodyRefused as refusal:
            await _send_whole(send, *_problem(refusal))
            return False
        with body:
            key = self._key(scope, body)
            entry = self._cache.get(key) if key else None
            if entry:
                await _send_entry(scope, send, entry)
            else:
                await self._ask_flask(scope, receive, send, body, key)
            return entry is not None

    def _key(self, scope: Message, body: BinaryIO) -> Key | None:
        """What an answer depends on, as it was sent; None where the release is not known."""
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return None
        try:
            release = self._release_id().encode()
        except EngineFailure:
            return None
        content = body.read() if scope["method"] == "POST" else b""
        body.seek(0)
        kept = (header(scope["headers"], name) for name in KEYED_HEADERS)
        kind = b"POST" if scope["method"] == "POST" else b"GET"
        return (release, kind, scope["path"].encode(), scope["query_string"], content, *kept)

    async def _ask_flask(
        self, scope: Message, receive: Receive, send: Send, body: BinaryIO, key: Key | None
    ) -> None:
        departure = Departure()
        watch = asyncio.create_task(_watch(receive, departure))
        loop = asyncio.get_running_loop()
        try:
            request = environ(scope, body, client_address(scope, self._proxies), departure)
            response = await loop.run_in_executor(self._threads, Response, self._app, request)
            if response.whole is None:
                await self._stream(scope, send, response)
            else:
                await self._send_kept(scope, send, response, key)
        except (TimeoutError, EngineFailure) as error:
            departure.happen()
            raise ConnectionAbortedError("the answer could not be finished") from error
        finally:
            watch.cancel()

    async def _send_kept(self, scope: Message, send: Send, response: Response, key: Key | None) -> None:
        """Sends a whole response, and keeps it where that is allowed."""
        assert response.whole is not None
        headers = [pair for pair in response.headers if pair[0] != KEEP]
        entry = Entry(response.status, headers, response.whole)
        is_for = header(response.headers, KEEP)
        may_be = response.status == 200 and scope["method"] != "HEAD"
        if key and may_be and is_for in (ALWAYS.encode(), key[0]):
            self._cache.put(key, entry)
        await _send_entry(scope, send, entry)

    async def _stream(self, scope: Message, send: Send, response: Response) -> None:
        """Sends what the client has not yet, each piece taken in a thread only while it takes them."""
        loop = asyncio.get_running_loop()
        headers = [pair for pair in response.headers if pair[0] != KEEP]
        try:
            if _is_known(scope, response.status, headers):
                await _send_whole(send, 304, _without_body(headers), b"")
                return
            await send({"type": "http.response.start", "status": response.status, "headers": headers})
            while (piece := await loop.run_in_executor(self._threads, next, response.body, None)) is not None:
                message = {"type": "http.response.body", "body": piece, "more_body": True}
                await asyncio.wait_for(send(message), SECONDS_A_CHUNK)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            await loop.run_in_executor(self._threads, response.close)


async def _watch(receive: Receive, departure: Departure) -> None:
    """Waits for the client to leave."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            await asyncio.get_running_loop().run_in_executor(None, departure.happen)
            return


async def _send_entry(scope: Message, send: Send, entry: Entry) -> None:
    """A whole answer, or 304 where the client has it."""
    if _is_known(scope, entry.status, entry.headers):
        await _send_whole(send, 304, _without_body(entry.headers), b"")
    else:
        body = b"" if scope["method"] == "HEAD" else entry.body
        await _send_whole(send, entry.status, entry.headers, body)


def _is_known(scope: Message, status: int, headers: Headers) -> bool:
    """Whether the client asks only for what it has not, and has this; 304 answers GET and HEAD alone."""
    condition = header(scope["headers"], b"if-none-match")
    may_be = scope["method"] in ("GET", "HEAD") and status == 200
    return may_be and bool(condition) and matches(header(headers, b"etag"), condition)


def _without_body(headers: Headers) -> Headers:
    return [pair for pair in headers if pair[0] not in (b"content-length", b"content-type")]


async def _send_whole(send: Send, status: int, headers: Headers, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _problem(refusal: BodyRefused) -> tuple[int, Headers, bytes]:
    """The answer for a body that was not taken in; the connection ends, for its rest may still come."""
    status, title = KINDS[refusal.kind]
    problem = {"type": TYPES + refusal.kind, "title": title, "status": status, "detail": str(refusal)}
    body = json.dumps(problem).encode()
    headers = [(b"content-type", b"application/problem+json"), (b"content-length", b"%d" % len(body))]
    always = [(name.lower().encode(), value.encode()) for name, value in (SECURITY | READING).items()]
    return status, [*headers, (b"connection", b"close"), *always], body
