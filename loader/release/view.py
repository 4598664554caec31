"""Makes the stores whose default graph is a true merge: `view` of all graphs, `own` of the project's own."""

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from loader.release.difference import Difference
from loader.release.lines import Lines, add_graph_lines, merged, quads_of, twice
from loader.release.namespaces import is_own_graph
from loader.release.release import OWN
from loader.release.statistic_terms import is_statistic

BULK = 50_000
DEFAULT = ox.DefaultGraph()
# Whether a quad enters a merge.
Enters = Callable[[ox.Quad], bool]


def enters_view(quad: ox.Quad) -> bool:
    """All but the statistics do: what is counted would change with its counts."""
    return not is_statistic(quad)


def enters_own(quad: ox.Quad) -> bool:
    """Of the project's own graphs the same."""
    graph = quad.graph_name
    return isinstance(graph, ox.NamedNode) and is_own_graph(graph.value) and not is_statistic(quad)


def write_views(release: Path) -> None:
    """Makes `view` and, where there is anything else than our own graphs, `own` from `plain`.

    Oxigraph's own union option gives a row for each graph a triple stands in; a store is a set, so
    putting the triples of all graphs into one default graph merges them truly.
    """
    plain = ox.Store.read_only(str(release / "plain"))
    Lines(release).write(plain)
    _merge_all(plain, release)
    if _has_others(plain):
        _merge_own(plain, release)


def move_views(release: Path, parent: Path, difference: Difference) -> None:
    """Makes the same from those of the parent, by what `plain` holds more and less than there."""
    plain = ox.Store.read_only(str(release / "plain"))
    new = release / ".new"
    new.write_bytes(b"")
    for graph in difference.graphs:
        add_graph_lines(plain, graph, new)
    Lines(release).succeed(Lines(parent), difference, new)
    view = _copy(ox.Store.read_only(str(parent / "view")), release / "view")
    _move(view, plain, difference, enters_view)
    with new.open("rb") as lines:
        view.bulk_extend(quads_of(twice(lines)))
    view.flush()
    new.unlink()
    if _has_others(plain):
        _move_own(release, parent, plain, difference)


def can_move(parent: Path) -> bool:
    """Whether the views of a release have the blank nodes of its `plain`; those made long ago have not."""
    return (parent / "view").is_dir() and Lines(parent).are_there


def own_graphs(store: ox.Store) -> list[ox.NamedNode]:
    """The project's own graphs in a store."""
    graphs = store.named_graphs()
    return [graph for graph in graphs if isinstance(graph, ox.NamedNode) and is_own_graph(graph.value)]


def own_quads(store: ox.Store) -> Iterator[ox.Quad]:
    """The quads of the project's own graphs."""
    for graph in own_graphs(store):
        yield from store.quads_for_pattern(None, None, None, graph)


def own_triples(store: ox.Store) -> Iterator[ox.Quad]:
    """What of them enters the merge."""
    return (_triple(quad) for quad in own_quads(store) if enters_view(quad))


def _has_others(plain: ox.Store) -> bool:
    """While there are only our own graphs, the merge of all is that of our own."""
    others = len(own_graphs(plain)) < len(list(plain.named_graphs()))
    return others or any(True for _ in plain.quads_for_pattern(None, None, None, DEFAULT))


def _move_own(release: Path, parent: Path, plain: ox.Store, difference: Difference) -> None:
    """Our own graphs are small: beside many quads of others, their merge is sooner made anew than moved."""
    is_large = bool(difference.graphs) or len(difference.added) + len(difference.removed) > BULK
    if is_large or not (parent / OWN).is_dir():
        _merge_own(plain, release)
        return
    store = _copy(ox.Store.read_only(str(parent / OWN)), release / OWN)
    _move(store, plain, difference, enters_own)
    store.flush()


def _copy(store: ox.Store, path: Path) -> ox.Store:
    """A backup links the files, so that its size on disk is that of what changes."""
    store.backup(str(path))
    return ox.Store(str(path))


def _merge_all(plain: ox.Store, release: Path) -> None:
    store = _copy(plain, release / "view")
    store.bulk_extend(quads_of(merged(Lines(release))))
    store.optimize()
    store.flush()


def _merge_own(plain: ox.Store, release: Path) -> None:
    store = _copy(plain, release / OWN)
    store.clear_graph(DEFAULT)
    store.bulk_extend(own_triples(plain))
    store.flush()


def _move(store: ox.Store, plain: ox.Store, difference: Difference, enters: Enters) -> None:
    """Lets a triple leave the merge only if no other graph holds it."""

    def is_held(quad: ox.Quad) -> bool:
        same = plain.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        return any(map(enters, same))

    gone = _name_graphs(store, plain)
    for quad in difference.removed:
        if quad.graph_name != DEFAULT and quad.graph_name not in gone:
            store.remove(quad)
        if enters(quad) and not is_held(quad):
            store.remove(_triple(quad))
    added = chain.from_iterable(_entering(quad, enters) for quad in difference.added)
    (store.bulk_extend if len(difference.added) > BULK else store.extend)(added)


def _entering(quad: ox.Quad, enters: Enters) -> Iterator[ox.Quad]:
    if quad.graph_name != DEFAULT:
        yield quad
    if enters(quad):
        yield _triple(quad)


def _name_graphs(store: ox.Store, plain: ox.Store) -> set[ox.NamedNode | ox.BlankNode]:
    """A graph may be there and hold nothing; tells which ones are gone, with all that they held."""
    wanted, there = set(plain.named_graphs()), set(store.named_graphs())
    for graph in there - wanted:
        store.remove_graph(graph)
    for graph in wanted - there:
        store.add_graph(graph)
    return there - wanted


def _triple(quad: ox.Quad) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object)
