"""Loads data sets from elsewhere, each into a named graph of its own, all or nothing."""

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from loader.problems import BuildRefused, Location, Problem
from loader.progress import Progress
from loader.release.digest import file_sha256
from loader.release.namespaces import BASE, DCTERMS, RDF, RDFS, SD, VOID, XSD, graph_iri
from loader.release.releases import Release, Releases
from loader.release.successor import Successor, now, succeed
from loader.watched import WatchedFile

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
    graph = ox.NamedNode(graph_iri(f"dataset/{slug}"))
    with releases.locked(), succeed(releases) as successor:
        successor.store.remove_graph(graph)
        for file in files:
            progress(f"reading {file.name}")
            _load_file(successor.store, file, graph, progress)
        progress("publishing")
        triples = sum(1 for _ in successor.store.quads_for_pattern(None, None, None, graph))
        invalid = _invalid_literals(successor.store, graph)
        _describe(successor, slug, files, triples)
        successor.store.optimize()
        return Loaded(successor.publish(f"load {slug}", view=True), triples, invalid)


def unload(slug: str, store: Path) -> Release:
    """Removes a data set and its description. Raises NoSuchDataset."""
    releases = Releases(store)
    graph = ox.NamedNode(graph_iri(f"dataset/{slug}"))
    with releases.locked(), succeed(releases) as successor:
        if not successor.store.contains_named_graph(graph):
            raise NoSuchDataset(f"There is no data set {slug!r} in {store}.")
        successor.store.remove_graph(graph)
        successor.store.remove_graph(description_graph(slug))
        return successor.publish(f"unload {slug}", view=True)


def _load_file(store: ox.Store, file: Path, graph: ox.NamedNode, progress: Progress) -> None:
    format_ = _format(file)
    base = file.resolve().as_uri()
    try:
        with WatchedFile(file, progress) as content:
            if format_.supports_datasets:
                quads = ox.parse(content, format=format_, base_iri=base)
                store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object, graph) for q in quads)
            else:
                store.bulk_load(content, format_, base_iri=base, to_graph=graph)
    except SyntaxError as error:
        raise _refused(file, f"{error.msg}.", error.lineno or 1) from error
    except OSError as error:
        raise _refused(file, f"The file cannot be read: {error.strerror or error}.") from error


def _format(file: Path) -> ox.RdfFormat:
    """The format that the ending names; RDF/XML with entities, which can grow without bound, is refused."""
    format_ = ox.RdfFormat.from_extension(file.suffix.removeprefix("."))
    if format_ is None:
        raise _refused(
            file, f"{file.suffix!r} names no RDF format; .ttl, .nt, .rdf, .jsonld, .trig and .nq do."
        )
    if format_ == ox.RdfFormat.RDF_XML and b"<!DOCTYPE" in file.read_bytes().upper():
        raise _refused(file, "RDF/XML with a DOCTYPE is not read.")
    return format_


def _refused(file: Path, sentence: str, line: int = 1) -> BuildRefused:
    return BuildRefused([Problem(Location(str(file), line), sentence)])


def _invalid_literals(store: ox.Store, graph: ox.NamedNode) -> int:
    """How many literals are no value of their datatype: RDF allows them, but comparisons pass them by."""
    solutions = store.query(INVALID_LITERALS, default_graph=graph)
    assert isinstance(solutions, ox.QuerySolutions)
    return int(next(iter(solutions))["count"].value)


def _describe(successor: Successor, slug: str, files: list[Path], triples: int) -> None:
    """Says in RDF, in a graph beside the data, what was loaded when, from which files."""
    dataset, graph = ox.NamedNode(f"{BASE}dataset/{slug}"), description_graph(slug)
    facts: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (RDF + "type", ox.NamedNode(VOID + "Dataset")),
        (RDFS + "label", ox.Literal(f"Data set {slug}", language="en")),
        (RDFS + "label", ox.Literal(f"مجموعة البيانات {slug}", language="ar")),
        (VOID + "triples", ox.Literal(triples)),
        (DCTERMS + "modified", ox.Literal(now(), datatype=ox.NamedNode(XSD + "dateTime"))),
        (SD + "name", ox.NamedNode(graph_iri(f"dataset/{slug}"))),
    ]
    for file in files:
        facts.append((DCTERMS + "source", ox.Literal(f"{file.name}, SHA-256 {file_sha256(file)}")))
    successor.store.remove_graph(graph)
    successor.store.extend(ox.Quad(dataset, ox.NamedNode(p), o, graph) for p, o in facts)


def description_graph(slug: str) -> ox.NamedNode:
    return ox.NamedNode(graph_iri(f"dataset/{slug}/void"))
