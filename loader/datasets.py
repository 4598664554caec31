"""Loads data sets from elsewhere, each into a named graph of its own, all or nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from loader.dataset_files import read_file
from loader.progress import Progress
from loader.release.difference import Difference, listed
from loader.release.digest import file_sha256
from loader.release.namespaces import graph_iri
from loader.release.releases import Release, Releases
from loader.release.successor import now, succeed
from loader.terms import DCTERMS, RDF, RDFS, SD, THING, VOID, XSD, Term

INVALID_LITERALS = (Path(__file__).with_name("invalid_literals.rq")).read_text(encoding="utf-8")


class NoSuchDataset(LookupError):
    """No data set of that name was loaded."""


@dataclass(frozen=True)
class Loaded:
    """A data set in a release: its triples, and the literals that are no value of their datatype, counted."""

    release: Release
    triples: int
    invalid_literals: int


def load(files: list[Path], slug: str, store: Path, progress: Progress) -> Loaded:
    """Replaces the graph `dataset/<slug>` by the content of the files.

    Quads keep only their triples. Raises BuildRefused where a file cannot be read; then nothing has changed.
    """
    releases = Releases(store)
    graph = data_graph(slug)
    with releases.locked(), succeed(releases) as successor:
        before = listed(successor.store, graph, description_graph(slug))
        successor.store.remove_graph(graph)
        for file in files:
            progress(f"reading {file.name}")
            read_file(successor.store, file, graph, progress)
        progress("publishing")
        triples = sum(1 for _ in successor.store.quads_for_pattern(None, None, None, graph))
        invalid = _invalid_literals(successor.store, graph)
        _describe(successor.store, slug, files, triples)
        successor.store.optimize()
        difference = _difference(successor.store, slug, before, triples)
        return Loaded(successor.publish(f"load {slug}", view=True, difference=difference), triples, invalid)


def unload(slug: str, store: Path) -> Release:
    """Removes a data set and its description. Raises NoSuchDataset."""
    releases = Releases(store)
    with releases.locked(), succeed(releases) as successor:
        if not successor.store.contains_named_graph(data_graph(slug)):
            raise NoSuchDataset(f"There is no data set {slug!r} in {store}.")
        difference = Difference()
        difference.change(listed(successor.store, data_graph(slug), description_graph(slug)), set())
        successor.store.remove_graph(data_graph(slug))
        successor.store.remove_graph(description_graph(slug))
        return successor.publish(f"unload {slug}", view=True, difference=difference)


def data_graph(slug: str) -> ox.NamedNode:
    """The graph that holds a data set."""
    return ox.NamedNode(graph_iri(f"dataset/{slug}"))


def description_graph(slug: str) -> ox.NamedNode:
    """The graph that says what a data set is; its own graph holds only the data, as they came."""
    return ox.NamedNode(graph_iri(f"dataset/{slug}/void"))


def _difference(store: ox.Store, slug: str, before: set[ox.Quad], triples: int) -> Difference:
    """What a load has changed; a graph that is new, however large, makes the merge longer."""
    difference, graph = Difference(), data_graph(slug)
    if any(quad.graph_name == graph for quad in before):
        difference.change(before, listed(store, graph, description_graph(slug)))
    elif 2 * triples > len(store):
        difference.give_up("most of it is new")  # to merge all anew is quicker
    else:
        difference.graphs = {graph}
        difference.change(before, listed(store, description_graph(slug)))
    return difference


def _invalid_literals(store: ox.Store, graph: ox.NamedNode) -> int:
    """How many literals are no value of their datatype: RDF allows them, but comparisons pass them by."""
    solutions = store.query(INVALID_LITERALS, default_graph=graph)
    assert isinstance(solutions, ox.QuerySolutions)
    return int(next(iter(solutions))["count"].value)


def _describe(store: ox.Store, slug: str, files: list[Path], triples: int) -> None:
    """Says in RDF what was loaded when, from which files."""
    dataset, graph = THING[f"dataset/{slug}"], description_graph(slug)
    store.remove_graph(graph)
    store.extend(ox.Quad(dataset, p, o, graph) for p, o in _facts(slug, files, triples))


def _facts(slug: str, files: list[Path], triples: int) -> Iterator[tuple[ox.NamedNode, Term]]:
    yield RDF.type, VOID.Dataset
    yield RDFS.label, ox.Literal(f"Data set {slug}", language="en")
    yield RDFS.label, ox.Literal(f"مجموعة البيانات {slug}", language="ar")
    yield VOID.triples, ox.Literal(triples)
    yield DCTERMS.modified, ox.Literal(now(), datatype=XSD.dateTime)
    yield SD.name, data_graph(slug)
    for file in files:
        yield DCTERMS.source, ox.Literal(f"{file.name}, SHA-256 {file_sha256(file)}")
