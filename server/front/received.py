"""What came from a client: who answers it, what its answer depends on, and what a worker gets of it."""

import re
from collections.abc import Collection
from urllib.parse import unquote_to_bytes

from server.front.cache import Key
from server.http.asgi_types import Message, client_address, header
from server.processes.frames import Request
from server.refusal import Refused

KEYED_HEADERS = (b"accept", b"accept-encoding", b"accept-language", b"content-type")
# What watches over the service or writes is answered by the front; all else by a worker.
OF_THE_FRONT = re.compile(
    r"/metrics|/releases/.*|/health(/ready|/live)?|/update|/links|/data/?|/data/latest\.[^/]*|/data/[^/]+/[^/]+"
)
READ_METHODS = ("GET", "HEAD", "OPTIONS")


def is_of_the_front(scope: Message) -> bool:
    """Whether no worker can answer this: they neither write nor see the whole of the service."""
    path = str(scope["path"])
    is_write = path.split("/")[1] == "graphs" and scope["method"] not in READ_METHODS
    return is_write or OF_THE_FRONT.fullmatch(path) is not None


def is_for_the_primary(scope: Message) -> bool:
    """Whether it changes what the primary keeps: its data, or its short links."""
    path = str(scope["path"])
    writes = path in ("/update", "/links") or path.split("/")[1] == "graphs"
    return writes and scope["method"] not in READ_METHODS


def refuse_without_host(scope: Message) -> None:
    """Raises Refused for a request of HTTP/1.1 that does not name one host (RFC 9112, section 3.2).

    The server below gives an empty one to what has none.
    """
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    is_named = any(hosts) or scope.get("http_version") != "1.1"
    if len(hosts) > 1 or not is_named:
        told = f"has {len(hosts)} headers Host" if is_named else "has no header Host"
        raise Refused("request", f"The request {told}; HTTP/1.1 asks for one, such as Host: localhost.")


def key_of(release: str, scope: Message, content: bytes) -> Key | None:
    """What an answer depends on, as it was sent; None where nothing is kept."""
    if scope["method"] not in ("GET", "HEAD", "POST"):
        return None
    given = dict(scope["headers"])
    kept = (given.get(name, b"") for name in KEYED_HEADERS)
    if len(given) < len(scope["headers"]):  # some header comes several times
        kept = (header(scope["headers"], name) for name in KEYED_HEADERS)
    kind = b"POST" if scope["method"] == "POST" else b"GET"
    return (release.encode(), kind, scope["path"].encode(), scope["query_string"], content, *kept)


def request_of(scope: Message, content: bytes, proxies: Collection[str]) -> Request:
    """The request as a worker gets it: who may write is nothing that it needs to know."""
    path = scope.get("raw_path")
    host, port = scope.get("server") or ("localhost", 80)
    return Request(
        method=scope["method"],
        path=unquote_to_bytes(path.partition(b"?")[0]) if path else scope["path"].encode(),
        query_string=scope["query_string"],
        headers=[pair for pair in scope["headers"] if pair[0] != b"authorization"],
        client=client_address(scope, proxies),
        scheme=scope.get("scheme", "http"),
        server=(str(host), int(port or 0)),
        body=content,
    )
