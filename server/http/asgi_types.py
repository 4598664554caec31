"""The shapes of ASGI 3 messages that the shell reads and writes."""

from collections.abc import Awaitable, Callable, Collection, MutableMapping
from typing import Any

# ASGI messages are open dictionaries by specification; this is the one place that says so.
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]


def client_address(scope: Message, proxies: Collection[str]) -> str:
    """The address that asks: the peer, or what a proxy that is believed says last of it."""
    peer = str((scope.get("client") or ("",))[0])
    if peer not in proxies:
        return peer
    return header(scope["headers"], b"x-forwarded-for").decode("latin-1").rpartition(",")[2].strip() or peer


def header(headers: Headers, name: bytes) -> bytes:
    """The values of a header, joined as HTTP allows; empty where it is not there."""
    return b", ".join(value for key, value in headers if key == name)
