"""Starts: the time until the first answer and until all is in memory; and the memory of what runs."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from .figures import Figure
from .rounds import MEBIBYTES, SECONDS, Plan
from .servers import OurServer, Server, native_in_memory, native_on_disk
from .stores import Stores

MOST_STARTS, REST_SECONDS = 3, 15.0


def start_all(stack: ExitStack, stores: Stores, plan: Plan) -> tuple[list[Server], list[Figure]]:
    """All servers, running until the end of the stack, after each was started several times in turn."""
    starts: list[Callable[[], Server]] = [
        lambda: OurServer(stores.ours),
        lambda: native_on_disk(stores.native),
        lambda: native_in_memory(stores.quads),
    ]
    rounds: list[list[Server]] = []
    for last in [False] * (min(plan.rounds, MOST_STARTS) - 1) + [True]:
        rounds.append([_started(stack, start, last) for start in starts])
    return rounds[-1], list(_figures(rounds))


def _started(stack: ExitStack, start: Callable[[], Server], stays: bool) -> Server:
    server = start()
    stack.callback(server.stop)
    if not stays:
        server.stop()
    return server


def _figures(rounds: list[list[Server]]) -> Iterator[Figure]:
    answered = {each[0].name: [server.answered for server in each] for each in zip(*rounds, strict=True)}
    yield Figure("start", f"{SECONDS}, until the first answer", answered)
    held = {
        each[0].name: [server.in_memory for server in each]
        for each in zip(*rounds, strict=True)
        if all(server.held for server in each)
    }
    yield Figure("start", f"{SECONDS}, until all is in memory", held)


def weigh(servers: list[Server], _: Plan) -> Iterator[Figure]:
    """After all that was asked before, and when nothing was asked for a while."""
    for pause, when in ((0.0, "after all these questions"), (REST_SECONDS, "a quarter of a minute later")):
        time.sleep(pause)
        memory = {server.name: [server.memory()] for server in servers}
        yield Figure("memory", f"{MEBIBYTES} of all processes, {when}", memory)
