"""What one release holds that another does not, blank nodes told apart by what is said of them."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import filterfalse
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from loader.release.namespaces import DCTERMS, RDFS, VOID
from loader.release.statistic_terms import is_statistic

ADDED, REMOVED = "added", "removed"


@dataclass(frozen=True)
class Comparison:
    """The quads that only the later release has, and those that only the earlier one had, in order."""

    added: tuple[ox.Quad, ...]
    removed: tuple[ox.Quad, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)

    def things(self) -> dict[str, tuple[list[ox.Quad], list[ox.Quad]]]:
        """What was added and removed by subject, in the order of their IRIs."""
        found: dict[str, tuple[list[ox.Quad], list[ox.Quad]]] = defaultdict(lambda: ([], []))
        for place, quads in enumerate((self.added, self.removed)):
            for quad in quads:
                found[_written(quad.subject)][place].append(quad)
        return dict(sorted(found.items()))


def compare(before: Iterable[ox.Quad], after: Iterable[ox.Quad]) -> Comparison:
    """The difference of two releases; a blank node is the same where the same is said of it in both.

    Statistics are left out: they say again, in numbers, that something has changed.
    """
    old, new = (set(_renamed(filterfalse(is_statistic, quads))) for quads in (before, after))
    return Comparison(tuple(sorted(new - old, key=str)), tuple(sorted(old - new, key=str)))


def _renamed(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The quads with blank nodes called by what is said of them and of those they hang together with."""
    tied: list[ox.Quad] = []
    for quad in quads:
        if _blanks(quad):
            tied.append(quad)
        else:
            yield quad
    for group in _groups(tied):
        dataset = ox.Dataset(group)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        digest = hashlib.sha256("\n".join(sorted(map(str, dataset))).encode()).hexdigest()[:16]
        for quad in dataset:
            subject, object_, graph = (
                _called(t, digest) for t in (quad.subject, quad.object, quad.graph_name)
            )
            yield ox.Quad(subject, quad.predicate, object_, graph)


def _blanks(quad: ox.Quad) -> list[ox.BlankNode]:
    terms = (quad.subject, quad.object, quad.graph_name)
    return [term for term in terms if isinstance(term, ox.BlankNode)]


def _called(term: Any, digest: str) -> Any:
    return ox.BlankNode(f"{term.value}x{digest}") if isinstance(term, ox.BlankNode) else term


def _written(term: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
    """The IRI of a term; another one as N-Triples has it."""
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _groups(quads: list[ox.Quad]) -> Iterator[list[ox.Quad]]:
    """The quads that share blank nodes, directly or by others, together."""
    by_node: dict[ox.BlankNode, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        for node in _blanks(quad):
            by_node[node].append(quad)
    seen: set[ox.Quad] = set()
    for quad in quads:
        if quad not in seen:
            group = _reached(quad, by_node)
            seen |= group
            yield list(group)


def _reached(first: ox.Quad, by_node: dict[ox.BlankNode, list[ox.Quad]]) -> set[ox.Quad]:
    group, waiting = {first}, [first]
    while waiting:
        for node in _blanks(waiting.pop()):
            new = [quad for quad in by_node[node] if quad not in group]
            group.update(new)
            waiting += new
    return group


def as_quads(comparison: Comparison, address: str) -> Iterator[ox.Quad]:
    """The difference as a data set: a graph for what each graph gained and one for what it lost.

    The default graph says of each which it is, of which graph, and how many triples.
    """
    for change, quads in ((ADDED, comparison.added), (REMOVED, comparison.removed)):
        by_graph: dict[str, list[ox.Quad]] = defaultdict(list)
        for quad in quads:
            by_graph[getattr(quad.graph_name, "value", "")].append(quad)
        for graph, of_graph in sorted(by_graph.items()):
            name = ox.NamedNode(f"{address}#{change}-{quote(graph, safe='') or 'unnamed'}")
            yield from (ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in of_graph)
            yield from _described(name, graph, change, len(of_graph), ox.NamedNode(address))


def _described(
    name: ox.NamedNode, graph: str, change: str, number: int, whole: ox.NamedNode
) -> Iterator[ox.Quad]:
    yield ox.Quad(name, ox.NamedNode(f"{DCTERMS}isPartOf"), whole)
    yield ox.Quad(name, ox.NamedNode(f"{DCTERMS}type"), ox.Literal(change))
    yield ox.Quad(name, ox.NamedNode(f"{VOID}triples"), ox.Literal(number))
    if graph:
        yield ox.Quad(name, ox.NamedNode(f"{DCTERMS}source"), ox.NamedNode(graph))


def labels_in(quads: Iterable[ox.Quad]) -> dict[str, dict[str, str]]:
    """The labels of everything, by language; an earlier one is stronger."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in quads:
        if quad.predicate.value == f"{RDFS}label" and isinstance(quad.object, ox.Literal):
            found[_written(quad.subject)].setdefault(quad.object.language or "", quad.object.value)
    return found
