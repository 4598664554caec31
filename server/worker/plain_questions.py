"""Plain questions: what a request asks that the short way can answer, and how the answer is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import parse_qsl

from flask import Request as FlaskRequest

from loader.query.outline import GRAPH_FORMS, has_one_column
from server.asking.asker import RESERVED, is_volatile
from server.engine.interface import Answer
from server.engine.local.engine import LocalEngine
from server.engine.query_limits import Limits
from server.engine.scan import scan
from server.exports.files import Export, disposition, formats_of
from server.formats import CSV, GRAPHS, QUERY, RESULTS, TSV, Format
from server.http.encoding import chosen_encoding
from server.http.environ import environ_of
from server.http.negotiation import is_browser, wanted
from server.http.parameters import BYTE_ORDER_MARK, FORM, MOST_FIELDS
from server.lru import Lru
from server.processes.frames import Request
from server.queries.calls import is_as_it_is
from server.refusal import Refused
from server.tables.csv_safety import csv_of_tsv

ENDPOINTS, SAVED_QUERIES = (b"/sparql", b"/query"), b"/queries/"
DIRECT = QUERY.media_type.encode()
MOST_KNOWN = 256
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Negotiated:
    """What a client accepts: the format of rows and of graphs, and the encoding; a page for people or not."""

    is_browser: bool
    formats: tuple[Format | None, Format | None]
    encoding: str


@dataclass(frozen=True, kw_only=True)
class PlainQuestion:
    """What is asked and how it is sent; `body` is what was posted.

    `own` asks our own graphs, as saved queries do."""

    text: str
    format: Format
    encoding: str
    body: bytes = b""
    media_type: str = ""
    is_kept: bool = True
    own: bool = False
    convert: Callable[[Answer], Answer] = lambda answer: answer
    disposition: str = ""


class PlainQuestions:
    """Knows which requests go the short way; what clients accept is remembered."""

    def __init__(self, engine: LocalEngine, limits: Limits) -> None:
        self._engine, self._limits = engine, limits
        self._negotiated: Lru[Negotiated] = Lru(MOST_KNOWN)

    def read(self, request: Request) -> PlainQuestion | None:
        """How a request is answered; None where the app has to. Raises what is wrong with it."""
        if request.path in ENDPOINTS:
            return self._of_the_endpoint(request)
        if request.path.startswith(SAVED_QUERIES) and request.method == "GET":
            return self._of_a_saved_query(request)
        return None

    def _of_the_endpoint(self, request: Request) -> PlainQuestion | None:
        accepted, given = self._accepted(request), dict(request.headers)
        pairs = _pairs(request, given)
        if pairs is None or accepted.is_browser or b"if-none-match" in given:
            return None
        [(name, text)] = pairs
        text = text.removeprefix(BYTE_ORDER_MARK)
        scanned = scan(text, self._limits)
        format_ = accepted.formats[scanned.form in GRAPH_FORMS]
        if name != "query" or scanned.form == "UPDATE" or "SERVICE" in scanned.words or format_ is None:
            return None
        if format_ == CSV and has_one_column(text):
            return None
        return PlainQuestion(
            text=text,
            format=format_,
            encoding=accepted.encoding,
            body=request.body,
            is_kept=not scanned.is_volatile,
        )

    def _of_a_saved_query(self, request: Request) -> PlainQuestion | None:
        name, _, last = request.path.decode().removeprefix("/queries/").partition("/")
        run, dot, suffix = last.partition(".")
        query = self._engine.snapshot().queries.get(name)
        accepted, given = self._accepted(request), dict(request.headers)
        pairs = parse_qsl(request.query_string.decode(), keep_blank_values=True, errors="strict")
        is_plain = not any(key in RESERVED for key, _ in pairs) and b"if-none-match" not in given
        if query is None or query.datasets or query.pagination or "SERVICE" in query.words:
            return None
        if run != "run" or not is_plain or (not dot and accepted.is_browser):
            return None
        named = next((one for one in formats_of(query) if one.name == suffix), None)
        format_ = named if dot else accepted.formats[query.is_graph]
        if format_ is None or (isinstance(named, Export) and named.has_words):
            return None
        values: dict[str, list[str]] = {}
        for key, value in pairs:
            values.setdefault(key, []).append(value)
        if not is_as_it_is(query, values):
            return None
        is_csv = format_.name == "csv" and query.form == "SELECT"
        return PlainQuestion(
            text=query.bind(values),
            format=format_,
            encoding=accepted.encoding,
            media_type=TSV.media_type if is_csv else "",
            is_kept=not is_volatile(query),
            own=True,
            convert=csv_of_tsv if is_csv else lambda answer: answer,
            disposition=disposition(query, named) if named else "",
        )

    def _accepted(self, request: Request) -> Negotiated:
        """As the app negotiates; done once for the same lines."""
        given = dict(request.headers)
        lines = given.get(b"accept", b""), given.get(b"accept-encoding", b"")
        return self._negotiated.get(lines, lambda: _negotiate(*lines))


def _pairs(request: Request, given: dict[bytes, bytes]) -> Pairs | None:
    """The one parameter of a request, wherever it stands; None where there are others, or none."""
    pairs: Pairs | None = None
    if request.method == "GET":
        pairs = _parsed(request.query_string)
    elif request.method == "POST" and not request.query_string:
        if given.get(b"content-type") == DIRECT:
            pairs = [("query", request.body.decode())]
        elif given.get(b"content-type") == FORM.encode():
            pairs = _parsed(request.body)
    return pairs if pairs is not None and len(pairs) == 1 else None


def _parsed(content: bytes) -> Pairs:
    return parse_qsl(content.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)


def _negotiate(accept: bytes, encoding: bytes) -> Negotiated:
    headers = [(b"accept", accept), (b"accept-encoding", encoding)]
    plain = Request(
        method="GET", path=b"/", query_string=b"", headers=[h for h in headers if h[1]], client=""
    )
    request = FlaskRequest(environ_of(plain, BytesIO()))

    def best(formats: tuple[Format, ...]) -> Format | None:
        try:
            return wanted(request, formats)
        except Refused:
            return None

    return Negotiated(is_browser(request), (best(RESULTS), best(GRAPHS)), chosen_encoding(request))
