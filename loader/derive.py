"""Runs the rules of the ontology until they say nothing new."""

from pathlib import Path

import pyoxigraph as ox

from loader.draft import Draft
from loader.problems import BuildRefused, Location, Problem, not_sparql, read_text
from loader.terms import LocatedTriple

# Each round can use what the one before derived; ours say nothing new in the third. A rule that makes a node
# of each node that it finds would never end.
MOST_ROUNDS = 20


def derive(draft: Draft, rules: list[Path], root: Path) -> None:
    """Fills the graph `inferred` with what the rules (SPARQL CONSTRUCT) add to all other graphs.

    Raises BuildRefused where a rule is no SPARQL or the rules never come to an end.
    """
    texts = {path.relative_to(root).as_posix(): path for path in rules}
    queries = {name: read_text(path, name) for name, path in texts.items()}
    for _ in range(MOST_ROUNDS):
        size = len(draft.store)
        for name, query in queries.items():
            _apply(draft, name, query)
        if len(draft.store) == size:
            return
    problem = Problem(
        Location("ontology/rules", 1), f"The rules still add triples after {MOST_ROUNDS} rounds."
    )
    raise BuildRefused([problem])


def _apply(draft: Draft, name: str, rule: str) -> None:
    """Adds what one rule says that no graph says yet."""
    try:
        result = draft.store.query(rule)
    except SyntaxError as error:
        raise BuildRefused([not_sparql(name, "rule", rule, error)]) from error
    if not isinstance(result, ox.QueryTriples):
        raise BuildRefused([Problem(Location(name, 1), "A rule is a CONSTRUCT query.")])
    # All results are taken before any is added: a rule must not see what it is just saying.
    new = [triple for triple in result if ox.Quad(*triple) not in draft.store]
    draft.add("inferred", [_located(draft, triple) for triple in new])


def _located(draft: Draft, triple: ox.Triple) -> LocatedTriple:
    """A derived triple stands where its subject is described, for that is where one would mend it."""
    subject, predicate, object_ = triple
    return LocatedTriple((subject, predicate, object_), draft.place_of(subject))
