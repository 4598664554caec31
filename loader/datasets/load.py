"""Loads data sets from elsewhere, each into a named graph of its own, all or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from loader.datasets.data_set import DataSet, Manner, data_graph, description_graph
from loader.datasets.description import describe, is_flawed, version, version_of
from loader.datasets.reading import DataSetReader
from loader.datasets.tally import Tally
from loader.progress import Progress
from loader.release.difference import Difference, listed
from loader.release.release import Release
from loader.release.releases import Releases
from loader.release.successor import succeed


class NoSuchDataset(LookupError):
    """No data set of that name was loaded."""


@dataclass(frozen=True)
class Loaded:
    """The current release after a load, whether the load made it, and what was found in each data set."""

    release: Release
    tallies: dict[str, Tally]

    @property
    def is_new(self) -> bool:
        return bool(self.tallies)


def load(
    data_sets: Sequence[DataSet], store: Path, manner: Manner, progress: Progress, activate_in: float = 0.0
) -> Loaded:
    """Replaces the graphs `dataset/<slug>` by the content of the files, unless they are that already.

    Quads keep only their triples. Raises BuildRefused where a file cannot be read; then nothing has changed.
    """
    releases = Releases(store, activate_in)
    with releases.locked(), succeed(releases) as successor:
        versions = {each.slug: version(each, manner) for each in data_sets}
        changed = [each for each in data_sets if _is_new(successor.store, each, versions[each.slug], manner)]
        if not changed and successor.parent:
            return Loaded(successor.parent, {})
        # No name may stay with the store: it is closed before its files are copied.
        tallies, difference = _fill(successor.store, changed, versions, manner, progress)
        writer = f"load {' '.join(tallies)}"
        return Loaded(successor.publish(writer, view=True, difference=difference), tallies)


def _is_new(store: ox.Store, data_set: DataSet, version: str, manner: Manner) -> bool:
    """Whether a data set must be read: it is another, or is to be taken more strictly than it was."""
    return version_of(store, data_set) != version or (manner.strict and is_flawed(store, data_set))


def _fill(
    store: ox.Store,
    data_sets: Sequence[DataSet],
    versions: dict[str, str],
    manner: Manner,
    progress: Progress,
) -> tuple[dict[str, Tally], Difference]:
    """Puts data sets and their descriptions into a store; tells what was found, and what has changed."""
    slugs = [each.slug for each in data_sets]
    before = {slug: listed(store, data_graph(slug), description_graph(slug)) for slug in slugs}
    tallies = {}
    for each in data_sets:
        store.remove_graph(each.graph)
        tally = tallies[each.slug] = DataSetReader(store, each, manner, progress).read()
        tally.triples = sum(1 for _ in store.quads_for_pattern(None, None, None, each.graph))
        describe(store, each, versions[each.slug], tally)
    progress("publishing")
    store.optimize()
    triples = {slug: tally.triples for slug, tally in tallies.items()}
    return tallies, _difference(store, before, triples)


def unload(slug: str, store: Path, activate_in: float = 0.0) -> Release:
    """Removes a data set and its description. Raises NoSuchDataset."""
    releases = Releases(store, activate_in)
    with releases.locked(), succeed(releases) as successor:
        if not successor.store.contains_named_graph(data_graph(slug)):
            raise NoSuchDataset(f"There is no data set {slug!r} in {store}.")
        difference = Difference()
        difference.change(listed(successor.store, data_graph(slug), description_graph(slug)), set())
        successor.store.remove_graph(data_graph(slug))
        successor.store.remove_graph(description_graph(slug))
        return successor.publish(f"unload {slug}", view=True, difference=difference)


def _difference(store: ox.Store, before: dict[str, set[ox.Quad]], triples: dict[str, int]) -> Difference:
    """What a load has changed; a graph that is new, however large, makes the merge longer."""
    difference = Difference()
    new = {slug for slug in before if not before[slug]}
    if 2 * sum(triples[slug] for slug in new) > len(store):
        difference.give_up("most of it is new")  # to merge all anew is quicker
        return difference
    difference.graphs = {data_graph(slug) for slug in new}
    for slug, quads in before.items():
        graphs = (description_graph(slug),) if slug in new else (data_graph(slug), description_graph(slug))
        difference.change(quads, listed(store, *graphs))
    return difference
