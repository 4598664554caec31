"""Proves the saved queries: each is run, and its rows compared with those that a person has looked at."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from loader.problems import BuildRefused, Location, Problem
from loader.query.asked_datasets import is_there
from loader.query.saved_query import SavedQuery
from loader.release.namespaces import BASE

EXPECTED = "expected"
MOST_ROWS = 12
_IRI = re.compile(r"<[^>]*>")
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@[\w-]+|\^\^<[^>]*>)?')


@dataclass(frozen=True)
class Deviation:
    """A saved query that gives other rows than expected; the rows that came and went are in plain words."""

    query: SavedQuery
    came: tuple[str, ...]
    went: tuple[str, ...]

    def lines(self, most: int = MOST_ROWS) -> Iterator[str]:
        """The question, and what its answer has gained and lost."""
        yield f"{self.query.name}: {self.query.summary}"
        for sign, rows in (("−", self.went), ("+", self.came)):
            yield from (f"  {sign} {row}" for row in rows[:most])
            if len(rows) > most:
                yield f"  {sign} … and {len(rows) - most} more"
        if not self.came and not self.went:
            yield "  the same rows in another order"


def prove(store: ox.Store, queries: dict[str, SavedQuery], folder: Path) -> list[Deviation]:
    """The saved queries whose result is not, line by line, what stands in `expected/`.

    Raises BuildRefused where one cannot be run.
    """
    differences = []
    for query in _askable(store, queries):
        path = expected_file(folder, query)
        actual = result_text(store, query)
        expected = path.read_text(encoding="utf-8") if path.is_file() else ""
        if actual != expected:
            differences.append(_deviation(query, expected, actual))
    return differences


def accept(store: ox.Store, queries: dict[str, SavedQuery], folder: Path) -> None:
    """Writes what the queries give now as what is expected; for a person who has looked at it."""
    (folder / EXPECTED).mkdir(exist_ok=True)
    for query in _askable(store, queries):
        expected_file(folder, query).write_text(result_text(store, query), encoding="utf-8")


def _askable(store: ox.Store, queries: dict[str, SavedQuery]) -> Iterator[SavedQuery]:
    """Those whose data sets are there, and that call no other endpoint: for its rows nobody here answers."""
    for query in queries.values():
        is_here = "SERVICE" not in query.words
        if is_here and all(bool(store.query(is_there(slug))) for slug in query.datasets):
            yield query


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


def _deviation(query: SavedQuery, expected: str, actual: str) -> Deviation:
    names, *_ = actual.splitlines() or [""]
    columns = [] if query.is_graph else names.split("\t")
    before, after = (Counter(text.splitlines()[0 if query.is_graph else 1 :]) for text in (expected, actual))
    came, went = (
        tuple(dict.fromkeys(_in_words(row, columns) for row in rows))
        for rows in ((after - before).elements(), (before - after).elements())
    )
    return Deviation(query, came, went)


def _in_words(row: str, columns: list[str]) -> str:
    """What a person reads of a row: numbers and English labels, and IRIs where nothing else is left."""
    if not columns:
        return row.removesuffix(" .").replace(f"<{BASE}", "<")
    cells = [cell for cell, name in zip(row.split("\t"), columns, strict=False) if not name.endswith("_ar")]
    shown = [_LITERAL.sub(r"\1", cell) for cell in cells if cell and not _IRI.fullmatch(cell)]
    return " · ".join(shown or [cell.replace(f"<{BASE}", "<") for cell in cells if cell])
