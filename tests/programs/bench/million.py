"""A million rows read to the end: the first byte, the whole, and what the front takes of memory for it."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from .figures import Figure
from .questions import NUMBERS, query_request
from .rounds import MEBIBYTES, MILLISECONDS, PROCESSOR, SECONDS, Plan, ask_once, interleaved
from .servers import Server

ROWS = "SELECT ?s ?p ?o WHERE {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }} LIMIT 1000000 #{}"


@dataclass(frozen=True)
class _Reading:
    first: float
    whole: float
    processor: float
    growth: float


def read_a_million_rows(servers: list[Server], plan: Plan) -> Iterator[Figure]:
    """Where there are so many."""
    if plan.size == "small":
        return
    found = interleaved(servers, plan.rounds, _read)
    what = "a million rows"
    yield Figure(what, f"{MILLISECONDS}, first byte", _each(found, "first", 1000))
    yield Figure(what, f"{SECONDS}, whole", _each(found, "whole"))
    yield Figure(what, PROCESSOR, _each(found, "processor", 1000))
    yield Figure(what, f"{MEBIBYTES}, growth of the process with the connections", _each(found, "growth"))


def _read(server: Server) -> _Reading:
    processor = server.cpu_seconds()
    with server.watch() as watch:
        answer = ask_once(server, query_request(server, ROWS.format(next(NUMBERS))))
    time.sleep(0.05)
    return _Reading(answer.first, answer.whole, server.cpu_seconds() - processor, watch.growth)


def _each(found: dict[str, list[_Reading]], name: str, factor: float = 1) -> dict[str, list[float]]:
    return {server: [getattr(each, name) * factor for each in found[server]] for server in found}
