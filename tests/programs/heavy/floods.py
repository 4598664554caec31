"""Checks under load: sockets that misbehave, hundreds of dear queries at once, clients that go away."""

import time
from collections.abc import Callable, Sequence

from .attacks import NOBODY_SEES, attack_all, told
from .bombs import NESTED_QUERIES, Shape
from .client import Reply, Request, query
from .dear import TRIPLES
from .outcome import Check, Outcome, judged
from .service import Service, serving
from .watch import watched
from .wire import WIRE

NUMBER = 200
FLOOD_SECONDS = 10
READERS = 4
ANSWERED = "each is answered within the limit + 1 s, 429 and 503 with Retry-After"


def _wire(attack: Callable[[Service], str]) -> Outcome:
    complaints: list[str] = []
    figures = ""
    with serving() as service:
        with watched(service) as watch:
            try:
                figures = attack(service)
            except AssertionError as error:
                complaints.append(str(error))
        complaints += watch.complaints(queries=0)
        return judged(complaints, f"{figures}; {watch.figures()}", watch.late())


def _wire_check(name: str, attack: Callable[[Service], str]) -> Check:
    return Check(f"wire-{name}", NOBODY_SEES, lambda: _wire(attack))


def _flood(requests: Sequence[Request], limit: int = FLOOD_SECONDS) -> Outcome:
    """All at once; each must be answered within the limit and a second, or told when to come again."""
    with serving("--timeout", str(limit)) as service:
        with watched(service) as watch:
            began = time.monotonic()
            replies = attack_all(service, requests, at_a_time=len(requests))
            whole = time.monotonic() - began
        complaints = _unanswered(replies) + watch.complaints(READERS)
        late = [f"{r.name} took {r.seconds:.1f} s" for r in replies if r.seconds > limit + 1][:3]
        figures = f"limit {limit} s: {told(replies)}, all within {whole:.1f} s; {watch.figures()}"
        return judged(complaints, figures, late + watch.late())


def _unanswered(replies: Sequence[Reply]) -> list[str]:
    found = [f"{r.name}: {r.status} {r.text[:80]}" for r in replies if r.status not in (200, 400, 429, 503)]
    silent = [r for r in replies if r.status in (429, 503) and "retry-after" not in r.headers]
    found += [f"{r.name}: {r.status} without Retry-After" for r in silent]
    return found[:3]


def _dear_flood() -> Outcome:
    text = f"SELECT (COUNT(*) AS ?n) {{{TRIPLES}}} #"
    return _flood([query(text + str(i), f"query {i}") for i in range(NUMBER)])


def _long_flood() -> Outcome:
    """Long flat queries cost the front, which looks at every token, more than any others."""
    shapes = {shape.name: shape for shape in NESTED_QUERIES}
    flat: list[Shape] = [shapes["flat sum"], shapes["flat comparison"], shapes["unclosed brackets"]]
    texts = [flat[i % 3].sized(24_000 if i % 2 else 95_000) + f"#{i}" for i in range(NUMBER)]
    return _flood([query(text, f"query {i}") for i, text in enumerate(texts)], FLOOD_SECONDS)


CHECKS = [
    *(_wire_check(name, attack) for name, attack in WIRE.items()),
    Check("flood-dear", f"{NUMBER} dear queries at once: {ANSWERED}; {NOBODY_SEES}", _dear_flood),
    Check("flood-long", f"{NUMBER} queries of 24 and 95 kB at once: the same", _long_flood),
]
