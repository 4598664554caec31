"""What a release holds more and less than the one before, as far as that is exactly known."""

from collections.abc import Set
from itertools import islice
from typing import TypeVar

import pyoxigraph as ox

MOST_QUADS = 200_000
TOO_MANY = f"more than {MOST_QUADS:,} quads may change"
Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
Item = TypeVar("Item")


class Difference:
    """Grows with each change of a store, whose maker owns it.

    `graphs` are new ones that are too large to be listed in `added`. Where `unsure` gives a reason, it is not
    known what has changed, and never will be.
    """

    def __init__(self) -> None:
        self.added: set[ox.Quad] = set()
        self.removed: set[ox.Quad] = set()
        self.graphs: set[ox.NamedNode] = set()
        self.unsure = ""

    def change(self, before: Set[ox.Quad], after: Set[ox.Quad]) -> None:
        """Adds a change: which of the quads that it may have touched were there before, and which are now."""
        if self.unsure:
            return
        follow(self.added, self.removed, after - before, before - after)
        if max(len(before), len(after), len(self.added) + len(self.removed)) > MOST_QUADS:
            self.give_up(TOO_MANY)

    def give_up(self, reason: str) -> None:
        """From now on it is not known what has changed."""
        self.unsure = self.unsure or reason
        self.added, self.removed, self.graphs = set(), set(), set()


def listed(store: ox.Store, *graphs: Graph) -> set[ox.Quad]:
    """The quads of graphs; of each, as many as show that they are too many."""
    patterns = (store.quads_for_pattern(None, None, None, graph) for graph in graphs)
    return {quad for quads in patterns for quad in islice(quads, MOST_QUADS + 1)}


def follow(added: set[Item], removed: set[Item], new: Set[Item], gone: Set[Item]) -> None:
    """Lets a difference also hold what came and went after it: what is undone is no difference."""
    again, back = removed & new, added & gone
    added -= back
    added |= new - again
    removed -= again
    removed |= gone - back
