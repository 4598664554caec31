"""The result of any query as a person looks at it: with labels or as terms, and every drawing that fits."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from loader.query.habits import VIEWS_OF_WIKIDATA, wishes
from loader.query.outline import GRAPH_FORMS
from server.asking.asker import Asker, own_asker
from server.asking.evidence import evidence_of
from server.asking.labels import labels_of_all
from server.asking.named_evidence import evidence_of_truth
from server.asking.statements import Statement
from server.drawings import VIEWS, draw
from server.drawings.drawing import MOST_LINES, Drawing
from server.editor.dated_rows import with_days
from server.editor.kept_rows import KeptRows, Window, kept_solutions, kept_triples
from server.editor.wanted_rows import ShownRows, WantedRows, shown_rows
from server.engine.snapshot import Snapshot
from server.explain.explanation import why_empty
from server.formats import N_TRIPLES, TSV
from server.tables.reading import Column, Labels, Reading, read
from server.tables.table import Table

# How many things are named in one result; beyond it, they stand with the last part of their address.
MOST_LABELLED = 10_000


@dataclass(frozen=True, kw_only=True)
class EditorResult:
    """What came: some rows of it, drawn by the name of the view.

    `drawn` is how many rows a drawing takes in. `truth` is the answer of an ASK query. `title` and
    `wished_view` are what comments in the text ask for (`#title:`, `#defaultView:`). `evidence` supports each
    row that is shown, where that was asked.
    """

    form: str
    rows: ShownRows
    milliseconds: int
    drawings: Mapping[str, Drawing]
    reasons: Mapping[str, object]
    truth: bool | None = None
    title: str = ""
    wished_view: str = ""
    evidence: Sequence[Sequence[Statement]] | None = None

    @property
    def view(self) -> str:
        """The one that is shown first."""
        wished = VIEWS_OF_WIKIDATA.get(self.wished_view.casefold(), "")
        return wished if wished in self.drawings else "table"

    @property
    def is_view_missing(self) -> bool:
        """Whether the view that the text asks for is not to be had of these rows."""
        is_other = VIEWS_OF_WIKIDATA.get(self.wished_view.casefold()) != "table"
        return bool(self.wished_view) and is_other and self.view == "table"

    @property
    def drawn(self) -> int:
        return min(self.rows.number, MOST_LINES)

    @property
    def is_graph(self) -> bool:
        return self.form in GRAPH_FORMS


def result_of(
    form: str, text: str, asker: Asker, release: Snapshot, language: str, rows: WantedRows
) -> EditorResult:
    """Runs a query for a page. Raises Refused."""
    began = time.perf_counter()
    kept, truth = _run(form, text, asker, rows.window)
    milliseconds = round(1000 * (time.perf_counter() - began))
    reading = _things(read(kept.table, language, "", _labels(kept.table, release)))
    shown = shown_rows(kept, reading, rows, language)
    title, view = wishes(text)
    return EditorResult(
        form=form,
        rows=shown,
        milliseconds=milliseconds,
        drawings=_drawings(shown.reading, language),
        reasons={} if kept.total else why_empty(asker, text, release),
        truth=truth,
        title=title,
        wished_view=view,
    )


def with_evidence(result: EditorResult, text: str, release: Snapshot) -> EditorResult:
    """The result with what supports its rows, or the things that an ASK query names. Raises Refused."""
    asker = own_asker(release)
    is_truth = result.truth is not None
    found = evidence_of_truth(text, asker) if is_truth else evidence_of(result.rows.table, asker.table)
    return replace(result, evidence=found.rows)


def _run(form: str, text: str, asker: Asker, window: Window) -> tuple[KeptRows, bool | None]:
    if form == "ASK":
        table = asker.table(text)
        truth = table.is_true
        return KeptRows(table=table, head="", lines=(str(truth).lower(),), total=1), truth
    answer = asker.answer(text, TSV.media_type if form == "SELECT" else N_TRIPLES.media_type)
    return (kept_solutions if form == "SELECT" else kept_triples)(answer, window), None


def _labels(table: Table, release: Snapshot) -> Labels:
    """The names of the things in the rows."""
    cells = (cell for row in table.rows for cell in row if cell is not None and cell.kind == "uri")
    return labels_of_all(list(dict.fromkeys(cell.value for cell in cells)), release, MOST_LABELLED)


def _things(reading: Reading) -> Reading:
    """The same, where a column of nothing but IRIs names things, though no label stands beside it."""

    def with_names(place: int, column: Column) -> Column:
        cells = [line.cells[place] for line in reading.lines if line.cells[place] is not None]
        are_things = bool(cells) and all(cell is not None and cell.iri for cell in cells)
        has_none = are_things and not column.labels and column.term is not None
        return replace(column, labels=(("", column.term or 0),)) if has_none else column

    columns = tuple(with_names(place, column) for place, column in enumerate(reading.columns))
    return Reading(columns, reading.lines)


def _drawings(reading: Reading, language: str) -> dict[str, Drawing]:
    """Every drawing for which the rows have what it needs."""
    if len(reading.lines) == 0:
        return {}
    dated = with_days(reading)
    drawn = {view: draw(view, dated, dated.lines, language) for view in VIEWS}
    return {view: drawing for view, drawing in drawn.items() if drawing is not None}
