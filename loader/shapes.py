"""Validates the draft against the SHACL shapes and says each result as a sentence with its place."""

from collections.abc import Iterator

from pyshacl import validate
from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.term import Node

from loader.draft import Draft
from loader.problems import Problem
from loader.release.namespaces import BASE


class _DataGraph(Graph):
    """The draft in Oxigraph, so that SPARQL constraints are fast; it is only read, so its length is known.

    pyshacl asks for the length of the graph at every result, and a store would count its triples each time.
    """

    def __init__(self, draft: Draft) -> None:
        super().__init__(store="Oxigraph")
        triples = set(draft.all())
        self.addN((*triple, self) for triple in triples)
        self._length = len(triples)

    def __len__(self) -> int:
        return self._length


def shape_problems(draft: Draft) -> Iterator[Problem]:
    """Every violation of every shape, not only the first."""
    shapes = Graph()
    for triple in draft.graphs["ontology"]:
        shapes.add(triple)
    _, report, _ = validate(_DataGraph(draft), shacl_graph=shapes, inplace=True)
    assert isinstance(report, Graph)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        yield _problem(draft, report, result)


def _problem(draft: Draft, report: Graph, result: Node) -> Problem:
    focus = report.value(result, SH.focusNode)
    path = report.value(result, SH.resultPath)
    value = report.value(result, SH.value)
    assert focus is not None
    place = draft.place_of(focus, path, value) if isinstance(path, URIRef) else draft.place_of(focus)
    return Problem(place, f"<{_short(focus)}>: {_message(report, result)}{_offending(value, focus)}")


def _message(report: Graph, result: Node) -> str:
    messages = sorted(report.objects(result, SH.resultMessage), key=str)
    english = [m for m in messages if isinstance(m, Literal) and m.language == "en"]
    return str((english or messages)[0])


def _offending(value: Node | None, focus: Node) -> str:
    return "" if value is None or value == focus else f" Found: {_short(value)}."


def _short(node: Node) -> str:
    return str(node).removeprefix(BASE)
