"""Writing that survives a power cut: flush files and directories, replace links atomically."""

import fcntl
import os
import shutil
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


def flush_tree(root: Path, twin: Path | None = None) -> None:
    """Makes a directory with everything below it durable.

    What it shares by hard links with the same place below `twin` is that already.
    """
    for path in root.rglob("*"):
        if not (twin and is_same_file(path, twin / path.relative_to(root))):
            flush_path(path)
    flush_path(root)


def is_same_file(path: Path, other: Path) -> bool:
    """Whether both are one file with two names."""
    return other.is_file() and path.samefile(other)


def link(source: Path | str, target: Path | str) -> None:
    """Gives a file that never changes a second name, or copies it where that cannot be."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


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
def exclusive(lock_file: Path, wait: bool = True) -> Iterator[None]:
    """Holds the one lock of a store directory; the kernel lets go of it if the process dies.

    Raises BlockingIOError where another has it and it should not wait.
    """
    with lock_file.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
