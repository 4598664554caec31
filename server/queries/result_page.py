"""The result of a saved query on its page: read, filtered, sorted, cut into pages, drawn, with evidence."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from loader.query.saved_query import SavedQuery
from server.asking.asker import Asker, asker_of_saved
from server.asking.evidence import evidence_of
from server.asking.paging import Page, wanted_page
from server.asking.rows import refuse_rows
from server.asking.selection import NAMES, read_with_names, select, wanted_selection
from server.asking.statements import Statement
from server.drawings import draw
from server.drawings.drawing import Drawing
from server.engine.snapshot import Snapshot
from server.explain.explanation import why_empty
from server.formats import N_TRIPLES
from server.http.parameters import Parameters, is_on, time_limit
from server.http.state import state
from server.queries.form_values import GivenValues
from server.tables.reading import Line, Reading
from server.tables.table import Table
from server.tables.triples import triples_table

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

    `counted` is how many different things the matched ones tell of, where the query says what to count.
    """

    reading: Reading
    entries: tuple[SupportedLine, ...]
    total: int
    matched: int
    counted: int
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
    limit = time_limit(parameters, state().settings.timeout)
    asker = asker_of_saved(release, limit)
    began = time.perf_counter()
    table = _run(query, given.text, asker)
    milliseconds = round(1000 * (time.perf_counter() - began))
    reading = read_with_names(table, language, query.name, release)
    if query.is_graph:
        refuse_rows(parameters, query.form, NAMES)
    selection = wanted_selection(parameters)
    lines = select(table, reading, selection, language)
    page = wanted_page(parameters, query.pagination or PAGE_SIZE) or Page(1, PAGE_SIZE)
    shown = lines[page.offset : page.offset + page.size]
    has_evidence = is_on(parameters, "evidence")
    rows = Table(table.columns, tuple(line.row for line in shown))
    evidence = evidence_of(rows, asker.table).rows if has_evidence else [()] * len(shown)
    repeated = [0] * len(shown) if has_evidence else repeated_cells(shown)
    entries = tuple(map(SupportedLine, shown, evidence, repeated))
    drawing = draw(query.view, reading, lines, language)
    reasons = {} if table.rows else why_empty(asker, given.text, release, query.sought(given.values))
    return QueryResult(
        reading=reading,
        entries=entries,
        total=len(table.rows),
        matched=len(lines),
        counted=counted(query, table, lines),
        milliseconds=milliseconds,
        page=page,
        sort=selection.sort,
        drawing=drawing,
        has_evidence=has_evidence,
        reasons=reasons,
    )


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


def _run(query: SavedQuery, text: str, asker: Asker) -> Table:
    if query.is_graph:
        return triples_table(asker.answer(text, N_TRIPLES.media_type).whole())
    return asker.table(text)
