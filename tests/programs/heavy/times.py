"""Checks of times: how soon a deadline strikes, and how soon a refusal comes."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor

from .attacks import unclear
from .bombs import KILO, MEGA, NESTED_QUERIES
from .client import Reply, Request, put, query, send, update
from .dear import evaluated, planned
from .outcome import Check, Outcome, judged
from .service import Service, serving
from .watch import busy_workers, gone_within

LIMIT = 2


def _deadlines() -> Outcome:
    """Every dear query by itself, with a limit of its own in the request."""
    texts = evaluated() | {name: text for name, text in planned().items() if name.endswith(" 119")}
    complaints, overtime, late = [], [0.0], []
    with serving("--burst", "100000") as service:
        for name, text in texts.items():
            reply, left = _to_its_end(service, query(text, name, timeout=str(LIMIT)))
            is_timeout = reply.status == 503 and "problem/timeout" in reply.text
            complaints += unclear([reply])
            if left is None:
                complaints.append(f"the process of {name} goes on")
            if is_timeout:
                overtime.append(reply.seconds - LIMIT)
            if reply.seconds > LIMIT + 0.5:
                late.append(f"{name} {reply.seconds:.2f} s")
    ended = f"{len(overtime) - 1} of {len(texts)} queries came to their limit of {LIMIT} s"
    return judged(complaints, f"{ended}, and were answered at most {max(overtime):.2f} s after it", late)


def _to_its_end(service: Service, request: Request) -> tuple[Reply, float | None]:
    """The answer, and how long after it the processes that worked on it until then are gone."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(send, service, request)
        time.sleep(LIMIT * 0.8)
        busy = [] if coming.done() else busy_workers(service)
        reply = coming.result()
    return reply, gone_within(busy, 0.5) if reply.status == 503 else 0.0


def _refusals() -> Outcome:
    """Each five times, of which the one in the middle counts: others use this machine as well."""
    shapes = {shape.name: shape for shape in NESTED_QUERIES}
    refused = {
        "query too long": query("SELECT * {} #" + "x" * 200_000),
        "body too long": query("SELECT * {} #" + "x" * 10 * MEGA),
        "deep": query(shapes["parentheses"].sized(95 * KILO)),
        "deep functions": query(shapes["functions"].sized(95 * KILO)),
        "many operands": query("ASK{" + "?s ?p ?o." * 5000 + "}"),
        "syntax": query("SELECT * WHERE { ?s ?p }"),
        "syntax at the end": query("SELECT * {" + "#" * 90_000 + "\n ?s ?p }"),
        "service": query("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"),
        "no query": query("hello"),
        "unknown function": query("SELECT (<a:f>(1) AS ?x) {}"),
        "no token": Request("no token", "POST", "/update", b"CLEAR ALL"),
        "update syntax": update("INSERT DATA { <a:s> }"),
        "LOAD": update("LOAD <http://127.0.0.1/>"),
        "Turtle syntax": put("a:g", "text/turtle", b"<a:s> <a:p> ."),
        "DOCTYPE": put("a:g", "application/rdf+xml", b"<!DOCTYPE r []><r/>"),
        "media type": put("a:g", "image/png", b"x"),
    }
    with serving() as service:
        replies = {name: [send(service, request) for _ in range(5)] for name, request in refused.items()}
    medians = {name: statistics.median(r.seconds * 1000 for r in five) for name, five in replies.items()}
    taken = [name for name, five in replies.items() if any(not 400 <= reply.status < 500 for reply in five)]
    slow = [f"{name} took {ms:.0f} ms" for name, ms in medians.items() if ms > 100]
    complaints = [f"{name} was not refused" for name in taken]
    complaints += unclear([reply for five in replies.values() for reply in five])
    return judged(complaints, ", ".join(f"{name} {ms:.0f}" for name, ms in medians.items()) + " ms", slow)


CHECKS = [
    Check("deadlines", "503 …/timeout within 0.5 s after the limit, and the process is gone", _deadlines),
    Check("refusals", "what is refused is refused within 100 ms", _refusals),
]
