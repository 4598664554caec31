"""Which rows of a result a reader of the editor looks at: a page of all, or of those chosen and sorted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, takewhile

from server.asking.paging import Page, wanted_page
from server.asking.selection import select, wanted_selection
from server.editor.kept_rows import KeptRows, Window
from server.http.parameters import Parameters
from server.tables.ordering import EVERYTHING, Selection
from server.tables.reading import Line, Reading
from server.tables.table import Table

# What one page shows, and among how many rows words are looked for and an order is made.
MOST_ROWS, MOST_BYTES = 500, 1 << 19
MOST_SOUGHT, MOST_BYTES_SOUGHT = 10_000, 1 << 22


@dataclass(frozen=True)
class WantedRows:
    """A page, and what its rows have to have."""

    page: Page
    selection: Selection

    @property
    def window(self) -> Window:
        """What has to be kept of an answer: the page, or enough to choose from."""
        if self.selection == EVERYTHING:
            return Window(start=self.page.offset, rows=self.page.size, bytes=MOST_BYTES)
        return Window(start=0, rows=MOST_SOUGHT, bytes=MOST_BYTES_SOUGHT)


def wanted(parameters: Parameters) -> WantedRows:
    """What a request says. Raises Refused."""
    page = wanted_page(parameters, MOST_ROWS) or Page(1, MOST_ROWS)
    size = min(page.size, MOST_ROWS)
    return WantedRows(replace(page, size=size), wanted_selection(parameters))


@dataclass(frozen=True, kw_only=True)
class ShownRows:
    """The rows of one page, as terms, as they are read and as they were written.

    They stand after `offset` of `matched` ones, which were found among the first `sought` of `total`.
    """

    table: Table
    reading: Reading
    text: str
    offset: int
    matched: int
    sought: int
    total: int
    selection: Selection

    @property
    def number(self) -> int:
        return len(self.table.rows)

    @property
    def is_chosen(self) -> bool:
        """Whether they were chosen or sorted."""
        return self.selection != EVERYTHING

    @property
    def after(self) -> int:
        """How many rows the next page leaves out; a row that is too long for any page is passed over."""
        return self.offset + max(1, self.number)

    @property
    def last(self) -> int:
        """The same of the last page."""
        return max(0, self.matched - 1) // MOST_ROWS * MOST_ROWS

    @property
    def before(self) -> int:
        """The same of the page before."""
        return max(0, self.offset - MOST_ROWS)


def shown_rows(kept: KeptRows, reading: Reading, rows: WantedRows, language: str) -> ShownRows:
    """The page of what was kept. Raises Refused where a column is named that is not there."""
    lines: Sequence[Line] = select(kept.table, reading, rows.selection, language)
    matched, is_chosen = len(lines), rows.selection != EVERYTHING
    written = dict(zip(map(id, reading.lines), kept.lines, strict=True))
    if is_chosen:
        lines = _fitting(rows.page.of(lines), written)
    texts = [*([kept.head] if kept.head else []), *(written[id(line)] for line in lines)]
    return ShownRows(
        table=Table(kept.table.columns, tuple(line.row for line in lines)),
        reading=Reading(reading.columns, tuple(lines)),
        text="\n".join(texts),
        offset=rows.page.offset,
        matched=matched if is_chosen else kept.total,
        sought=len(kept.lines) if is_chosen else kept.total,
        total=kept.total,
        selection=rows.selection,
    )


def _fitting(lines: Sequence[Line], written: dict[int, str]) -> list[Line]:
    """As many as one page has room for."""
    sizes = accumulate(len(written[id(line)].encode()) for line in lines)
    return [line for line, _ in zip(lines, takewhile(MOST_BYTES.__ge__, sizes), strict=False)]
