"""What another engine answers, in our words, as it comes: graphs, blank nodes, booleans and separators."""

import io
import json
import re
from collections.abc import Callable, Mapping
from typing import IO

import pyoxigraph as ox

from loader.release.namespaces import XSD
from server.engine.remote.release_names import ReleaseNames
from server.engine.remote.virtuoso import separators_as_written

PIECE_BYTES = 1 << 16
# A term in JSON holds no other; it ends outside of its texts, however they are cut.
_TERM = re.compile(rb'\{(?:[^{}"]|"(?:[^"\\]|\\.)*+")*+\}', re.DOTALL)
# Where a term ends and the next begins: within a text no quotation mark stands without a stroke before it.
_BETWEEN = re.compile(rb'\}\s*,\s*(?:\{\s*)?"[^"\\]*"\s*:\s*\{')
_NEAR_THE_END = 1 << 12
_IN_LINES = re.compile(rb'"(?:[^"\\\n]|\\.)*+"(?:\^\^<[^>\n]*+>)?|<[^>\n]*+>')
_BOOLEAN = (XSD + "boolean").encode()
_CANONICAL = {"1": "true", "0": "false"}


class AnswerNames:
    """Gives the names back that a query was given for another engine."""

    def __init__(self, names: ReleaseNames, replaced: Mapping[str, str] | None = None) -> None:
        self._ending, self._blank = names.ending.encode(), names.blank.encode()
        # As JSON writes a text, N-Triples may write it too.
        self._replaced = {sent: _as_in_json(written) for sent, written in (replaced or {}).items()}

    def of_json(self, content: bytes) -> bytes:
        """Whole terms of SPARQL results in JSON."""
        content = separators_as_written(content, self._replaced)
        if self._ending in content:
            content = content.replace(self._ending + b'"', b'"')
        if self._blank in content or _BOOLEAN in content:
            content = _TERM.sub(self._term, content)
        return content

    def of_lines(self, content: bytes) -> bytes:
        """Whole lines of N-Triples."""
        content = separators_as_written(content, self._replaced)
        if any(mark in content for mark in (self._ending, self._blank, _BOOLEAN)):
            content = _IN_LINES.sub(self._piece, content)
        return content

    def _term(self, match: re.Match[bytes]) -> bytes:
        if self._blank not in match[0] and _BOOLEAN not in match[0]:
            return match[0]
        term, blank = json.loads(match[0]), self._blank.decode()
        if term.get("datatype") == _BOOLEAN.decode():
            term["value"] = _CANONICAL.get(term["value"], term["value"])
        elif term.get("type") == "uri" and term["value"].startswith(blank):
            term = {"type": "bnode", "value": term["value"].removeprefix(blank)}
        return json.dumps(term).encode()

    def _piece(self, match: re.Match[bytes]) -> bytes:
        piece = match[0]
        if piece.startswith(b"<"):
            if piece[1:].startswith(self._blank):
                return b"_:" + piece[1 + len(self._blank) : -1]
            return piece.replace(self._ending + b">", b">")
        text, mark, datatype = piece.rpartition(b"^^")
        if mark and datatype == b"<%b>" % _BOOLEAN:
            value = _CANONICAL.get(text[1:-1].decode(), text[1:-1].decode())
            return f'"{value}"'.encode() + mark + datatype
        return piece


def _as_in_json(written: str) -> bytes:
    """The text of a SPARQL string as it stands in JSON; Turtle writes strings as SPARQL does."""
    (quad,) = ox.parse(f"<a:s> <a:p> {written} .", ox.RdfFormat.TURTLE)
    assert isinstance(quad.object, ox.Literal)
    return json.dumps(quad.object.value, ensure_ascii=False)[1:-1].encode()


class RenamedAnswer(io.RawIOBase):
    """An answer as a file that is read, in which every name is ours; tells whether it was read to its end."""

    def __init__(self, body: IO[bytes], names: AnswerNames, is_graph: bool) -> None:
        self._body, self._is_graph = body, is_graph
        self._rename: Callable[[bytes], bytes] = names.of_lines if is_graph else names.of_json
        self._held, self._ready = b"", b""
        self._is_over = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any buffer, of which this is one
        while not self._ready and not self._is_over:
            self._read_on()
        taken, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)

    def _read_on(self) -> None:
        """Reads as much again where one term is longer than a piece, lest it be read for ever."""
        piece = self._body.read(max(PIECE_BYTES, len(self._held)))
        self._held += piece
        self._is_over = not piece
        end = len(self._held) if self._is_over else self._end()
        self._ready, self._held = self._rename(self._held[:end]), self._held[end:]

    def _end(self) -> int:
        """Where the last whole line or term ends."""
        if self._is_graph:
            return self._held.rfind(b"\n") + 1
        near = [*_BETWEEN.finditer(self._held, max(0, len(self._held) - _NEAR_THE_END))]
        if near:
            return near[-1].start() + 1
        return max((match.end() for match in _TERM.finditer(self._held)), default=0)
