"""What a child makes for the process that forks it, which must not do the work itself."""

import os
import signal
from collections.abc import Callable

from server.processes.channel import read_memory_file
from server.processes.isolation import die_with_parent


def made_by_child(work: Callable[[], bytes], seconds: int) -> bytes:
    """What a forked child makes; nothing where it dies of that, or takes longer than so many seconds."""
    descriptor = os.memfd_create("made")
    pid = os.fork()
    if not pid:
        die_with_parent()
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(seconds)
        _make(work, descriptor)
    _, status = os.waitpid(pid, 0)
    content = read_memory_file(descriptor)
    return content if status == 0 else b""


def _make(work: Callable[[], bytes], descriptor: int) -> None:
    """Ends this process, with success if the whole of the work was written."""
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(work())
        os._exit(0)
    finally:
        os._exit(1)
