"""Refusals as RFC 9457 problem details, or as a page for a browser."""

from http import HTTPStatus

from flask import Flask, Response, g, json, render_template, request
from werkzeug.exceptions import HTTPException

from loader.query.mistakes.find import find_mistake
from loader.query.mistakes.listed import listed
from loader.query.mistakes.mistake import Quoted, Remark
from loader.query.tokens import line_and_column
from server.formats import HTML, PROBLEM, Format
from server.http.environ import FAILURE
from server.http.negotiation import is_browser
from server.i18n.languages import language
from server.i18n.texts import texts, told
from server.logs import log
from server.prefixes import PREFIXES
from server.refusal import Refused

# What Flask and Werkzeug raise themselves.
_BY_STATUS = {404: "not-found", 405: "method", 413: "too-large", 415: "media-type", 500: "defect"}


def init_app(app: Flask) -> None:
    """Lets the app answer every kind of error with a problem."""
    app.before_request(_fail_where_told)
    app.register_error_handler(Refused, problem_response)
    app.register_error_handler(HTTPException, problem_response)
    app.register_error_handler(Exception, _defect)


def explained(refusal: Refused) -> Refused:
    """The refusal with what is wrong in the query text of the request, where that can be found.

    The engine says of most mistakes only that it expected something else, and that further on.
    """
    text = g.get("query_text") or ""
    # A remark without a place says only that no query was seen.
    is_told = refusal.remark is not None and refusal.line
    find = refusal.kind == "syntax" and text and not is_told
    mistake = find_mistake(text, PREFIXES) if find else None
    if mistake is None:
        return _in_words_of_the_engine(refusal) if find and not refusal.remark else refusal
    line, column = line_and_column(text, mistake.offset)
    members = {"declaration": mistake.declaration} if mistake.declaration else {}
    return Refused("syntax", mistake.remark, line=line, column=column, members=members)


def _in_words_of_the_engine(refusal: Refused) -> Refused:
    """What nobody here can explain: its English stands in a sentence of the reader's language."""
    remark = Remark("The engine says: %(reason)s", {"reason": refusal.detail})
    return Refused(refusal.kind, remark, line=refusal.line, column=refusal.column)


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


def problem_response(error: Refused | HTTPException) -> Response:
    """The answer that tells what is wrong, as data or as a page."""
    return _send(error if isinstance(error, Refused) else _refused(error))


def _refused(error: HTTPException) -> Refused:
    kind = _BY_STATUS.get(error.code or 500, "request")
    allowed = getattr(error, "valid_methods", None)
    headers = {"Allow": ", ".join(sorted(allowed))} if allowed else {}
    return Refused(kind, _told_of(kind, error), headers=headers)


def _told_of(kind: str, error: HTTPException) -> str | Remark:
    if kind == "not-found":
        return Remark("There is nothing at %(address)s.", {"address": Quoted(request.path[:200])})
    if kind == "method":
        taken = sorted({*(getattr(error, "valid_methods", None) or ())} - {"HEAD", "OPTIONS"})
        told = {"method": request.method[:60], "taken": listed(taken)}
        return Remark("This address takes %(taken)s, and not %(method)s.", told)
    return error.description or ""


def _defect(error: Exception) -> Response:
    log.error("defect", exc_info=error, path=request.path)
    return _send(Refused("defect", Remark("It is not your fault, and it has been noted.")))


def json_problem(refusal: Refused) -> Response:
    """The problem as data, whoever asked; in English, unless the script of a page asked for its reader."""
    refusal = explained(refusal)
    problem, spoken = problem_of(refusal), language()
    if refusal.remark is None or not g.get("is_for_a_page") or spoken == "en":
        return _told(refusal, json.dumps(problem, ensure_ascii=False), PROBLEM)
    problem |= {"title": texts(spoken).gettext(str(problem["title"])), "detail": told(refusal.remark, spoken)}
    response = _told(refusal, json.dumps(problem, ensure_ascii=False), PROBLEM)
    response.headers["Content-Language"] = spoken
    return response


def _send(refusal: Refused) -> Response:
    if not is_browser(request):
        return json_problem(refusal)
    refusal = explained(refusal)
    problem = problem_of(refusal)
    return _told(refusal, render_template("problem.html", problem=problem, remark=refusal.remark), HTML)


def _told(refusal: Refused, content: str, format_: Format) -> Response:
    response = Response(content, mimetype=format_.media_type)
    response.status_code = refusal.status
    response.headers.update({"Cache-Control": "no-store", **refusal.headers})
    if refusal.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response
