"""The country of each place, beside the place in a table, so that a map can shade it."""

from pathlib import Path

from server.asking.labels import known_table
from server.engine.snapshot import Snapshot
from server.tables.table import Cell, Table

COUNTRIES = Path(__file__).with_suffix(".rq").read_text(encoding="utf-8")
Row = tuple[Cell | None, ...]


def with_countries(table: Table, release: Snapshot) -> Table:
    """The table with country, labels and number behind its columns; the first one names the place."""
    known = known_table(release, COUNTRIES)
    columns, nothing = known.columns[1:], (None,) * (len(known.columns) - 1)
    countries: dict[str, Row] = {row[0].value: row[1:] for row in known.rows if row[0] is not None}
    rows = ((*row, *countries.get(row[0].value if row[0] else "", nothing)) for row in table.rows)
    return Table((*table.columns, *columns), tuple(rows))
