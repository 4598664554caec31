"""The triples of a CONSTRUCT or DESCRIBE query as a table, for what shows or compares rows."""

import pyoxigraph as ox

from server.tables.table import Table, cell_of

COLUMNS = ("subject", "predicate", "object")


def triples_table(content: bytes) -> Table:
    """A row for each triple of N-Triples, in the order of their text."""
    lines = b"\n".join(sorted(content.splitlines()))
    triples = ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)
    rows = (tuple(map(cell_of, (one.subject, one.predicate, one.object))) for one in triples)
    return Table(COLUMNS, tuple(rows))
