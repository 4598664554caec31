"""Watches a server while something happens to it: another client's queries, its memory, its processes."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from .outcome import MIB
from .procs import Process, lives, tree_bytes
from .service import Service
from .stores import ROOT

MOST_MS_OF_95 = 100
MOST_MS = 500
SAMPLE_SECONDS = 0.4
EXTRA_BYTES = 512 * MIB
QUERY_BYTES = 1024 * MIB


@dataclass
class Watch:
    """What was seen; complete when the watching is over."""

    probes: list[tuple[int, float]] = field(default_factory=list)
    peak_bytes: int = 0
    died: list[str] = field(default_factory=list)

    def figures(self) -> str:
        times = sorted(ms for _, ms in self.probes)
        p50, p95, worst = times[len(times) // 2], times[int(len(times) * 0.95)], times[-1]
        told = f"{len(times)} other queries: p50 {p50:.0f}, p95 {p95:.0f}, max {worst:.0f} ms"
        return f"{told}; memory at most {self.peak_bytes / MIB:.0f} MiB"

    def late(self) -> list[str]:
        times = sorted(ms for _, ms in self.probes)
        complaints = []
        if times[int(len(times) * 0.95)] > MOST_MS_OF_95:
            complaints.append(f"95 % are not within {MOST_MS_OF_95} ms")
        if times[-1] > MOST_MS:
            complaints.append(f"{sum(ms > MOST_MS for ms in times)} took over {MOST_MS} ms")
        return complaints

    def complaints(self, queries: int) -> list[str]:
        """What did not hold; `queries` is how many may have run at a time."""
        found = list(self.died)
        bad = [status for status, _ in self.probes if status != 200]
        if bad:
            found.append(f"{len(bad)} other queries failed ({sorted(set(bad))})")
        limit = queries * QUERY_BYTES + EXTRA_BYTES
        if self.peak_bytes > limit:
            found.append(f"more memory than {limit / MIB:.0f} MiB")
        return found


@contextmanager
def watched(service: Service) -> Iterator[Watch]:
    """Watches while the block runs, at least half a second before and after."""
    watch, stop = Watch(), threading.Event()
    before = {role: service.only(role) for role in ("main", "front", "zygote")}
    prober = _start_prober(service)
    sampler = threading.Thread(target=_sample, args=(service, watch, stop))
    sampler.start()
    try:
        time.sleep(0.5)
        yield watch
        time.sleep(0.5)
    finally:
        stop.set()
        sampler.join()
        out, _ = prober.communicate()
        watch.probes = [(int(status), float(ms)) for status, ms in json.loads(out)]
        watch.died = [f"the {role} process died" for role, process in before.items() if not lives(process)]


def _start_prober(service: Service) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.programs.heavy.prober", str(service.port)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def _sample(service: Service, watch: Watch, stop: threading.Event) -> None:
    while not stop.wait(SAMPLE_SECONDS):
        watch.peak_bytes = max(watch.peak_bytes, tree_bytes(service.root))


def gone_within(processes: list[Process], seconds: float) -> float | None:
    """How long until all are gone; None where one is still there at the end."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if not any(lives(process) for process in processes):
            return time.monotonic() - began
        time.sleep(0.01)
    return None


def busy_workers(service: Service) -> list[Process]:
    """The workers that use the processor."""
    before = {process.key: process.cpu for process in service.roles().get("worker", [])}
    time.sleep(0.1)
    now = service.roles().get("worker", [])
    return [p for p in now if p.state == "R" or p.cpu > before.get(p.key, 0.0)]
