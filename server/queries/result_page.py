"""The result of a saved query on its page: read, filtered, sorted, cut into pages, drawn, with evidence."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from loader.query.saved_query import SavedQuery
from server.asking.asker import Asker, asker_of_saved, refuse_wrong
from server.asking.evidence import evidence_of
from server.asking.paging import Page, wanted_page
from server.asking.rows import OF_ROWS, refuse_rows, table_of_query
from server.asking.selection import NAMES, read_with_names, select, wanted_selection
from server.asking.statements import Statement
from server.drawings import draw
from server.drawings.drawing import Drawing
from server.engine.snapshot import Snapshot
from server.explain.explanation import why_empty
from server.http.parameters import Parameters, is_on, time_limit
from server.http.state import state
from server.queries.form_values import GivenValues
from server.tables.marks import marks_of
from server.tables.reading import Column, Line, Reading
from server.tables.table import Table

PAGE_SIZE = 100


@dataclass(frozen=True)
class SupportedLine:
    """A line with what supports it; the first `repeated` cells say the same as those of the line above."""

    line: Line
    evidence: Sequence[Statement]
    repeated: int = 0


@dataclass(frozen=True, kw_only=True)
class QueryResult:
    """`total` rows came, `matched` of them fit what was chosen; `entries` are those of this page.

    `counted` is how many different things the matched ones tell of, where the query says what to count,
    and `counted_of_all` how many all of them do. `columns` are those that the page has a place for: what is
    inferred is marked at the value.
    """

    reading: Reading
    columns: Sequence[Column]
    entries: tuple[SupportedLine, ...]
    total: int
    matched: int
    counted: int
    counted_of_all: int
    milliseconds: int
    page: Page
    sort: str
    drawing: Drawing | None
    has_evidence: bool
    reasons: Mapping[str, object]

    def sort_in(self, language: str) -> str:
        """The order as a program says it: by the column that has the labels of a language."""
        minus, name = self.sort[: self.sort.startswith("-")], self.sort.removeprefix("-")
        labels = {column.name: dict(column.labels) for column in self.reading.columns}
        return f"{minus}{name}_{language}" if language in labels.get(name, {}) else self.sort

    @property
    def pages(self) -> int:
        return self.page.last(self.matched)


def outcome(
    query: SavedQuery, release: Snapshot, given: GivenValues, parameters: Parameters, language: str
) -> QueryResult:
    """Runs a bound query for its page. Raises Refused."""
    refuse_wrong(query, release)
    limit = time_limit(parameters, state().settings.timeout)
    asker = asker_of_saved(release, limit)
    began = time.perf_counter()
    table = table_of_query(asker, query, given.text)
    milliseconds = round(1000 * (time.perf_counter() - began))
    reading = read_with_names(table, language, query.name, release)
    if query.form != "SELECT":
        refuse_rows(parameters, query.form, NAMES if query.is_graph else OF_ROWS)
    selection = wanted_selection(parameters)
    lines = select(table, reading, selection, language)
    page = wanted_page(parameters, query.pagination or PAGE_SIZE) or Page(1, PAGE_SIZE)
    has_evidence = is_on(parameters, "evidence")
    marks = marks_of(reading)
    shown = [marks.line(line) for line in page.of(lines)]
    entries = _supported(shown, table.columns, asker) if has_evidence else _grouped(shown)
    drawing = draw(query.view, reading, lines, language)
    reasons = {} if table.rows else why_empty(asker, given.text, release, query.sought(given.values))
    return QueryResult(
        reading=reading,
        columns=marks.columns(reading),
        entries=entries,
        total=len(table.rows),
        matched=len(lines),
        counted=counted(query, table, lines),
        counted_of_all=counted(query, table, reading.lines),
        milliseconds=milliseconds,
        page=page,
        sort=selection.sort,
        drawing=drawing,
        has_evidence=has_evidence,
        reasons=reasons,
    )


def _supported(lines: Sequence[Line], columns: tuple[str, ...], asker: Asker) -> tuple[SupportedLine, ...]:
    """The lines with what supports them. Raises Refused."""
    rows = Table(columns, tuple(line.row for line in lines))
    return tuple(map(SupportedLine, lines, evidence_of(rows, asker.table).rows))


def _grouped(lines: Sequence[Line]) -> tuple[SupportedLine, ...]:
    """The lines with how much of each repeats the one above."""
    return tuple(SupportedLine(line, (), n) for line, n in zip(lines, repeated_cells(lines), strict=True))


def repeated_cells(lines: Sequence[Line]) -> list[int]:
    """For each line how many cells from its beginning say the same as those of the line above."""
    found = [0] * len(lines)
    for number in range(1, len(lines)):
        pairs = zip(lines[number - 1].cells[:-1], lines[number].cells[:-1], strict=True)
        found[number] = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return found


def counted(query: SavedQuery, table: Table, lines: Sequence[Line]) -> int:
    """How many different things the lines tell of, where the query says what to count; else their number."""
    if query.headline.counts not in table.columns:
        return len(lines)
    place = table.columns.index(query.headline.counts)
    return len({line.row[place] for line in lines} - {None})
