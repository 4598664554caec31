"""Checks that what was acknowledged survives when any of the processes is killed at any moment."""

import os
import random
import signal
import time

from .client import query, send
from .outcome import Check, Outcome, judged
from .procs import Process, roles
from .service import Service, serving
from .writing import Stream, broken_promises

ROUNDS = 24
# While writes follow each other no release comes into memory: a holder is killed in peace.
ROLES = ("main", "front", "zygote", "worker", "writer")
MOST_RECOVERY = 10.0
SIMPLE = "SELECT * { ?s ?p ?o } LIMIT 1 #"


class _Kills:
    """Kills processes of one server, and keeps what came of it."""

    def __init__(self, service: Service, mode: str) -> None:
        self.service, self.mode = service, mode
        self.acknowledged: set[str] = set()
        self.failed = self.left = 0
        self.complaints: list[str] = []
        self.slowest: dict[str, float] = {}

    def during_writes(self, number: int, role: str, wait: float) -> None:
        """Kills a process while a stream of writes goes on."""
        stream = Stream(self.service, f"{self.mode}{number}").start()
        time.sleep(wait)
        self._kill(role)
        stream.stop()
        self.acknowledged |= stream.acknowledged
        self.failed += len(stream.failed)
        told = broken_promises(self.service, self.acknowledged)
        if not Stream(self.service, f"{self.mode}{number}again").write(0):
            told.append("no write is taken any more")
        self.complaints += [f"after {role}: {sentence}" for sentence in told]

    def in_peace(self, role: str) -> None:
        """Kills a process while nobody writes, and so nothing new is published."""
        self.service.wait_ready(in_memory=True)
        self._kill(role)
        self.service.wait_ready(in_memory=True)

    def _kill(self, role: str) -> None:
        if not _kill(self.service, role):
            self.complaints.append(f"no {role} was found")
        if role == "main":
            self.left += len(self.service.ended())
            self.service.start()
        seconds = _recovered(self.service)
        self.slowest[role] = max(self.slowest.get(role, 0.0), seconds)
        if seconds > MOST_RECOVERY:
            self.complaints.append(f"no answer {seconds:.0f} s after {role} was killed")
            self.service.restart()

    def outcome(self) -> Outcome:
        times = ", ".join(f"{role} {seconds:.1f}" for role, seconds in self.slowest.items())
        figures = (
            f"{len(self.acknowledged)} writes acknowledged, {self.failed} failed; answers after {times} s"
        )
        return judged(self.complaints[:5], f"{figures}; {self.left} processes outlived the main one")


def _kills(mode: str) -> Outcome:
    """Kills each kind of process in turn, at a random moment of a stream of writes, then in peace."""
    chance = random.Random(mode)
    with serving("--default-graph", mode) as service:
        kills = _Kills(service, mode)
        for number in range(ROUNDS // 2):
            kills.during_writes(number, ROLES[number % len(ROLES)], chance.uniform(0.3, 1.5))
        for role in ("worker", "holder", "zygote", "front"):
            kills.in_peace(role)
        service.restart()
        kills.complaints += broken_promises(service, kills.acknowledged)
    return kills.outcome()


def _kill(service: Service, role: str) -> bool:
    until = time.monotonic() + 5
    while time.monotonic() < until:
        victims: list[Process] = roles(service.root).get(role, [])
        if victims:
            os.kill(random.choice(victims).pid, signal.SIGKILL)
            return True
    return False


def _recovered(service: Service) -> float:
    """How long until a query is answered, five times in a row."""
    began, row = time.monotonic(), 0
    while (seconds := time.monotonic() - began) <= MOST_RECOVERY + 5:
        reply = send(service, query(f"{SIMPLE}{seconds}"), patience=5)
        row = row + 1 if reply.status == 200 else 0
        if row == 5:
            return seconds
        time.sleep(0.05)
    return MOST_RECOVERY + 5


KILLED = "kill -9 of any process: every acknowledged write is there, none is half there, 10 s to recover"
CHECKS = [
    Check("kill-union", KILLED, lambda: _kills("union")),
    Check("kill-unnamed", KILLED, lambda: _kills("unnamed")),
]
