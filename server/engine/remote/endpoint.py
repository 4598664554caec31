"""Where an engine elsewhere is reached: at its address, or through the relay that knows its credentials."""

import http.client
import socket
import ssl
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


class WrongCredentials(ValueError):
    """A file of credentials that holds none."""


@dataclass(frozen=True, kw_only=True)
class RemoteEndpoint:
    """The address of a query endpoint; `authorization` is the header that it wants.

    With `relay`, the path of a socket, all goes through that, which adds the header itself.
    """

    url: str
    authorization: str = ""
    relay: str = ""

    @property
    def target(self) -> str:
        """What a request line asks for."""
        parts = urlsplit(self.url)
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

    @property
    def headers(self) -> dict[str, str]:
        """Those that every request bears."""
        return {"Authorization": self.authorization} if self.authorization else {}

    def connection(self, seconds: float) -> http.client.HTTPConnection:
        """A connection that is made when it is first used, and waits so long for each piece."""
        if self.relay:
            return _ToRelay(self.relay, seconds)
        parts = urlsplit(self.url)
        host = parts.hostname or ""
        if parts.scheme == "https":
            secured = ssl.create_default_context()
            return http.client.HTTPSConnection(host, parts.port, timeout=seconds, context=secured)
        return http.client.HTTPConnection(host, parts.port, timeout=seconds)

    def at(self, url: str) -> "RemoteEndpoint":
        """Another address with the same credentials."""
        return RemoteEndpoint(url=url, authorization=self.authorization, relay=self.relay)


class _ToRelay(http.client.HTTPConnection):
    """Over a socket in the file system, which a process without a network has too."""

    def __init__(self, path: str, seconds: float) -> None:
        super().__init__("localhost", timeout=seconds)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def authorization_in(file: Path | None) -> str:
    """The header of what a file holds: `user:password`, or a whole one such as `Bearer …`; "" without a file.

    Raises WrongCredentials or OSError.
    """
    if file is None:
        return ""
    text = file.read_text(encoding="utf-8").strip()
    scheme, space, _ = text.partition(" ")
    if space and scheme.isalpha() and text.isascii() and text.isprintable():
        return text
    if ":" not in text or not text.isprintable():
        raise WrongCredentials(f"{file} holds neither user:password nor a header such as Bearer TOKEN")
    return "Basic " + b64encode(text.encode()).decode()


def endpoint_at(url: str, credentials: Path | None = None) -> RemoteEndpoint:
    """The endpoint at an address. Raises WrongCredentials or OSError."""
    return RemoteEndpoint(url=url, authorization=authorization_in(credentials))
