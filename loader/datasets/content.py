"""A file that is read as UTF-8, line by line, whatever it lies packed or encoded in; it knows where it is."""

import codecs
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from loader.problems import BuildRefused, Location, Problem
from loader.progress import Progress

PIECE = 1 << 16
HEAD = 1 << 16
# A mark of UTF-32 begins like that of UTF-16.
MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
DECLARED_BYTES = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']""")
DECLARED = re.compile(r"""(<\?xml[^>]*?)\sencoding\s*=\s*["'][^"']*["']""")
UNREADABLE = (OSError, EOFError, zlib.error)


class UnreadableFile(Exception):
    """What is wrong with a file, in a sentence, and on which line."""

    def __init__(self, sentence: str, line: int = 1) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.line = line


class Content(io.RawIOBase):
    """A file opened for reading; `line` is the number of the line that was read last, 0 before the first.

    Each read gives one line at most, so that whoever parses is never further than where its data stand.
    Raises UnreadableFile with line and byte where something is no text.
    """

    def __init__(self, path: Path, progress: Progress) -> None:
        super().__init__()
        self.path = path
        self.line, self._offset, self._ended, self._rest = 0, 0, True, b""
        try:
            self._packed = path.open("rb")
        except UNREADABLE as error:
            raise self._unreadable(error) from error
        self._progress, self._size, self._percent = progress, max(1, path.stat().st_size), 0
        is_packed = path.suffix.lower() == ".gz"
        self._file: io.BufferedIOBase = gzip.GzipFile(fileobj=self._packed) if is_packed else self._packed
        self.rewind()

    @property
    def ending(self) -> str:
        """What the name ends in, in small letters and without `.gz`: `.ttl`."""
        name = self.path.with_suffix("") if self.path.suffix.lower() == ".gz" else self.path
        return name.suffix.lower()

    def rewind(self) -> None:
        """Goes back to where the text begins, behind a byte order mark."""
        try:
            self._file.seek(0)
            start = self._file.read(1024)
        except UNREADABLE as error:
            raise self._unreadable(error) from error
        mark = next((mark for mark in MARKS if start.startswith(mark)), b"")
        self._encoding = MARKS.get(mark) or _declared(start)
        self._decoder = codecs.getincrementaldecoder(self._encoding)()
        self._file.seek(len(mark))
        self.line, self._offset, self._ended, self._rest = 0, len(mark), True, b""

    def hold(self, text: bytes) -> None:
        """Has another text from now on, in UTF-8."""
        self._file = io.BytesIO(text)
        self.rewind()

    def head(self) -> tuple[bytes, bool]:
        """The beginning, from where reading then begins anew, and whether it is all there is."""
        parts, size = [], 0
        while size < HEAD and (part := self.read()):
            parts.append(part)
            size += len(part)
        is_whole = not self.read()
        self.rewind()
        return b"".join(parts), is_whole

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """A line, or a piece of a long one; no more bytes than `size` where that is not negative."""
        piece = self._rest or self._next()
        most = len(piece) if size is None or size < 0 else size
        self._rest = piece[most:]
        return piece[:most]

    def _next(self) -> bytes:
        try:
            raw = self._file.readline(PIECE)
        except UNREADABLE as error:
            raise self._unreadable(error) from error
        if self._ended and raw:
            self.line += 1
        self._ended = raw.endswith(b"\n")
        self._tell()
        return self._text(raw) or (self._next() if raw else b"")

    def readinto(self, buffer: object, /) -> int:
        raise io.UnsupportedOperation("readinto")

    def close(self) -> None:
        self._packed.close()
        super().close()

    def _unreadable(self, error: Exception) -> UnreadableFile:
        reason = getattr(error, "strerror", None) or error
        return UnreadableFile(f"The file cannot be read: {reason}.", max(1, self.line))

    def _text(self, raw: bytes) -> bytes:
        """The bytes as UTF-8; an encoding that the file declares is declared no longer."""
        try:
            text = self._decoder.decode(raw, final=not raw)
        except UnicodeDecodeError as error:
            byte = error.object[error.start]
            offset = self._offset - (len(error.object) - len(raw)) + error.start
            sentence = f"byte 0x{byte:02x} at offset {offset} begins no character."
            raise UnreadableFile(f"The file is not {self._encoding.upper()}: {sentence}", self.line) from None
        if "\0" in text:
            offset = self._offset + raw.find(b"\0")
            raise UnreadableFile(f"The file is no text: byte 0x00 at offset {offset}.", self.line)
        self._offset += len(raw)
        if self.line == 1 and self._encoding != "utf-8":
            text = DECLARED.sub(r"\1", text, count=1)
        return text.encode()

    def _tell(self) -> None:
        percent = 100 * self._packed.tell() // self._size
        if percent != self._percent:
            self._percent = percent
            self._progress.note(f"{percent} %")


def _declared(start: bytes) -> str:
    """The encoding that XML declares for itself, else UTF-8."""
    declared = DECLARED_BYTES.match(start)
    name = declared[1].decode() if declared else "utf-8"
    try:
        "".encode(name)
    except LookupError:
        raise UnreadableFile(f"The file declares the encoding {name!r}, which nothing here knows.") from None
    return name.lower()


@contextmanager
def opened(path: Path, progress: Progress) -> Iterator[Content]:
    """A file to be read. Raises BuildRefused with file and line for all that cannot be read of it."""
    content: Content | None = None
    try:
        content = Content(path, progress)
        yield content
    except UnreadableFile as error:
        raise BuildRefused([Problem(Location(str(path), error.line), error.sentence)]) from error
    finally:
        if content:
            content.close()
