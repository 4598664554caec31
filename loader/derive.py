"""Runs the rules of the ontology until they say nothing new."""

from pathlib import Path

import pyoxigraph as ox

from loader.conversion import from_ox_triple, to_ox_quads
from loader.draft import NOWHERE, Draft
from loader.problems import BuildRefused, Location, Problem, not_sparql, read_text
from loader.turtle import LocatedTriple

MOST_ROUNDS = 20


def derive(draft: Draft, rules: list[Path], root: Path) -> None:
    """Fills the graph `inferred` with what the rules (SPARQL CONSTRUCT) add to all other graphs.

    Raises BuildRefused where a rule is no SPARQL or the rules never come to an end.
    """
    store = ox.Store()
    store.extend(to_ox_quads(draft.all(), ox.DefaultGraph()))
    texts = {path.relative_to(root).as_posix(): path for path in rules}
    queries = {name: read_text(path, name) for name, path in texts.items()}
    for _ in range(MOST_ROUNDS):
        size = len(store)
        for name, query in queries.items():
            _apply(draft, store, name, query)
        if len(store) == size:
            return
    problem = Problem(
        Location("ontology/rules", 1), f"The rules still add triples after {MOST_ROUNDS} rounds."
    )
    raise BuildRefused([problem])


def _apply(draft: Draft, store: ox.Store, name: str, query: str) -> None:
    try:
        result = store.query(query)
    except SyntaxError as error:
        raise BuildRefused([not_sparql(name, "rule", error)]) from error
    if not isinstance(result, ox.QueryTriples):
        raise BuildRefused([Problem(Location(name, 1), "A rule is a CONSTRUCT query.")])
    new = [
        triple for triple in result if ox.Quad(triple.subject, triple.predicate, triple.object) not in store
    ]
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in new)
    draft.add("inferred", [_located(draft, triple) for triple in new])


def _located(draft: Draft, triple: ox.Triple) -> LocatedTriple:
    """A derived triple stands where its subject is described, for that is where one would mend it."""
    converted = from_ox_triple(triple)
    place = draft.place_of(converted[0]) if draft.knows(converted[0]) else NOWHERE
    return LocatedTriple(converted, place)
