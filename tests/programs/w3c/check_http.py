"""Checks the SPARQL Protocol and the Graph Store HTTP Protocol by the manifests' requests."""

from urllib.parse import quote, urljoin

import httpx

from .answers import Triples, compare, read_answer
from .cases import Exchange, HttpCase, Mismatch
from .endpoint import QUERY, Session, described
from .results import Table

STATUSES = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}
FORMATS = {"boolean": bool, "tabular": Table, "RDF": Triples}


def check_http(case: HttpCase, session: Session) -> None:
    """Makes the requests in turn and checks each response before the next."""
    if case.data is not None:
        session.load(case.data)
    locations: dict[str, str] = {}
    for number, exchange in enumerate(case.exchanges, start=1):
        response = _sent(case, exchange, session, locations)
        try:
            _check(exchange, response)
        except Mismatch as mismatch:
            raise Mismatch(f"request {number}, {exchange.method}: {mismatch}") from None
        if exchange.location:
            locations[exchange.location] = _location(response)


def _sent(case: HttpCase, exchange: Exchange, session: Session, locations: dict[str, str]) -> httpx.Response:
    """Makes the request, a Location got earlier put for its name in the address."""
    url, is_write = _address(case, exchange, session)
    for name, location in locations.items():
        url = url.replace(name, quote(location, safe=""))
    return session.send(exchange.method, url, exchange.headers, exchange.body, is_write)


def _address(case: HttpCase, exchange: Exchange, session: Session) -> tuple[str, bool]:
    """Where the request goes on this endpoint, and whether it needs the token."""
    endpoint = session.endpoint
    if case.category == "graph store protocol":
        tail = exchange.target.removeprefix("/gsp")
        return endpoint.graphs + tail, exchange.method not in ("GET", "HEAD")
    tail = exchange.target.removeprefix("/sparql/")
    is_update = "update" in case.name and exchange.headers.get("content-type") != QUERY
    return (endpoint.update if is_update else endpoint.query) + tail, is_update


def _check(exchange: Exchange, response: httpx.Response) -> None:
    _check_status(exchange, response)
    content_type = response.headers.get("Content-Type", "")
    if exchange.format:
        answer = read_answer(response.content, content_type)
        if not isinstance(answer, FORMATS[exchange.format]):
            raise Mismatch(f"expected a format for {exchange.format}, got {content_type!r}")
        if exchange.boolean is not None:
            compare(answer, exchange.boolean)
    if exchange.answer_type:
        _check_graph(exchange, response, content_type)


def _check_status(exchange: Exchange, response: httpx.Response) -> None:
    if response.status_code in (401, 403):
        raise Mismatch(f"refused before it was looked at: {described(response)}")
    if not any(_has_status(response, status) for status in exchange.statuses):
        wanted = " or ".join(sorted(exchange.statuses))
        raise Mismatch(f"expected {wanted}, got {described(response)}")


def _has_status(response: httpx.Response, status: str) -> bool:
    """Whether the response has a status such as Created, or of a class such as StatusCode2xx."""
    if status.startswith("StatusCode"):
        return str(response.status_code)[0] == status.removeprefix("StatusCode")[0]
    return response.status_code == STATUSES[status]


def _check_graph(exchange: Exchange, response: httpx.Response, content_type: str) -> None:
    """Checks the format and the graph; Turtle is UTF-8 whether or not the charset is named."""
    expected = exchange.answer_type or ""
    if content_type.partition(";")[0].strip() != expected.partition(";")[0]:
        raise Mismatch(f"expected Content-Type {expected}, got {content_type!r}")
    if exchange.answer_body is not None:
        wanted = read_answer(exchange.answer_body, expected)
        compare(read_answer(response.content, content_type), wanted)


def _location(response: httpx.Response) -> str:
    if "Location" not in response.headers:
        raise Mismatch("expected a Location header, got none")
    return urljoin(str(response.url), response.headers["Location"])
