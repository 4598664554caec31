"""Reads results that are written as RDF in the result-set vocabulary."""

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Quad

from .facts import RDF, Term, text_of
from .results import Answer, table
from .rows import Cell

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"


def read_result_set(triples: Iterable[Quad]) -> Answer | None:
    """The boolean or the solutions; None where the graph is no result set."""
    facts: defaultdict[tuple[Term, str], list[Term]] = defaultdict(list)
    heads: list[Term] = []
    for triple in triples:
        facts[triple.subject, triple.predicate.value].append(triple.object)
        if triple.predicate.value == RDF + "type" and text_of(triple.object) == RS + "ResultSet":
            heads.append(triple.subject)
    return _answer(facts, heads[0]) if heads else None


def _answer(facts: dict[tuple[Term, str], list[Term]], head: Term) -> Answer:
    if boolean := facts.get((head, RS + "boolean")):
        return text_of(boolean[0]) == "true"
    variables = [text_of(name) for name in facts.get((head, RS + "resultVariable"), [])]
    nodes = facts.get((head, RS + "solution"), [])
    numbers = {node: text_of(n[0]) for node in nodes if (n := facts.get((node, RS + "index")))}
    if numbers:
        nodes = sorted(nodes, key=lambda node: int(numbers[node]))
    return table(variables, [_solution(facts, node) for node in nodes], ordered=bool(numbers))


def _solution(facts: dict[tuple[Term, str], list[Term]], node: Term) -> dict[str, Cell]:
    return {
        text_of(facts[binding, RS + "variable"][0]): facts[binding, RS + "value"][0]
        for binding in facts.get((node, RS + "binding"), [])
    }
