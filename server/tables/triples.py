"""The triples of a CONSTRUCT or DESCRIBE query as a table, for what shows or compares rows."""

import pyoxigraph as ox

from server.tables.table import Cell, Table

COLUMNS = ("subject", "predicate", "object")


def triples_table(content: bytes) -> Table:
    """A row for each triple of N-Triples, in the order of their text."""
    lines = b"\n".join(sorted(content.splitlines()))
    triples = ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)
    return Table(COLUMNS, tuple((_cell(t.subject), _cell(t.predicate), _cell(t.object)) for t in triples))


def _cell(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Cell:
    if isinstance(term, ox.NamedNode):
        return Cell("uri", term.value)
    if isinstance(term, ox.BlankNode):
        return Cell("bnode", term.value)
    if isinstance(term, ox.Literal):
        return Cell(
            "literal", term.value, term.language or "", "" if _is_plain(term) else term.datatype.value
        )
    return Cell("literal", str(term))


def _is_plain(literal: ox.Literal) -> bool:
    return bool(literal.language) or literal.datatype.value.endswith("#string")
