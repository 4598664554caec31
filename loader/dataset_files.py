"""Reads the files of data sets: which reader an ending of a name calls for, and what a reader is given."""

import io
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from loader.problems import BuildRefused, Location, Problem
from loader.progress import Progress

BOM = b"\xef\xbb\xbf"


class WatchedFile(io.BufferedReader):
    """A binary file opened for reading that says each percent on a terminal.

    It hides a byte order mark, which Turtle does not allow.
    """

    def __init__(self, path: Path, progress: Progress) -> None:
        super().__init__(io.FileIO(path))
        self._size = path.stat().st_size
        self._progress = progress
        self._percent = 0
        self.rewind()

    def rewind(self) -> None:
        """Goes back to where the content begins."""
        self.seek(0)
        if self.peek(len(BOM)).startswith(BOM):
            self.seek(len(BOM))

    def read(self, size: int | None = -1, /) -> bytes:
        content = super().read(size)
        percent = 100 * self.tell() // max(1, self._size)
        if percent != self._percent:
            self._percent = percent
            self._progress.note(f"{percent} %")
        return content


# Brings a file into a graph of a store; the third is its base IRI. Raises SyntaxError, if known with a line.
Reader = Callable[[ox.Store, WatchedFile, str, ox.NamedNode], None]


def read_file(store: ox.Store, file: Path, graph: ox.NamedNode, progress: Progress) -> None:
    """Brings a file into a graph.

    Raises BuildRefused where no reader knows its ending, or its reader cannot read it.
    """
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        sentence = f"{file.suffix!r} names no RDF format; .ttl, .nt, .rdf, .jsonld, .trig and .nq do."
        raise _refused(file, sentence)
    try:
        with WatchedFile(file, progress) as content:
            reader(store, content, file.resolve().as_uri(), graph)
    except SyntaxError as error:
        raise _refused(file, f"{error.msg}.", error.lineno or 1) from error
    except OSError as error:
        raise _refused(file, f"The file cannot be read: {error.strerror or error}.") from error


def _refused(file: Path, sentence: str, line: int = 1) -> BuildRefused:
    return BuildRefused([Problem(Location(str(file), line), sentence)])


def _triples(format_: ox.RdfFormat) -> Reader:
    """The reader of a format without graphs: the engine reads and stores in several threads."""

    def read(store: ox.Store, content: WatchedFile, base: str, graph: ox.NamedNode) -> None:
        store.bulk_load(content, format_, base_iri=base, to_graph=graph)

    return read


def _quads(format_: ox.RdfFormat) -> Reader:
    """The reader of a format with graphs, whose names are dropped: a data set is one graph here."""

    def read(store: ox.Store, content: WatchedFile, base: str, graph: ox.NamedNode) -> None:
        quads = ox.parse(content, format=format_, base_iri=base)
        store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads)

    return read


def _rdf_xml(store: ox.Store, content: WatchedFile, base: str, graph: ox.NamedNode) -> None:
    """Refuses RDF/XML that may have entities, which can grow without bound."""
    if b"<!DOCTYPE" in content.read().upper():
        raise SyntaxError("RDF/XML with a DOCTYPE is not read")
    content.rewind()
    _triples(ox.RdfFormat.RDF_XML)(store, content, base, graph)


# By the ending of the file's name, in small letters. A format that is no RDF becomes one entry more here: its
# reader makes triples of what it finds.
READERS: dict[str, Reader] = {
    ".json": _quads(ox.RdfFormat.JSON_LD),
    ".jsonld": _quads(ox.RdfFormat.JSON_LD),
    ".n3": _triples(ox.RdfFormat.N3),
    ".nq": _quads(ox.RdfFormat.N_QUADS),
    ".nt": _triples(ox.RdfFormat.N_TRIPLES),
    ".rdf": _rdf_xml,
    ".trig": _quads(ox.RdfFormat.TRIG),
    ".ttl": _triples(ox.RdfFormat.TURTLE),
    ".txt": _triples(ox.RdfFormat.N_TRIPLES),
    ".xml": _rdf_xml,
}
