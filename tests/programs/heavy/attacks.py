"""Checks that other clients notice nothing of an attack: requests that nobody should have to parse."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from . import bombs, dear
from .client import Reply, Request, put, query, send
from .outcome import Check, Outcome, judged
from .service import Service, serving
from .watch import watched

TIMEOUT = 3
GRACE = 0.5
AT_A_TIME = 4
WIDE = ("--query-bytes", "2000000", "--query-depth", "2000000")
# Not 415: what is refused for its media type was never parsed, and so attacked nothing.
CLEAR = {200, 201, 204, 400, 401, 403, 404, 405, 413, 414, 422, 429, 503, 507}
NOBODY_SEES = "others are answered, 95 % in 100 ms, all in 500 ms; no process of the server dies"


def attack_all(service: Service, requests: Sequence[Request], at_a_time: int = AT_A_TIME) -> list[Reply]:
    with ThreadPoolExecutor(at_a_time) as pool:
        return list(pool.map(lambda request: send(service, request), requests))


def told(replies: Sequence[Reply]) -> str:
    """How often which status, and how long the longest took."""
    statuses = Counter(reply.status for reply in replies)
    counted = " ".join(f"{status}×{number}" for status, number in sorted(statuses.items()))
    slowest = max(replies, key=lambda reply: reply.seconds)
    return f"{len(replies)} attacks ({counted}; longest {slowest.seconds:.1f} s: {slowest.name})"


def unclear(replies: Sequence[Reply]) -> list[str]:
    """Complaints about answers that are none, or that tell how the server is made."""
    found = [f"{r.name}: {r.status} {r.text[:80]!r}" for r in replies if r.status not in CLEAR]
    return (found + [f"{r.name} names internals: {r.text[:200]!r}" for r in replies if r.names_internals])[:5]


def overdue(replies: Sequence[Reply], limit: float) -> list[str]:
    late = [reply for reply in replies if reply.seconds > limit]
    return [f"{len(late)} answers came after {limit:.1f} s, such as {late[0].name}"] if late else []


def _run(requests: Sequence[Request], *flags: str, writes: bool = False) -> Outcome:
    """Attacks with all of them; a write may take as much memory as two queries and twice the time."""
    with serving("--timeout", str(TIMEOUT), *flags) as service:
        with watched(service) as watch:
            replies = attack_all(service, requests, at_a_time=2 if writes else AT_A_TIME)
        limit = float("inf") if writes else TIMEOUT + GRACE
        complaints = unclear(replies) + watch.complaints(queries=2 if writes else AT_A_TIME)
        late = watch.late() + overdue(replies, limit)
        return judged(complaints, f"{told(replies)}; {watch.figures()}", late)


def _dear(texts: dict[str, str]) -> list[Request]:
    return [query(text, name) for name, text in texts.items()]


def _json_ld() -> list[Request]:
    chains = [bombs.term_chain(length) for length in (100, 1000, 10_000, 50_000)]
    return [*bombs.documents(bombs.JSON_LD, "application/ld+json"), *chains]


def _rdf_xml() -> list[Request]:
    laughs = put("a:bomb", "application/rdf+xml", bombs.BILLION_LAUGHS.encode(), "billion laughs")
    return [*bombs.documents(bombs.RDF_XML, "application/rdf+xml"), laughs]


CHECKS = [
    Check("nesting-query", NOBODY_SEES, lambda: _run(bombs.queries(bombs.NESTED_QUERIES))),
    Check(
        "nesting-query-unscanned",
        f"with the scan's limits at 2 MB and 2,000,000 levels: {NOBODY_SEES}",
        lambda: _run(bombs.queries(bombs.NESTED_QUERIES, (10_000, 95_000, 950_000)), *WIDE),
    ),
    Check("nesting-update", NOBODY_SEES, lambda: _run(bombs.updates(), writes=True)),
    Check(
        "nesting-update-unscanned",
        f"the same: {NOBODY_SEES}",
        lambda: _run(bombs.updates((10_000, 95_000)), *WIDE, writes=True),
    ),
    Check(
        "nesting-turtle", NOBODY_SEES, lambda: _run(bombs.documents(bombs.TURTLE, "text/turtle"), writes=True)
    ),
    Check(
        "nesting-trig", NOBODY_SEES, lambda: _run(bombs.datasets(bombs.TRIG, "application/trig"), writes=True)
    ),
    Check("nesting-jsonld", NOBODY_SEES, lambda: _run(_json_ld(), writes=True)),
    Check("nesting-rdfxml", NOBODY_SEES, lambda: _run(_rdf_xml(), writes=True)),
    Check("ten-megabytes", NOBODY_SEES, lambda: _run(bombs.ten_megabytes(), writes=True)),
    Check("planner", NOBODY_SEES, lambda: _run(_dear(dear.planned()))),
    Check("evaluation", NOBODY_SEES, lambda: _run(_dear(dear.evaluated()))),
]
