"""Compares rows of terms up to the names of blank nodes: solutions, triples and quads alike."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Cell: TypeAlias = NamedNode | BlankNode | Literal | Triple | None
Row: TypeAlias = tuple[Cell, ...]
Colours: TypeAlias = dict[BlankNode, int]


def isomorphic(ours: Sequence[Row], theirs: Sequence[Row]) -> bool:
    """Whether some renaming of blank nodes makes both the same rows, each as often."""
    if len(ours) != len(theirs):
        return False
    return _matches(ours, _start(ours), theirs, _start(theirs))


def _matches(ours: Sequence[Row], mine: Colours, theirs: Sequence[Row], yours: Colours) -> bool:
    mine, yours = _refined(ours, mine), _refined(theirs, yours)
    if _coloured(ours, mine) != _coloured(theirs, yours):
        return False
    classes, others = _classes(mine), _classes(yours)
    ambiguous = [colour for colour, nodes in classes.items() if len(nodes) > 1]
    if not ambiguous:
        return True
    colour = min(ambiguous, key=lambda each: len(classes[each]))
    fresh = hash((colour, "chosen"))
    one = {**mine, classes[colour][0]: fresh}
    return any(_matches(ours, one, theirs, {**yours, node: fresh}) for node in others[colour])


def _start(rows: Iterable[Row]) -> Colours:
    return {cell: 0 for row in rows for cell in row if isinstance(cell, BlankNode)}


def _refined(rows: Sequence[Row], colours: Colours) -> Colours:
    """Colours each blank node by the rows it stands in until that tells no more apart."""
    while True:
        finer = _recoloured(rows, colours)
        if len(set(finer.values())) == len(set(colours.values())):
            return finer
        colours = finer


def _recoloured(rows: Sequence[Row], colours: Colours) -> Colours:
    seen: defaultdict[BlankNode, list[int]] = defaultdict(list)
    for row in rows:
        for node in {cell for cell in row if isinstance(cell, BlankNode)}:
            seen[node].append(hash(tuple(_shown(cell, colours, node) for cell in row)))
    return {node: hash((colours[node], *sorted(found))) for node, found in seen.items()}


def _shown(cell: Cell, colours: Mapping[BlankNode, int], me: BlankNode | None) -> object:
    if isinstance(cell, BlankNode):
        return "itself" if cell == me else ("blank", colours[cell])
    return cell


def _coloured(rows: Sequence[Row], colours: Colours) -> Counter[tuple[object, ...]]:
    return Counter(tuple(_shown(cell, colours, None) for cell in row) for row in rows)


def _classes(colours: Colours) -> dict[int, list[BlankNode]]:
    classes: defaultdict[int, list[BlankNode]] = defaultdict(list)
    for node, colour in colours.items():
        classes[colour].append(node)
    return classes
