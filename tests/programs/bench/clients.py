"""Several clients at once, in one process: each sends its next request when it has its answer."""

import selectors
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from .connection import PIECE, Connection, Reading, check
from .figures import Figure
from .rounds import MILLISECONDS, PROCESSOR, Plan, interleaved
from .servers import Server

CLIENTS = 8
SECONDS_OF_LOAD, LEAST_SECONDS = 5.0, 1.5


@dataclass(frozen=True)
class Load:
    """What came of it: answers a second, the time within which 95 % came, processor time of an answer."""

    rate: float
    p95: float
    cpu: float


@dataclass
class _Client:
    connection: Connection
    content: bytes
    reading: Reading
    began: float

    def send(self, content: bytes) -> None:
        self.content, self.reading, self.began = content, Reading(), time.perf_counter()
        self.connection.socket.sendall(content)


def under_load(
    what: str, servers: list[Server], plan: Plan, requests: Callable[[Server], Iterator[bytes]]
) -> Iterator[Figure]:
    """What the servers do for eight clients at once."""
    seconds = max(LEAST_SECONDS, SECONDS_OF_LOAD * plan.share)
    found = interleaved(servers, plan.rounds, lambda server: _load(server, requests(server), seconds))
    what = f"{what}, {CLIENTS} clients"
    rates = {name: [each.rate for each in loads] for name, loads in found.items()}
    yield Figure(what, "answers a second", rates, rate=True)
    p95 = {name: [each.p95 * 1000 for each in loads] for name, loads in found.items()}
    yield Figure(what, f"{MILLISECONDS}, p95", p95)
    processor = {name: [each.cpu * 1000 for each in loads] for name, loads in found.items()}
    yield Figure(what, PROCESSOR, processor)


def _load(server: Server, requests: Iterator[bytes], seconds: float) -> Load:
    """Lets the clients ask for so long; what is still on its way then is not counted."""
    with ExitStack() as stack, selectors.DefaultSelector() as selector:
        for _ in range(CLIENTS):
            client = _Client(stack.enter_context(Connection(server.port)), b"", Reading(), 0.0)
            selector.register(client.connection.socket, selectors.EVENT_READ, client)
            client.send(next(requests))
        cpu, began = server.cpu_seconds(), time.perf_counter()
        waits = _ask(selector, requests, began + seconds)
        lasted = time.perf_counter() - began
        used = server.cpu_seconds() - cpu
    if not waits:
        raise TimeoutError(f"{server.name} gave no answer within {seconds:.0f} s")
    p95 = statistics.quantiles(waits, n=20)[-1] if len(waits) > 1 else waits[0]
    return Load(len(waits) / lasted, p95, used / len(waits))


def _ask(selector: selectors.BaseSelector, requests: Iterator[bytes], until: float) -> list[float]:
    waits: list[float] = []
    while time.perf_counter() < until:
        for key, _ in selector.select(1.0):
            client: _Client = key.data
            if client.reading.feed(client.connection.socket.recv(PIECE)):
                waits.append(time.perf_counter() - client.began)
                check(client.reading, client.content)
                client.send(next(requests))
    return waits
