"""Short links: texts of queries, each kept for ever in a file of the store directory that its hash names.

A text is never read by anything but the page that shows it; a damaged file is not shown.
"""

import base64
import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from loader.release.durable import flush_path

MOST_BYTES = 16_384
SHORTEST = 10
_NAME = re.compile(r"[a-z2-7]{10,52}")


class NoRoom(Exception):
    """There are as many links as may be kept."""


@dataclass(frozen=True)
class Links:
    """The links in a folder, at most so many; safe to use from many threads and processes."""

    folder: Path
    most: int

    def keep(self, text: str) -> str:
        """The name of a text, which is durable when this returns; the same text has the same name.

        Raises NoRoom, and OSError where the disk takes nothing.
        """
        content = text.encode()
        name = next(name for name in _names(content) if self._read(name) in (None, content))
        if self._read(name) is None:
            if self._is_full():
                raise NoRoom
            self._write(name, content)
        return name

    def find(self, name: str) -> str | None:
        """The text of a link, or None where there is none, or its file does not hold what it is named for."""
        content = self._read(name) if _NAME.fullmatch(name) else None
        return content.decode() if content is not None and name in _names(content) else None

    def _read(self, name: str) -> bytes | None:
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def _is_full(self) -> bool:
        if not self.folder.is_dir():
            return self.most <= 0
        return sum(1 for path in self.folder.iterdir() if _NAME.fullmatch(path.name)) >= self.most

    def _write(self, name: str, content: bytes) -> None:
        """Writes beside, flushes, and puts in place at one instant."""
        if not self.folder.is_dir():
            self.folder.mkdir(exist_ok=True)
            flush_path(self.folder.parent)
        descriptor, beside = tempfile.mkstemp(prefix=".", dir=self.folder)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).chmod(0o644)
            Path(beside).replace(self.folder / name)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
        flush_path(self.folder)


def _names(content: bytes) -> list[str]:
    """The beginnings of the hash that may name a text, shortest first: two texts never share one for long."""
    whole = base64.b32encode(hashlib.sha256(content).digest()).decode().rstrip("=").lower()
    return [whole[:length] for length in range(SHORTEST, len(whole) + 1)]
