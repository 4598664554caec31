"""A short way for plain queries: the answer that the app would give, by its own functions, without its hooks.

Only requests that say nothing unusual go this way: one query at the endpoint, or a saved one with its values.
Whatever is wrong, or more is wanted, goes through the app, which knows all of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import IO, cast
from urllib.parse import parse_qsl

from flask import Request as FlaskRequest

from loader.query.outline import GRAPH_FORMS, has_one_column
from loader.query.parameter import WrongParameter
from server.asking.asker import RESERVED, is_volatile
from server.engine.interface import Answer, Question
from server.engine.local.engine import LocalEngine
from server.engine.scan import Limits, scan
from server.exports.files import Export, formats_of
from server.formats import CSV, GRAPHS, QUERY, RESULTS, TSV, Format
from server.http.answers import CACHEABLE, DATASET_LINK, VARY, tag_of, version_link
from server.http.encoding import SMALLEST, Compressor, chosen_encoding, compressor, is_compressible
from server.http.environ import environ_of
from server.http.headers import READING, SECURITY
from server.http.negotiation import is_browser, wanted
from server.http.parameters import FORM, MOST_FIELDS
from server.http.result_response import HOLD_BACK
from server.lru import Lru
from server.processes.frames import Headers, Request, lines
from server.refusal import Refused
from server.settings import Settings
from server.tables.csv_safety import csv_of_tsv
from server.worker.answering import Sender, encoded

ENDPOINTS, SAVED_QUERIES = (b"/sparql", b"/query"), b"/queries/"
DIRECT = QUERY.media_type.encode()
COMMON = lines(encoded([*SECURITY.items(), *READING.items(), ("Link", DATASET_LINK)]))
MOST_KNOWN = 256
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Negotiated:
    """What a client accepts: the format of rows and of graphs, and the encoding; a page for people or not."""

    is_browser: bool
    formats: tuple[Format | None, Format | None]
    encoding: str


@dataclass(frozen=True, kw_only=True)
class Plan:
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
    file_name: str = ""


class Quick:
    """Answers on the release to which an engine is pinned."""

    def __init__(self, engine: LocalEngine, settings: Settings, limits: Limits) -> None:
        self._engine, self._settings, self._limits = engine, settings, limits
        self._negotiated: Lru[Negotiated] = Lru(MOST_KNOWN)

    def answer(self, request: Request, sender: Sender) -> bool:
        """Answers where the answer is the one that the app would give; says whether it did."""
        try:
            plan = self._plan(request)
        except (Refused, WrongParameter, ValueError):
            return False
        return plan is not None and self._send(request, plan, sender)

    def _plan(self, request: Request) -> Plan | None:
        if request.path in ENDPOINTS:
            return self._of_the_endpoint(request)
        if request.path.startswith(SAVED_QUERIES) and request.method == "GET":
            return self._of_a_saved_query(request)
        return None

    def _of_the_endpoint(self, request: Request) -> Plan | None:
        accepted, given = self._accepted(request), dict(request.headers)
        pairs = _pairs(request, given)
        if pairs is None or accepted.is_browser or b"if-none-match" in given:
            return None
        [(name, text)] = pairs
        scanned = scan(text, self._limits)
        format_ = accepted.formats[scanned.form in GRAPH_FORMS]
        if name != "query" or scanned.form == "UPDATE" or "SERVICE" in scanned.words or format_ is None:
            return None
        if format_ == CSV and has_one_column(text):
            return None
        return Plan(
            text=text,
            format=format_,
            encoding=accepted.encoding,
            body=request.body,
            is_kept=not scanned.is_volatile,
        )

    def _of_a_saved_query(self, request: Request) -> Plan | None:
        name, _, last = request.path.decode().removeprefix("/queries/").partition("/")
        run, dot, suffix = last.partition(".")
        query = self._engine.snapshot().queries.get(name)
        accepted, given = self._accepted(request), dict(request.headers)
        pairs = parse_qsl(request.query_string.decode(), keep_blank_values=True, errors="strict")
        is_plain = not any(key in RESERVED for key, _ in pairs) and b"if-none-match" not in given
        is_plain = is_plain and query is not None and not query.datasets
        if query is None or run != "run" or not is_plain or (not dot and accepted.is_browser):
            return None
        named = next((one for one in formats_of(query) if one.name == suffix), None)
        format_ = named if dot else accepted.formats[query.is_graph]
        if format_ is None or (isinstance(named, Export) and named.has_words):
            return None
        values: dict[str, list[str]] = {}
        for key, value in pairs:
            values.setdefault(key, []).append(value)
        is_csv = format_.name == "csv" and query.form == "SELECT"
        return Plan(
            text=query.bind(values),
            format=format_,
            encoding=accepted.encoding,
            media_type=TSV.media_type if is_csv else "",
            is_kept=not is_volatile(query),
            own=True,
            convert=csv_of_tsv if is_csv else lambda answer: answer,
            file_name=f"{query.name}.{suffix}" if isinstance(named, Export) and named.is_saved else "",
        )

    def _accepted(self, request: Request) -> Negotiated:
        """As the app negotiates; done once for the same lines."""
        given = dict(request.headers)
        lines = given.get(b"accept", b""), given.get(b"accept-encoding", b"")
        return self._negotiated.get(lines, lambda: _negotiate(*lines))

    def _send(self, request: Request, plan: Plan, sender: Sender) -> bool:
        question = Question(
            text=plan.text,
            format=plan.media_type or plan.format.media_type,
            timeout=self._settings.timeout,
            base=f"{self._settings.address}/sparql",
            own=plan.own,
        )
        answer = self._engine.query(question)
        output = _Output(plan, self._headers(request, plan, answer.release), sender)
        try:
            plan.convert(answer).write_to(cast(IO[bytes], output))
        except Refused:
            if sender.has_begun:
                raise
            return False
        output.finish()
        return True

    def _headers(self, request: Request, plan: Plan, release: str) -> Headers:
        """All but those of the body."""
        settings, path = self._settings, request.path.decode()
        own = [("UN-Missions-Release", release), ("Content-Type", plan.format.content_type)]
        is_read = request.method == "GET"
        if is_read and (link := version_link(settings, path, request.query_string, release)):
            own.append(("Link", link))
        own.append(("Vary", ", ".join(VARY)))
        if plan.is_kept:
            asked = (plan.format.name, plan.body)
            tag = tag_of(settings, release, (path, request.query_string), asked, plan.encoding)
            own += [("ETag", f'"{tag}"'), ("Cache-Control", "public, no-cache"), (CACHEABLE, release)]
        else:
            own.append(("Cache-Control", "no-store"))
        if plan.file_name:
            own.append(("Content-Disposition", f'attachment; filename="{plan.file_name}"'))
        return encoded(own)


class _Output:
    """Where the engine writes: holds back 64 KiB, which may be all, then sends as it comes."""

    def __init__(self, plan: Plan, headers: Headers, sender: Sender) -> None:
        self._plan, self._headers, self._sender = plan, headers, sender
        self._held = bytearray()
        self._compressor: Compressor | None = None

    def write(self, piece: bytes, /) -> int:
        self._held += piece
        if len(self._held) >= HOLD_BACK:
            self._pass_on()
        return len(piece)

    def flush(self) -> None:
        """Nothing is passed on before it is large, or all."""

    def finish(self) -> None:
        """Sends the whole, or the rest."""
        if not self._sender.has_begun:
            body = bytes(self._held)
            if compressor_ := self._compressor_for(len(body), is_stream=False):
                body = compressor_.compress(body) + compressor_.flush()
            length = (b"content-length", b"%d" % len(body))
            self._sender.whole(200, [*self._headers, length], body, COMMON)
            return
        self._pass_on()
        if self._compressor:
            self._sender.write(self._compressor.flush())
        self._sender.end()

    def _pass_on(self) -> None:
        if not self._sender.has_begun:
            self._compressor = self._compressor_for(HOLD_BACK, is_stream=True)
            self._sender.start_stream(200, self._headers, COMMON)
        piece = bytes(self._held)
        self._held.clear()
        self._sender.write(self._compressor.compress(piece) if self._compressor else piece)

    def _compressor_for(self, length: int, is_stream: bool) -> Compressor | None:
        is_worth = length >= SMALLEST and is_compressible(self._plan.format.media_type)
        if not self._plan.encoding or not is_worth:
            return None
        self._headers.append((b"content-encoding", self._plan.encoding.encode()))
        return compressor(self._plan.encoding, is_stream)


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
