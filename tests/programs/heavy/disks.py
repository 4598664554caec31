"""Checks of the disk: full, read-only, and flushed before a write is acknowledged."""

import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .client import query, send
from .outcome import MIB, Check, Outcome, judged, skipped
from .service import Service, serving
from .stores import copied_store
from .writing import Stream, broken_promises

DISK_MIB = 120  # a release of the shipped data takes some 35
SIMPLE = "SELECT * { ?s ?p ?o } LIMIT 1 #"


def _full_disk() -> Outcome:
    with _mounted("-t", "tmpfs", "-o", f"size={DISK_MIB}m", "tmpfs") as folder:
        if folder is None:
            return skipped("no tmpfs can be mounted here")
        with serving(store=copied_store(folder)) as service:
            stream = Stream(service, "full")
            stream.write_some(2)
            _fill(folder / "filler")
            stream.write_some(10)
            before = dict(stream.failed)
            complaints = _still_reads(service) + _clear_errors(stream)
            complaints += broken_promises(service, stream.acknowledged)
            (folder / "filler").unlink()
            if not stream.write(1000):
                complaints.append(f"does not write after there is room again: {stream.failed}")
            service.restart()
            complaints += broken_promises(service, stream.acknowledged)
    told = Counter(text[:3] for text in before.values())
    figures = f"{len(stream.acknowledged)} writes acknowledged, {len(before)} refused ({dict(told)})"
    return judged(complaints, f"{figures}, such as {next(iter(before.values()), 'none')[:200]}")


def _fill(path: Path) -> None:
    with path.open("wb") as file:
        try:
            while True:
                file.write(bytes(MIB))
                file.flush()
        except OSError:
            return


def _read_only() -> Outcome:
    """Takes the right to write away from a server that runs, and starts one that never had it."""
    with _mounted("-t", "tmpfs", "-o", f"size={4 * DISK_MIB}m", "tmpfs") as folder:
        if folder is None:
            return skipped("no tmpfs can be mounted here")
        store = copied_store(folder)
        with serving(store=store) as service:
            stream = Stream(service, "ro")
            stream.write_some(2)
            _remount(folder, "ro")
            stream.write_some(4)
            complaints = _still_reads(service) + _clear_errors(stream)
            complaints += broken_promises(service, stream.acknowledged)
            complaints += _started_read_only(store)
            _remount(folder, "rw")
            if not stream.write(1000):
                complaints.append(f"does not write after it may again: {stream.failed}")
    figures = f"{len(stream.acknowledged)} writes acknowledged, {len(stream.failed)} refused"
    return judged(complaints, f"{figures}, such as {next(iter(stream.failed.values()), 'none')[:200]}")


def _started_read_only(store: Path) -> list[str]:
    """A server that starts on a store that it cannot write."""
    try:
        with serving(store=store) as service:
            return _still_reads(service)
    except TimeoutError as error:
        return [f"does not start on a read-only store: {str(error)[-200:]}"]


def _still_reads(service: Service) -> list[str]:
    replies = [send(service, query(f"{SIMPLE}{time.monotonic()}")) for _ in range(20)]
    bad = [reply for reply in replies if reply.status != 200]
    return [f"{len(bad)} of 20 queries fail: {bad[0].status} {bad[0].text[:100]}"] if bad else []


def _clear_errors(stream: Stream) -> list[str]:
    if not stream.failed:
        return ["nothing was refused"]
    texts = stream.failed.values()
    unclear = [text for text in texts if text[:3] not in ("503", "507") or "detail" not in text]
    return [f"{len(unclear)} errors are not clear: {unclear[0]}"] if unclear else []


@contextmanager
def _mounted(*arguments: str) -> Iterator[Path | None]:
    """Something mounted on a directory of its own, or None where that is not allowed."""
    with tempfile.TemporaryDirectory(prefix="heavy-") as name:
        done = subprocess.run(["mount", *arguments, name], capture_output=True)
        if done.returncode:
            yield None
            return
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", "--lazy", name], check=True)


def _remount(folder: Path, how: str) -> None:
    """A writer that is just clearing away what it needed keeps the file system from it for a moment."""
    for _ in range(100):
        if (
            subprocess.run(["mount", "-o", f"remount,{how}", str(folder)], capture_output=True).returncode
            == 0
        ):
            return
        time.sleep(0.1)
    raise RuntimeError(f"{folder} cannot be mounted {how}")


def _fsyncs() -> Outcome:
    """Counts, with strace, what is flushed between sending a write and its acknowledgement."""
    if not shutil.which("strace"):
        return skipped("strace is not installed here")
    with tempfile.TemporaryDirectory(prefix="heavy-") as name:
        trace = Path(name) / "trace"
        before = ("strace", "-f", "-ttt", "-e", "trace=fsync,fdatasync", "-o", str(trace))
        with serving("--default-graph", "unnamed", before=before) as service:
            stream, spans = Stream(service, "fsync"), list[tuple[float, float]]()
            for number in range(10):
                began = time.time()
                stream.write(number)
                spans.append((began, time.time()))
        moments = [float(line.split()[1]) for line in trace.read_text().splitlines() if "sync(" in line]
    counts = [sum(began <= moment <= ended for moment in moments) for began, ended in spans]
    complaints = [] if len(stream.acknowledged) == 10 else [f"refused: {stream.failed}"]
    complaints += [f"a write had {min(counts)}"] if min(counts) < 1 else []
    return judged(complaints, f"{len(counts)} writes, {min(counts)} to {max(counts)} fsync or fdatasync each")


CHECKS = [
    Check("full-disk", "a clear error, reading goes on, nothing acknowledged is lost", _full_disk),
    Check("read-only", "a clear error, reading goes on, and a server starts", _read_only),
    Check("fsync", "at least one fsync for each acknowledged write", _fsyncs),
]
