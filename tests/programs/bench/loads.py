"""Loads of data of others, by the commands a user would take: what they cost of processor and memory."""

import pickle
import resource
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from loader.datasets.mapping_messages import Job

from .data import write_table, write_triples
from .measure import Measure
from .processes import PAUSE, peak_mib, tree
from .report import ROOT
from .servers import BIN

TRIPLES, ROWS, COLUMNS = 1_000_000, 100_000, 5
MAPPING = Path(__file__).with_name("table.rq")


def build(store: Path) -> None:
    _cost("unmissions", "build", "--store", str(store))


def load_triples(file: Path, store: Path) -> Iterator[Measure]:
    write_triples(file, TRIPLES)
    seconds, mib = _cost("unmissions", "load", str(file), "--dataset", "bench", "--store", str(store))
    yield Measure(f"load of {TRIPLES:,} triples", "s processor", seconds, 60)
    yield Measure(f"load of {TRIPLES:,} triples", "MiB, largest process", mib, 1536)


def load_rows(file: Path, store: Path) -> Iterator[Measure]:
    """By the process that maps alone, and then by the whole load, of which most is the store."""
    write_table(file, ROWS)
    job = Job(files=(file,), mapping=MAPPING, base="https://example.org/bench/")
    seconds, mib = _cost("python", "-m", "loader.datasets.mapping_worker", told=pickle.dumps(job))
    what = f"mapping of {ROWS:,} rows of CSV to {COLUMNS * ROWS:,} triples"
    yield Measure(what, "s processor", seconds, 5)
    yield Measure(what, "MiB, the process that maps", mib, 100)
    load = ("load", str(file), "--dataset", "bench", "--mapping", str(MAPPING), "--store", str(store))
    seconds, mib = _cost("unmissions", *load)
    yield Measure("load of these rows, mapping and publishing included", "s processor", seconds)
    yield Measure("load of these rows, mapping and publishing included", "MiB, largest process", mib)


def _cost(command: str, *arguments: str, told: bytes = b"") -> tuple[float, float]:
    """Seconds of the processor that a command takes with all that it starts, and the MiB of the largest.

    The peak of a process is looked up while it lives: wait4(2) would count what its parent had at the fork.
    """
    before, largest = resource.getrusage(resource.RUSAGE_CHILDREN), 0.0
    with tempfile.TemporaryFile() as given:
        given.write(told)
        given.seek(0)
        words = [str(BIN / command), *arguments]
        process = subprocess.Popen(words, stdin=given, stdout=subprocess.DEVNULL, cwd=ROOT)
        while process.poll() is None:
            largest = max(largest, *map(peak_mib, tree(process.pid)))
            time.sleep(PAUSE)
    if process.returncode:
        raise RuntimeError(f"{' '.join(words)} failed")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, largest
