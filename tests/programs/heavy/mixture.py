"""Requests of every kind as readers send them, most of them like no other: what a long day brings."""

import random
import socket
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

from .client import Request, query, send
from .service import Service

CLIENTS = 8
# Of a hundred requests. Who departs has read only the beginning of a long answer.
SHARES = {"look-up": 62, "again": 20, "saved": 8, "page": 4, "mistake": 4, "departure": 2}
SAVED = ("who-met-whom/run.csv", "meetings-in-a-period/run.json", "missions-at-a-glance/run.tsv")
PAGES = (
    "/",
    "/person/adama-dieng",
    "/mission/2011-rome",
    "/places",
    "/search?q=Rome",
    "/queries/who-met-whom",
)
MISTAKES = (
    "SELECT * { ?s ?p",
    "SELECT ?s { ?s ?p ?o } GROUP BY ?o",
    "SELECT * { SERVICE <urn:x> { ?s ?p ?o } }",
)
EXPECTED = {"mistake": (400, 403)}
BROWSER = {"Accept": "text/html", "User-Agent": "Mozilla/5.0"}
ALL_ROWS = "/sparql?" + urlencode({"query": "SELECT * { ?s ?p ?o . ?a ?b ?c } LIMIT 300000"})


def ask(service: Service, numbers: range) -> list[str]:
    """Sends a request for each number, a few at a time; says which were not answered as they should be."""
    kinds = random.Random(numbers.start).choices(list(SHARES), list(SHARES.values()), k=len(numbers))
    with ThreadPoolExecutor(CLIENTS) as clients:
        complaints = clients.map(lambda kind, number: _complaint(service, kind, number), kinds, numbers)
        return [complaint for complaint in complaints if complaint]


def _complaint(service: Service, kind: str, number: int) -> str:
    if kind == "departure":
        return _leave(service)
    reply = send(service, _request(kind, number))
    is_right = reply.status in EXPECTED.get(kind, (200,))
    return "" if is_right else f"{kind} {number}: {reply.status} {reply.text[:100]}"


def _request(kind: str, number: int) -> Request:
    match kind:
        case "look-up":
            return query(f"SELECT * {{ ?s ?p ?o }} OFFSET {number % 9000} LIMIT {1 + number % 7} # {number}")
        case "again":
            asked = urlencode({"query": f"SELECT * {{ ?s a ?class }} LIMIT {number % 9}"})
            return Request(kind, "GET", f"/sparql?{asked}")
        case "saved":
            return Request(kind, "GET", f"/queries/{SAVED[number % len(SAVED)]}")
        case "page":
            return Request(kind, "GET", PAGES[number % len(PAGES)], headers=BROWSER)
        case _:
            return query(f"{MISTAKES[number % len(MISTAKES)]} # {number}")


def _leave(service: Service) -> str:
    """Reads the first bytes of a long answer, and goes."""
    with socket.create_connection(("127.0.0.1", service.port), timeout=30) as connection:
        connection.sendall(f"GET {ALL_ROWS} HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n\r\n".encode())
        begun = connection.recv(15)
    return "" if begun == b"HTTP/1.1 200 OK" or begun.startswith(b"HTTP/1.1 503") else f"departure: {begun!r}"
