"""Errors as RFC 9457 problem details, or as a page for a browser; the status says whose fault it is."""

from dataclasses import dataclass, field
from http import HTTPStatus

from flask import Flask, Response, g, json, render_template, request
from werkzeug.exceptions import HTTPException

from loader.query.tokens import line_and_column, undeclared_prefix
from server.engine.interface import EngineFailure
from server.http.environ import FAILURE
from server.http.negotiation import NotAcceptable, is_browser

TYPES = "https://w3id.org/un-missions/problem/"

# What goes wrong, with the status and the title it gets; the detail is written where it goes wrong.
KINDS: dict[str, tuple[int, str]] = {
    "syntax": (400, "The query is not SPARQL"),
    "refused": (400, "The query cannot be evaluated"),
    "request": (400, "The request is wrong"),
    "parameter": (400, "A parameter is wrong"),
    "too-complex": (400, "The query is too complex"),
    "unauthorized": (401, "A token is needed"),
    "forbidden": (403, "This is not allowed here"),
    "not-found": (404, "There is nothing here"),
    "no-release": (404, "There is no such release"),
    "method": (405, "This method is not for this address"),
    "not-acceptable": (406, "None of the formats is accepted"),
    "too-slow": (408, "The request came too slowly"),
    "too-large": (413, "The request is too large"),
    "header-too-large": (431, "A header is too large"),
    "media-type": (415, "The media type is not understood"),
    "precondition": (412, "The graph has changed"),
    "range": (416, "The file has no such part"),
    "unreadable": (422, "The data cannot be read"),
    "too-many": (429, "Too many requests"),
    "gone": (499, "The client left"),
    "defect": (500, "Something went wrong here"),
    "timeout": (503, "The query came to its time limit"),
    "memory": (503, "The query came to its memory limit"),
    "full": (503, "The server is full"),
    "unavailable": (503, "The service is not available"),
    "storage": (507, "The data cannot be stored"),
}


class Problem(Exception):
    """Something a request cannot have; becomes a problem+json answer; `members` stand beside the usual."""

    def __init__(
        self,
        kind: str,
        detail: str,
        headers: dict[str, str] | None = None,
        members: dict[str, object] | None = None,
    ) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.headers, self.members = kind, detail, headers or {}, members or {}


@dataclass(frozen=True)
class Told:
    """An error as its reader is told of it: the status, the members of problem+json, and headers."""

    status: int
    members: dict[str, object]
    headers: dict[str, str] = field(default_factory=dict)


def told(error: EngineFailure | Problem) -> Told:
    """The problem of an error, for a page that tells it in a place of its own."""
    if isinstance(error, Problem):
        return _told(error.kind, error.detail, error.members, error.headers)
    if error.kind == "syntax":
        error = _explained(error, g.get("query_text") or "")
    place: dict[str, object] = {"line": error.line, "column": error.column} if error.line else {}
    if error.line and (text := g.get("query_text")):
        place["text"] = _offending(text, error.line, error.column)
    headers = {"Retry-After": str(error.retry_after)} if error.retry_after else {}
    return _told(error.kind, error.message, place, headers)


def init_app(app: Flask) -> None:
    """Lets the app answer every kind of error with a problem."""
    app.before_request(_fail_where_told)
    app.register_error_handler(EngineFailure, lambda failure: _send(told(failure)))
    app.register_error_handler(NotAcceptable, lambda error: _answer("not-acceptable", str(error)))
    app.register_error_handler(Problem, lambda problem: _send(told(problem)))
    app.register_error_handler(HTTPException, _http_exception)
    app.register_error_handler(Exception, _defect)


def _fail_where_told() -> None:
    """What a worker could not answer is told by the app of the front."""
    if isinstance(failure := request.environ.get(FAILURE), EngineFailure):
        raise failure


def _explained(failure: EngineFailure, text: str) -> EngineFailure:
    """The parser says of a prefix that is not declared only that it expected something else."""
    token = undeclared_prefix(text)
    if token is None:
        return failure
    prefix = token.text.partition(":")[0]
    message = f"The prefix {prefix}: is not declared; begin the query with PREFIX {prefix}: <…>."
    return EngineFailure("syntax", message, *line_and_column(text, token.start))


def _offending(text: str, line: int, column: int) -> str:
    """The rest of the line from where the parser stumbled, or its end."""
    lines = text.splitlines() or [""]
    wrong = lines[min(line, len(lines)) - 1]
    return wrong[column - 1 : column + 59] or wrong[-60:]


def _http_exception(error: HTTPException) -> Response:
    kinds = {404: "not-found", 405: "method", 413: "too-large", 415: "media-type"}
    kind = kinds.get(error.code or 500, "request")
    headers = (
        {"Allow": ", ".join(sorted(allowed))} if (allowed := getattr(error, "valid_methods", None)) else {}
    )
    detail = f"There is nothing at {request.path[:200]!r}." if kind == "not-found" else error.description
    return _answer(kind, detail or "", headers=headers)


def _defect(error: Exception) -> Response:
    from server.logs import log

    log.error("defect", exc_info=error, path=request.path)
    return _answer("defect", "It is not your fault, and it has been noted.")


def _answer(kind: str, detail: str, headers: dict[str, str] | None = None) -> Response:
    return _send(_told(kind, detail, {}, headers or {}))


def _told(kind: str, detail: str, extra: dict[str, object], headers: dict[str, str]) -> Told:
    status, title = KINDS[kind]
    members = {"type": TYPES + kind, "title": title, "status": status, "detail": detail, **extra}
    return Told(status, members, headers)


def _send(told: Told) -> Response:
    if is_browser(request):
        response = Response(render_template("problem.html", problem=told.members), mimetype="text/html")
    else:
        content = json.dumps(told.members, ensure_ascii=False)
        response = Response(content, mimetype="application/problem+json")
    response.status_code = told.status
    response.headers.update({"Cache-Control": "no-store", **told.headers})
    if told.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response
