"""The short way of a worker gives, to the byte, what the app gives, and leaves what is unusual to the app."""

import io
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask

from server.app import create_app
from server.engine.local.engine import LocalEngine
from server.http.environ import environ_of
from server.http.state import NAME
from server.processes.frames import START, WHOLE, Headers, Request, Spent, pack_answer, read_frame
from server.settings import Settings
from server.worker.answering import Sender, encoded
from server.worker.quick import Quick

Sent = tuple[int, dict[bytes, list[bytes]], bytes]
FORM, DIRECT = b"application/x-www-form-urlencoded", b"application/sparql-query"
LONG = b"query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D"


class Caught(Sender):
    """Takes what a worker would send."""

    def __init__(self) -> None:
        super().__init__(None)  # type: ignore[arg-type]  # nothing is sent
        self.status, self.headers, self.body = 0, list[tuple[bytes, bytes]](), b""

    def whole(self, status: int, headers: Headers, body: bytes, common: bytes = b"") -> None:
        self._take(pack_answer(WHOLE, status, headers, Spent(), body, common))

    def start_stream(self, status: int, headers: Headers, common: bytes = b"") -> None:
        self.has_begun = True
        self._take(pack_answer(START, status, headers, Spent(), common=common))

    def _take(self, content: bytes) -> None:
        frame = read_frame(content)
        self.status, self.headers, self.body = frame.status, frame.headers, frame.body

    def write(self, piece: bytes, /) -> None:
        self.body += piece

    def end(self) -> None:
        """All is there."""


class Ways:
    """One app and the short way beside it, on the same release."""

    def __init__(self, store: Path) -> None:
        settings, engine = Settings(store=store), LocalEngine(store)
        snapshot = engine.snapshot()
        engine.pin(snapshot, {"view": ox.Store.read_only(str(snapshot.files / "view"))})
        self.app: Flask = create_app(engine, settings)
        self._quick = Quick(engine, settings, self.app.extensions[NAME].limits)

    def short(self, request: Request) -> Sent | None:
        sender = Caught()
        if not self._quick.answer(request, sender):
            return None
        return sender.status, _by_name(sender.headers), sender.body

    def long(self, request: Request) -> Sent:
        caught: list[tuple[int, Headers]] = []

        def start(status: str, headers: list[tuple[str, str]], _: object = None, /) -> object:
            caught.append((int(status[:3]), encoded(headers)))
            return None

        body = b"".join(self.app(environ_of(request, io.BytesIO(request.body)), start))  # type: ignore[arg-type]
        return caught[0][0], _by_name(caught[0][1]), body


def _by_name(headers: Headers) -> dict[bytes, list[bytes]]:
    found: dict[bytes, list[bytes]] = {}
    for name, value in headers:
        found.setdefault(name, []).append(value)
    return found


@pytest.fixture(scope="module")
def ways(store: Path) -> Iterator[Ways]:
    yield Ways(store)


def get(path: str, query: bytes = b"", **headers: str) -> Request:
    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request(method="GET", path=path.encode(), query_string=query, headers=given, client="127.0.0.1")


def post(body: bytes, media_type: bytes) -> Request:
    headers = [(b"content-type", media_type), (b"content-length", b"%d" % len(body))]
    return Request(method="POST", path=b"/sparql", query_string=b"", headers=headers, client="::1", body=body)


USUAL = {
    "ask": get("/sparql", b"query=ASK%7B%7D"),
    "ask by its other name": get("/query", b"query=ASK%7B%7D"),
    "as csv": get("/sparql", b"query=SELECT%20(1%20AS%20%3Fa)%20(2%20AS%20%3Fb)%20%7B%7D", accept="text/csv"),
    "as html after data": get("/sparql", b"query=ASK%7B%7D", accept="text/csv, text/html;q=0.1"),
    "a graph": get("/sparql", b"query=CONSTRUCT%20WHERE%20%7B%3Fs%20a%20%3Fc%7D%20LIMIT%203", accept="*/*"),
    "large": get("/sparql", LONG, accept="text/tab-separated-values"),
    "packed": get("/sparql", LONG + b"%20LIMIT%20200", accept_encoding="gzip"),
    "not kept": get("/sparql", b"query=SELECT%20(1%20AS%20%3Fa)%20%7BBIND(NOW()%20AS%20%3Ft)%7D"),
    "arabic": get("/sparql", "query=ASK{?s ?p 'بعثة'@ar}".encode()),
    "from": get("/sparql", b"query=SELECT%20*%20FROM%20%3Curn:x%3E%20%7B%3Fs%20%3Fp%20%3Fo%7D"),
    "form": post(b"query=ASK%7B%7D", FORM),
    "text": post(b"ASK {}", DIRECT),
    "saved": get("/queries/who-met-whom/run", b"year=2011", accept="application/json"),
    "saved as csv": get("/queries/who-met-whom/run.csv"),
    "saved as xml": get("/queries/who-met-whom/run.xml", b"year=2010"),
    "saved graph": get("/queries/mission-as-rdf/run.ttl"),
}
UNUSUAL = {
    "no query": get("/sparql"),
    "two": get("/sparql", b"query=ASK%7B%7D&query=ASK%7B%7D"),
    "a release": get("/sparql", b"query=ASK%7B%7D&release=1"),
    "a format": get("/sparql", b"query=ASK%7B%7D&format=csv"),
    "a time": get("/sparql", b"query=ASK%7B%7D&timeout=1"),
    "a browser": get("/sparql", b"query=ASK%7B%7D", accept="text/html"),
    "an update": get("/sparql", b"query=CLEAR%20ALL"),
    "a mistake": get("/sparql", b"query=ASK"),
    "no utf-8": get("/sparql", b"query=%ff"),
    "no such format": get("/sparql", b"query=ASK%7B%7D", accept="image/png"),
    "elsewhere": get("/sparql", b"query=ASK%7BSERVICE%20%3Curn:x%3E%20%7B%7D%7D"),
    "a tag": get("/sparql", b"query=ASK%7B%7D", if_none_match='"x"'),
    "a workbook": get("/queries/who-met-whom/run.xlsx"),
    "a page of rows": get("/queries/who-met-whom/run.csv", b"page=2"),
    "a wrong value": get("/queries/who-met-whom/run.csv", b"year=soon"),
    "no such parameter": get("/queries/who-met-whom/run.csv", b"years=2011"),
    "no such query": get("/queries/nothing/run.csv"),
    "a thing": get("/mission/2012-abuja"),
}


@pytest.mark.parametrize("name", USUAL)
def test_the_short_way_answers_as_the_long_one(ways: Ways, name: str) -> None:
    short, long = ways.short(USUAL[name]), ways.long(USUAL[name])
    assert short is not None and short[0] == 200
    if name == "large":  # nobody takes pushes from the app here, so it knows the length
        long[1].pop(b"content-length")
    if name == "not kept":
        assert short[:2] == long[:2]
    else:
        assert short == long


@pytest.mark.parametrize("name", UNUSUAL)
def test_what_is_unusual_goes_through_the_app(ways: Ways, name: str) -> None:
    assert ways.short(UNUSUAL[name]) is None
