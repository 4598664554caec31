"""Checks how soon a small write beside a million quads is seen; slow, for the million has to be loaded."""

import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

from .client import query, send, update
from .outcome import MIB, Check, Outcome, judged
from .procs import tree_bytes
from .service import Service, serving
from .stores import copied_store, unmissions

QUADS = 1_000_000
WRITES = 5
MERGING_SECONDS = 240.0


def _million() -> Outcome:
    with tempfile.TemporaryDirectory(prefix="heavy-") as name:
        store, loading = _loaded(Path(name))
        with _serving(store, "unnamed") as service:
            unnamed = [_seen_after(service, number) for number in range(WRITES)]
        with _serving(store, "union") as service:
            union, peak = _with_peak(service, lambda: _seen_after(service, WRITES))
    median = statistics.median(unnamed)
    late = [f"{median:.1f} s is more than a second"] if median > 1 else []
    told = " ".join(f"{seconds:.2f}" for seconds in unnamed)
    return judged(
        [], f"loaded in {loading:.0f} s; unnamed: {told} s; union: {union:.1f} s, {peak / MIB:.0f} MiB", late
    )


def _serving(store: Path, mode: str) -> AbstractContextManager[Service]:
    """A server on this very store; for `union` it merges the graphs before it answers."""
    return serving("--default-graph", mode, store=store, in_memory=False, patience=MERGING_SECONDS)


def _loaded(folder: Path) -> tuple[Path, float]:
    """A store with a million quads beside the shipped ones, and how long `unmissions load` took."""
    file, store = folder / "million.nt", copied_store(folder)
    with file.open("w") as lines:
        for i in range(QUADS):
            lines.write(f'<urn:m:{i // 10}> <urn:p:{i % 10}> "value {i}" .\n')
    began = time.monotonic()
    unmissions("load", str(file), "--dataset", "million", "--store", str(store))
    return store, time.monotonic() - began


def _seen_after(service: Service, number: int) -> float:
    """Seconds from sending a write until a query sees it."""
    began = time.monotonic()
    written = send(service, update(f"INSERT DATA {{ <urn:w:{number}> <urn:p> {number} }}"), patience=300)
    if written.status != 200:
        raise RuntimeError(f"the write was refused: {written.text[:200]}")
    for turn in range(1000):
        seen = send(service, query(f"ASK {{ <urn:w:{number}> <urn:p> {number} }} #{turn}"))
        if "true" in seen.text:
            return time.monotonic() - began
    raise RuntimeError("the write is never seen")


def _with_peak(service: Service, work: Callable[[], float]) -> tuple[float, int]:
    """What the work comes to, and the most memory that the server took meanwhile."""
    peak = 0
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(work)
        while not coming.done():
            peak = max(peak, tree_bytes(service.root))
            time.sleep(0.2)
        return coming.result(), peak


CHECKS = [
    Check(
        "publishing", "unnamed: a small write beside 1 M quads is seen within 1 s; union: as stated", _million
    )
]
