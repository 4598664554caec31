"""Writes beside all there is: ten triples and a hundred thousand, and the first view of pages after one."""

from collections.abc import Iterator
from dataclasses import dataclass

from .connection import request
from .data import SPACE, lines
from .figures import Figure
from .pages import PAGES, page_request
from .questions import NUMBERS
from .rounds import MEBIBYTES, MILLISECONDS, PROCESSOR, SECONDS, Plan, ask_once, interleaved
from .servers import OURS, TOKEN, Server

BEARER = {"Authorization": f"Bearer {TOKEN}", "Accept": "*/*"}
FEW, MANY = 10, 100_000


@dataclass(frozen=True)
class _Written:
    acknowledged: float
    processor: float
    largest: float


def write_few(servers: list[Server], plan: Plan) -> Iterator[Figure]:
    """An update of ten triples; then each page as its first visitor in that release sees it."""
    pages: dict[str, list[float]] = {name: [] for name in PAGES}

    def work(server: Server) -> _Written:
        written = _update(server)
        server.settle()
        if server.name == OURS:
            for name, path in PAGES.items():
                pages[name].append(ask_once(server, page_request(path)).whole * 1000)
        return written

    yield from _figures(f"write of {FEW} triples", interleaved(servers, plan.rounds, work))
    for name, waits in pages.items():
        yield Figure(f"page: {name}, first view in a release", MILLISECONDS, {OURS: waits})


def write_many(servers: list[Server], plan: Plan) -> Iterator[Figure]:
    """A new graph of a hundred thousand triples."""
    found = interleaved(servers, max(1, plan.rounds // 2), _put)
    yield from _figures(f"put of {MANY:,} triples", found)


def _update(server: Server) -> _Written:
    number = next(NUMBERS)
    triples = " ".join(f"<urn:bench:w{number}> <urn:bench:p> {value} ." for value in range(FEW))
    headers = {**BEARER, "Content-Type": "application/sparql-update"}
    content = request("POST", server.addresses["update"], headers, f"INSERT DATA {{ {triples} }}".encode())
    return _write(server, content)


def _put(server: Server) -> _Written:
    """A new graph of things that no other graph tells of, so that all of it enters the merge."""
    number = next(NUMBERS)
    address = f"{server.addresses['graph']}?graph=urn:bench:g{number}"
    headers = {**BEARER, "Content-Type": "application/n-triples"}
    body = "".join(lines(MANY)).replace(SPACE, f"{SPACE}{number}/")
    written = _write(server, request("PUT", address, headers, body.encode()))
    server.settle()
    return written


def _write(server: Server, content: bytes) -> _Written:
    processor = server.cpu_seconds()
    with server.watch() as watch:
        acknowledged = ask_once(server, content).whole
    used = server.cpu_seconds() - processor
    return _Written(acknowledged, used, watch.largest_new)


def _figures(what: str, found: dict[str, list[_Written]]) -> Iterator[Figure]:
    acknowledged = {name: [each.acknowledged for each in writes] for name, writes in found.items()}
    yield Figure(what, f"{SECONDS}, acknowledged", acknowledged)
    processor = {name: [each.processor * 1000 for each in writes] for name, writes in found.items()}
    yield Figure(what, PROCESSOR, processor)
    largest = {OURS: [each.largest for each in found[OURS]]}
    yield Figure(what, f"{MEBIBYTES}, largest process that was started for it", largest)
