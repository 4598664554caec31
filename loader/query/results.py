"""Asks a store in this process, for people and checks that may be trusted, and writes results as text."""

from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

RESULT_FORMATS = {
    "csv": ox.QueryResultsFormat.CSV,
    "json": ox.QueryResultsFormat.JSON,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}
GRAPH_FORMATS = {
    "jsonld": ox.RdfFormat.JSON_LD,
    "nq": ox.RdfFormat.N_QUADS,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "ttl": ox.RdfFormat.TURTLE,
}

Format = TypeVar("Format")


class WrongFormat(ValueError):
    """The format asked for does not fit the kind of result."""


def open_store(path: Path) -> ox.Store:
    """A store of a release, to be asked in this process."""
    return ox.Store.read_only(str(path))


def run(store: ox.Store, text: str, format_: str = "") -> bytes:
    """The result of a query, serialized; the default is TSV for tables and Turtle for graphs.

    Raises SyntaxError or WrongFormat.
    """
    result = store.query(text)
    if isinstance(result, ox.QueryTriples):
        content = result.serialize(format=_choose(GRAPH_FORMATS, format_ or "ttl"))
    else:
        content = result.serialize(format=_choose(RESULT_FORMATS, format_ or "tsv"))
    assert content is not None
    return content


def _choose(formats: dict[str, Format], name: str) -> Format:
    if name not in formats:
        raise WrongFormat(f"The format {name!r} does not fit this result; one of {', '.join(formats)} does.")
    return formats[name]
