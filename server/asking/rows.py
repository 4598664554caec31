"""The rows of a call that were changed on their way: one page of them, with evidence, in one language."""

from dataclasses import dataclass, replace

from server.asking.asker import Asker, Call
from server.asking.evidence import RowEvidence, evidence_query, read_evidence, things_of
from server.asking.label_columns import in_language, wanted_language
from server.asking.paging import Page, count_text, page_text, wanted_page
from server.http.parameters import Parameters, is_on
from server.refusal import Refused
from server.tables.table import Table


@dataclass(frozen=True)
class Wanted:
    """What a request asks for beside the format."""

    page: Page | None
    has_evidence: bool
    language: str

    @property
    def is_plain(self) -> bool:
        """Whether the rows may be passed on as the engine writes them."""
        return not (self.page or self.has_evidence or self.language)


@dataclass(frozen=True)
class Rows:
    """A table, what supports each of its rows where that was wanted, and how many rows all pages have."""

    table: Table
    evidence: RowEvidence | None
    total: int


def wanted_rows(parameters: Parameters, form: str) -> Wanted:
    """What the address says. Raises Refused where it is wrong or does not fit the form of the query."""
    wanted = Wanted(wanted_page(parameters), is_on(parameters, "evidence"), wanted_language(parameters))
    given = {"page": wanted.page, "evidence": wanted.has_evidence}
    for name, value in given.items():
        if value and form != "SELECT":
            message = f"{name} is for queries with rows; this one is {form}."
            raise Refused("parameter", message, members={"parameter": name})
    return wanted


def fetch(asker: Asker, call: Call, wanted: Wanted) -> Rows:
    """Asks for the rows, and for what supports them. Raises Refused."""
    table, total = _page(asker, call.text, wanted.page) if wanted.page else _all(asker, call.text)
    evidence = _evidence(asker, table) if wanted.has_evidence else None
    if wanted.language:
        table = in_language(table, wanted.language)
    return Rows(table, evidence, total)


def _all(asker: Asker, text: str) -> tuple[Table, int]:
    table = asker.table(text)
    return table, len(table.rows)


def _page(asker: Asker, text: str, page: Page) -> tuple[Table, int]:
    """One page; a query that limits its rows itself is run whole and cut."""
    page_query, count_query = page_text(text, page), count_text(text)
    if page_query is None or count_query is None:
        table, total = _all(asker, text)
        return replace(table, rows=table.rows[page.offset : page.offset + page.size]), total
    table = asker.table(page_query)
    if 0 < len(table.rows) < page.size:
        return table, page.offset + len(table.rows)
    counted = asker.table(count_query).rows[0][0]
    return table, int(counted.value) if counted else 0


def _evidence(asker: Asker, table: Table) -> RowEvidence:
    things = things_of(table)
    answer = asker.table(evidence_query(things)) if things else Table(("thing",), ())
    return read_evidence(table, answer)
