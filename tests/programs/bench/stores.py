"""Makes the stores that the servers serve, by the commands a user would take, and tells what that cost."""

import resource
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from loader.release.releases import Releases

from .data import write_triples
from .figures import Figure
from .rounds import PROCESSOR, SECONDS, Plan
from .servers import BIN, ON_DISK, OURS


@dataclass(frozen=True)
class Stores:
    """Ours; a native one with the quads of our release as queries see them; and a file of those quads."""

    ours: Path
    native: Path
    quads: Path
    number: int


def make_stores(folder: Path, plan: Plan) -> tuple[Stores, list[Figure]]:
    store, native, quads = folder / "store", folder / "native", folder / "quads.nq"
    made = _run("unmissions", "build", "--store", str(store))
    what, cost = "build of the shipped data; natively a load of its quads", made
    if plan.triples:
        file = folder / "bench.nt"
        write_triples(file, plan.triples)
        what = f"load of {plan.triples:,} triples; natively of all quads that came of it"
        cost = _run("unmissions", "load", str(file), "--dataset", "bench", "--store", str(store))
    release = Releases(store).current()
    assert release is not None
    ox.Store.read_only(str(release.view)).dump(quads, ox.RdfFormat.N_QUADS)
    loaded = _run("oxigraph", "load", "--location", str(native), "--file", str(quads))
    optimized = _run("oxigraph", "optimize", "--location", str(native))
    theirs = (loaded[0] + optimized[0], loaded[1] + optimized[1])
    with quads.open("rb") as lines:
        number = sum(1 for _ in lines)
    return Stores(store, native, quads, number), list(_figures(what, cost, theirs))


def _figures(what: str, ours: tuple[float, float], theirs: tuple[float, float]) -> Iterator[Figure]:
    yield Figure(what, SECONDS, {OURS: [ours[0]], ON_DISK: [theirs[0]]})
    yield Figure(what, PROCESSOR, {OURS: [ours[1] * 1000], ON_DISK: [theirs[1] * 1000]})


def _run(*command: str) -> tuple[float, float]:
    """Seconds on the clock and of processor time that a command takes with all that it starts."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run([str(BIN / command[0]), *command[1:]], capture_output=True, text=True)
    lasted, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {done.stderr[-500:]}")
    return lasted, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
