"""Asks several servers the same, in turn, and keeps what each round cost on each of them."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from .connection import Answer, Connection
from .figures import Figure
from .servers import Server

T = TypeVar("T")
SIZES = {"small": 0, "large": 1_000_000, "huge": 5_000_000}  # generated triples beside the shipped data
SETTLING = 0.05  # what is done behind an answer, such as its line in the log, belongs to it
SECONDS, MILLISECONDS, PROCESSOR, MEBIBYTES = "s", "ms", "ms processor", "MiB"


@dataclass(frozen=True)
class Plan:
    """How much is measured: what size of data, how often, and with which part of the requests."""

    size: str
    triples: int
    rounds: int
    share: float

    @property
    def told(self) -> str:
        return f"{self.rounds} rounds" + (f" with {self.share:.0%} of the requests" if self.share < 1 else "")

    def requests(self, usual: int) -> int:
        return max(2, round(usual * self.share))


@dataclass(frozen=True)
class Cost:
    """What one request cost on average, in milliseconds."""

    clock: float
    processor: float


def ask_all(server: Server, requests: Sequence[bytes]) -> Cost:
    """Sends these over one connection, one after the other."""
    with Connection(server.port) as connection:
        processor, began = server.cpu_seconds(), time.perf_counter()
        for content in requests:
            connection.ask(content)
        clock = time.perf_counter() - began
    time.sleep(SETTLING)
    used = server.cpu_seconds() - processor
    return Cost(clock * 1000 / len(requests), used * 1000 / len(requests))


def ask_once(server: Server, content: bytes) -> Answer:
    with Connection(server.port) as connection:
        return connection.ask(content)


def interleaved(servers: Iterable[Server], rounds: int, work: Callable[[Server], T]) -> dict[str, list[T]]:
    """Runs A B C A B C …, so that drift of the machine comes to all alike; a round before is not counted."""
    each = list(servers)
    for server in each:
        work(server)
    found: dict[str, list[T]] = {server.name: [] for server in each}
    for _ in range(rounds):
        for server in each:
            found[server.name].append(work(server))
    return found


def figures_of(what: str, costs: dict[str, list[Cost]]) -> Iterator[Figure]:
    """Both costs, each a figure."""
    yield Figure(what, PROCESSOR, {name: [cost.processor for cost in each] for name, each in costs.items()})
    yield Figure(what, MILLISECONDS, {name: [cost.clock for cost in each] for name, each in costs.items()})
