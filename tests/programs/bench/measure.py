"""Asks two servers the same, in turn, and compares what it cost them."""

import itertools
import statistics
import time
from dataclasses import dataclass
from typing import Required, TypedDict

import httpx

from .servers import Server

ACCEPT = {"Accept": "text/tab-separated-values", "Accept-Encoding": "identity"}


@dataclass(frozen=True)
class Cost:
    """What one request cost on average: seconds on the clock and seconds of processor time."""

    wall: float
    cpu: float

    def line(self) -> str:
        return f"{self.cpu * 1e3:9.2f} ms cpu {self.wall * 1e3:9.2f} ms wall"


@dataclass(frozen=True)
class Comparison:
    """The medians over the rounds of one question: both costs, and their ratios round by round."""

    question: str
    against: str
    ours: Cost
    theirs: Cost
    wall_ratio: float
    cpu_ratio: float

    def line(self) -> str:
        ratios = f"cpu {self.cpu_ratio:6.2f}x  wall {self.wall_ratio:6.2f}x"
        costs = f"ours {self.ours.line()}   theirs {self.theirs.line()}"
        return f"{self.question:<14} {self.against:<17} {ratios}   {costs}"


LONGEST_IN_ADDRESS = 1000
_NUMBERS = itertools.count(1)


class Asker:
    """Sends one question many times over one kept connection, with other numbers each time."""

    def __init__(self, template: str, requests: int, conditional: bool) -> None:
        self._template, self._requests, self._conditional = template, requests, conditional

    def ask(self, server: Server) -> Cost:
        with httpx.Client(timeout=600) as client:
            headers = {**ACCEPT, **self._condition(client, server)}
            cpu, began = server.cpu_seconds(), time.monotonic()
            for _ in range(self._requests):
                self._send(client, server, headers)
            wall = time.monotonic() - began
        time.sleep(0.05)
        return Cost(wall / self._requests, (server.cpu_seconds() - cpu) / self._requests)

    def _send(self, client: httpx.Client, server: Server, headers: dict[str, str]) -> httpx.Response:
        number = next(_NUMBERS)
        query = self._template.replace("{n}", str(number)).replace("{person}", str(number % 5000))
        with client.stream(**self.request(server, query, number), headers=headers) as answer:
            assert answer.status_code in (200, 304), (server.name, answer.status_code, answer.read())
            for _ in answer.iter_raw():
                continue
        return answer

    def request(self, server: Server, query: str, number: int) -> "Request":
        """What is sent for a query, the `number`th of all that are asked."""
        return query_request(server.url, query)

    def _condition(self, client: httpx.Client, server: Server) -> dict[str, str]:
        """The first answer's tag, for a server that gives one."""
        tag = self._send(client, server, ACCEPT).headers.get("ETag", "") if self._conditional else ""
        return {"If-None-Match": tag} if tag else {}


class Request(TypedDict, total=False):
    method: Required[str]
    url: Required[str]
    params: dict[str, str]
    data: dict[str, str]


def query_request(url: str, query: str) -> Request:
    """A GET, or a POST for a query that would not fit into an address everywhere."""
    if len(query) > LONGEST_IN_ADDRESS:
        return {"method": "POST", "url": url, "data": {"query": query}}
    return {"method": "GET", "url": url, "params": {"query": query}}


def compare(name: str, asker: Asker, ours: Server, theirs: Server, rounds: int) -> Comparison:
    """Runs A B A B …; the ratio of each pair stands for itself, so that drift of the machine cancels out."""
    asker.ask(ours), asker.ask(theirs)
    pairs = [(asker.ask(ours), asker.ask(theirs)) for _ in range(rounds)]
    return Comparison(
        name,
        theirs.name,
        _median([pair[0] for pair in pairs]),
        _median([pair[1] for pair in pairs]),
        statistics.median(a.wall / b.wall for a, b in pairs),
        statistics.median(a.cpu / max(b.cpu, 1e-6) for a, b in pairs),
    )


def _median(costs: list[Cost]) -> Cost:
    return Cost(statistics.median(c.wall for c in costs), statistics.median(c.cpu for c in costs))
