"""SHA-256 of files and of sets of quads."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from loader.release.durable import is_same_file


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


Files = dict[str, tuple[int, str]]


def tree_files(root: Path, twin: Path | None = None, known: Files | None = None) -> Files:
    """Every file below a directory, by its path from there, with its size in bytes and its SHA-256.

    A file that is the same (hard-linked) as the one of its name below `twin` has the digest `known` of that.
    """
    files = {}
    for path in sorted(root.rglob("*")):
        if path.is_file():
            name = path.relative_to(root).as_posix()
            if twin and known and name in known and is_same_file(path, twin / name):
                files[name] = known[name]
            else:
                files[name] = (path.stat().st_size, file_sha256(path))
    return files


def lines_sha256(lines: Iterable[str]) -> str:
    """One SHA-256 for a set of lines, whatever their order."""
    whole = hashlib.sha256()
    for line in sorted(set(lines)):
        whole.update(line.encode() + b"\n")
    return whole.hexdigest()
