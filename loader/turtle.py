"""Reads Turtle so that every triple knows the file and line it came from."""

import io
import logging
import re
from bisect import bisect_left
from collections.abc import MutableSequence
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph
from rdflib.plugins.parsers.notation3 import BadSyntax, Formula, RDFSink, SinkParser
from rdflib.term import Node

from loader.conversion import to_ox_triple
from loader.inputs import GRAPH_FOLDERS, Inputs
from loader.problems import BuildRefused, Location, Problem, read_text
from loader.release.namespaces import BASE
from loader.terms import LocatedTriple

# rdflib logs a traceback for each literal that is not of its datatype; input_checks.py says it in words.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)


class _LineParser(SinkParser):
    """Knows on which line each object begins; rdflib's own count runs ahead wherever it looks ahead."""

    def __init__(self, sink: RDFSink, text: str) -> None:
        super().__init__(sink, baseURI=BASE, turtle=True)
        self.line = 1
        self._line_ends = [match.start() for match in re.finditer("\n", text)]
        self._objects: dict[int, tuple[object, int]] = {}  # by identity; kept, so that none is used twice

    def object(self, argstr: str, i: int, res: MutableSequence[object]) -> int:
        # `self.line` is where a mistake is said to be: it goes on while this object's own parts are read.
        self.line = line = bisect_left(self._line_ends, self.skipSpace(argstr, i)) + 1
        end = super().object(argstr, i, res)
        if end >= 0:
            self._objects[id(res[-1])] = (res[-1], line)
        return end

    def line_of(self, object_: Node) -> int:
        """Where an object begins; inside a list, where the list does."""
        return self._objects.get(id(object_), (object_, self.line))[1]


class _LineSink(RDFSink):
    """Keeps, beside each triple, the line on which its object begins."""

    def __init__(self, name: str) -> None:
        super().__init__(Graph())
        self.name = name
        self.parser: _LineParser | None = None
        self.located: list[LocatedTriple] = []

    def makeStatement(
        self, quadruple: tuple[Formula | Graph | None, Node, Node, Node], why: object = None
    ) -> None:
        formula, predicate, subject, object_ = quadruple
        assert self.parser is not None
        # rdflib's own annotation of `normalise` forgets that Turtle has a graph here.
        s, p, o = (self.normalise(formula, term) for term in (subject, predicate, object_))  # type: ignore[arg-type]
        place = Location(self.name, self.parser.line_of(object_))
        self.located.append(LocatedTriple(to_ox_triple((s, p, o)), place))


def read_graphs(inputs: Inputs) -> dict[str, list[LocatedTriple]]:
    """The triples of every input file, by the name of their graph.

    Raises BuildRefused with the mistakes of all files at once.
    """
    problems: list[Problem] = []
    graphs: dict[str, list[LocatedTriple]] = {graph: [] for graph in GRAPH_FOLDERS}
    for graph, located in graphs.items():
        for path in inputs.graph_files(graph):
            try:
                located += read_turtle(path, inputs.name(path))
            except BuildRefused as refusal:
                problems += refusal.problems
    if not graphs["missions"] and not problems:
        sentence = "There is no mission: write at least one Turtle file in data/missions/."
        problems.append(Problem(Location("data/missions", 1), sentence))
    if problems:
        raise BuildRefused(problems)
    return graphs


def read_turtle(path: Path, name: str) -> list[LocatedTriple]:
    """The triples of a Turtle file, in its order; `name` is what messages call the file.

    Raises BuildRefused where the file is not UTF-8 or not Turtle.
    """
    text = read_text(path, name)
    _check_syntax(text, name)
    sink = _LineSink(name)
    sink.parser = _LineParser(sink, text)
    try:
        sink.parser.loadStream(io.StringIO(text))
    except BadSyntax as error:
        problem = Problem(Location(name, sink.parser.line), "This is newer than Turtle 1.1, or not Turtle.")
        raise BuildRefused([problem]) from error
    return sink.located


def _check_syntax(text: str, name: str) -> None:
    """Asks the stricter of our two parsers first: what it refuses must not be read leniently."""
    try:
        for _ in ox.parse(text, ox.RdfFormat.TURTLE, base_iri=BASE):
            pass
    except SyntaxError as error:
        reason = re.sub(r"^Parser error at [^:]*: ", "", error.msg)
        problem = Problem(Location(name, error.lineno or 1), f"This is not Turtle: {reason}.")
        raise BuildRefused([problem]) from error
