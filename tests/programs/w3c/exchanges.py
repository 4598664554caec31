"""Reads the HTTP requests that the two protocol manifests write in `ht:` terms."""

from .cases import Category, Exchange, HttpCase
from .dataset import Dataset
from .facts import CNT, HT, MF, Facts, Term, local_name


def http_case(
    facts: Facts, entry: Term, name: str, title: str, category: Category, data: Dataset
) -> HttpCase:
    """The test with its requests; a protocol test without data leaves the dataset as it is."""
    connection = facts.value(entry, MF + "action")
    assert connection is not None
    exchanges = tuple(_exchange(facts, node) for node in facts.items(connection, HT + "requests"))
    needs_reset = bool(data.named) or category == "graph store protocol"
    return HttpCase(name, title, category, exchanges, data if needs_reset else None)


def _exchange(facts: Facts, node: Term) -> Exchange:
    response = facts.value(node, HT + "resp")
    assert response is not None
    boolean = facts.text(response, MF + "expectedBoolean")
    return Exchange(
        method=facts.text(node, HT + "methodName") or "GET",
        target=facts.text(node, HT + "absolutePath") or "",
        headers=_headers(facts, node),
        body=_body(facts, node),
        statuses=frozenset(map(local_name, facts.values(response, MF + "expectedStatus"))),
        boolean=None if boolean is None else boolean == "true",
        format=facts.text(response, MF + "expectedFormat"),
        location=facts.text(response, MF + "expectedLocation"),
        answer_type=_headers(facts, response).get("content-type"),
        answer_body=_body(facts, response),
    )


def _headers(facts: Facts, message: Term) -> dict[str, str]:
    return {
        (facts.text(header, HT + "fieldName") or "").lower(): (facts.text(header, HT + "fieldValue") or "")
        for header in facts.items(message, HT + "headers")
    }


def _body(facts: Facts, message: Term) -> bytes | None:
    body = facts.value(message, HT + "body")
    if body is None:
        return None
    encoding = facts.text(body, CNT + "characterEncoding") or "UTF-8"
    return (facts.text(body, CNT + "chars") or "").encode(encoding)
