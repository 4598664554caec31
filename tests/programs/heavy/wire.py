"""Attacks below HTTP's surface: sockets that say nothing, little, too much, or two things at once."""

import gzip
import socket
import time
from collections.abc import Callable
from contextlib import suppress

from .service import TOKEN, Service
from .sockets import exchange, opened, sent, status

HOLD_SECONDS = 5.0
HEAD = b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
WRITE_HEAD = (
    b"PUT /graphs?default HTTP/1.1\r\nHost: a\r\nContent-Type: text/turtle\r\n"
    b"Authorization: Bearer " + TOKEN.encode() + b"\r\n"
)
LENGTH = b"Content-Length: %s\r\n\r\n"
ASK = b"ASK{}"
NEXT = b"GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n"
GZIP_BOMB_BYTES = 10_000_000


def idle(service: Service) -> str:
    with opened(service, 1000) as connections:
        time.sleep(HOLD_SECONDS)
        return f"{len(connections)} connections said nothing for {HOLD_SECONDS:.0f} s"


def drip(service: Service, number: int, first: bytes, piece: bytes) -> str:
    """Many connections, each of which sends a piece now and then."""
    with opened(service, number) as connections:
        for connection in connections:
            connection.sendall(first)
        until, cut = time.monotonic() + HOLD_SECONDS, set[int]()
        while time.monotonic() < until:
            for index, connection in enumerate(connections):
                if not sent(connection, piece):
                    cut.add(index)
            time.sleep(0.5)
        return f"{number} connections sent {len(piece)} bytes twice a second ({len(cut)} were cut)"


def half_open(service: Service) -> str:
    """Clients that close their sending side in the middle of a request."""
    with opened(service, 200) as connections:
        for index, connection in enumerate(connections):
            connection.sendall(HEAD[: 20 + index % 60])
            connection.shutdown(socket.SHUT_WR)
        time.sleep(HOLD_SECONDS)
        return "200 connections closed their sending side in the head"


def unread(service: Service) -> str:
    """Clients that ask for a million rows and take a byte a second."""
    text = b"SELECT * {?a ?b ?c. ?d ?e ?f} LIMIT 1000000 #%d"
    with opened(service, 40) as connections:
        for index, connection in enumerate(connections):
            asked = text % index
            connection.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(asked) + asked)
        taken = sum(_taken(connections) for _ in range(8))
        return f"40 clients took {taken} bytes of a million rows each, a byte a second"


def lying_lengths(service: Service) -> str:
    """A Content-Length that is too large, too small, absurd, signed, no number, or given twice."""
    lengths = (b"1000", b"2", b"1" + b"0" * 18, b"-1", b"+5", b"5, 5", b"five", b"")
    statuses = [status(exchange(service, HEAD + LENGTH % n + ASK, 1)) for n in lengths]
    twice = exchange(service, HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n" + ASK, 1)
    with opened(service, 100) as connections:
        for connection in connections:
            connection.sendall(WRITE_HEAD + b"Content-Length: 60000000\r\n\r\n<a:")
        time.sleep(HOLD_SECONDS)
    return f"answers {' '.join(statuses)} {status(twice)}; 100 announced 60 MB and sent 3 bytes"


def header_floods(service: Service) -> str:
    floods = (
        b"".join(b"X-%d: 1\r\n" % i for i in range(100_000)),
        b"".join(b"X: 1\r\n" for i in range(90)),
        b"X: " + b"a" * 10_000_000 + b"\r\n",
        b"a" * 1_000_000 + b": 1\r\n",
        b"Accept: " + b"a/b," * 50_000 + b"\r\n",
        b"Accept: " + b"a/b;q=0.1," * 6000 + b"\r\n",
        b"Accept-Encoding: " + b"gzip;q=0.1," * 6000 + b"\r\n",
        b"If-None-Match: " + b'"a",' * 12_000 + b"\r\n",
        b"Cookie: " + b"a=b;" * 15_000 + b"\r\n",
    )
    requests = [b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: a\r\n" + flood + b"\r\n" for flood in floods]
    requests.append(b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n")
    statuses = [status(exchange(service, request, 1)) for request in requests * 3]
    return f"answers {' '.join(statuses)}"


def gzip_bombs(service: Service) -> str:
    bomb = gzip.compress(b"#" * GZIP_BOMB_BYTES)
    told = b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb)
    statuses = [status(exchange(service, head + told + bomb, 2)) for head in (HEAD, WRITE_HEAD)]
    chunked = b"Transfer-Encoding: gzip, chunked\r\n\r\n%x\r\n" % len(bomb) + bomb + b"\r\n0\r\n\r\n"
    statuses.append(status(exchange(service, HEAD + chunked, 1)))
    return f"answers {' '.join(statuses)}"


def endless_chunks(service: Service) -> str:
    """Chunks without an end, of a query and of a write; and a chunk that claims to be endless itself."""
    sent = [_chunks(service, head) for head in (HEAD, WRITE_HEAD)]
    huge = HEAD + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nASK{}"
    extended = HEAD + b"Transfer-Encoding: chunked\r\n\r\n5;" + b"a" * 1_000_000 + b"\r\nASK{}\r\n0\r\n\r\n"
    statuses = [status(exchange(service, request, 1)) for request in (huge, extended)]
    return f"cut after {sent[0]} and {sent[1]} MB; answers {' '.join(statuses)}"


def smuggling(service: Service) -> str:
    """Requests that two readers would cut differently: each may have one answer, or none."""
    chunked = b"0\r\n\r\n" + NEXT
    heads = {
        "CL.TE": b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n" % len(chunked),
        "TE.CL": b"Transfer-Encoding: chunked\r\nContent-Length: %d\r\n\r\n" % len(chunked),
        "TE.CL short": b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n",
        "TE twice": b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n",
        "TE x": b"Transfer-Encoding: xchunked\r\n\r\n",
        "TE tab": b"Transfer-Encoding:\tchunked\r\nContent-Length: 5\r\n\r\n",
        "TE space": b"Transfer-Encoding : chunked\r\n\r\n",
        "CL twice": b"Content-Length: 5\r\nContent-Length: %d\r\n\r\n" % len(chunked),
        "fold": b"X: y\r\n Content-Length: 5\r\nContent-Length: %d\r\n\r\n" % len(chunked),
        "bare LF": b"Content-Length: %d\nTransfer-Encoding: chunked\n\n" % len(chunked),
    }
    two = [name for name, head in heads.items() if _answers(service, HEAD + head + chunked) > 1]
    if two:
        raise AssertionError(f"two answers to {', '.join(two)}")
    return f"{len(heads)} ambiguous requests, none of which had two answers"


def _answers(service: Service, content: bytes) -> int:
    return exchange(service, content, 1).count(b"HTTP/1.1 ")


def _chunks(service: Service, head: bytes) -> int:
    """How many MB of chunks were taken, of at most 100."""
    with opened(service, 1) as (connection,):
        connection.sendall(head + b"Transfer-Encoding: chunked\r\n\r\n")
        chunk = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
        return next((megabytes for megabytes in range(100) if not sent(connection, chunk)), 100)


def _taken(connections: list[socket.socket]) -> int:
    time.sleep(1)
    taken = 0
    for connection in connections:
        connection.setblocking(False)
        with suppress(OSError):
            taken += len(connection.recv(1))
    return taken


WIRE: dict[str, Callable[[Service], str]] = {
    "idle": idle,
    "slow-heads": lambda service: drip(service, 200, b"GET /sparql HTTP/1.1\r\nHost: a\r\n", b"X-A: b\r\n"),
    "slow-bodies": lambda service: drip(service, 100, HEAD + LENGTH % b"9999", b" "),
    "slow-write-bodies": lambda service: drip(service, 100, WRITE_HEAD + LENGTH % b"9999", b" "),
    "half-open": half_open,
    "unread": unread,
    "lying-lengths": lying_lengths,
    "header-floods": header_floods,
    "gzip-bombs": gzip_bombs,
    "endless-chunks": endless_chunks,
    "smuggling": smuggling,
}
