"""Turtle whose prefixes stand in one order: Oxigraph writes them in another one in each process."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO, cast

import pyoxigraph as ox

from server.prefixes import PREFIXES

# Formats that people read; in others a prefix is only one more line.
PREFIXED = (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG)
Statements = Iterable[ox.Triple] | Iterable[ox.Quad]


def write_ordered(statements: Statements, format_: ox.RdfFormat, output: IO[bytes]) -> None:
    """Writes triples or quads with the prefixes of the project; the same bytes in every process."""
    prefixes = PREFIXES if format_ in PREFIXED else None
    with ordered_prefixes(output) as ordered:
        ox.serialize(statements, ordered, format=format_, prefixes=prefixes)


def ordered_bytes(statements: Statements, media_type: str) -> bytes:
    """The same as one text."""
    format_ = ox.RdfFormat.from_media_type(media_type)
    assert format_ is not None
    output = BytesIO()
    write_ordered(statements, format_, output)
    return output.getvalue()


@contextmanager
def ordered_prefixes(output: IO[bytes]) -> Iterator[IO[bytes]]:
    """Where to write what begins with prefixes, so that they come out sorted."""
    ordered = _Ordered(output)
    yield cast(IO[bytes], ordered)
    ordered.end()


class _Ordered:
    """Holds back the lines of prefixes, sorts them, and passes on what follows as it comes."""

    def __init__(self, output: IO[bytes]) -> None:
        self._output, self._head = output, b""
        self._is_over = False

    def write(self, piece: bytes, /) -> int:
        if self._is_over:
            self._output.write(piece)
        else:
            self._head += piece
            self._pass_on()
        return len(piece)

    def flush(self) -> None:
        """What is held back is no more than the head."""

    def end(self) -> None:
        """Nothing follows: passes on what there is."""
        if not self._is_over:
            self._pass_on(is_end=True)

    def _pass_on(self, is_end: bool = False) -> None:
        *lines, rest = self._head.split(b"\n")
        count = next((n for n, line in enumerate(lines) if not line.startswith(b"@prefix ")), None)
        if count is None and not is_end and (not rest or b"@prefix ".startswith(rest[:8])):
            return
        count = len(lines) if count is None else count
        self._is_over = True
        self._output.write(b"\n".join([*sorted(lines[:count]), *lines[count:], rest]))
        self._head = b""
