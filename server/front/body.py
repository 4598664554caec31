"""Takes in the body of a request within limits of size and time, in memory or, if large, in a file."""

import asyncio
import io
import tempfile
from typing import IO, BinaryIO

from server.http.asgi_types import Headers, Receive, header
from server.refusal import Refused

IN_MEMORY = 1 << 20
MOST_HEADER_BYTES = 8 << 10  # lists in headers, such as Accept, cost the square of their length
SECONDS_A_PIECE = 10.0
SECONDS_IN_ALL = 120.0


class ClientLeft(Exception):
    """The client went away in the middle of its request."""


def check_headers(headers: Headers, limit: int) -> None:
    """Refuses, before a byte is read, what its headers already show to be too large or unreadable."""
    if any(len(value) > MOST_HEADER_BYTES for _, value in headers):
        raise Refused("header-too-large", f"A header is longer than {MOST_HEADER_BYTES} bytes.")
    encoding = header(headers, b"content-encoding")
    if encoding not in (b"", b"identity"):
        raise Refused(
            "media-type", f"Bodies in the encoding {encoding.decode('latin-1')!r} are not understood."
        )
    length = header(headers, b"content-length")
    if length and (not length.isdigit() or len(length) > 18):
        raise Refused("request", "The Content-Length is no number.")
    if length and int(length) > limit:
        raise Refused("too-large", f"The body is longer than {limit} bytes.")


async def read_body(receive: Receive, headers: Headers, limit: int) -> BinaryIO:
    """The whole body, at its beginning; the caller closes it.

    Raises Refused or ClientLeft.
    """
    check_headers(headers, limit)
    if not header(headers, b"content-length") and not header(headers, b"transfer-encoding"):
        return io.BytesIO()
    body = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (the caller closes it)
    try:
        size = await _fill(body, receive, limit)
        _check_length(headers, size)
    except TimeoutError:
        body.close()
        raise Refused("too-slow", "The body came too slowly.") from None
    except (Refused, ClientLeft):
        body.close()
        raise
    body.seek(0)
    return body  # type: ignore[return-value]


async def _fill(body: IO[bytes], receive: Receive, limit: int) -> int:
    """Writes what comes to the body, and tells its size. Raises Refused, ClientLeft or TimeoutError."""
    size, now = 0, asyncio.get_running_loop().time
    end = now() + SECONDS_IN_ALL
    async with asyncio.timeout(SECONDS_A_PIECE) as patience:
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientLeft
            piece = message.get("body", b"")
            size += len(piece)
            if size > limit:
                raise Refused("too-large", f"The body is longer than {limit} bytes.")
            body.write(piece)
            if not message.get("more_body"):
                return size
            patience.reschedule(min(now() + SECONDS_A_PIECE, end))


def _check_length(headers: Headers, size: int) -> None:
    length = header(headers, b"content-length")
    if length and int(length) != size:
        raise Refused("request", f"The body has {size} bytes, not the {int(length)} that were announced.")
