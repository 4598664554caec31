"""Checks what requests mean and which are requests at all: evaluation and syntax."""

import re

import httpx

from .answers import compare, compare_rows, format_to_ask_for, read_answer, read_expected
from .cases import Mismatch, QueryCase, SyntaxCase, UpdateCase
from .dataset import Source
from .endpoint import Session, described

# What a well-formed request may still fail in: a document elsewhere, a graph that is not there,
# a function that nobody has.
MAY_FAIL = re.compile(rb"\b(LOAD|SERVICE|CREATE|CLEAR|DROP|ADD|MOVE|COPY)\b|:function\(", re.IGNORECASE)


def check_query(case: QueryCase, session: Session) -> None:
    """Asks the query of its data and compares the answer with the expected file."""
    session.load(case.data)
    expected = read_expected(case.result)
    response = session.query(_based(case.query), format_to_ask_for(case.result, expected))
    if response.status_code != 200:
        raise Mismatch(f"expected an answer, got {described(response)}")
    compare(read_answer(response.content, response.headers.get("Content-Type", "")), expected)


def check_update(case: UpdateCase, session: Session) -> None:
    """Makes the update on its data and compares all the endpoint then holds."""
    session.load(case.before)
    response = session.update(_based(case.request))
    if not response.is_success:
        raise Mismatch(f"expected the update to succeed, got {described(response)}")
    compare_rows("statements", session.statements(), case.after.rows())
    if case.changes_nothing:
        session.keep(case.after)


def check_syntax(case: SyntaxCase, session: Session) -> None:
    """Sends the request as it is: a malformed one must get 400, a well-formed one must not."""
    text = case.request.path.read_bytes()
    response = session.update(text) if case.is_update else session.query(text, "*/*")
    if not case.valid and response.status_code != 400:
        raise Mismatch(f"malformed, so expected 400, got {described(response)}")
    understood = response.is_success or (_is_understood(response) and MAY_FAIL.search(text))
    if case.valid and not understood:
        raise Mismatch(f"well-formed, but got {described(response)}")


def _is_understood(response: httpx.Response) -> bool:
    """Whether a refusal is for something else than the syntax: the problem type (RFC 9457) tells."""
    if response.status_code != 400:
        return True
    problem = response.json() if "problem+json" in response.headers.get("Content-Type", "") else {}
    return not str(problem.get("type", "syntax")).endswith("syntax")


def _based(request: Source) -> bytes:
    """The request with the base IRI that its file has where it is published."""
    return f"BASE <{request.iri}>\n".encode() + request.path.read_bytes()
