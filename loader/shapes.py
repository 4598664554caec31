"""Validates the draft against the SHACL shapes and says each result as a sentence with its place."""

from collections.abc import Iterator

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from pyshacl import validate
from rdflib import RDF, SH, Graph, Literal
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.term import Node

from loader.conversion import from_ox_triple, to_ox
from loader.draft import NOWHERE, Draft
from loader.problems import Location, Problem
from loader.release.namespaces import BASE


class _DataGraph(Graph):
    """The merge of the draft as rdflib sees it; it is only read, so its length is known.

    pyshacl asks for the length of the graph at every result, and a store would count its triples each time.
    """

    def __init__(self, draft: Draft) -> None:
        super().__init__(OxigraphStore(store=draft.store), DATASET_DEFAULT_GRAPH_ID)
        self._length = len(set(draft.all()))

    def __len__(self) -> int:
        return self._length


def shape_problems(draft: Draft) -> Iterator[Problem]:
    """Every violation of every shape, not only the first."""
    shapes = Graph()
    for triple in draft.graphs["ontology"]:
        shapes.add(from_ox_triple(triple))
    # In place, since a copy of the data would be one in the memory of Python, and nothing is written to it.
    _, report, _ = validate(_DataGraph(draft), shacl_graph=shapes, inplace=True)
    assert isinstance(report, Graph)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        yield _problem(draft, report, result)


def _problem(draft: Draft, report: Graph, result: Node) -> Problem:
    focus = report.value(result, SH.focusNode)
    value = report.value(result, SH.value)
    assert focus is not None
    place = _place(draft, focus, report.value(result, SH.resultPath), value)
    return Problem(place, f"<{_short(focus)}>: {_message(report, result)}{_offending(value, focus)}")


def _place(draft: Draft, focus: Node, path: Node | None, value: Node | None) -> Location:
    """Where the value stands; a path of several properties, a blank node, says only which thing is meant."""
    subject = to_ox(focus)
    property_ = to_ox(path) if path is not None else None
    if isinstance(subject, ox.Literal):
        return NOWHERE
    if not isinstance(property_, ox.NamedNode):
        return draft.place_of(subject)
    return draft.place_of(subject, property_, None if value is None else to_ox(value))


def _message(report: Graph, result: Node) -> str:
    messages = sorted(report.objects(result, SH.resultMessage), key=str)
    english = [m for m in messages if isinstance(m, Literal) and m.language == "en"]
    return str((english or messages)[0])


def _offending(value: Node | None, focus: Node) -> str:
    return "" if value is None or value == focus else f" Found: {_short(value)}."


def _short(node: Node) -> str:
    return str(node).removeprefix(BASE)
