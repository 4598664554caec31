"""Checks of times: deadlines, refusals, departures, and the first byte of a million rows."""

import http.client
import socket
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

from .attacks import unclear
from .bombs import KILO, MEGA, NESTED_QUERIES
from .client import Reply, Request, put, query, send, update
from .dear import evaluated, planned
from .outcome import MIB, Check, Outcome, judged
from .procs import Process, own_bytes
from .service import Service, serving
from .watch import gone_within
from .wire import HEAD

LIMIT = 2
ROWS = 1_000_000
MILLION = f"SELECT * {{?a ?b ?c. ?d ?e ?f}} LIMIT {ROWS}"
FOREVER = "SELECT (COUNT(*) AS ?n) {?a ?b ?c. ?d ?e ?f. ?g ?h ?i}"


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
        busy = [] if coming.done() else _busy(service)
        reply = coming.result()
    return reply, gone_within(busy, 0.5) if reply.status == 503 else 0.0


def _busy(service: Service) -> list[Process]:
    """The readers that use the processor."""
    before = {process.key: process.cpu for process in service.roles().get("reader", [])}
    time.sleep(0.1)
    now = service.roles().get("reader", [])
    return [p for p in now if p.state == "R" or p.cpu > before.get(p.key, 0.0)]


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


def _departures() -> Outcome:
    """Leaves while it evaluates, while it streams, and while it stands in the queue behind others."""
    with serving() as service:
        seen = {
            "evaluating": _departure(service, FOREVER, 1),
            "streaming": _departure(service, MILLION, 1),
            "thirty at once": _departure(service, FOREVER, 30),
        }
    complaints = [f"{name}: not free within a second" for name, (_, left) in seen.items() if left is None]
    complaints += [f"{name}: nothing was busy" for name, (number, _) in seen.items() if not number]
    told = (f"{name}: {number} readers free after {left or 9:.2f} s" for name, (number, left) in seen.items())
    return judged(complaints, ", ".join(told))


def _departure(service: Service, text: str, number: int) -> tuple[int, float | None]:
    """How many readers worked, and how long after the clients left none does; None for over a second."""
    connections = [_asked(service, f"{text} #{i}") for i in range(number)]
    time.sleep(1.0)
    working = [name for name in _BUSY if metrics(service)[name]]
    busy = [] if "streams" in working else _busy(service)
    for connection in connections:
        connection.close()
    began = time.monotonic()
    if gone_within(busy, 1.0) is None or _until_idle(service) is None:
        return len(busy), None
    return len(busy) or len(working), time.monotonic() - began


def _asked(service: Service, text: str) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", service.port), 10)
    connection.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(text) + text.encode())
    return connection


def _until_idle(service: Service) -> float | None:
    """How long until nothing runs, waits or streams, as /metrics tells; None where a second is not enough."""
    began = time.monotonic()
    while (seconds := time.monotonic() - began) < 1.2:
        now = metrics(service)
        if not any(now[name] for name in _BUSY):
            return seconds
        time.sleep(0.02)
    return None


def metrics(service: Service) -> dict[str, float]:
    reply = send(service, Request("metrics", "GET", "/metrics"))
    lines = [line.split() for line in reply.text.splitlines() if line and line[0] != "#" and "{" not in line]
    return {name.removeprefix("unmissions_"): float(value) for name, value in lines}


def _million_rows() -> Outcome:
    with serving() as service:
        worker = service.only("worker").pid
        send(service, query("ASK{}"))
        before, peak, size = own_bytes(worker), 0, 0
        connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
        began = time.monotonic()
        connection.request("POST", "/sparql", MILLION, {**_DIRECT, "Accept": "text/tab-separated-values"})
        response = connection.getresponse()
        rows = response.read(1).count(b"\n")
        first = time.monotonic() - began
        while piece := response.read(1 << 20):
            rows, size = rows + piece.count(b"\n"), size + len(piece)
            peak = max(peak, own_bytes(worker))
        whole = time.monotonic() - began
    grown = (peak - before) / MIB
    complaints = [] if rows == ROWS + 1 else [f"{rows - 1} rows came"]
    complaints += [f"the front grew by {grown:.0f} MiB"] if grown >= 32 else []
    late = ["the first byte took over 100 ms"] if first > 0.1 else []
    figures = f"first byte {first * 1000:.0f} ms, all {size / MIB:.0f} MiB {whole:.1f} s"
    return judged(complaints, f"{figures}, front +{grown:.1f} MiB", late)


_BUSY = ("running_old", "running_young", "streams", "waiting_old", "waiting_young")
_DIRECT = {"Content-Type": "application/sparql-query"}
CHECKS = [
    Check("deadlines", "503 …/timeout within 0.5 s after the limit, and the process is gone", _deadlines),
    Check("refusals", "what is refused is refused within 100 ms", _refusals),
    Check("departures", "a client that leaves frees its reader within a second", _departures),
    Check("million-rows", "first byte within 100 ms; the front grows by less than 32 MiB", _million_rows),
]
