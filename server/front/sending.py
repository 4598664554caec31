"""Sends answers to a client: whole ones, long ones as they come, files by pieces, or 304 for what it has."""

import asyncio
import json
from collections.abc import AsyncIterator
from concurrent.futures import Executor
from urllib.parse import quote

from server.formats import PROBLEM
from server.front.cache import CachedAnswer, matches
from server.front.reply import Reply
from server.front.wsgi import Response
from server.http.answers import CACHEABLE
from server.http.asgi_types import Headers, Message, Send, header
from server.http.headers import READING, SECURITY
from server.refusal import Refused

SECONDS_A_CHUNK = 30.0
KEEP = CACHEABLE.encode()
# Of an answer to a request whose body was not read: its rest may still come.
_ALWAYS = [
    (b"connection", b"close"),
    *((name.lower().encode(), value.encode()) for name, value in (SECURITY | READING).items()),
]


async def stream(scope: Message, send: Send, reply: Reply) -> None:
    """Sends what the client has not yet, each piece taken only while the client takes them."""
    assert reply.rest is not None
    try:
        await _send_pieces(scope, send, reply.status, reply.headers, reply.rest)
    finally:
        await reply.close()


async def send_elsewhere(scope: Message, send: Send, server: str) -> None:
    """Leads a request, with its method and body, to the same address of another server."""
    path = scope.get("raw_path") or quote(scope["path"]).encode()
    query = scope["query_string"]
    target = server.encode() + path.partition(b"?")[0] + (b"?" + query if query else b"")
    headers = [(b"location", target), (b"cache-control", b"no-store"), (b"content-length", b"0")]
    await _send_whole(send, 307, [*headers, *_ALWAYS], b"")


async def send_file(scope: Message, send: Send, response: Response, threads: Executor) -> None:
    """Sends what the app of the front has in a file, piece by piece."""
    try:
        await _send_pieces(scope, send, response.status, response.headers, _pieces(response, threads))
    finally:
        await asyncio.get_running_loop().run_in_executor(threads, response.close)


async def _pieces(response: Response, threads: Executor) -> AsyncIterator[bytes]:
    loop = asyncio.get_running_loop()
    while (piece := await loop.run_in_executor(threads, next, response.body, None)) is not None:
        yield piece


async def _send_pieces(
    scope: Message, send: Send, status: int, headers: Headers, pieces: AsyncIterator[bytes]
) -> None:
    """Raises ConnectionAbortedError where the answer cannot be finished, or the client takes nothing."""
    headers = [pair for pair in headers if pair[0] != KEEP]
    if _is_known(scope, status, headers):
        await _send_whole(send, 304, _without_body(headers), b"")
        return
    try:
        await send({"type": "http.response.start", "status": status, "headers": headers})
        async for piece in pieces:
            message = {"type": "http.response.body", "body": piece, "more_body": True}
            async with asyncio.timeout(SECONDS_A_CHUNK):  # `wait_for` may swallow that the client left
                await send(message)
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    except (TimeoutError, Refused) as error:
        raise ConnectionAbortedError("the answer could not be finished") from error


async def send_entry(scope: Message, send: Send, entry: CachedAnswer) -> None:
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


async def send_problem(send: Send, refusal: Refused) -> None:
    """The answer for a body that was not taken in; the connection ends, for its rest may still come."""
    body = json.dumps(refusal.problem()).encode()
    headers = [(b"content-type", PROBLEM.media_type.encode()), (b"content-length", b"%d" % len(body))]
    await _send_whole(send, refusal.status, [*headers, *_ALWAYS], body)
