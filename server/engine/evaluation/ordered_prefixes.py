"""Turtle whose prefixes stand in one order: Oxigraph writes them in another one in each process."""

from collections.abc import Iterable
from io import BytesIO
from typing import IO, cast

import pyoxigraph as ox

from server.prefixes import PREFIXES

# Formats that people read; in others a prefix is only one more line.
PREFIXED = (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG)


def write_ordered(
    triples: Iterable[ox.Triple] | Iterable[ox.Quad], format_: ox.RdfFormat, output: IO[bytes]
) -> None:
    """Writes triples or quads with the prefixes of the project; the same bytes in every process."""
    if format_ not in PREFIXED:
        ox.serialize(triples, output, format=format_)
        return
    ordered = OrderedPrefixes(output)
    ox.serialize(triples, cast(IO[bytes], ordered), format=format_, prefixes=PREFIXES)
    ordered.end()


def ordered_bytes(triples: Iterable[ox.Triple] | Iterable[ox.Quad], format_: ox.RdfFormat) -> bytes:
    """The same as one text."""
    output = BytesIO()
    write_ordered(triples, format_, output)
    return output.getvalue()


class OrderedPrefixes:
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
        self._pass_on(is_end=True)

    def _pass_on(self, is_end: bool = False) -> None:
        if self._is_over:
            return
        *lines, rest = self._head.split(b"\n")
        count = next((n for n, line in enumerate(lines) if not line.startswith(b"@prefix ")), None)
        if count is None and not is_end and (not rest or b"@prefix ".startswith(rest[:8])):
            return
        count = len(lines) if count is None else count
        self._is_over = True
        self._output.write(b"\n".join([*sorted(lines[:count]), *lines[count:], rest]))
        self._head = b""
