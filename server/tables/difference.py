"""Which rows two results do not share."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from server.tables.table import Cell, Table

Row = tuple[Cell | None, ...]


@dataclass(frozen=True)
class RowDifference:
    """The rows that only the newer or only the older result has, each in the order of its result."""

    added: Table
    removed: Table

    def __bool__(self) -> bool:
        return bool(self.added.rows or self.removed.rows)


def difference(before: Table, after: Table) -> RowDifference:
    """What came and what went; a row that stands twice counts twice."""
    return RowDifference(_missing(after, before), _missing(before, after))


def _missing(table: Table, other: Table) -> Table:
    """The rows of a table that the other has not."""
    left = Counter(map(_compared, other.rows))
    rows = []
    for row in table.rows:
        key = _compared(row)
        if left[key]:
            left[key] -= 1
        else:
            rows.append(row)
    return Table(table.columns, tuple(rows))


def _compared(row: Iterable[Cell | None]) -> Row:
    """A row without the names of blank nodes, which mean nothing from one result to the next."""
    return tuple(Cell("bnode", "") if cell is not None and cell.kind == "bnode" else cell for cell in row)
