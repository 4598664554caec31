"""The folder of the dumps in a store directory: one folder a release, one file and a note on it a format."""

import os
import shutil
import tempfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from loader.release.digest import file_sha256
from loader.release.durable import flush_path
from server.formats import Format

KEEP = 3
NOTE = ".sha256"


@dataclass(frozen=True)
class Dump:
    """A file that is there: its size in bytes and its SHA-256 in hexadecimal."""

    path: Path
    size: int
    sha256: str


def file_name(format_: Format) -> str:
    """What the dump in a format is called in every release."""
    return f"un-missions.{format_.name}"


class Shelf:
    """Holds dumps; everything on it can be removed at any time, for it is made again when asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def find(self, release: str, name: str) -> Dump | None:
        """A dump that was made before, if it is whole."""
        path = self.root / release / name
        try:
            sha256 = _note(path).read_text(encoding="ascii").strip()
            return Dump(path, path.stat().st_size, sha256)
        except OSError:
            return None

    def put(self, release: str, name: str, write: Callable[[IO[bytes]], None]) -> Dump:
        """Makes a dump; it is there as a whole or not at all. Raises OSError, and what `write` raises."""
        folder = self.root / release
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".", delete=False) as file:
            beside = Path(file.name)
            try:
                write(file)
                sha256 = file_sha256(beside)
                flush_path(beside)
            except BaseException:
                beside.unlink(missing_ok=True)
                raise
        beside.chmod(0o644)
        beside.replace(folder / name)
        _write_note(folder / name, sha256)
        return Dump(folder / name, (folder / name).stat().st_size, sha256)

    def touch(self, release: str) -> None:
        """Notes that the dumps of a release were asked for."""
        try:
            os.utime(self.root / release)
        except OSError:
            return

    def prune(self, releases: Collection[str]) -> None:
        """Keeps the dumps of those releases that were asked for last, a few, and that still are."""
        folders = [path for path in self.root.glob("*") if path.is_dir()]
        folders.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        kept = [path for path in folders if path.name in releases][:KEEP]
        for path in folders:
            if path not in kept:
                shutil.rmtree(path, ignore_errors=True)


def _note(path: Path) -> Path:
    return path.with_name(path.name + NOTE)


def _write_note(path: Path, sha256: str) -> None:
    """The last step: without its note a dump counts as not there."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_text(sha256 + "\n", encoding="ascii")
    beside.replace(_note(path))
