"""The ASGI app: answers from the cache, or by a worker, or by an app of its own what concerns the front."""

import asyncio
import io
from collections.abc import Awaitable, Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field, replace
from typing import BinaryIO
from wsgiref.types import WSGIApplication

from server.engine.statistics import Statistics
from server.front.body import ClientLeft, read_body
from server.front.cache import MOST_BYTES_AN_ENTRY, Cache, CachedAnswer, Key
from server.front.current import Current
from server.front.follower import Follower
from server.front.observed import AccessLog, Observed
from server.front.pool import Pool
from server.front.received import is_for_the_primary, is_of_the_front, key_of, refuse_without_host, request_of
from server.front.reply import Reply
from server.front.requests import Requests
from server.front.sending import KEEP, send_elsewhere, send_entry, send_file, send_problem, stream
from server.front.traffic import Traffic
from server.front.watch import Watch
from server.front.wsgi import Response
from server.http.answers import ALWAYS
from server.http.asgi_types import Message, Receive, Send, header
from server.http.environ import FAILURE, environ_of
from server.processes.frames import Request
from server.refusal import Refused

THREADS = 64
FOR_ALL = ALWAYS.encode()
MCP = "/mcp"
# An app at one address, and the context in which it lives.
Mcp = tuple[
    Callable[[Message, Receive, Send], Awaitable[None]], Callable[[], AbstractAsyncContextManager[object]]
]


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What the shell puts together.

    `follower` follows a source, where there is one; writes are sent on to `primary`, where that is given.
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
    follower: Follower = field(default_factory=lambda: Follower(""))
    primary: str = ""
    seconds: float = 30.0
    mcp: Mcp | None = None
    proxies: Collection[str] = ()


class Shell:
    """One ASGI app in front of the workers and of one WSGI app."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="request")

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        mcp = self._parts.mcp
        if scope["type"] == "lifespan":
            async with mcp[1]() if mcp else nullcontext():
                await self._live(receive, send)
        elif scope["type"] == "http":
            await self._serve(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._parts.current.start()
                self._parts.follower.start()
                await send({"type": "lifespan.startup.complete"})
            else:
                await asyncio.to_thread(self._parts.shut_down)
                self._parts.follower.close()
                self._parts.current.close()
                self._parts.log.flush()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _serve(self, scope: Message, receive: Receive, send: Send) -> None:
        observed = Observed(self._parts.requests, self._parts.log, scope, send)
        from_cache = False
        mcp = self._parts.mcp
        try:
            if mcp and scope["path"] == MCP:
                await mcp[0](scope, receive, observed.send)
            else:
                from_cache = await self._answer(scope, receive, observed.send)
        finally:
            observed.finish(from_cache)

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> bool:
        """Answers a request, and says whether the cache could."""
        try:
            refuse_without_host(scope)
            if self._parts.primary and is_for_the_primary(scope):
                await send_elsewhere(scope, send, self._parts.primary)
                return False
            body = await read_body(receive, scope["headers"], self._parts.body_limit(scope))
        except ClientLeft:
            refusal = Refused("request", "The body does not come to its end.")
            await send_problem(send, refusal)
            return False
        except Refused as refusal:
            await send_problem(send, refusal)
            return False
        with body:
            if is_of_the_front(scope):
                await self._ask_app(scope, send, request_of(scope, b"", self._parts.proxies), body)
                return False
            content = body.read() if scope["method"] == "POST" else b""
        try:
            pool = self._parts.current.pool()
        except Refused as failure:
            await self._tell(scope, send, request_of(scope, content, self._parts.proxies), failure)
            return False
        key = key_of(pool.snapshot.id, scope, content)
        entry = self._parts.cache.get(key) if key else None
        if entry:
            await send_entry(scope, send, entry)
        else:
            await self._ask_worker(pool, scope, receive, send, content, key)
        return entry is not None

    async def _ask_worker(
        self, pool: Pool, scope: Message, receive: Receive, send: Send, content: bytes, key: Key | None
    ) -> None:
        """Lets a worker answer; whoever leaves before the end ends its work."""
        parts, request = self._parts, request_of(scope, content, self._parts.proxies)
        try:
            with Watch(receive) as watch:
                reply = await parts.traffic.answer(pool, request, parts.seconds, watch.begin)
                if reply.rest is not None and _is_kept_whole(reply):
                    reply = replace(reply, body=await _joined(reply), rest=None)
                if reply.rest is not None:
                    parts.statistics.count("answered")
                    watch.begin()
                    await stream(scope, send, reply)
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
            await send_file(scope, send, response, self._threads)
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
        await send_entry(scope, send, entry)


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
