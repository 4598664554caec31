"""Writes a draft into the stores of a new release and makes it the current one."""

import pyoxigraph as ox

from loader.draft import Draft
from loader.inputs import Inputs
from loader.release.digest import lines_sha256
from loader.release.manifest import Manifest
from loader.release.namespaces import graph_iri
from loader.release.releases import Release, Releases
from loader.release.successor import succeed
from loader.terms import to_ox_quads


def publish(draft: Draft, inputs: Inputs, releases: Releases) -> Release:
    """The new current release; needs the lock of the store directory.

    Graphs that the build does not make, such as data sets loaded from elsewhere, are carried over from
    the current release.
    """
    quads = _canonical(draft)
    digests = inputs.digests()
    quads_sha256 = lines_sha256(str(quad) for quad in quads)
    manifest = Manifest(
        id="",
        written="",
        writer="",
        quads=0,
        graphs={name: len(triples) for name, triples in sorted(draft.graphs.items())},
        inputs=digests,
        quads_sha256=quads_sha256,
    )
    digest = lines_sha256([quads_sha256, *(f"{name} {sha256}" for name, sha256 in digests.items())])
    with succeed(releases) as successor:
        for graph in draft.graphs:
            successor.store.remove_graph(ox.NamedNode(graph_iri(graph)))
        successor.store.bulk_extend(quads)
        successor.store.optimize()
        return successor.publish("build", view=True, digest=digest, changes=manifest, queries=inputs.queries)


def _canonical(draft: Draft) -> list[ox.Quad]:
    """The quads with blank nodes labelled by what they are (RDFC-1.0): equal inputs give equal quads."""
    dataset = ox.Dataset(
        quad
        for name, triples in draft.graphs.items()
        for quad in to_ox_quads(triples, ox.NamedNode(graph_iri(name)))
    )
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return list(dataset)
