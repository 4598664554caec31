"""Counts what graphs hold: triples, subjects, objects, and how often each class and property is used."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyoxigraph as ox

from loader.release.difference import Difference
from loader.release.statistic_terms import OBJECTS, SUBJECTS, TRIPLES, TYPE, Key, is_statistic

Name = ox.NamedNode | ox.BlankNode
Pairs = set[tuple[ox.NamedNode, object]]
Counts = Counter[Key]
QUERY = Path(__file__).with_suffix(".rq").read_text(encoding="utf-8")


def counted(store: ox.Store, graph: Name) -> Counts:
    """The counts of one graph, which may be large: the engine counts it."""
    counts = Counts()
    rows = store.query(QUERY, default_graph=[graph])
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        class_, property_, count, number = (str(getattr(term, "value", "")) for term in row)
        counts[class_, property_, count] = int(number)
    return counts


def counted_together(store: ox.Store, graphs: Iterable[Name]) -> Counts:
    """The counts of the merge of some graphs, each triple once, without the statistics themselves."""
    said = defaultdict[object, Pairs](set)
    for graph in graphs:
        for quad in filter(_is_data, store.quads_for_pattern(None, None, None, graph)):
            said[quad.subject].add((quad.predicate, quad.object))
    counts = Counts()
    for pairs in said.values():
        _add(counts, pairs, 1)
    counts[OBJECTS] = len({object_ for pairs in said.values() for _, object_ in pairs})
    return counts


def moved(store: ox.Store, graphs: Sequence[Name], difference: Difference) -> Counts:
    """By how much the counts of these graphs differ from those before the change."""
    counts, names = Counts(), set(graphs)
    added, removed = (
        {quad for quad in quads if quad.graph_name in names and not is_statistic(quad)}
        for quads in (difference.added, difference.removed)
    )
    gone = defaultdict[object, set[ox.Quad]](set)
    for quad in removed:
        gone[quad.subject].add(quad)
    for subject in {quad.subject for quad in added | removed}:
        now = {quad for graph in graphs for quad in store.quads_for_pattern(subject, None, None, graph)}
        _add(counts, _pairs(now), 1)
        _add(counts, _pairs((now - added) | gone[subject]), -1)
    lost = {quad.object for quad in removed}
    for object_ in {quad.object for quad in added} | lost:
        held = (quad for graph in graphs for quad in store.quads_for_pattern(None, None, object_, graph))
        is_held, was_held = _since(filter(_is_data, held), added)
        counts[OBJECTS] += is_held - (was_held or object_ in lost)
    return counts


def _since(held: Iterable[ox.Quad], added: set[ox.Quad]) -> tuple[bool, bool]:
    """Whether there are any of these quads, and whether one of them was there before others were added."""
    is_held = False
    for quad in held:
        is_held = True
        if quad not in added:
            return True, True
    return is_held, False


def _add(counts: Counts, pairs: Pairs, sign: int) -> None:
    """Adds what is said of one subject, or takes it away."""
    if not pairs:
        return
    classes = {o.value for p, o in pairs if p == TYPE and isinstance(o, ox.NamedNode)}
    counts[TRIPLES] += sign * len(pairs)
    counts[SUBJECTS] += sign
    for class_ in classes:
        counts[class_, "", "entities"] += sign
    for verb, _ in pairs:
        name = verb.value
        counts["", name, "triples"] += sign
        for class_ in classes:
            counts[class_, name, "triples"] += sign


def _pairs(quads: Iterable[ox.Quad]) -> Pairs:
    return {(quad.predicate, quad.object) for quad in quads if _is_data(quad)}


def _is_data(quad: ox.Quad) -> bool:
    return not is_statistic(quad)
