"""Checks that a server is after thousands of writes as it was after the first few: nothing piles up."""

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from . import mixture
from .client import send, update
from .outcome import MIB, Check, Outcome, judged
from .procs import open_files, tree, tree_bytes, unreaped
from .service import Service, serving
from .stores import unmissions

WRITES, FIRST = 2000, 200
REQUESTS, FIRST_REQUESTS = 100_000, 20_000
SETTLED_EVERY = 20
LOOKS = 5
REST = 11  # seconds, after which workers that nobody needs have ended
MORE_FILES = 8
MORE_BYTES = 48 * MIB


@dataclass(frozen=True)
class State:
    """What the processes of a server take together; `dead` are those that nobody has reaped."""

    files: int
    processes: int
    dead: int
    bytes: int

    def __str__(self) -> str:
        told = f"{self.files} descriptors, {self.processes} processes"
        return f"{told}, {self.dead} of them dead, {self.bytes / MIB:.0f} MiB"


def _soak_of_writes() -> Outcome:
    """Small writes one after the other; every few, the release is let come into memory."""
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="heavy-") as folder,
        serving("--default-graph", "unnamed", store=_small_store(Path(folder))) as service,
    ):
        failed = _write(service, range(FIRST))
        early = _at_rest(service)
        failed += _write(service, range(FIRST, WRITES))
        late = _at_rest(service)
    rate = WRITES / (time.monotonic() - began)
    figures = f"{WRITES} writes, {rate:.1f} a second; after {FIRST}: {early}; at the end: {late}"
    return judged([*failed[:3], *_grown(early, late)], figures)


def _soak_of_requests() -> Outcome:
    """Readers of every kind, eight at a time; the cache is filled before the first look."""
    began = time.monotonic()
    with serving("--cache", "8", "--burst", "100000") as service:
        failed = mixture.ask(service, range(FIRST_REQUESTS))
        early = _at_rest(service)
        failed += mixture.ask(service, range(FIRST_REQUESTS, REQUESTS))
        late = _at_rest(service)
    rate = REQUESTS / (time.monotonic() - began)
    figures = f"{REQUESTS} requests, {rate:.0f} a second; after {FIRST_REQUESTS}: {early}; at the end: {late}"
    return judged([*failed[:3], *_grown(early, late)], figures)


def _small_store(folder: Path) -> Path:
    """A store of one triple: what is looked at is what a write leaves behind, not how long it takes."""
    file = folder / "one.ttl"
    file.write_text("<urn:s> <urn:p> 1 .")
    unmissions("load", str(file), "--dataset", "one", "--store", str(folder / "store"))
    return folder / "store"


def _write(service: Service, numbers: range) -> list[str]:
    """What was answered to the writes that were not taken."""
    failed = []
    for number in numbers:
        reply = send(service, update(f"INSERT DATA {{ <urn:soak:{number}> <urn:p> {number} }}"))
        if reply.status != 200:
            failed.append(f"write {number}: {reply.status} {reply.text[:100]}")
        if number % SETTLED_EVERY == 0:
            service.wait_ready(in_memory=True)
    return failed


def _at_rest(service: Service) -> State:
    """The least that is seen in a few looks, for what is on its way out at one is gone at the next."""
    service.wait_ready(in_memory=True)
    time.sleep(REST)
    looks = []
    for _ in range(LOOKS):
        time.sleep(1)
        looks.append(_look(service.root))
    return State(*(min(values) for values in zip(*map(_values, looks), strict=True)))


def _look(root: int) -> State:
    processes, dead = tree(root), unreaped(root)
    files = sum(open_files(process.pid) for process in processes)
    return State(files, len(processes) + dead, dead, tree_bytes(root))


def _values(state: State) -> tuple[int, int, int, int]:
    return state.files, state.processes, state.dead, state.bytes


def _grown(early: State, late: State) -> list[str]:
    complaints = []
    if late.files > early.files + MORE_FILES:
        complaints.append("descriptors pile up")
    if late.dead or late.processes > early.processes:
        complaints.append("processes pile up")
    if late.bytes > early.bytes + MORE_BYTES:
        complaints.append(f"memory grew by more than {MORE_BYTES / MIB:.0f} MiB")
    return complaints


CHECKS = [
    Check("soak-writes", f"after {WRITES} writes no more is taken than early", _soak_of_writes),
    Check("soak-requests", f"after {REQUESTS} requests of all kinds no more is taken", _soak_of_requests),
]
