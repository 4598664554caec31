"""The result of a saved query on its page: read, filtered, sorted, cut into pages, drawn, with evidence."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loader.query.saved_query import SavedQuery
from server.asking.asker import Asker, asker_of_saved
from server.asking.evidence import evidence_of
from server.asking.paging import Page, wanted_page
from server.asking.selection import read_with_names, select, wanted_selection
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
    """A line with what supports it."""

    line: Line
    evidence: Sequence[Statement]


@dataclass(frozen=True, kw_only=True)
class QueryResult:
    """`total` rows came, `matched` of them match the filter; `entries` are those of this page."""

    reading: Reading
    entries: tuple[SupportedLine, ...]
    total: int
    matched: int
    milliseconds: int
    page: Page
    sort: str
    drawing: Drawing | None
    has_evidence: bool
    reasons: Mapping[str, object]

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
    selection = wanted_selection(parameters)
    lines = select(table, reading, selection, language)
    page = wanted_page(parameters) or Page(1, PAGE_SIZE)
    shown = lines[page.offset : page.offset + page.size]
    has_evidence = is_on(parameters, "evidence")
    rows = Table(table.columns, tuple(line.row for line in shown))
    evidence = evidence_of(rows, asker.table).rows if has_evidence else [()] * len(shown)
    entries = tuple(SupportedLine(line, found) for line, found in zip(shown, evidence, strict=True))
    drawing = draw(query.view, reading, lines, language)
    reasons = {} if table.rows else why_empty(asker, given.text, release, query.sought(given.values))
    return QueryResult(
        reading=reading,
        entries=entries,
        total=len(table.rows),
        matched=len(lines),
        milliseconds=milliseconds,
        page=page,
        sort=selection.sort,
        drawing=drawing,
        has_evidence=has_evidence,
        reasons=reasons,
    )


def _run(query: SavedQuery, text: str, asker: Asker) -> Table:
    if query.is_graph:
        return triples_table(asker.answer(text, N_TRIPLES.media_type).whole())
    return asker.table(text)
