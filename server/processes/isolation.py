"""What a process gives up before it touches text from outside: network, memory, and time."""

import ctypes
import os
import resource
import signal
import threading
from collections.abc import Callable

CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1
STACK_BYTES = 64 << 20
_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent() -> None:
    """The kernel kills this process when the one that forked it is gone."""
    parent = os.getppid()
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def leave_network() -> bool:
    """Enters a network namespace without interfaces; says whether the system allows it.

    Works only while the process has a single thread.
    """
    return any(_libc.unshare(flags) == 0 for flags in (CLONE_NEWNET, CLONE_NEWUSER | CLONE_NEWNET))


def limit_memory(extra: int) -> None:
    """Lets the address space grow by `extra` bytes from what it is now; beyond that an allocation aborts."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_virtual_bytes() + extra, hard))


def lift_memory_limit() -> None:
    """For work whose need of memory no text from outside decides."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def without_core_dumps() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _virtual_bytes() -> int:
    return _status_fields("/proc/self/status", ("VmSize",))["VmSize"]


def _status_fields(path: str, names: tuple[str, ...]) -> dict[str, int]:
    """Fields of a /proc status file that are given in kB, in bytes."""
    fields = {}
    with open(path, encoding="ascii") as file:  # noqa: PTH123 (no Path objects on the hot way)
        for line in file:
            name, _, value = line.partition(":")
            if name in names:
                fields[name] = int(value.split()[0]) * 1024
    return fields


def has_one_thread() -> bool:
    """Whether this process may fork."""
    return len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208 (names are enough)


def on_big_stack(work: Callable[[], None]) -> None:
    """Runs work on a thread with a stack of 64 MiB, so that honest nested queries do not overflow it."""
    threading.stack_size(STACK_BYTES)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
