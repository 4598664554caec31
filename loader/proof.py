"""Proves the saved queries: each is run, and its rows compared with those that a person has looked at."""

import difflib
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from loader.problems import BuildRefused, Location, Problem
from loader.query.saved_query import SavedQuery

EXPECTED = "expected"


@dataclass(frozen=True)
class Deviation:
    """A saved query that gives other rows than expected, or none that can be compared."""

    query: str
    explanation: str


def prove(store: ox.Store, queries: dict[str, SavedQuery], folder: Path) -> list[Deviation]:
    """The saved queries whose result is not, line by line, what stands in `expected/`.

    Raises BuildRefused where one cannot be run.
    """
    differences = []
    for query in queries.values():
        path = expected_file(folder, query)
        actual = result_text(store, query)
        expected = path.read_text(encoding="utf-8") if path.is_file() else ""
        if actual != expected:
            differences.append(Deviation(query.name, _diff(path, expected, actual)))
    return differences


def accept(store: ox.Store, queries: dict[str, SavedQuery], folder: Path) -> None:
    """Writes what the queries give now as what is expected; for a person who has looked at it."""
    (folder / EXPECTED).mkdir(exist_ok=True)
    for query in queries.values():
        expected_file(folder, query).write_text(result_text(store, query), encoding="utf-8")


def expected_file(folder: Path, query: SavedQuery) -> Path:
    suffix = "nt" if query.is_graph else "tsv"
    return folder / EXPECTED / f"{query.name}.{suffix}"


def result_text(store: ox.Store, query: SavedQuery) -> str:
    """The rows with the default parameters: TSV in the order of the query, or sorted N-Triples.

    Raises BuildRefused where the query cannot be run.
    """
    try:
        content = _serialized(store.query(query.bind({})))
    except (SyntaxError, RuntimeError, ValueError) as error:
        problem = Problem(Location(f"queries/{query.name}.rq", 1), f"The query cannot be run: {error}.")
        raise BuildRefused([problem]) from error
    # The order of triples means nothing, that of rows is the query's own and is compared.
    return "".join(sorted(content.splitlines(keepends=True))) if query.is_graph else content


def _serialized(result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> str:
    if isinstance(result, ox.QueryTriples):
        content = result.serialize(format=ox.RdfFormat.N_TRIPLES)
    else:
        content = result.serialize(format=ox.QueryResultsFormat.TSV)
    return (content or b"").decode()


def _diff(path: Path, expected: str, actual: str) -> str:
    name = f"{path.parent.name}/{path.name}"
    lines = difflib.unified_diff(
        expected.splitlines(), actual.splitlines(), name, "this build", lineterm="", n=0
    )
    return "\n".join(lines)
