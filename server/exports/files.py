"""The formats of a saved query's rows: what each is called, who writes it, and for whom."""

from collections.abc import Callable
from dataclasses import dataclass

from loader.query.saved_query import SavedQuery
from server.asking.evidence import RowEvidence
from server.exports.html_file import offline_page
from server.exports.provenance import About
from server.exports.workbook import workbook
from server.formats import CSV, GRAPHS, HTML, JSON, JSON_LD, N_TRIPLES, TSV, TURTLE, XLSX, XML, Format
from server.tables.csv_safety import safe_csv
from server.tables.quotation import Quotation
from server.tables.table import Table
from server.tables.writers import as_json, as_tsv, as_xml


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a file is written from; `language` is that of its words, where it has words."""

    table: Table
    evidence: RowEvidence | None
    about: About
    language: str

    @property
    def columns(self) -> Table:
        """The table with columns for the evidence, where that is wanted."""
        return self.evidence.columns(self.table) if self.evidence else self.table

    @property
    def quotations(self) -> list[list[Quotation]] | None:
        """What supports each row, where that is wanted."""
        return self.evidence.quotations if self.evidence else None


@dataclass(frozen=True, kw_only=True)
class Export(Format):
    """A format of rows; `write` may raise Refused where it cannot hold them.

    What is `for_people` is part of a report; what `has_words` is in their language and says what it is, and
    only we write it. What `is_saved` a browser keeps as a file at once.
    """

    write: Callable[[Result], bytes]
    for_people: bool = False
    has_words: bool = False
    is_saved: bool = False


def _json(result: Result) -> bytes:
    members = {"evidence": result.evidence.members(result.about.address)} if result.evidence else {}
    return as_json(result.table, members, is_truth=result.about.query.form == "ASK")


def _workbook(result: Result) -> bytes:
    return workbook(result.about, result.table, result.language, result.quotations)


def _html(result: Result) -> bytes:
    return offline_page(result.about, result.table, result.language, result.quotations).encode()


EXPORTS = (
    Export(JSON.name, JSON.media_type, JSON.aliases, is_text=True, write=_json),
    Export(XML.name, XML.media_type, XML.aliases, is_text=True, write=lambda result: as_xml(result.columns)),
    Export(
        CSV.name,
        CSV.media_type,
        write=lambda result: safe_csv(result.columns),
        for_people=True,
        is_saved=True,
    ),
    Export(TSV.name, TSV.media_type, write=lambda result: as_tsv(result.columns), is_saved=True),
    Export(XLSX.name, XLSX.media_type, write=_workbook, for_people=True, has_words=True, is_saved=True),
    Export(HTML.name, HTML.media_type, write=_html, for_people=True, has_words=True, is_saved=True),
)
REPORTED = {export.name: export for export in EXPORTS if export.for_people}


def downloads_of(query: SavedQuery) -> list[Format]:
    """Those that its page offers: of rows all, what people open first; of triples the first few in use."""
    if query.is_graph:
        return [TURTLE, JSON_LD, N_TRIPLES]
    return [*REPORTED.values(), *(export for export in EXPORTS if not export.for_people)]


def disposition(query: SavedQuery, format_: Format, language: str = "") -> str:
    """What a browser does with a file, and that it is kept under the name of the question.

    Of a file with words the Arabic one says so in its name, so that neither takes the other's place.
    """
    export = format_ if isinstance(format_, Export) else None
    name = f"{query.name}.ar" if export and export.has_words and language == "ar" else query.name
    return f'{"attachment" if export and export.is_saved else "inline"}; filename="{name}.{format_.name}"'


def formats_of(query: SavedQuery) -> tuple[Format, ...]:
    """The formats in which a query is answered."""
    return GRAPHS if query.is_graph else EXPORTS
