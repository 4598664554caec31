"""The rows of a call that were changed on their way: chosen, sorted, one page, with evidence and labels."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from loader.query.mistakes.mistake import Remark
from loader.query.saved_query import SavedQuery
from server.asking.asker import Asker, Call
from server.asking.evidence import RowEvidence, evidence_of
from server.asking.labels import labels_of_all
from server.asking.named_evidence import evidence_of_truth
from server.asking.paging import Page, count_text, page_text, wanted_page
from server.asking.selection import NAMES, read_with_names, select, wanted_selection
from server.engine.snapshot import Snapshot
from server.formats import N_TRIPLES
from server.http.parameters import Parameters, is_on, wrong
from server.i18n.texts import LANGUAGES
from server.refusal import Refused
from server.tables.columns import in_language, with_labels
from server.tables.ordering import EVERYTHING, Selection
from server.tables.table import Table
from server.tables.triples import triples_table

# What is asked of rows, which a graph or a truth value does not have.
OF_ROWS = ("page", "page_size", "pageSize", "limit", "offset", "labels", *NAMES)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a request asks for beside the format; `language` is empty where labels stay in both."""

    page: Page | None = None
    has_evidence: bool = False
    has_labels: bool = False
    language: str = ""
    selection: Selection = EVERYTHING

    @property
    def reader(self) -> str:
        """The language in which rows are read to be chosen and sorted."""
        return self.language or "en"


@dataclass(frozen=True)
class Rows:
    """A table, what supports each of its rows where that was wanted, and how many rows all pages have.

    `of_all` is how many there were before any was left out.
    """

    table: Table
    evidence: RowEvidence | None
    total: int
    of_all: int


def wanted_rows(parameters: Parameters, query: SavedQuery) -> Wanted:
    """What the address says. Raises Refused where it is wrong or does not fit the form of the query."""
    if query.form != "SELECT":
        refuse_rows(parameters, query.form)
    return Wanted(
        page=wanted_page(parameters, query.pagination if query.form == "SELECT" else 0),
        has_evidence=is_on(parameters, "evidence"),
        has_labels=is_on(parameters, "labels"),
        language=wanted_language(parameters),
        selection=wanted_selection(parameters),
    )


def refuse_rows(parameters: Parameters, form: str, names: Iterable[str] = OF_ROWS) -> None:
    """Raises Refused where something is asked of rows, and there are none."""
    for name in names:
        if parameters.all(name) and parameters.all(name) != ("false",):
            message = "%(name)s is for queries with rows; this one is %(form)s."
            remark = Remark(message, {"name": name, "form": form})
            raise Refused("parameter", remark, members={"parameter": name})


def wanted_language(parameters: Parameters) -> str:
    """`ar`, `en`, or nothing where none is given. Raises Refused."""
    language = parameters.one("lang") or ""
    if language and language not in LANGUAGES:
        raise wrong("lang", language, Remark("ar or en"))
    return language


def table_of_query(asker: Asker, query: SavedQuery, text: str) -> Table:
    """All rows of a bound query, or its triples as rows. Raises Refused."""
    if query.is_graph:
        return triples_table(asker.answer(text, N_TRIPLES.media_type).whole())
    return asker.table(text)


def plain_text(asker: Asker, call: Call, wanted: Wanted) -> tuple[str, int] | None:
    """A text whose result the engine itself may write, and how many rows all pages have.

    None where the rows are changed here, or a page of them must be cut out. Raises Refused.
    """
    if wanted == Wanted(language="" if call.query.form == "SELECT" else wanted.language):
        return call.text, 0
    if wanted != Wanted(page=wanted.page) or wanted.page is None:
        return None
    page_query, count_query = page_text(call.text, wanted.page), count_text(call.text)
    return (page_query, _number(asker, count_query)) if page_query and count_query else None


def fetch(asker: Asker, call: Call, wanted: Wanted, has_words: bool = False) -> Rows:
    """Asks for the rows, and for what supports them; what `has_words` names the things itself.

    Raises Refused.
    """
    table, total, of_all = _rows(asker, call, wanted)
    evidence = _evidence(asker, call, table) if wanted.has_evidence else None
    if wanted.has_labels and not has_words:
        table = labelled(table, call.release, wanted.reader)
    if wanted.language and not has_words:
        table = in_language(table, wanted.language)
    return Rows(table, evidence, total, of_all)


def _evidence(asker: Asker, call: Call, table: Table) -> RowEvidence:
    if call.query.form == "ASK":
        return evidence_of_truth(call.text, asker)
    return evidence_of(table, asker.table)


def labelled(table: Table, release: Snapshot, language: str) -> Table:
    """The table with a label beside each IRI that has one."""
    things = sorted(table.things())
    return with_labels(table, labels_of_all(things, release, len(things)), language)


def _rows(asker: Asker, call: Call, wanted: Wanted) -> tuple[Table, int, int]:
    if wanted.selection == EVERYTHING:
        table, total = _page(asker, call.text, wanted.page) if wanted.page else _all(asker, call.text)
        return table, total, total
    table = asker.table(call.text)
    reading = read_with_names(table, wanted.reader, call.query.name, call.release)
    rows = tuple(line.row for line in select(table, reading, wanted.selection, wanted.reader))
    return replace(table, rows=wanted.page.of(rows) if wanted.page else rows), len(rows), len(table.rows)


def _all(asker: Asker, text: str) -> tuple[Table, int]:
    table = asker.table(text)
    return table, len(table.rows)


def _page(asker: Asker, text: str, page: Page) -> tuple[Table, int]:
    """One page; a query that limits its rows itself is run whole and cut."""
    page_query, count_query = page_text(text, page), count_text(text)
    if page_query is None or count_query is None:
        table, total = _all(asker, text)
        return replace(table, rows=page.of(table.rows)), total
    table = asker.table(page_query)
    if 0 < len(table.rows) < page.size:
        return table, page.offset + len(table.rows)
    return table, _number(asker, count_query)


def _number(asker: Asker, count_query: str) -> int:
    counted = asker.table(count_query).rows[0][0]
    return int(counted.value) if counted else 0
