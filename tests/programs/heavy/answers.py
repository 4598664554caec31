"""Checks of long answers: clients that leave, and a million rows."""

import http.client
import socket
import time

from .client import Request, query, send
from .outcome import MIB, Check, Outcome, judged
from .procs import own_bytes
from .service import Service, serving
from .watch import busy_workers, gone_within
from .wire import HEAD

ROWS = 1_000_000
MILLION = f"SELECT * {{?a ?b ?c. ?d ?e ?f}} LIMIT {ROWS}"
FOREVER = "SELECT (COUNT(*) AS ?n) {?a ?b ?c. ?d ?e ?f. ?g ?h ?i}"
BUSY = ("running_old", "running_young", "streams", "waiting_old", "waiting_young")
DIRECT = {"Content-Type": "application/sparql-query"}


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
    told = (f"{name}: {number} workers free after {left or 9:.2f} s" for name, (number, left) in seen.items())
    return judged(complaints, ", ".join(told))


def _departure(service: Service, text: str, number: int) -> tuple[int, float | None]:
    """How many workers worked, and how long after the clients left none does; None for over a second."""
    connections = [_asked(service, f"{text} #{i}") for i in range(number)]
    time.sleep(1.0)
    working = [name for name in BUSY if metrics(service)[name]]
    busy = [] if "streams" in working else busy_workers(service)
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
        if not any(now[name] for name in BUSY):
            return seconds
        time.sleep(0.02)
    return None


def metrics(service: Service) -> dict[str, float]:
    reply = send(service, Request("metrics", "GET", "/metrics"))
    lines = [line.split() for line in reply.text.splitlines() if line and line[0] != "#" and "{" not in line]
    return {name.removeprefix("unmissions_"): float(value) for name, value in lines}


def _million_rows() -> Outcome:
    with serving() as service:
        front = service.only("front").pid
        send(service, query("ASK{}"))
        before, peak, size = own_bytes(front), 0, 0
        connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
        began = time.monotonic()
        connection.request("POST", "/sparql", MILLION, {**DIRECT, "Accept": "text/tab-separated-values"})
        response = connection.getresponse()
        rows = response.read(1).count(b"\n")
        first = time.monotonic() - began
        while piece := response.read(1 << 20):
            rows, size = rows + piece.count(b"\n"), size + len(piece)
            peak = max(peak, own_bytes(front))
        whole = time.monotonic() - began
    grown = (peak - before) / MIB
    complaints = [] if rows == ROWS + 1 else [f"{rows - 1} rows came"]
    complaints += [f"the front grew by {grown:.0f} MiB"] if grown >= 32 else []
    late = ["the first byte took over 100 ms"] if first > 0.1 else []
    figures = f"first byte {first * 1000:.0f} ms, all {size / MIB:.0f} MiB {whole:.1f} s"
    return judged(complaints, f"{figures}, front +{grown:.1f} MiB", late)


CHECKS = [
    Check("departures", "a client that leaves frees its worker within a second", _departures),
    Check("million-rows", "first byte within 100 ms; the front grows by less than 32 MiB", _million_rows),
]
