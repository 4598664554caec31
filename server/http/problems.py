"""Refusals as RFC 9457 problem details, or as a page for a browser."""

from http import HTTPStatus

from flask import Flask, Response, g, json, render_template, request
from werkzeug.exceptions import HTTPException

from loader.query.mistakes.find import find_mistake
from loader.query.mistakes.sentence import Sentence
from loader.query.tokens import line_and_column
from server.formats import HTML, PROBLEM
from server.http.environ import FAILURE
from server.http.negotiation import is_browser
from server.i18n.languages import language
from server.i18n.texts import told
from server.logs import log
from server.refusal import Refused
from server.tables.prefixes import PREFIXES

# What Flask and Werkzeug raise themselves.
_BY_STATUS = {404: "not-found", 405: "method", 413: "too-large", 415: "media-type", 500: "defect"}


def init_app(app: Flask) -> None:
    """Lets the app answer every kind of error with a problem."""
    app.before_request(_fail_where_told)
    app.register_error_handler(Refused, _send)
    app.register_error_handler(HTTPException, _http_exception)
    app.register_error_handler(Exception, _defect)


def explained(refusal: Refused) -> Refused:
    """The refusal with what is wrong in the query text of the request, where that can be found.

    The engine says of most mistakes only that it expected something else, and that further on.
    """
    text = g.get("query_text") or ""
    find = refusal.kind == "syntax" and text and refusal.sentence is None
    mistake = find_mistake(text, PREFIXES) if find else None
    if mistake is None:
        return refusal
    line, column = line_and_column(text, mistake.offset)
    return Refused("syntax", mistake.sentence, line=line, column=column)


def problem_of(refusal: Refused) -> dict[str, object]:
    """The problem of a refusal, with the place in the query text of the request, for whoever shows that."""
    text = g.get("query_text") or ""
    place = {"text": _offending(text, refusal.line, refusal.column)} if refusal.line and text else {}
    return {**refusal.problem(), **place}


def _fail_where_told() -> None:
    """What a worker could not answer is told by the app of the front."""
    if isinstance(refusal := request.environ.get(FAILURE), Refused):
        raise refusal


def _offending(text: str, line: int, column: int) -> str:
    """The rest of the line from where the parser stumbled, or its end."""
    lines = text.splitlines() or [""]
    wrong = lines[min(line, len(lines)) - 1]
    return wrong[column - 1 : column + 59] or wrong[-60:]


def _http_exception(error: HTTPException) -> Response:
    kind = _BY_STATUS.get(error.code or 500, "request")
    allowed = getattr(error, "valid_methods", None)
    headers = {"Allow": ", ".join(sorted(allowed))} if allowed else {}
    detail = f"There is nothing at {request.path[:200]!r}." if kind == "not-found" else error.description
    return _send(Refused(kind, detail or "", headers=headers))


def _defect(error: Exception) -> Response:
    log.error("defect", exc_info=error, path=request.path)
    return _send(Refused("defect", "It is not your fault, and it has been noted."))


def _send(refusal: Refused) -> Response:
    refusal = explained(refusal)
    problem = problem_of(refusal)
    if is_browser(request):
        page = render_template("problem.html", problem=problem, sentence=refusal.sentence)
        response = Response(page, mimetype=HTML.media_type)
    else:
        response = _for_a_program(problem, refusal.sentence)
    response.status_code = refusal.status
    response.headers.update({"Cache-Control": "no-store", **refusal.headers})
    if refusal.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _for_a_program(problem: dict[str, object], sentence: Sentence | None) -> Response:
    """In English; the script of a page, which says so by `is_for_a_page`, gets the words of its reader."""
    is_told = sentence is not None and g.get("is_for_a_page") and language() != "en"
    detail = {"detail": told(sentence, language())} if sentence and is_told else {}
    content = json.dumps({**problem, **detail}, ensure_ascii=False)
    response = Response(content, mimetype=PROBLEM.media_type)
    if is_told:
        response.headers["Content-Language"] = language()
    return response
