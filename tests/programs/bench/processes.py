"""What the processes of a server have used: processor time to the nanosecond, and memory."""

import os
import threading
import time
from contextlib import suppress
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PAUSE = 0.01


def tree(root: int) -> list[int]:
    """A process and all below it; only those are looked at, for the machine may run many others."""
    found = [root]
    for pid in found:
        with suppress(OSError):
            for task in Path(f"/proc/{pid}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def cpu_seconds(root: int) -> float:
    """Processor time of a process and all below it, their dead threads and children included."""
    return sum(_clock(pid) + _of_dead_children(pid) for pid in tree(root))


def _clock(pid: int) -> float:
    """The processor clock of a whole process, as clock_getcpuclockid(3) finds it."""
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0.0


def _of_dead_children(pid: int) -> float:
    """Time of the children that were waited for, in ticks (proc(5), fields 16 and 17)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[13:15])) / TICK


def own_mib(pid: int) -> float:
    """The memory of a process that is of no file; 0 where it is gone."""
    return _mib(pid, "RssAnon")


def peak_mib(pid: int) -> float:
    """The most memory that a process has taken since it became the program that it is; 0 where it is gone."""
    return _mib(pid, "VmHWM")


def _mib(pid: int, field: str) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(f"{field}:"):
                return int(line.split()[1]) / 1024
    return 0.0


class Watch:
    """Looks at the memory of processes while something is done.

    `largest_new` is the most that any process took that was not there before;
    `growth` the most by which a given one grew.
    """

    def __init__(self, root: int, grows: int) -> None:
        self._root, self._grows = root, grows
        self._there, self._before = set(tree(root)), own_mib(grows)
        self.largest_new = self.growth = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(PAUSE):
            new = [own_mib(pid) for pid in tree(self._root) if pid not in self._there]
            self.largest_new = max(self.largest_new, *new, 0.0)
            self.growth = max(self.growth, own_mib(self._grows) - self._before)
