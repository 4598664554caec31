"""The triples of a release as another engine gets them, and a digest that tells sets of them apart."""

import hashlib
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from loader.release.namespaces import XSD
from loader.release.release import Release
from server.engine.interface import Term
from server.engine.remote.placement import PlacedGraph
from server.engine.remote.release_names import OF_ALL, OF_OWN, UNNAMED, ReleaseNames

DIGEST_BYTES = 16
DEFAULT = ox.DefaultGraph()
_NUMBERS = {XSD + name for name in ("integer", "decimal", "double", "float", "int", "long", "gYear")}
_TRUTH = {"1": "true", "0": "false"}
Line = tuple[Term | None, ...]


class TriplesThere:
    """The graphs and merges of a release that was built here, in the words of another engine."""

    def __init__(self, release: Release) -> None:
        self.names = ReleaseNames(release.id)
        self._plain = ox.Store.read_only(str(release.plain))
        self.graphs = sorted(graph.value for graph in self._plain.named_graphs())
        self._known = dict.fromkeys(self.graphs)
        self._merges = {UNNAMED: self._plain}
        for name, path in ((OF_ALL, release.view), (OF_OWN, release.path / "own")):
            if path.is_dir():
                self._merges[name] = ox.Store.read_only(str(path))

    @property
    def merges(self) -> list[str]:
        """What stands for the default graph."""
        return [*self._merges]

    def of(self, name: str) -> Iterator[ox.Triple]:
        """The triples of a graph or a merge, by what it is called here."""
        store, graph = self._merges.get(name), DEFAULT
        quads = (
            store.quads_for_pattern(None, None, None, graph)
            if store
            else self._plain.quads_for_pattern(None, None, None, ox.NamedNode(name))
        )
        for quad in quads:
            there = self.names.term_there(quad.triple, self._known)
            assert isinstance(there, ox.Triple)
            yield there


class Digest:
    """How many rows there are, and what they are, whatever their order."""

    def __init__(self) -> None:
        self._number, self._whole = 0, 0

    def add(self, row: Line) -> None:
        line = " ".join(map(canonical, row)).encode()
        self._whole += int.from_bytes(hashlib.sha256(line).digest()[:DIGEST_BYTES])
        self._number += 1

    def content(self) -> PlacedGraph:
        whole = self._whole % (1 << (8 * DIGEST_BYTES))
        return PlacedGraph(self._number, whole.to_bytes(DIGEST_BYTES).hex())


def content_of(rows: Iterable[Line]) -> PlacedGraph:
    """That of rows as they come."""
    digest = Digest()
    for row in rows:
        digest.add(row)
    return digest.content()


def noted(triples: Iterable[ox.Triple], digest: Digest) -> Iterator[ox.Triple]:
    """Triples that pass by, noted."""
    for triple in triples:
        digest.add((triple.subject, triple.predicate, triple.object))
        yield triple


def canonical(term: Term | None) -> str:
    """A term as it is compared: numbers and truth by their value, for some engines keep no more of them."""
    if not isinstance(term, ox.Literal):
        return "" if term is None else "_:" if isinstance(term, ox.BlankNode) else str(term)
    if term.language:
        return f"{term.value!r}@{term.language.lower()}"
    datatype = term.datatype.value
    if datatype == XSD + "boolean":
        return _TRUTH.get(term.value, term.value)
    return _number(term.value) if datatype in _NUMBERS else str(term)


def _number(text: str) -> str:
    try:
        return f"{float(Decimal(text)):.12g}"
    except (InvalidOperation, OverflowError):
        return text
