"""Reads the data files of a test and writes them as one update."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse

from .rows import Row

# Where the suite is published: relative IRIs in its files are relative to this.
BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"


@dataclass(frozen=True)
class Source:
    """A data file and the IRI it is published at."""

    path: Path
    iri: str


@dataclass(frozen=True)
class Dataset:
    """The files of a default graph, and those of named graphs with the graphs' names."""

    default: tuple[Source, ...] = ()
    named: tuple[tuple[str, Source], ...] = ()

    def rows(self) -> list[Row]:
        """Every statement once, as subject, predicate, object and graph."""
        found = {row: None for name, triples in self._graphs() for row in _rows(triples, name)}
        return list(found)

    def as_update(self) -> str:
        """One request that leaves the endpoint with this dataset and nothing else."""
        graphs = list(self._graphs())
        empty = [f"CREATE SILENT GRAPH {name}" for name, triples in graphs if name and not triples]
        blocks = [_block(name, triples) for name, triples in graphs if triples]
        insert = ["INSERT DATA {\n" + "".join(blocks) + "}"] if blocks else []
        return " ;\n".join(["DROP ALL", *empty, *insert])

    def _graphs(self) -> list[tuple[NamedNode | None, list[Quad]]]:
        sources: list[tuple[NamedNode | None, Source]] = [(None, each) for each in self.default]
        sources += [(NamedNode(name), source) for name, source in self.named]
        return [
            (name, [_apart(quad, number) for quad in read(source.path, source.iri)])
            for number, (name, source) in enumerate(sources)
        ]


@cache
def read(path: Path, base: str) -> tuple[Quad, ...]:
    """The triples of an RDF file, every lexical form as it is written there."""
    rdf_format = RdfFormat.from_extension(path.suffix.removeprefix("."))
    return tuple(parse(path=path, format=rdf_format, base_iri=base))


def _apart(quad: Quad, number: int) -> Quad:
    """The same triple, its blank nodes kept apart from those of the other files."""
    subject, obj = (
        BlankNode(f"f{number}x{term.value}") if isinstance(term, BlankNode) else term
        for term in (quad.subject, quad.object)
    )
    assert isinstance(subject, NamedNode | BlankNode)
    return Quad(subject, quad.predicate, obj)


def _rows(triples: list[Quad], name: NamedNode | None) -> list[Row]:
    return [(quad.subject, quad.predicate, quad.object, name) for quad in triples]


def _block(name: NamedNode | None, triples: list[Quad]) -> str:
    lines = "".join(f"{quad.triple} .\n" for quad in triples)
    return f"GRAPH {name} {{\n{lines}}}\n" if name else lines
