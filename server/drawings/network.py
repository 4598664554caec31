"""A network: things face each other in two columns, each on a line to be read, and a curve is a tie."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from server.drawings.dots import Measure
from server.drawings.drawing import Drawing
from server.drawings.heights import FAR, NEAR, Narrow, lines_of, narrow
from server.drawings.sides import Sides, sides
from server.drawings.ties import Tie, Ties, ties_of
from server.i18n.languages import direction
from server.tables.reading import Reading, Shown

MOST_NODES = 150
# Kinds of ties that have a look of their own; the others share one.
MOST_KINDS = 3
LINE = 34


@dataclass(frozen=True, kw_only=True)
class NetworkNode:
    """A thing by its number, how far down it stands (in pixels), and how many ties it has.

    Where the drawing is narrow it stands at `low`, and its name takes so many lines.
    """

    id: int
    name: Shown
    y: float
    low: float
    lines: int
    degree: int


@dataclass(frozen=True, kw_only=True)
class NodeGroup:
    """Things under what they are part of, which stands on a line of its own; empty for all others."""

    name: str
    is_named: bool
    y: float
    lines: int
    nodes: tuple[NetworkNode, ...]


@dataclass(frozen=True, kw_only=True)
class Curve:
    """A tie as a path in a box 100 wide, with the numbers of its ends; `look` counts kinds from 0.

    `low` is the path where the drawing is narrow.
    """

    path: str
    low: str
    weight: float
    look: int
    ends: tuple[int, int]
    title: str


@dataclass(frozen=True, kw_only=True)
class Network(Drawing):
    """The whole drawing; `left_out` counts the things for which there was no room."""

    template: ClassVar[str] = "views/network.html"
    picture: ClassVar[str] = "views/network.svg"
    view: ClassVar[str] = "network"
    height: int
    low_height: int
    near: tuple[NetworkNode, ...]
    far: tuple[NodeGroup, ...]
    kinds: tuple[str, ...]
    curves: tuple[Curve, ...]
    measure: Measure | None
    left_out: int

    @property
    def has_other_kinds(self) -> bool:
        """Whether there are more kinds of ties than have a look of their own."""
        return any(curve.look == MOST_KINDS for curve in self.curves)

    @property
    def tall(self) -> int:
        return self.height + 30


def network(reading: Reading, language: str) -> Network | None:
    """The ties of the rows, or None where they name no two things."""
    ties = ties_of(reading)
    if not ties.all:
        return None
    both = _with_room(sides(ties))
    height = LINE * max(len(both.near), _lines(both))
    names = {thing: shown.words for thing, shown in ties.names.items()}
    low = narrow(names, both, _are_named(both), language)
    near, far = _near_nodes(ties, both.near, height, low), tuple(_far_groups(ties, both, height, low))
    nodes = {node.name.iri: node for node in (*near, *(node for group in far for node in group.nodes))}
    return Network(
        height=height,
        low_height=low.height,
        near=near,
        far=far,
        kinds=tuple(ties.kinds[:MOST_KINDS]),
        curves=tuple(_curves(ties, nodes, {node.id for node in near}, direction(language) == "rtl")),
        measure=ties.measure,
        left_out=len(ties.names) - len(nodes),
    )


def _with_room(both: Sides) -> Sides:
    """The first things of each side."""
    room, groups = MOST_NODES, []
    for name, group in both.far:
        groups.append((name, group[:room]))
        room -= len(groups[-1][1])
    return Sides(both.near[:MOST_NODES], [(name, group) for name, group in groups if group])


def _near_nodes(ties: Ties, things: Sequence[str], height: int, low: Narrow) -> tuple[NetworkNode, ...]:
    """Spread over the whole height."""
    step = height / max(len(things), 1)
    places = enumerate(things)
    return tuple(_node(ties, thing, place, step * (place + 0.5), low, NEAR) for place, thing in places)


def _far_groups(ties: Ties, both: Sides, height: int, low: Narrow) -> Iterator[NodeGroup]:
    """One below the other, from the top on where they take up the height, else spread as well."""
    number, step, line = len(both.near), height / _lines(both), 0
    for name, group in both.far:
        top = step * (line + 0.5)
        line += _are_named(both)
        nodes = []
        for thing in group:
            nodes.append(_node(ties, thing, number, step * (line + 0.5), low))
            number, line = number + 1, line + 1
        yield NodeGroup(
            name=name, is_named=_are_named(both), y=round(top, 1), lines=lines_of(name), nodes=tuple(nodes)
        )


def _are_named(both: Sides) -> bool:
    """Whether what things are part of stands above them."""
    return any(name for name, _ in both.far)


def _lines(both: Sides) -> int:
    """How many the far side has."""
    return sum(len(group) + _are_named(both) for _, group in both.far)


def _node(ties: Ties, thing: str, number: int, y: float, low: Narrow, letters: int = FAR) -> NetworkNode:
    name, degree = ties.names[thing], sum(thing in (tie.source, tie.target) for tie in ties.all)
    lines = lines_of(name.words, letters)
    return NetworkNode(id=number, name=name, y=round(y, 1), low=low.at[thing], lines=lines, degree=degree)


def _curves(ties: Ties, nodes: dict[str, NetworkNode], near: set[int], is_mirrored: bool) -> Iterator[Curve]:
    most = max(tie.weight for tie in ties.all)
    looks = {kind: look for look, kind in enumerate(ties.kinds)}
    for tie in ties.all:
        if tie.source in nodes and tie.target in nodes:
            begin, end = sorted((nodes[tie.source], nodes[tie.target]), key=lambda node: node.id)
            across = _across(begin, end, near, is_mirrored)
            yield Curve(
                path=_path(across, begin.y, end.y),
                low=_path(across, begin.low, end.low),
                weight=round(1.2 + 3.8 * (tie.weight - 1) / (most - 1), 1) if most > 1 else 1.5,
                look=min(looks.get(tie.kind, 0), MOST_KINDS),
                ends=(nodes[tie.source].id, nodes[tie.target].id),
                title=_title(ties, tie),
            )


def _across(begin: NetworkNode, end: NetworkNode, near: set[int], is_mirrored: bool) -> list[float]:
    """Straight where the ends face each other, else out from their side and back."""
    start, stop = (0 if node.id in near else 100 for node in (begin, end))
    reach = min(90, 12 + abs(begin.y - end.y) / 8)
    bends = (50.0, 50.0) if start != stop else (abs(start - reach),) * 2
    return [100 - x if is_mirrored else x for x in (start, *bends, stop)]


def _path(across: Sequence[float], y: float, z: float) -> str:
    return "M{0:g},{y:g}C{1:g},{y:g} {2:g},{z:g} {3:g},{z:g}".format(*across, y=y, z=z)


def _title(ties: Ties, tie: Tie) -> str:
    names = f"{ties.names[tie.source].words} – {ties.names[tie.target].words}"
    more = [tie.kind, f"{tie.weight:g}" if tie.weight > 1 else ""]
    return " · ".join([names, *(part for part in more if part)])
