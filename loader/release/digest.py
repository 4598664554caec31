"""SHA-256 of files and of sets of quads."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def tree_files(root: Path) -> dict[str, tuple[int, str]]:
    """Every file below a directory, by its path from there, with its size in bytes and its SHA-256."""
    return {
        path.relative_to(root).as_posix(): (path.stat().st_size, file_sha256(path))
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def lines_sha256(lines: Iterable[str]) -> str:
    """One SHA-256 for a set of lines, whatever their order."""
    whole = hashlib.sha256()
    for line in sorted(set(lines)):
        whole.update(line.encode() + b"\n")
    return whole.hexdigest()
