"""The ASGI app: answers from the cache, or by a worker, or by an app of its own what concerns the front."""

import asyncio
import io
import json
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import BinaryIO
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIApplication

from server.formats import PROBLEM
from server.front.body import ClientLeft, read_body
from server.front.cache import MOST_BYTES_AN_ENTRY, Cache, CachedAnswer, Key, matches
from server.front.current import Current
from server.front.observed import AccessLog, Observed
from server.front.pool import Pool
from server.front.requests import Requests
from server.front.statistics import Statistics
from server.front.traffic import Reply, Traffic
from server.front.watch import Watch
from server.front.wsgi import Response
from server.http.answers import ALWAYS, CACHEABLE
from server.http.asgi_types import Headers, Message, Receive, Send, client_address, header
from server.http.environ import FAILURE, environ_of
from server.http.headers import READING, SECURITY
from server.processes.frames import Request
from server.refusal import Refused

THREADS = 64
SECONDS_A_CHUNK = 30.0
KEEP = CACHEABLE.encode()
FOR_ALL = ALWAYS.encode()
KEYED_HEADERS = (b"accept", b"accept-encoding", b"accept-language", b"content-type")
# What watches over the service or writes is answered here; all else by a worker.
OWN = ("/metrics", "/health", "/data", "/update", "/links")
READ_METHODS = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What the shell puts together.

    `app` answers what concerns the front; `body_limit` tells how many bytes a request may send; `proxies` are
    the addresses whose word on the client's address is believed; `seconds` is the time limit of a request.
    """

    app: WSGIApplication
    current: Current
    traffic: Traffic
    cache: Cache
    requests: Requests
    statistics: Statistics
    log: AccessLog
    body_limit: Callable[[Message], int]
    shut_down: Callable[[], None]
    seconds: float = 30.0
    proxies: Collection[str] = ()


class Shell:
    """One ASGI app in front of the workers and of one WSGI app."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
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
                self._parts.current.start()
                await send({"type": "lifespan.startup.complete"})
            else:
                await asyncio.to_thread(self._parts.shut_down)
                self._parts.current.close()
                self._parts.log.flush()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _serve(self, scope: Message, receive: Receive, send: Send) -> None:
        observed = Observed(self._parts.requests, self._parts.log, scope, send)
        from_cache = False
        try:
            from_cache = await self._answer(scope, receive, observed.send)
        finally:
            observed.finish(from_cache)

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> bool:
        """Answers a request, and says whether the cache could."""
        try:
            body = await read_body(receive, scope["headers"], self._parts.body_limit(scope))
        except ClientLeft:
            refusal = Refused("request", "The body does not come to its end.")
            await _send_whole(send, *_problem(refusal))
            return False
        except Refused as refusal:
            await _send_whole(send, *_problem(refusal))
            return False
        with body:
            if _is_own(scope):
                await self._ask_app(scope, send, self._request(scope, b""), body)
                return False
            content = body.read() if scope["method"] == "POST" else b""
        try:
            pool = self._parts.current.pool()
        except Refused as failure:
            await self._tell(scope, send, self._request(scope, content), failure)
            return False
        key = self._key(pool.snapshot.id.encode(), scope, content)
        entry = self._parts.cache.get(key) if key else None
        if entry:
            await _send_entry(scope, send, entry)
        else:
            await self._ask_worker(pool, scope, receive, send, content, key)
        return entry is not None

    def _key(self, release: bytes, scope: Message, content: bytes) -> Key | None:
        """What an answer depends on, as it was sent; None where nothing is kept."""
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return None
        given = dict(scope["headers"])
        kept = (given.get(name, b"") for name in KEYED_HEADERS)
        if len(given) < len(scope["headers"]):  # some header comes several times
            kept = (header(scope["headers"], name) for name in KEYED_HEADERS)
        kind = b"POST" if scope["method"] == "POST" else b"GET"
        return (release, kind, scope["path"].encode(), scope["query_string"], content, *kept)

    def _request(self, scope: Message, content: bytes) -> Request:
        """The request as a worker gets it: who may write is nothing that it needs to know."""
        path = scope.get("raw_path")
        host, port = scope.get("server") or ("localhost", 80)
        return Request(
            method=scope["method"],
            path=unquote_to_bytes(path.partition(b"?")[0]) if path else scope["path"].encode(),
            query_string=scope["query_string"],
            headers=[pair for pair in scope["headers"] if pair[0] != b"authorization"],
            client=client_address(scope, self._parts.proxies),
            scheme=scope.get("scheme", "http"),
            server=(str(host), int(port or 0)),
            body=content,
        )

    async def _ask_worker(
        self, pool: Pool, scope: Message, receive: Receive, send: Send, content: bytes, key: Key | None
    ) -> None:
        """Lets a worker answer; whoever leaves before the end ends its work."""
        parts, request = self._parts, self._request(scope, content)
        try:
            with Watch(receive) as watch:
                reply = await parts.traffic.answer(pool, request, parts.seconds, watch.begin)
                if reply.rest is not None and _is_kept_whole(reply):
                    reply = replace(reply, body=await _joined(reply), rest=None)
                if reply.rest is not None:
                    parts.statistics.count("answered")
                    watch.begin()
                    await self._stream(scope, send, reply)
                    return
        except Refused as failure:
            await self._tell(scope, send, request, failure)
            return
        parts.statistics.count("answered")
        await self._send_kept(scope, send, CachedAnswer(reply.status, reply.headers, reply.body), key)

    async def _tell(self, scope: Message, send: Send, request: Request, failure: Refused) -> None:
        """Tells of a failure as the app tells of all: as data, or as a page in the language of the reader."""
        self._parts.statistics.count(failure.kind)
        if failure.kind != "gone":
            await self._ask_app(scope, send, request, None, failure)

    async def _ask_app(
        self,
        scope: Message,
        send: Send,
        request: Request,
        body: BinaryIO | None,
        failure: Refused | None = None,
    ) -> None:
        """Lets the app of the front answer, in a thread."""
        request = replace(request, headers=scope["headers"])
        environ = environ_of(request, body or io.BytesIO(request.body))
        environ[FAILURE] = failure
        loop = asyncio.get_running_loop()
        response = await loop.run_in_executor(self._threads, Response, self._parts.app, environ)
        if response.whole is None:
            await self._send_file(scope, send, response)
        else:
            entry = CachedAnswer(response.status, response.headers, response.whole)
            await self._send_kept(scope, send, entry, None)

    async def _send_kept(self, scope: Message, send: Send, entry: CachedAnswer, key: Key | None) -> None:
        """Sends a whole answer, and keeps it where that is allowed and it is of the release of the key."""
        is_for = header(entry.headers, KEEP)
        if is_for:
            headers = [pair for pair in entry.headers if pair[0] != KEEP]
            entry = CachedAnswer(entry.status, headers, entry.body)
        if key and entry.status == 200 and scope["method"] != "HEAD" and is_for in (FOR_ALL, key[0]):
            self._parts.cache.put(key, entry)
        await _send_entry(scope, send, entry)

    async def _stream(self, scope: Message, send: Send, reply: Reply) -> None:
        """Sends what the client has not yet, each piece taken only while the client takes them."""
        assert reply.rest is not None
        headers = [pair for pair in reply.headers if pair[0] != KEEP]
        if _is_known(scope, reply.status, headers):
            await reply.close()
            await _send_entry(scope, send, CachedAnswer(200, headers, b""))
            return
        try:
            await send({"type": "http.response.start", "status": reply.status, "headers": headers})
            async for piece in reply.rest:
                message = {"type": "http.response.body", "body": piece, "more_body": True}
                async with asyncio.timeout(SECONDS_A_CHUNK):  # `wait_for` may swallow that the client left
                    await send(message)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except (TimeoutError, Refused) as error:
            raise ConnectionAbortedError("the answer could not be finished") from error
        finally:
            await reply.close()

    async def _send_file(self, scope: Message, send: Send, response: Response) -> None:
        """Sends what the app of the front has in a file, piece by piece."""
        loop = asyncio.get_running_loop()
        headers = [pair for pair in response.headers if pair[0] != KEEP]
        try:
            if _is_known(scope, response.status, headers):
                await _send_whole(send, 304, _without_body(headers), b"")
                return
            await send({"type": "http.response.start", "status": response.status, "headers": headers})
            while (piece := await loop.run_in_executor(self._threads, next, response.body, None)) is not None:
                message = {"type": "http.response.body", "body": piece, "more_body": True}
                async with asyncio.timeout(SECONDS_A_CHUNK):  # `wait_for` may swallow that the client left
                    await send(message)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except TimeoutError as error:
            raise ConnectionAbortedError("the client takes nothing") from error
        finally:
            await loop.run_in_executor(self._threads, response.close)


def _is_own(scope: Message) -> bool:
    first = "/" + str(scope["path"]).split("/")[1]
    return first in OWN or (first == "/graphs" and scope["method"] not in READ_METHODS)


def _is_kept_whole(reply: Reply) -> bool:
    """Whether an answer that came in several frames is one to be kept: complete, and not too long."""
    length = header(reply.headers, b"content-length")
    is_kept = bool(header(reply.headers, KEEP)) and reply.status == 200
    return is_kept and length.isdigit() and int(length) <= MOST_BYTES_AN_ENTRY


async def _joined(reply: Reply) -> bytes:
    """All of an answer that was said not to be long. Raises Refused where it is, or breaks off."""
    assert reply.rest is not None
    whole = bytearray()
    try:
        async for piece in reply.rest:
            whole += piece
            if len(whole) > MOST_BYTES_AN_ENTRY:
                raise Refused("unavailable", "The answer is longer than was said.")
    finally:
        await reply.close()
    return bytes(whole)


async def _send_entry(scope: Message, send: Send, entry: CachedAnswer) -> None:
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


def _problem(refusal: Refused) -> tuple[int, Headers, bytes]:
    """The answer for a body that was not taken in; the connection ends, for its rest may still come."""
    body = json.dumps(refusal.problem()).encode()
    headers = [(b"content-type", PROBLEM.media_type.encode()), (b"content-length", b"%d" % len(body))]
    always = [(name.lower().encode(), value.encode()) for name, value in (SECURITY | READING).items()]
    return refusal.status, [*headers, (b"connection", b"close"), *always], body
