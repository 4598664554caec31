"""The result of a saved query on its page: read, filtered, sorted, cut into pages, drawn, with evidence."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loader.query.saved_query import SavedQuery
from server.asking.asker import RESULTS_JSON, Asker, question
from server.asking.evidence import evidence_of
from server.asking.labels import labels_of
from server.asking.paging import Page, wanted_page
from server.asking.statements import Statement
from server.drawings import draw
from server.drawings.drawing import Drawing
from server.engine.snapshot import Snapshot
from server.explain.explanation import why_empty
from server.http.parameters import Parameters, is_on, time_limit
from server.http.state import state
from server.queries.form_values import Asked
from server.tables.ordering import in_order, matching
from server.tables.reading import Line, Reading, nameless, read
from server.tables.table import Table
from server.tables.triples import triples_table

PAGE_SIZE = 100
N_TRIPLES = "application/n-triples"


@dataclass(frozen=True)
class Entry:
    """A line with what supports it."""

    line: Line
    evidence: Sequence[Statement]


@dataclass(frozen=True)
class Outcome:
    """`total` rows came, `matched` of them match the filter; `entries` are those of this page."""

    reading: Reading
    entries: tuple[Entry, ...]
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
    query: SavedQuery, release: Snapshot, given: Asked, parameters: Parameters, language: str
) -> Outcome:
    """Runs a bound query for its page. Raises EngineFailure, and Problem where a switch is wrong."""
    limit = time_limit(parameters, state().settings.timeout)
    asker = Asker.of(question(given.text, RESULTS_JSON, release, limit, own=True))
    began = time.perf_counter()
    table = _run(query, given.text, asker)
    milliseconds = round(1000 * (time.perf_counter() - began))
    reading = read(table, language, query.name, labels_of(nameless(table), release))
    lines = matching(reading.lines, parameters.one("q") or "")
    sort = parameters.one("sort") or ""
    page = wanted_page(parameters) or Page(1, PAGE_SIZE)
    shown = in_order(reading, lines, sort)[page.offset : page.offset + page.size]
    has_evidence = is_on(parameters, "evidence")
    rows = Table(table.columns, tuple(line.row for line in shown))
    evidence = evidence_of(rows, asker.table).rows if has_evidence else [()] * len(shown)
    entries = tuple(Entry(line, found) for line, found in zip(shown, evidence, strict=True))
    drawing = draw(query.view, reading, lines, language)
    reasons = {} if table.rows else why_empty(asker, given.text, release, query.sought(given.values))
    return Outcome(
        reading,
        entries,
        len(table.rows),
        len(lines),
        milliseconds,
        page,
        sort,
        drawing,
        has_evidence,
        reasons,
    )


def _run(query: SavedQuery, text: str, asker: Asker) -> Table:
    if query.is_graph:
        return triples_table(asker.answer(text, N_TRIPLES).whole())
    return asker.table(text)
