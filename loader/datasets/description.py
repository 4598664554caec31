"""Says in RDF what was loaded when, from which files and how: the description of a data set."""

from collections.abc import Iterator

import pyoxigraph as ox

from loader.datasets.data_set import DataSet, Manner, description_graph
from loader.datasets.tally import Tally
from loader.problems import BuildRefused, Location, Problem, read_text
from loader.release.digest import file_sha256, lines_sha256
from loader.release.history import now
from loader.release.namespaces import BASE
from loader.terms import DCAT, DCTERMS, OWL, RDF, RDFS, SD, SPDX, UNM, VOID, XSD, Term

Facts = Iterator[tuple[ox.NamedNode | ox.BlankNode, ox.NamedNode, Term]]


def version(data_set: DataSet, manner: Manner) -> str:
    """What tells apart two ways to make a data set: the digest of all files, and of how they are read."""
    paths = [*data_set.files, *filter(None, (data_set.mapping, data_set.description))]
    lines = [f"{path.name} {file_sha256(path)}" for path in paths]
    lines += [f"{url} {file_sha256(path)}" for url, path in sorted(manner.contexts.items())]
    lines += [f"{predicate} {value}" for predicate, value in data_set.facts]
    manner_of = f"base {data_set.base_iri} skip {manner.skip_invalid} keep {data_set.keep_iris}"
    return lines_sha256([*lines, manner_of])


def version_of(store: ox.Store, data_set: DataSet) -> str:
    """The same of a data set that was loaded, or an empty text."""
    graph = description_graph(data_set.slug)
    found = store.quads_for_pattern(data_set.iri, OWL.versionInfo, None, graph)
    return next((quad.object.value for quad in found if isinstance(quad.object, ox.Literal)), "")


def is_flawed(store: ox.Store, data_set: DataSet) -> bool:
    """Whether a data set was loaded with literals that are no value of their datatype."""
    graph = description_graph(data_set.slug)
    found = store.quads_for_pattern(data_set.iri, UNM.invalidLiterals, None, graph)
    return any(quad.object != ox.Literal(0) for quad in found)


def describe(store: ox.Store, data_set: DataSet, version: str, tally: Tally) -> None:
    """Puts the description into its graph. Raises BuildRefused where the file for it holds mistakes."""
    graph = description_graph(data_set.slug)
    given = [*_given(data_set), *((data_set.iri, predicate, value) for predicate, value in data_set.facts)]
    store.remove_graph(graph)
    facts = [*given, *_titles(data_set, {predicate for _, predicate, _ in given})]
    facts += [*_facts(data_set, version, tally), *_files(data_set)]
    store.extend(ox.Quad(s, p, o, graph) for s, p, o in facts)


def _given(data_set: DataSet) -> Facts:
    """What somebody wrote of the data set: title, publisher, licence, where it comes from."""
    path = data_set.description
    if path is None:
        return
    text, name = read_text(path, str(path)), str(path)
    try:
        quads = list(
            ox.parse(text, ox.RdfFormat.TURTLE, base_iri=data_set.iri.value, rename_blank_nodes=True)
        )
    except SyntaxError as error:
        problem = Problem(Location(name, error.lineno or 1), f"This is not Turtle: {error.msg}.")
        raise BuildRefused([problem]) from error
    for quad in quads:
        s, o = quad.subject, quad.object
        assert not isinstance(s, ox.Triple)
        if isinstance(o, ox.Triple) or _is_about_another(s, data_set):
            sentence = f"{s} is not {data_set.iri}: a description says what the data set is, as <>."
            raise BuildRefused([Problem(Location(name, 1), sentence)])
        yield s, quad.predicate, o


def _is_about_another(subject: ox.NamedNode | ox.BlankNode, data_set: DataSet) -> bool:
    if isinstance(subject, ox.BlankNode) or not subject.value.startswith(BASE):
        return False
    return subject != data_set.iri and not subject.value.startswith(f"{data_set.iri.value}#")


def _titles(data_set: DataSet, given: set[ox.NamedNode]) -> Facts:
    """A title in both languages where nobody gave one."""
    if DCTERMS.title not in given:
        for text, language in (
            (f"Data set {data_set.slug}", "en"),
            (f"مجموعة البيانات {data_set.slug}", "ar"),
        ):
            yield data_set.iri, DCTERMS.title, ox.Literal(text, language=language)
            if RDFS.label not in given:
                yield data_set.iri, RDFS.label, ox.Literal(text, language=language)


def _facts(data_set: DataSet, version: str, tally: Tally) -> Facts:
    iri = data_set.iri
    yield iri, RDF.type, VOID.Dataset
    yield iri, RDF.type, DCAT.Dataset
    yield iri, VOID.triples, ox.Literal(tally.triples)
    yield iri, DCTERMS.modified, ox.Literal(now(), datatype=XSD.dateTime)
    yield iri, OWL.versionInfo, ox.Literal(version)
    yield iri, SD.name, data_set.graph
    yield iri, UNM.invalidLiterals, ox.Literal(tally.invalid_literals)
    yield iri, UNM.leftOut, ox.Literal(tally.left_out + tally.unreadable.count)
    if data_set.mapping:
        yield iri, UNM.mapping, ox.Literal(data_set.mapping.stem)
        yield iri, UNM.pieces, ox.Literal(tally.pieces)
        yield iri, UNM.emptyPieces, ox.Literal(tally.empty_pieces)


def _files(data_set: DataSet) -> Facts:
    """Each file with its size and SHA-256."""
    for number, path in enumerate(data_set.files, 1):
        file, checksum = (
            ox.NamedNode(f"{data_set.iri.value}#{kind}-{number}") for kind in ("file", "sha256")
        )
        yield data_set.iri, DCAT.distribution, file
        yield file, RDF.type, DCAT.Distribution
        yield file, DCTERMS.title, ox.Literal(path.name)
        yield file, DCAT.byteSize, ox.Literal(str(path.stat().st_size), datatype=XSD.nonNegativeInteger)
        yield file, SPDX.checksum, checksum
        yield checksum, RDF.type, SPDX.Checksum
        yield checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256
        yield checksum, SPDX.checksumValue, ox.Literal(file_sha256(path), datatype=XSD.hexBinary)
