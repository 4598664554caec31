"""A network as an arc diagram: every thing on a line of its own, so that it can be read, and an arc a tie."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from server.drawings.drawing import Drawing, measure, number
from server.i18n.languages import direction
from server.tables.reading import Reading, Shown

MOST_NODES = 150
ROUNDS = 24
LINE = 28
Edges = dict[tuple[str, str], float]


@dataclass(frozen=True)
class Node:
    """A thing, its place (from the top, in pixels), and how many ties it has."""

    name: Shown
    y: int
    degree: int


@dataclass(frozen=True)
class Arc:
    """A tie as a path in a box 100 wide; `weight` is the width of the line in pixels."""

    path: str
    weight: float
    title: str


@dataclass(frozen=True, kw_only=True)
class Network(Drawing):
    """The whole drawing; `left_out` counts the things for which there was no room."""

    template: ClassVar[str] = "views/network.html"
    height: int
    nodes: tuple[Node, ...]
    arcs: tuple[Arc, ...]
    left_out: int


def network(reading: Reading, language: str) -> Network | None:
    """The ties of the rows, or None where they name no two things."""
    names: dict[str, Shown] = {}
    edges = _edges(reading, names)
    if not edges:
        return None
    order = _order(edges)
    places = {node: LINE // 2 + LINE * place for place, node in enumerate(order[:MOST_NODES])}
    degrees = {node: sum(node in edge for edge in edges) for node in places}
    nodes = tuple(Node(names[node], y, degrees[node]) for node, y in places.items())
    height = LINE * len(places)
    arcs = tuple(_arcs(edges, places, names, direction(language) == "rtl"))
    return Network(height=height, nodes=nodes, arcs=arcs, left_out=len(order) - len(places))


def _edges(reading: Reading, names: dict[str, Shown]) -> Edges:
    """Pairs of things with the first number beside them as weight."""
    ends = _ends(reading)
    if ends is None:
        return {}
    weighed = measure(reading, list(ends))
    edges: Edges = {}
    for line in reading.lines:
        source, target = (line.cells[place] for place in ends)
        if source is None or target is None or not (source.iri and target.iri) or source.iri == target.iri:
            continue
        names |= {source.iri: source, target.iri: target}
        edge = min(source.iri, target.iri), max(source.iri, target.iri)
        edges[edge] = max(edges.get(edge, 0), number(line, weighed) or 1)
    return edges


def _ends(reading: Reading) -> tuple[int, int] | None:
    """The two columns that are tied: subject and object of triples, else the first two of things."""
    subject, object_ = reading.place("subject"), reading.place("object")
    if subject is not None and object_ is not None:
        return subject, object_
    things = [
        place for place, column in enumerate(reading.columns) if column.is_thing and column.term is not None
    ]
    return (things[0], things[1]) if len(things) > 1 else None


def _order(edges: Edges) -> list[str]:
    """Things that are tied come near each other: the largest group first, within it by barycentres."""
    near = defaultdict(set)
    for source, target in edges:
        near[source].add(target)
        near[target].add(source)
    order: list[str] = []
    for group in sorted(_groups(near), key=lambda group: (-len(group), group)):
        order += _untangled(group, near)
    return order


def _groups(near: dict[str, set[str]]) -> Iterator[list[str]]:
    """The connected components, each in the order of a breadth-first walk."""
    seen: set[str] = set()
    for start in sorted(near, key=lambda node: (-len(near[node]), node)):
        if start in seen:
            continue
        seen.add(start)
        group = [start]
        for node in group:
            fresh = sorted(near[node] - seen)
            seen.update(fresh)
            group += fresh
        yield group


def _untangled(group: list[str], near: dict[str, set[str]]) -> list[str]:
    for _ in range(ROUNDS):
        at = {node: place for place, node in enumerate(group)}
        middle = {n: (at[n] + sum(at[m] for m in near[n])) / (len(near[n]) + 1) for n in group}
        group = sorted(group, key=lambda node: (middle[node], node))
    return group


def _arcs(edges: Edges, places: dict[str, int], names: dict[str, Shown], is_mirrored: bool) -> Iterator[Arc]:
    most = max(edges.values())
    spans = [abs(places[a] - places[b]) for a, b in edges if a in places and b in places]
    longest = max(spans, default=1)
    for (source, target), weight in sorted(edges.items()):
        if source in places and target in places:
            begin, end = sorted((places[source], places[target]))
            reach = 8 + 118 * (end - begin) / longest
            near, far = (100, 100 - reach) if is_mirrored else (0, reach)
            path = f"M{near},{begin} C{far:.1f},{begin} {far:.1f},{end} {near},{end}"
            title = f"{names[source].words} – {names[target].words}"
            yield Arc(path, round(1 + 3 * (weight - 1) / most, 2) if most > 1 else 1.2, title)
