"""A file that tells how far it has been read, and hides a byte order mark, which Turtle does not allow."""

import io
from pathlib import Path

from loader.progress import Progress

BOM = b"\xef\xbb\xbf"


class WatchedFile(io.BufferedReader):
    """A binary file opened for reading; says each percent on a terminal."""

    def __init__(self, path: Path, progress: Progress) -> None:
        super().__init__(io.FileIO(path))
        self._size = path.stat().st_size
        self._progress = progress
        self._percent = 0
        if self.peek(len(BOM)).startswith(BOM):
            self.seek(len(BOM))

    def read(self, size: int | None = -1, /) -> bytes:
        content = super().read(size)
        percent = 100 * self.tell() // max(1, self._size)
        if percent != self._percent:
            self._percent = percent
            self._progress.note(f"{percent} %")
        return content
