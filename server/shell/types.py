"""The shapes of ASGI 3 messages that the shell reads and writes."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

# ASGI messages are open dictionaries by specification; this is the one place that says so.
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]


def header(headers: Headers, name: bytes) -> bytes:
    """The values of a header, joined as HTTP allows; empty where it is not there."""
    return b", ".join(value for key, value in headers if key == name)
