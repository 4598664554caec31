"""What an update may touch, told before it is applied, so that what it changed can be told after it."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

import pyoxigraph as ox

from loader.query.tokens import tokens
from loader.release.difference import MOST_QUADS, TOO_MANY, Graph, listed
from server.engine.evaluation.operations import Operation, operations
from server.engine.scan import VOLATILE

# Evaluated twice, these need not give the same: the order of rows is the engine's own affair.
UNCERTAIN = {*VOLATILE, "LOAD", "LIMIT", "OFFSET", "SAMPLE", "GROUP_CONCAT"}
DEFAULT = ox.DefaultGraph()
# Makes a copy of the store as it is, to be thrown away.
Copied = Callable[[], AbstractContextManager[ox.Store]]


class Unsure(Exception):
    """It cannot be told exactly what an update touches; the message says why."""


@dataclass
class Touched:
    """Triples, in whatever graph, and whole graphs."""

    triples: set[ox.Triple] = field(default_factory=set)
    graphs: set[Graph] = field(default_factory=set)

    def quads(self, store: ox.Store) -> set[ox.Quad]:
        """Those that a store holds. Raises Unsure where they are too many to be compared."""
        found = listed(store, *self.graphs)
        for triple in self.triples:
            found.update(store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None))
        if len(found) > MOST_QUADS:
            raise Unsure(TOO_MANY)
        return found


def touched_by(text: str, base: str, store: ox.Store, copied: Copied) -> Touched:
    """What an update may touch. Raises Unsure."""
    for token in tokens(text):
        if token.kind == "word" and token.text.upper() in UNCERTAIN:
            raise Unsure(f"{token.text.upper()} may give something else each time")
    todo, touched = operations(text), Touched()
    try:
        if any(_has_pattern(operation) for operation in todo[1:]):
            with copied() as copy:
                for operation in todo:
                    _look(operation, base, copy, touched)
                    copy.update(operation.alone, base_iri=base or None)
        else:
            for operation in todo:
                _look(operation, base, store, touched)
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        raise Unsure(f"it cannot be read apart: {error}") from None
    return touched


def data_alone(text: str, base: str) -> list[ox.Quad] | None:
    """The quads of an update that does nothing but insert data, with blank nodes of their own; else None."""
    todo = operations(text)
    if len(todo) != 1 or todo[0].kind != "INSERT DATA":
        return None
    data = ox.Store()
    data.update(text, base_iri=base or None)
    return list(data)


def _has_pattern(operation: Operation) -> bool:
    return operation.kind in ("WITH", "INSERT", "DELETE")


def _look(operation: Operation, base: str, store: ox.Store, touched: Touched) -> None:
    if _has_pattern(operation):
        _look_at_pattern(operation, base, store, touched)
    elif operation.kind in ("INSERT DATA", "DELETE DATA"):
        _look_at_data(operation, base, touched)
    elif operation.kind != "CREATE":
        touched.graphs.update(_graphs(operation, base, store))


def _look_at_pattern(operation: Operation, base: str, store: ox.Store, touched: Touched) -> None:
    if operation.makes_blank_nodes(operation.block_after("INSERT")):
        raise Unsure("each solution makes blank nodes of its own")
    graph = _named(operation, base, [operation.with_graph()])
    query = operation.matching()
    triples = store.query(query, base_iri=base or None, default_graph=graph or None)
    assert isinstance(triples, ox.QueryTriples)
    _take(triples, touched)


def _look_at_data(operation: Operation, base: str, touched: Touched) -> None:
    """By inserting it where nothing is; data to be deleted have no blank nodes."""
    block = operation.block_after("DATA")
    if operation.makes_blank_nodes(block):
        raise Unsure("data with blank nodes stand beside other operations")
    data = ox.Store()
    data.update(f"{operation.prologue} INSERT {operation.data()}", base_iri=base or None)
    _take((quad.triple for quad in data), touched)


def _take(triples: Iterable[ox.Triple], touched: Touched) -> None:
    for triple in triples:
        touched.triples.add(triple)
        if len(touched.triples) > MOST_QUADS:
            raise Unsure(TOO_MANY)


def _graphs(operation: Operation, base: str, store: ox.Store) -> set[Graph]:
    """The graphs that CLEAR, DROP, COPY, MOVE or ADD may change."""
    words = operation.graphs()
    named: set[Graph] = set(_named(operation, base, words))
    if {"ALL", "NAMED"} & {word.upper() for word in words}:
        named |= set(store.named_graphs())
    if {"ALL", "DEFAULT"} & {word.upper() for word in words}:
        named.add(DEFAULT)
    return named


def _named(operation: Operation, base: str, names: Iterable[str]) -> list[Graph]:
    """What IRIs and prefixed names are in full: the engine itself reads them."""
    written = " ".join(name for name in names if ":" in name or name.startswith("<"))
    query = f"{operation.prologue} SELECT ?graph {{ VALUES ?graph {{ {written} }} }}"
    solutions = ox.Store().query(query, base_iri=base or None)
    assert isinstance(solutions, ox.QuerySolutions)
    return [row["graph"] for row in solutions if isinstance(row["graph"], ox.NamedNode)]
