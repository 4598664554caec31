"""Which things of a network stand on which side, and in what order, so that few ties cross."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from loader.release.namespaces import BASE
from server.drawings.ties import Ties

ROUNDS = 24
PEOPLE = f"{BASE}person/"
Near = Mapping[str, set[str]]


@dataclass(frozen=True)
class Sides:
    """The things on the near side, and those on the far one by what they are part of (empty if nothing)."""

    near: Sequence[str]
    far: Sequence[tuple[str, Sequence[str]]]


def sides(ties: Ties) -> Sides:
    """People face what they deal with, sources their targets; where neither fits, all are on one side."""
    near = _near_side(ties)
    neighbours = _neighbours(ties)
    if not near:
        return Sides((), (("", _along_a_line(neighbours)),))
    far = [thing for thing in ties.names if thing not in near]
    here, there = [thing for thing in ties.names if thing in near], _grouped(ties, far)
    for _ in range(ROUNDS // 4):
        there = _by_neighbours(there, here, neighbours)
        here = _sorted_by(here, [thing for _, group in there for thing in group], neighbours)
    return Sides(here, there)


def _near_side(ties: Ties) -> set[str]:
    sources, targets = {tie.source for tie in ties.all}, {tie.target for tie in ties.all}
    people = {thing for thing in ties.names if thing.startswith(PEOPLE)}
    return people if sources & targets or people == targets else sources


def _neighbours(ties: Ties) -> Near:
    near: defaultdict[str, set[str]] = defaultdict(set)
    for tie in ties.all:
        near[tie.source].add(tie.target)
        near[tie.target].add(tie.source)
    return near


def _grouped(ties: Ties, things: Sequence[str]) -> list[tuple[str, Sequence[str]]]:
    """By what several of them are part of; else by what ties them, where several kinds of ties do."""
    kinds = {tie.target: tie.kind for tie in ties.all} if len(ties.kinds) > 1 and not ties.parents else {}
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for thing in things:
        groups[ties.parents.get(thing) or kinds.get(thing, "")].append(thing)
    named: list[tuple[str, Sequence[str]]] = [
        (name, group) for name, group in groups.items() if name and len(group) > 1
    ]
    inside = {thing for _, group in named for thing in group}
    alone = [thing for thing in things if thing not in inside]
    return [*named, ("", alone)] if alone else named


def _by_neighbours(
    groups: Sequence[tuple[str, Sequence[str]]], others: Sequence[str], near: Near
) -> list[tuple[str, Sequence[str]]]:
    """Groups, and things within them, near what they are tied to; what is in no group comes last."""
    inside = [(name, _sorted_by(group, others, near)) for name, group in groups]
    at = _middles([thing for _, group in groups for thing in group], others, near)
    return sorted(inside, key=lambda group: (not group[0], fmean(at[thing] for thing in group[1])))


def _sorted_by(things: Sequence[str], others: Sequence[str], near: Near) -> list[str]:
    at = _middles(things, others, near)
    return sorted(things, key=lambda thing: (at[thing], -len(near[thing]), thing))


def _middles(things: Sequence[str], others: Sequence[str], near: Near) -> dict[str, float]:
    at = {other: place for place, other in enumerate(others)}
    known = {thing: [at[other] for other in near[thing] if other in at] for thing in things}
    return {thing: fmean(places) if places else len(others) / 2 for thing, places in known.items()}


def _along_a_line(near: Near) -> list[str]:
    """Things that are tied come near each other: the largest group first, within it by barycentres."""
    order: list[str] = []
    for group in sorted(_components(near), key=lambda group: (-len(group), group)):
        order += _untangled(group, near)
    return order


def _components(near: Near) -> Iterator[list[str]]:
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


def _untangled(group: list[str], near: Near) -> list[str]:
    for _ in range(ROUNDS):
        at = {node: place for place, node in enumerate(group)}
        middle = {n: (at[n] + sum(at[m] for m in near[n])) / (len(near[n]) + 1) for n in group}
        group = sorted(group, key=lambda node: (middle[node], node))
    return group
