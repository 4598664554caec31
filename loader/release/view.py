"""Makes the stores whose default graph is a true merge: `view` of all graphs, `own` of the project's own."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from loader.release.difference import Difference
from loader.release.lines import Lines, graph_lines, own_lines, quads_of, without_graph
from loader.release.namespaces import is_own_graph

BULK = 50_000
DEFAULT = ox.DefaultGraph()
# Whether the triples of a graph enter a merge.
Merged = Callable[[str], bool]


def merges_all(graph: str) -> bool:
    """Every graph enters the view."""
    return True


MERGES: dict[str, Merged] = {"view": merges_all, "own": is_own_graph}


def write_views(release: Path) -> None:
    """Makes `view` and, where there is anything else than our own graphs, `own` from `plain`.

    Oxigraph's own union option gives a row for each graph a triple stands in; a store is a set, so
    putting the triples of all graphs into one default graph merges them truly.
    """
    plain, lines = ox.Store.read_only(str(release / "plain")), Lines(release)
    lines.write(plain)
    for name in _names(plain):
        _merge(plain, release / name, lines, MERGES[name])


def move_views(release: Path, parent: Path, difference: Difference) -> None:
    """Makes the same from those of the parent, by what `plain` holds more and less than there."""
    plain = ox.Store.read_only(str(release / "plain"))
    new = release / "lines" / "new"

    def more() -> Iterator[bytes]:
        return chain.from_iterable(graph_lines(plain, graph, new) for graph in difference.graphs)

    Lines(release).succeed(Lines(parent), difference, more())
    for name in _names(plain):
        if (parent / name).is_dir():
            store = _copy(ox.Store.read_only(str(parent / name)), release / name)
            _move(store, plain, difference, MERGES[name])
            if difference.graphs:
                store.bulk_extend(quads_of(more()))
                store.bulk_extend(quads_of(_triples(more(), MERGES[name])))
            store.flush()
        else:
            _merge(plain, release / name, Lines(release), MERGES[name])
    new.unlink(missing_ok=True)


def can_move(parent: Path) -> bool:
    """Whether the views of a release have the blank nodes of its `plain`; those made long ago have not."""
    return (parent / "view").is_dir() and Lines(parent).are_there


def _triples(lines: Iterable[bytes], merged: Merged) -> Iterator[bytes]:
    return map(without_graph, lines if merged is merges_all else own_lines(lines))


def _names(plain: ox.Store) -> list[str]:
    """The views that a release has: while there are only our own graphs, one is as the other."""
    graphs = plain.named_graphs()
    others = not all(isinstance(graph, ox.NamedNode) and is_own_graph(graph.value) for graph in graphs)
    unnamed = next(iter(plain.quads_for_pattern(None, None, None, DEFAULT)), None)
    return ["view", "own"] if others or unnamed else ["view"]


def _copy(store: ox.Store, path: Path) -> ox.Store:
    """A backup links the files, so that its size on disk is that of what changes."""
    store.backup(str(path))
    return ox.Store(str(path))


def _merge(plain: ox.Store, path: Path, lines: Iterable[bytes], merged: Merged) -> None:
    store = _copy(plain, path)
    if merged is not merges_all:
        store.clear_graph(DEFAULT)
    store.bulk_extend(quads_of(_triples(lines, merged)))
    if merged is merges_all:
        store.optimize()
    store.flush()


def _move(store: ox.Store, plain: ox.Store, difference: Difference, merged: Merged) -> None:
    """Lets a triple leave the merge only if no other graph holds it."""

    def is_held(quad: ox.Quad) -> bool:
        same = plain.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        return any(merged(_iri(other)) for other in same)

    for quad in difference.removed:
        if quad.graph_name != DEFAULT:
            store.remove(quad)
        if merged(_iri(quad)) and not is_held(quad):
            store.remove(_triple(quad))
    added = chain.from_iterable(_entering(quad, merged) for quad in difference.added)
    (store.bulk_extend if len(difference.added) > BULK else store.extend)(added)
    _name_graphs(store, plain)


def _entering(quad: ox.Quad, merged: Merged) -> Iterator[ox.Quad]:
    if quad.graph_name != DEFAULT:
        yield quad
    if merged(_iri(quad)):
        yield _triple(quad)


def _name_graphs(store: ox.Store, plain: ox.Store) -> None:
    """A graph may be there and hold nothing."""
    wanted, there = set(plain.named_graphs()), set(store.named_graphs())
    for graph in there - wanted:
        store.remove_graph(graph)
    for graph in wanted - there:
        store.add_graph(graph)


def _triple(quad: ox.Quad) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object)


def _iri(quad: ox.Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
