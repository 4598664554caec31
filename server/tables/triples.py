"""The triples of a CONSTRUCT or DESCRIBE query as a table, for what shows or compares rows."""

import pyoxigraph as ox

from server.engine.interface import Term
from server.tables.table import Cell, Table, cell_of

COLUMNS = ("subject", "predicate", "object")


def triples_table(content: bytes) -> Table:
    """A row for each triple of N-Triples, in the order of their text."""
    lines = b"\n".join(sorted(content.splitlines()))
    triples = ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)
    return Table(COLUMNS, tuple((_cell(t.subject), _cell(t.predicate), _cell(t.object)) for t in triples))


def _cell(term: Term) -> Cell:
    return Cell("literal", str(term)) if isinstance(term, ox.Triple) else cell_of(term)
