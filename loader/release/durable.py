"""Writing that survives a power cut: flush files and directories, replace links atomically."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def flush_path(path: Path) -> None:
    """Makes one file or directory entry durable (fsync)."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_tree(root: Path) -> None:
    """Makes a directory with everything below it durable."""
    for path in root.rglob("*"):
        flush_path(path)
    flush_path(root)


def replace_link(link: Path, target: str) -> None:
    """Lets a symbolic link point elsewhere, at one instant, durably."""
    beside = link.with_name(f".{link.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    beside.symlink_to(target)
    try:
        beside.replace(link)
    except OSError:
        beside.unlink()
        raise
    flush_path(link.parent)


@contextmanager
def exclusive(lock_file: Path) -> Iterator[None]:
    """Holds the one lock of a store directory; the kernel lets go of it if the process dies."""
    with lock_file.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
