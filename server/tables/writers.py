"""Writes tables that we changed as SPARQL 1.1 results; unchanged ones come from the engine as they are."""

import io
import json
from collections.abc import Mapping
from typing import IO, cast

import pyoxigraph as ox

from server.engine.evaluation.xml import XmlOutput
from server.engine.interface import Term
from server.tables.table import Cell, Table, cell_of


def as_json(table: Table, members: Mapping[str, object] | None = None, is_truth: bool = False) -> bytes:
    """SPARQL 1.1 results in JSON, with further `members` beside `head` and `results`.

    What `is_truth` is the one cell of an ASK query.
    """
    rows = [{name: _term(cell) for name, cell in row.items()} for row in table.dictionaries()]
    whole: dict[str, object] = {"head": {"vars": table.columns}, "results": {"bindings": rows}}
    if is_truth:
        whole = {"head": {}, "boolean": table.is_true}
    return json.dumps({**whole, **(members or {})}, ensure_ascii=False, separators=(",", ":")).encode()


def _term(cell: Cell) -> dict[str, object]:
    if cell.kind == "triple":
        (quad,) = ox.parse(f"<urn:s> <urn:p> {cell.value} .", format=ox.RdfFormat.N_TRIPLES)
        return _triple(quad.object)
    term: dict[str, object] = {"type": cell.kind, "value": cell.value}
    if cell.language:
        term["xml:lang"] = cell.language
    if cell.datatype:
        term["datatype"] = cell.datatype
    if cell.direction:
        term["its:dir"] = cell.direction
    return term


def _triple(term: ox.Triple | Term) -> dict[str, object]:
    """The JSON of a triple, with that of its terms in it."""
    if not isinstance(term, ox.Triple):
        return _term(cell_of(term))
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: _triple(part) for name, part in parts.items()}}


def as_tsv(table: Table) -> bytes:
    """SPARQL 1.1 results in TSV: each cell is a term in the notation of SPARQL."""
    return _serialized(table, ox.QueryResultsFormat.TSV)


def as_xml(table: Table) -> bytes:
    """SPARQL 1.1 results in XML."""
    return _serialized(table, ox.QueryResultsFormat.XML)


def _serialized(table: Table, format_: ox.QueryResultsFormat) -> bytes:
    solutions = ox.parse_query_results(as_json(table), format=ox.QueryResultsFormat.JSON)
    output = io.BytesIO()
    solutions.serialize(
        cast(IO[bytes], XmlOutput(output) if format_ == ox.QueryResultsFormat.XML else output), format_
    )
    return output.getvalue()
