"""Keeps the statistics of a release true: counted when it is made, moved by what a write has changed."""

import pyoxigraph as ox

from loader.release.counts import Counts, Name, counted, counted_together, moved
from loader.release.difference import Difference
from loader.release.namespaces import is_own_graph
from loader.release.statistic_terms import (
    CLASSES,
    GRAPH,
    OURS,
    PROPERTIES,
    SUBJECTS,
    TRIPLES,
    Key,
    count_of,
    data_set_of,
    is_statistic,
    node_of,
    stated,
)


def keep_statistics(store: ox.Store, difference: Difference | None) -> None:
    """Lets the graph `void` of a store say what the graphs hold; the difference gets what that changes.

    All is counted anew where it is not known what has changed, or where somebody wrote statistics. A store
    that has no such graph gets none.
    """
    if not store.contains_named_graph(GRAPH):
        return
    known = difference or Difference()
    if difference and _can_move(store, difference):
        _move(store, difference)
        return
    known.change(drop_statistics(store), set())
    names = set(store.named_graphs())
    own = {name for name in names if is_own_graph(name.value)}
    for name in names - own:
        _tell(store, known, name, counted(store, name))
    _tell(store, known, None, counted_together(store, own))


def drop_statistics(store: ox.Store) -> set[ox.Quad]:
    """Takes them out, as where nobody follows what changes: no number is better than a wrong one."""
    statistics = {quad for quad in store.quads_for_pattern(None, None, None, GRAPH) if is_statistic(quad)}
    for quad in statistics:
        store.remove(quad)
    return statistics


def _can_move(store: ox.Store, difference: Difference) -> bool:
    """Whether it is known what changed, and the statistics are there and as we wrote them."""
    are_there = any(True for _ in store.quads_for_pattern(OURS, count_of(SUBJECTS), None, GRAPH))
    changed = (*difference.added, *difference.removed)
    return are_there and not difference.unsure and not any(map(is_statistic, changed))


def _move(store: ox.Store, difference: Difference) -> None:
    changed = [quad.graph_name for quad in (*difference.added, *difference.removed)]
    names: set[Name] = {name for name in changed if not isinstance(name, ox.DefaultGraph)}
    own = {name for name in names if is_own_graph(name.value)}
    new = set(difference.graphs)
    for name in (names | new) - own:
        change = counted(store, name) if name in new else moved(store, [name], difference)
        _tell(store, difference, name, change)
    there = {name for name in store.named_graphs() if is_own_graph(name.value)}
    _tell(store, difference, None, moved(store, [*(own | there)], difference))


def _tell(store: ox.Store, difference: Difference, graph: Name | None, change: Counts) -> None:
    """Adds a change to what is said of the data set of a graph; of our own graphs where none is named."""
    data_set = data_set_of(graph) if graph else OURS
    numbers = {key: _number(store, data_set, key) for key in (*change, PROPERTIES, CLASSES)}
    change.update(_totals(numbers, change))
    before, after = set[ox.Quad](), set[ox.Quad]()
    for key, old in numbers.items():
        before |= stated(data_set, key, old, graph)
        after |= stated(data_set, key, old + change[key], graph)
    if graph:
        for quad in _described(store, data_set, graph):
            before.add(quad)
            number = ox.Literal(numbers[TRIPLES] + change[TRIPLES])
            after.add(ox.Quad(data_set, quad.predicate, number, quad.graph_name))
    _replace(store, difference, before - after, after - before)


def _replace(store: ox.Store, difference: Difference, removed: set[ox.Quad], added: set[ox.Quad]) -> None:
    for quad in removed:
        store.remove(quad)
    store.extend(added)
    difference.change(removed, added)


def _totals(numbers: dict[Key, int], change: Counts) -> Counts:
    """By how much there are more classes and properties."""
    totals = Counts()
    for key, old in numbers.items():
        class_, property_, _ = key
        if bool(class_) != bool(property_):
            totals[CLASSES if class_ else PROPERTIES] += bool(old + change[key]) - bool(old)
    return totals


def _number(store: ox.Store, data_set: ox.NamedNode, key: Key) -> int:
    """What is said now; nothing is said of what is not there."""
    stated_now = store.quads_for_pattern(node_of(data_set, key), count_of(key), None, GRAPH)
    return next((int(quad.object.value) for quad in stated_now if isinstance(quad.object, ox.Literal)), 0)


def _described(store: ox.Store, data_set: ox.NamedNode, graph: Name) -> list[ox.Quad]:
    """The same number in the description of a data set, unless somebody gave one beside it."""
    description = ox.NamedNode(f"{graph.value}/void")
    quads = list(store.quads_for_pattern(data_set, count_of(TRIPLES), None, description))
    return quads if len(quads) == 1 else []
