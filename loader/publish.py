"""Writes a draft into the stores of a new release and makes it the current one."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox

from loader.draft import Draft
from loader.inputs import Inputs
from loader.release.digest import lines_sha256
from loader.release.manifest import Manifest
from loader.release.namespaces import graph_iri
from loader.release.releases import Release, Releases
from loader.release.view import write_view
from loader.terms import to_ox_quads


def publish(draft: Draft, inputs: Inputs, releases: Releases) -> Release:
    """The new current release; needs the lock of the store directory.

    Graphs that the build does not make, such as data sets loaded from elsewhere, are carried over from the
    current release.
    """
    quads = _canonical(draft)
    current = releases.current()
    directory = releases.draft()
    total = _write_plain(directory / "plain", quads, current)
    write_view(directory)
    shutil.copytree(inputs.queries, directory / "queries")
    digests = inputs.digests()
    quads_sha256 = lines_sha256(str(quad) for quad in quads)
    manifest = Manifest(
        id="",
        written=now(),
        writer="build",
        quads=total,
        graphs={name: len(triples) for name, triples in sorted(draft.graphs.items())},
        inputs=digests,
        quads_sha256=quads_sha256,
        parent=current.id if current else "",
    )
    build = lines_sha256([quads_sha256, *(f"{name} {digest}" for name, digest in digests.items())])
    return releases.publish(directory, build, manifest)


def now() -> str:
    """The time in UTC, to the second, in ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _canonical(draft: Draft) -> list[ox.Quad]:
    """The quads with blank nodes labelled by what they are (RDFC-1.0): equal inputs give equal quads."""
    dataset = ox.Dataset(
        quad
        for name, triples in draft.graphs.items()
        for quad in to_ox_quads(triples, ox.NamedNode(graph_iri(name)))
    )
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return list(dataset)


def _write_plain(path: Path, quads: list[ox.Quad], current: Release | None) -> int:
    """Fills the authoritative store and returns its number of quads."""
    if current:
        ox.Store.read_only(str(current.plain)).backup(str(path))
    store = ox.Store(str(path))
    for graph in {quad.graph_name for quad in quads}:
        store.remove_graph(graph)
    store.bulk_extend(quads)
    store.optimize()
    store.flush()
    return len(store)
