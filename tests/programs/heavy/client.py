"""Sends one request and keeps what came of it; nothing is raised for an answer that did not come."""

import http.client
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from .service import TOKEN, Service

BEARER = {"Authorization": f"Bearer {TOKEN}"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
INTERNALS = ("Traceback", "/home/", "/tmp/", ".py", "site-packages", "panicked", "rocksdb", "pyoxigraph")


@dataclass(frozen=True)
class Request:
    """A request with a name to speak of it."""

    name: str
    method: str
    path: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """An answer; status 0 and the error as text where there was none."""

    name: str
    status: int
    seconds: float
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def names_internals(self) -> bool:
        return self.status >= 400 and any(word in self.text for word in INTERNALS)


def send(service: Service, request: Request, source: str = "127.0.0.1", patience: float = 60.0) -> Reply:
    connection = http.client.HTTPConnection(
        "127.0.0.1", service.port, timeout=patience, source_address=(source, 0)
    )
    began = time.monotonic()
    try:
        _write(connection, request)
        response = connection.getresponse()
        text = response.read(1 << 20).decode(errors="replace")
        headers = {name.lower(): value for name, value in response.getheaders()}
        return Reply(request.name, response.status, time.monotonic() - began, text, headers)
    except (OSError, http.client.HTTPException) as error:
        return Reply(request.name, 0, time.monotonic() - began, repr(error))
    finally:
        connection.close()


def _write(connection: http.client.HTTPConnection, request: Request) -> None:
    """A server may refuse a body before its end; then the answer is there to be read all the same."""
    try:
        connection.request(request.method, request.path, request.body, dict(request.headers))
    except (BrokenPipeError, ConnectionResetError):
        return


def query(text: str, name: str = "", accept: str = "*/*", **more: str) -> Request:
    """A query as it is, in the body, which may be of any length; `more` are other parameters."""
    headers = {"Content-Type": "application/sparql-query", "Accept": accept}
    return Request(name or text[:40], "POST", "/sparql?" + urlencode(more), text.encode(), headers)


def form_query(text: str, name: str = "") -> Request:
    body = urlencode({"query": text}).encode()
    return Request(name or text[:40], "POST", "/sparql", body, FORM)


def update(text: str, name: str = "") -> Request:
    headers = {**BEARER, "Content-Type": "application/sparql-update"}
    return Request(name or text[:40], "POST", "/update", text.encode(), headers)


def put(graph: str, media_type: str, body: bytes, name: str = "") -> Request:
    path = "/graphs?" + urlencode({"graph": graph})
    return Request(name or graph, "PUT", path, body, {**BEARER, "Content-Type": media_type})


def merge(media_type: str, body: bytes, name: str) -> Request:
    """A document with graphs of its own, for all of the store."""
    return Request(name, "POST", "/graphs", body, {**BEARER, "Content-Type": media_type})
