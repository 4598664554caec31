"""Reads /proc: which processes belong to a server, what each of them is, and the memory they take."""

import os
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Process:
    """A process as /proc showed it: `cpu` in seconds, `born` in ticks since the machine started."""

    pid: int
    parent: int
    state: str
    cpu: float
    born: int

    @property
    def key(self) -> tuple[int, int]:
        """What tells it from a later process with the same number."""
        return self.pid, self.born

    @property
    def command(self) -> str:
        try:
            return Path(f"/proc/{self.pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            return ""


def look(pid: int) -> Process | None:
    """A process, or None where it is gone (or dead and only not yet reaped)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    if fields[0] in "ZX":
        return None
    cpu = (int(fields[11]) + int(fields[12])) / TICKS
    return Process(pid, int(fields[1]), fields[0], cpu, int(fields[19]))


def lives(process: Process) -> bool:
    found = look(process.pid)
    return found is not None and found.born == process.born


def all_pids() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def tree(root: int) -> list[Process]:
    """A process with all below it."""
    children: dict[int, list[Process]] = {}
    for pid in all_pids():
        if process := look(pid):
            children.setdefault(process.parent, []).append(process)
    first = look(root)
    found = [first] if first else []
    for process in found:
        found += children.get(process.pid, [])
    return found


def unreaped(root: int) -> int:
    """How many processes below one are dead, and only still there because nobody asked how they ended."""
    living = {str(process.pid) for process in tree(root)}
    found = 0
    for pid in all_pids():
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        found += fields[0] == "Z" and fields[1] in living
    return found


def open_files(pid: int) -> int:
    """How many descriptors a process has; none where it is gone."""
    try:
        return len(list(Path(f"/proc/{pid}/fd").iterdir()))
    except OSError:
        return 0


def roles(root: int) -> dict[str, list[Process]]:
    """The processes of a server by what they are: main, front, zygote, holder, writer, worker."""
    found: dict[str, list[Process]] = {}
    processes = tree(root)
    parents = {process.parent for process in processes}
    by_pid: dict[int, str] = {}
    for process in processes:
        role = by_pid[process.pid] = _role(process, by_pid.get(process.parent, ""), process.pid in parents)
        found.setdefault(role, []).append(process)
    return found


def _role(process: Process, of_parent: str, has_children: bool) -> str:
    if of_parent == "":
        return "main"
    if of_parent == "main":
        return "front"
    if of_parent == "front":
        return "zygote"
    if of_parent == "zygote" and has_children:
        return "holder"
    return "writer" if _has_lock(process.pid) else "worker"


def _has_lock(pid: int) -> bool:
    try:
        return any(str(path.readlink()).endswith("/lock") for path in Path(f"/proc/{pid}/fd").iterdir())
    except OSError:
        return False


def proportional_bytes(pid: int) -> int:
    """The memory of a process, shared pages divided among those that share them."""
    return _bytes(Path(f"/proc/{pid}/smaps_rollup"), "Pss:")


def own_bytes(pid: int) -> int:
    """The memory of a process that is not of a file."""
    return _bytes(Path(f"/proc/{pid}/status"), "RssAnon:")


def tree_bytes(root: int) -> int:
    return sum(proportional_bytes(process.pid) for process in tree(root))


def _bytes(path: Path, field: str) -> int:
    try:
        for line in path.read_text().splitlines():
            if line.startswith(field):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        return 0
    return 0
