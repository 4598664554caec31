"""Reads the triples of an RDF file, each with the line on which it ends."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from loader.datasets.content import Content
from loader.datasets.counted_mistakes import CountedMistakes
from loader.datasets.formats import JSON_LD, LINES, RDF_XML
from loader.datasets.remote_contexts import fill_contexts
from loader.datasets.well_formed import Located, Told, behind_mistakes, known_keys, well_formed
from loader.datasets.xml_check import check_xml
from loader.problems import BuildRefused, Location, Problem

PLACE = re.compile(r"^Parser error (at|between) [^:]*: ")


@dataclass(frozen=True, kw_only=True)
class RdfManner:
    """How RDF is read; `noticed` is told of keys that mean nothing, and `left_out`, if any, of mistakes."""

    base: str
    contexts: Mapping[str, Path]
    noticed: Told
    left_out: Told | None = None


class _SoundLines:
    """A file of which wrong lines are empty: a parser would go on from one in the middle of the next.

    They are looked for only where there are any, since each line is then read by itself.
    """

    def __init__(self, content: Content, format_: ox.RdfFormat, left_out: Told) -> None:
        self._content = content
        self._wrong = frozenset(self._told(format_, left_out)) if self._has_any(format_) else frozenset[int]()
        content.rewind()

    def read(self, size: int = -1, /) -> bytes:
        """A line, or a piece of a long one."""
        piece = self._content.read(size)
        while piece and self._content.line in self._wrong:
            if piece.endswith(b"\n"):
                return b"\n"
            piece = self._content.read(size)
        return piece

    def _has_any(self, format_: ox.RdfFormat) -> bool:
        try:
            for _ in ox.parse(cast("IO[bytes]", self._content), format_, lenient=True):
                pass
        except SyntaxError:
            return True
        return False

    def _told(self, format_: ox.RdfFormat, left_out: Told) -> Iterator[int]:
        for line, sentence in _mistakes_by_line(self._content, format_, lenient=True):
            left_out(line, f"{sentence}; the line is left out.")
            yield line


def located(content: Content, format_: ox.RdfFormat, manner: RdfManner) -> Iterator[Located]:
    """The quads of a file. Blank nodes are its own: no other file has them, whatever it calls its own.

    Raises BuildRefused with the first mistake, or with all of them where none hides the next; with somebody
    to tell, what is wrong is left out instead.
    """
    if format_ == RDF_XML:
        check_xml(content)
    if format_ == JSON_LD:
        fill_contexts(content, manner.contexts)
        _check_json_ld(content, manner)
    if manner.left_out:
        sound = _SoundLines(content, format_, manner.left_out) if format_ in LINES else content
        # The parser of JSON-LD leaves out itself what was told of above.
        quads = _parsed(sound, format_, manner.base, lenient=format_ != JSON_LD)
        yield from well_formed(behind_mistakes(quads, content, manner.left_out), manner.left_out)
    else:
        yield from _without_mistakes(content, format_, manner.base)


def _check_json_ld(content: Content, manner: RdfManner) -> None:
    """Tells of what the parser would leave out without a word: wrong IRIs, language tags, unknown keys."""
    mistakes = CountedMistakes()
    told = manner.left_out or partial(mistakes.add, content.path)
    parsed = _without_mistakes(content, JSON_LD, manner.base, lenient=True)
    if manner.left_out:
        quads = _parsed(content, JSON_LD, manner.base, lenient=True)
        parsed = behind_mistakes(quads, content, lambda line, sentence: None)  # told when all is read
    for _ in well_formed(known_keys(parsed, manner.noticed), told):
        pass
    if mistakes.count:
        raise mistakes.refusal("places have what is no IRI or language tag; --skip-invalid leaves them out")
    content.rewind()


def _without_mistakes(
    content: Content, format_: ox.RdfFormat, base: str, lenient: bool = False
) -> Iterator[Located]:
    try:
        for quad in _parsed(content, format_, base, lenient):
            yield content.line, quad
    except SyntaxError as error:
        if format_ in LINES:
            raise _bad_lines(content, format_) from error
        line = error.lineno or content.line
        raise BuildRefused([Problem(Location(str(content.path), max(1, line)), f"{error.msg}.")]) from error


def _parsed(content: Content | _SoundLines, format_: ox.RdfFormat, base: str, lenient: bool) -> ox.QuadParser:
    # Typeshed's IO asks for more than a parser does.
    file = cast("IO[bytes]", content)
    return ox.parse(file, format_, base_iri=base, rename_blank_nodes=True, lenient=lenient)


def _bad_lines(content: Content, format_: ox.RdfFormat) -> BuildRefused:
    """All of them."""
    mistakes = CountedMistakes()
    for line, sentence in _mistakes_by_line(content, format_):
        mistakes.add(content.path, line, f"{sentence}.")
    return mistakes.refusal(f"lines are no {format_.name}")


def _mistakes_by_line(
    content: Content, format_: ox.RdfFormat, lenient: bool = False
) -> Iterator[tuple[int, str]]:
    """What is wrong on which line, each read by itself, so that no mistake reaches beyond its own."""
    content.rewind()
    while line := content.read():
        while not line.endswith(b"\n") and (rest := content.read()):
            line += rest
        try:
            for _ in ox.parse(line, format_, lenient=lenient):
                pass
        except SyntaxError as error:
            yield content.line, f"{PLACE.sub('', error.msg)} (column {error.offset})"
