"""Writes the rows of a call in the format of a request: SPARQL results, CSV, a workbook or one HTML file."""

from server.asking.asker import Asker, Call
from server.asking.rows import Rows
from server.exports.html_file import offline_page
from server.exports.provenance import DATASETS_QUERY, About, Dataset, about, read_datasets
from server.exports.sheet import TooLargeForExcel
from server.exports.workbook import workbook
from server.formats import HTML, RESULTS, XLSX, Format
from server.http.state import state
from server.refusal import Refused
from server.tables.csv_safety import safe_csv
from server.tables.writers import as_json, as_tsv, as_xml

FILES = (*RESULTS, XLSX, HTML)
# What a browser saves instead of showing: it has a name, and the page's own rules do not apply to it.
SAVED = ("csv", "tsv", "xlsx", "html")
_WRITERS = {"csv": safe_csv, "tsv": as_tsv, "xml": as_xml}


def as_file(format_: Format, rows: Rows, call: Call, asker: Asker, language: str, server: str) -> bytes:
    """The content of the answer; `server` is the address of this one.

    Raises Refused, where a workbook cannot hold the rows too.
    """
    if format_.name == "json":
        return as_json(rows.table, {"evidence": rows.evidence.members(server)} if rows.evidence else None)
    if format_.name in _WRITERS:
        return _WRITERS[format_.name](rows.evidence.columns(rows.table) if rows.evidence else rows.table)
    facts = about(call.query, call.values, call.release.manifest, server, _datasets(call.release.id, asker))
    return _for_people(format_, rows, facts, language or "en")


def _for_people(format_: Format, rows: Rows, facts: About, language: str) -> bytes:
    quotations = [[one.quotation for one in row] for row in rows.evidence.rows] if rows.evidence else None
    if format_.name == "html":
        return offline_page(facts, rows.table, language, quotations).encode()
    try:
        return workbook(facts, rows.table, language, quotations)
    except TooLargeForExcel as error:
        raise Refused("not-acceptable", str(error)) from None


def _datasets(release: str, asker: Asker) -> tuple[Dataset, ...]:
    """The data sets that a release says it holds, asked once. Raises Refused."""
    memory = state().memory
    return memory.get(release, "datasets", "", lambda: read_datasets(asker.table(DATASETS_QUERY)))
