"""Checks how soon a small write beside a million quads is seen; slow, for the million has to be loaded."""

import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import pyoxigraph as ox

from loader.release.releases import Releases
from loader.release.view import write_views

from .client import BEARER, Request, query, send, update
from .outcome import MIB, Check, Outcome, judged
from .procs import own_bytes, tree
from .service import Service, serving
from .stores import copied_store, unmissions

QUADS = 1_000_000
WRITES = 5
MERGING_SECONDS = 240.0
# What is asked in union mode: seconds until ten triples and a hundred thousand are acknowledged, and bytes of
# the largest process while the ten are written.
TEN_SECONDS, MANY_SECONDS, TEN_BYTES = 0.8, 12.0, 250 * MIB
MANY = 100_000


def _million() -> Outcome:
    with tempfile.TemporaryDirectory(prefix="heavy-") as name:
        store, loading = _loaded(Path(name))
        with _serving(store, "union") as service:
            ten, peak = _with_peak(service, lambda: [_acknowledged(service, _ten(n)) for n in range(WRITES)])
            many = _acknowledged(service, _many())
            rebuilt = service.said().count("merge was made anew")
        wrong = _differences(store)
        with _serving(store, "unnamed") as service:
            unnamed = [_seen_after(service, number) for number in range(WRITES)]
    seen, acknowledged = statistics.median(unnamed), statistics.median(ten)
    late = [f"unnamed: {seen:.1f} s is more than a second"] if seen > 1 else []
    late += [f"ten triples took {acknowledged:.2f} s"] if acknowledged > TEN_SECONDS else []
    late += [f"{MANY:,} triples took {many:.1f} s"] if many > MANY_SECONDS else []
    bad = [*wrong, *([f"{rebuilt} merges were made anew"] if rebuilt else [])]
    bad += [f"a process took {peak / MIB:.0f} MiB"] if peak > TEN_BYTES else []
    told = f"ten triples {_told(ten)} s, {peak / MIB:.0f} MiB; {MANY:,} triples {many:.1f} s"
    return judged(bad, f"loaded in {loading:.0f} s; unnamed: {_told(unnamed)} s; union: {told}", late)


def _told(seconds: list[float]) -> str:
    return " ".join(f"{one:.2f}" for one in seconds)


def _ten(number: int) -> Request:
    return update("INSERT DATA { " + " ".join(f"<urn:t:{number}> <urn:p> {n} ." for n in range(10)) + " }")


def _many() -> Request:
    body = "".join(f'<urn:n:{n}> <urn:p> "many {n}" .\n' for n in range(MANY)).encode()
    headers = {**BEARER, "Content-Type": "application/n-triples"}
    return Request("put", "PUT", "/graphs?graph=urn:many", body, headers)


def _acknowledged(service: Service, request: Request) -> float:
    """Seconds from sending a write until it is said to be durable."""
    began = time.monotonic()
    written = send(service, request, patience=300)
    if written.status not in (200, 201, 204):
        raise RuntimeError(f"the write was refused: {written.text[:200]}")
    return time.monotonic() - began


def _differences(store: Path) -> list[str]:
    """Whether the merges, after all these writes, are those that would be made from nothing."""
    release = Releases(store).current()
    assert release
    with tempfile.TemporaryDirectory(dir=store, prefix="fresh-") as folder:
        ox.Store.read_only(str(release.plain)).backup(f"{folder}/plain")
        write_views(Path(folder))
        fresh = {name: _digest(Path(folder, name)) for name in ("view", "own")}
        return [name for name, digest in fresh.items() if _digest(release.path / name) != digest]


def _digest(path: Path) -> int:
    """A sum over all quads, in whatever order."""
    return sum(hash(quad) for quad in ox.Store.read_only(str(path)))


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


def _with_peak(service: Service, work: Callable[[], list[float]]) -> tuple[list[float], int]:
    """What the work comes to, and the most memory that one process took meanwhile."""
    peak = 0
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(work)
        while not coming.done():
            peak = max(peak, *(own_bytes(process.pid) for process in tree(service.root)))
            time.sleep(0.02)
        return coming.result(), peak


CHECKS = [
    Check(
        "publishing",
        "beside 1 M quads a small write is seen within 1 s, union: acknowledged within 0.8 s and 250 MiB, "
        "100,000 triples within 12 s, and the merges are the true ones",
        _million,
    )
]
