"""Reports: text with the results of saved queries in it, filled for a reader or a file."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from rapidfuzz import process

from loader.query.mistakes.mistake import Quoted, Remark
from loader.query.report_text import Insert, ReportText
from loader.query.saved_query import SavedQuery
from server.asking.asker import Asker, absent_dataset
from server.asking.selection import read_with_names
from server.engine.snapshot import Snapshot
from server.exports.provenance import About, about
from server.help.markdown import PARSER
from server.http.state import state
from server.queries.chosen import headline
from server.queries.form_values import GivenValues
from server.queries.result_page import counted, repeated_cells
from server.refusal import Refused
from server.tables.marks import marks_of
from server.tables.reading import Column, Line

# How many rows of a result a report shows; its address has all.
MOST_ROWS = 100


@dataclass(frozen=True, kw_only=True)
class ReportResult:
    """A result in a report, with as many of its rows as are shown; `absent` is a data set that it lacks.

    `repeated` says of each line how many of its first cells are those of the line above.
    """

    query: SavedQuery
    about: About
    headline: str
    counted: int
    total: int
    columns: Sequence[Column]
    lines: Sequence[Line]
    repeated: Sequence[int]
    absent: str = ""


def find_report(name: str, release: Snapshot) -> ReportText:
    """A report of a release. Raises Refused where it has no such report."""
    if name not in release.reports:
        near = [found for found, _, _ in process.extract(name[:200], list(release.reports), limit=2)]
        raise Refused(
            "not-found",
            Remark(
                "There is no report %(name)s. %(all)s lists them all.",
                {"name": Quoted(name[:60]), "all": "/reports"},
            ),
            members={"nearest": near},
        )
    return release.reports[name]


def filled(report: ReportText, release: Snapshot, asker: Asker, language: str) -> list[Markup | ReportResult]:
    """The parts of a report in a language, text as HTML and every result with its rows. Raises Refused."""
    return [
        _result(part, release, asker, language) if isinstance(part, Insert) else Markup(PARSER.render(part))
        for part in report.parts[language]
    ]


def _result(part: Insert, release: Snapshot, asker: Asker, language: str) -> ReportResult:
    query = release.queries[part.query]
    text = query.bind(part.values)
    facts = about(query, part.values, release.manifest, state().settings.address)
    said = headline(query, GivenValues(part.values, text, {}), release, language)
    if absent := absent_dataset(query, asker):
        return ReportResult(
            query=query, about=facts, headline=said, counted=0, total=0, columns=(), lines=(), repeated=(),
            absent=absent,
        )  # fmt: skip
    table = asker.table(text)
    reading = read_with_names(table, language, query.name, release)
    marks = marks_of(reading, part.columns)
    # Where columns are left out, lines that differ in these alone are one.
    lines = list(dict.fromkeys(Line(marks.line(line).cells, ()) for line in reading.lines))
    shown = lines[:MOST_ROWS]
    return ReportResult(
        query=query,
        about=facts,
        headline=said,
        counted=counted(query, table, reading.lines),
        total=len(lines),
        columns=marks.columns(reading),
        lines=shown,
        repeated=repeated_cells(shown),
    )
