"""Reads an answer, the endpoint's or the suite's, and compares the two."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import Literal, RdfFormat, parse

from .cases import Mismatch
from .dataset import Source, read
from .results import CSV, JSON, READERS, TSV, XML, Table
from .resultset import read_result_set
from .rows import Row, isomorphic
from .values import by_value

SUFFIXES = {".srx": XML, ".srj": JSON, ".csv": CSV, ".tsv": TSV}
TURTLE = "text/turtle"


@dataclass(frozen=True)
class Triples:
    """The answer to CONSTRUCT or DESCRIBE."""

    rows: list[Row]


Answer: TypeAlias = Table | Triples | bool


def read_answer(content: bytes, content_type: str) -> Answer:
    """Reads an answer in the format its content type says; Mismatch where it is in none."""
    media_type = content_type.partition(";")[0].strip()
    try:
        if reader := READERS.get(media_type):
            return reader(content)
        if rdf_format := RdfFormat.from_media_type(media_type):
            quads = parse(content, format=rdf_format)
            return Triples([(quad.subject, quad.predicate, quad.object) for quad in quads])
    except (ValueError, SyntaxError, LookupError) as error:
        raise Mismatch(f"the answer is not the {media_type} it says it is: {error}") from error
    raise Mismatch(f"the answer is in none of the formats of SPARQL 1.1: {content_type!r}")


def read_expected(result: Source) -> Answer:
    """Reads a result file of the suite."""
    if media_type := SUFFIXES.get(result.path.suffix):
        return read_answer(result.path.read_bytes(), media_type)
    triples = read(result.path, result.iri)
    answer = read_result_set(triples)
    if answer is not None:
        return answer
    return Triples([(triple.subject, triple.predicate, triple.object) for triple in triples])


def format_to_ask_for(result: Source, expected: Answer) -> str:
    """The format of the expected file, where the protocol has it."""
    return SUFFIXES.get(result.path.suffix, TURTLE if isinstance(expected, Triples) else JSON)


def compare(actual: Answer, expected: Answer) -> None:
    """Raises Mismatch, saying what differs, unless both are the same answer."""
    if isinstance(expected, bool) or isinstance(actual, bool):
        if actual is not expected:
            raise Mismatch(f"expected {_kind(expected)}, got {_kind(actual)}")
    elif isinstance(actual, Table) and isinstance(expected, Table):
        compare_tables(actual, expected)
    elif isinstance(actual, Triples) and isinstance(expected, Triples):
        compare_rows("triples", list(set(actual.rows)), list(set(expected.rows)))
    else:
        raise Mismatch(f"expected {_kind(expected)}, got {_kind(actual)}")


def compare_tables(actual: Table, expected: Table) -> None:
    """Compares the variables, and the rows in order or not as the expected result asks."""
    if actual.variables != expected.variables:
        raise Mismatch(f"expected variables {expected.variables}, got {actual.variables}")
    mine, theirs = [list(map(by_value, each.rows)) for each in (actual, expected)]
    if expected.ordered:
        mine, theirs = _numbered(mine), _numbered(theirs)
    compare_rows("solutions", mine, theirs)


def compare_rows(what: str, actual: Sequence[Row], expected: Sequence[Row]) -> None:
    """Compares rows up to blank nodes; the reason shows those found on one side only."""
    if isomorphic(actual, expected):
        return
    missing = [row for row in expected if row not in actual]
    surplus = [row for row in actual if row not in expected]
    raise Mismatch(
        f"expected {len(expected)} {what}, got {len(actual)};"
        f" missing {_shown(missing)}; not expected {_shown(surplus)}"
    )


def _numbered(rows: Sequence[Row]) -> list[Row]:
    return [(Literal(number), *row) for number, row in enumerate(rows)]


def _shown(rows: Sequence[Row], most: int = 3) -> str:
    lines = [" ".join("-" if cell is None else str(cell) for cell in row) for row in rows[:most]]
    return "; ".join(lines + ["…"] * (len(rows) > most)) or "none"


def _kind(answer: Answer) -> str:
    return str(answer).lower() if isinstance(answer, bool) else type(answer).__name__.lower()
