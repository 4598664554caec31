"""Writes a draft into the stores of a new release and makes it the current one."""

from collections.abc import Iterable
from dataclasses import replace

import pyoxigraph as ox

from loader.draft import Draft
from loader.inputs import Inputs
from loader.problems import UpdatedSince
from loader.release.difference import Difference, listed
from loader.release.digest import lines_sha256
from loader.release.manifest import EMPTY, Manifest
from loader.release.namespaces import graph_iri
from loader.release.release import Release
from loader.release.releases import Releases
from loader.release.statistic_terms import is_statistic
from loader.release.successor import succeed


def publish(draft: Draft, inputs: Inputs, releases: Releases, overwrite: bool = False) -> Release:
    """The new current release; needs the lock of the store directory.

    Graphs that the build does not make, such as data sets loaded from elsewhere, are carried over from
    the current release. Raises UpdatedSince where a write has changed one that it makes, unless `overwrite`.
    """
    quads = _canonical(draft)
    with succeed(releases) as successor:
        if successor.parent and not overwrite:
            _refuse_to_undo(successor.store, successor.parent.manifest)
        graphs = [ox.NamedNode(graph_iri(graph)) for graph in draft.graphs]
        before, difference = listed(successor.store, *graphs), Difference()
        statistics = [quad for quad in before if is_statistic(quad)]
        for graph in graphs:
            successor.store.remove_graph(graph)
        # They are moved with the rest when it is published.
        successor.store.extend(statistics)
        successor.store.bulk_extend(quads)
        successor.store.optimize()
        difference.change(before, listed(successor.store, *graphs))
        manifest = replace(
            EMPTY,
            graphs={name: len(triples) for name, triples in sorted(draft.graphs.items())},
            inputs=inputs.digests(),
            quads_sha256=_graphs_sha256(successor.store, draft.graphs),
        )
        return successor.publish(
            "build",
            view=True,
            difference=difference,
            digest=_digest(manifest),
            changes=manifest,
            queries=inputs.queries,
            sources=inputs.source_texts,
        )


def _digest(manifest: Manifest) -> str:
    """What the id of a build is made from: equal inputs give equal ids, on any machine and at any time."""
    inputs = (f"{name} {digest}" for name, digest in manifest.inputs.items())
    return lines_sha256([manifest.quads_sha256, *inputs])


def _refuse_to_undo(store: ox.Store, built: Manifest) -> None:
    """Compares the graphs of the last build with what it wrote."""
    if built.quads_sha256 and _graphs_sha256(store, built.graphs) != built.quads_sha256:
        raise UpdatedSince(
            "A graph that `unmissions build` makes was changed by a write since the last build; building now "
            "would undo that write. Put the change into data/, or build with --overwrite."
        )


def _graphs_sha256(store: ox.Store, names: Iterable[str]) -> str:
    """The digest of some of our graphs as they are in a store."""
    graphs = [ox.NamedNode(graph_iri(name)) for name in names]
    # A store keeps numbers by their value, not as they were written, so the draft would give another digest.
    # The statistics count what somebody loaded too.
    quads = (quad for graph in graphs for quad in store.quads_for_pattern(None, None, None, graph))
    return lines_sha256(str(quad) for quad in quads if not is_statistic(quad))


def _canonical(draft: Draft) -> list[ox.Quad]:
    """The quads with blank nodes labelled by what they are (RDFC-1.0): equal inputs give equal quads."""
    dataset = ox.Dataset(draft.quads())
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return list(dataset)
