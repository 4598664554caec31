"""The rows of a call that were changed on their way: one page of them, with evidence, in one language."""

from dataclasses import dataclass, replace

from server.asking.asker import Asker, Call
from server.asking.evidence import RowEvidence, evidence_of
from server.asking.paging import Page, count_text, page_text, wanted_page
from server.http.parameters import Parameters, is_on, wrong
from server.i18n.texts import LANGUAGES
from server.refusal import Refused
from server.tables.columns import in_language
from server.tables.table import Table


@dataclass(frozen=True)
class Wanted:
    """What a request asks for beside the format."""

    page: Page | None
    has_evidence: bool
    language: str


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


def wanted_language(parameters: Parameters) -> str:
    """`ar`, `en`, or nothing where none is given. Raises Refused."""
    language = parameters.one("lang") or ""
    if language and language not in LANGUAGES:
        raise wrong("lang", language, "ar or en")
    return language


def plain_text(asker: Asker, call: Call, wanted: Wanted) -> tuple[str, int] | None:
    """A text whose result the engine itself may write, and how many rows all pages have.

    None where the rows are changed here, or a page of them must be cut out. Raises Refused.
    """
    if call.query.form != "SELECT" or wanted == Wanted(None, False, ""):
        return call.text, 0
    if wanted.page is None or wanted.has_evidence or wanted.language:
        return None
    page_query, count_query = page_text(call.text, wanted.page), count_text(call.text)
    return (page_query, _number(asker, count_query)) if page_query and count_query else None


def fetch(asker: Asker, call: Call, wanted: Wanted) -> Rows:
    """Asks for the rows, and for what supports them. Raises Refused."""
    table, total = _page(asker, call.text, wanted.page) if wanted.page else _all(asker, call.text)
    evidence = evidence_of(table, asker.table) if wanted.has_evidence else None
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
    return table, _number(asker, count_query)


def _number(asker: Asker, count_query: str) -> int:
    counted = asker.table(count_query).rows[0][0]
    return int(counted.value) if counted else 0
