"""A result as an Excel workbook: a sheet of typed cells, and one that says what they are."""

import io
from collections.abc import Iterator, Sequence

import xlsxwriter

from loader.query.mistakes.mistake import Remark
from server.exports.excel_values import as_dated
from server.exports.provenance import Provenance
from server.exports.provenance_words import GENERATOR, ProvenanceFact, facts
from server.exports.sheet import LABEL, MOST_LINKS, MOST_ROWS, WIDEST_LINK, Sheet
from server.i18n.texts import texts
from server.refusal import Refused
from server.tables.quotation import Quotation, unrepeated
from server.tables.reading import Labels, Reading, Shown, read
from server.tables.table import Cell, Table

Evidence = Sequence[Sequence[Quotation]]

# What a workbook may not decide for itself: text is text, whatever it looks like.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def workbook(
    about: Provenance,
    table: Table,
    language: str = "en",
    evidence: Evidence | None = None,
    most_links: int = MOST_LINKS,
    labels: Labels | None = None,
) -> bytes:
    """The bytes of an .xlsx file, the same for the same input.

    `evidence` adds columns with the quotations that support each row; more links than `most_links` are texts.
    `labels` are the names of things that the table itself does not name.
    Raises Refused where a sheet cannot hold the result whole.
    """
    if len(table.rows) > MOST_ROWS:
        raise Refused(
            "not-acceptable",
            Remark(
                "The result has %(number)s rows; a sheet of Excel holds %(most_rows)s. Use the CSV instead.",
                {"number": len(table.rows), "most_rows": MOST_ROWS},
            ),
        )
    buffer, in_context = io.BytesIO(), texts(language).pgettext
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        _describe(book, about, language)
        reading = read(table, language, about.name, labels)
        result = Sheet(book, in_context("file", "Result"), language)
        _write_result(result, reading, _footer(about), evidence, most_links)
        sheet = Sheet(book, in_context("file", "About"), language)
        _write_about(sheet, facts(about, reading, language), _footer(about))
    return buffer.getvalue()


def _describe(book: xlsxwriter.Workbook, about: Provenance, language: str) -> None:
    created = about.date.replace(tzinfo=None)
    properties = {
        "title": about.question(language),
        "comments": about.stable_address(),
        "author": GENERATOR,
        "created": created,
    }
    book.set_properties(properties)


def _write_result(
    sheet: Sheet, reading: Reading, footer: str, evidence: Evidence | None, most_links: int
) -> None:
    """Every row; addresses become text in columns of their own where Excel cannot link them all."""
    links = sum(cell.is_link for line in reading.lines for cell in line.row if cell is not None)
    linked, in_context = links <= most_links, texts(sheet.language).pgettext
    places = list(_places(reading, linked))
    headings = [reading.columns[place].title for place, _ in places]
    if evidence is not None:
        headings += [in_context("file", "evidence"), in_context("file", "place in the source")]
        headings += [in_context("file", "sentence"), in_context("file", "translation by the project")]
    sheet.header(headings)
    for number, line in enumerate(reading.lines, 1):
        for x, (place, term) in enumerate(places):
            _write_cell(sheet, number, x, line.cells[place], None if term is None else line.row[term], linked)
        if evidence is not None:
            _write_evidence(sheet, number, len(places), unrepeated(evidence[number - 1]))
    sheet.finish_table(len(reading.lines), len(headings), footer)


def _places(reading: Reading, linked: bool) -> Iterator[tuple[int, int | None]]:
    """For each column of the sheet its place in a line, and that of the term which it has instead, if any."""
    for place, column in enumerate(reading.columns):
        if not column.labels or not linked:
            yield from [] if column.term is None else [(place, column.term)]
        if column.labels:
            yield place, None


def _write_cell(
    sheet: Sheet, row: int, column: int, shown: Shown | None, term: Cell | None, linked: bool
) -> None:
    """A literal by its type, a thing by its name with a link."""
    if term is not None and term.kind == "literal":
        sheet.cell(row, column, as_dated(term) if shown and shown.kind == "date" else term)
    elif term is not None and not (shown and shown.link and linked):
        sheet.text(row, column, term.value)
    elif shown is not None and shown.link and linked:
        sheet.link(row, column, shown.link, shown.whole)
    elif shown is not None:
        sheet.text(row, column, shown.whole)


def _write_evidence(sheet: Sheet, number: int, place: int, quotations: Sequence[Quotation]) -> None:
    """The words, line by line where they stand, then each sentence and its translation once."""
    read = (one.translation(sheet.language).words for one in quotations)
    texts = (
        [f"«{one.text}»" if one.text else "–" for one in quotations],
        [one.place(sheet.language) for one in quotations],
        list(dict.fromkeys(one.sentence for one in quotations if one.sentence)),
        list(dict.fromkeys(words for words in read if words)),
    )
    for column, lines in enumerate(texts, place):
        if lines:
            sheet.text(number, column, "\n".join(lines), widest=WIDEST_LINK)


def _write_about(sheet: Sheet, lines: Sequence[ProvenanceFact], footer: str) -> None:
    for number, fact in enumerate(lines):
        sheet.text(number, 0, fact.label, LABEL)
        if fact.link:
            sheet.link(number, 1, fact.link, fact.value)
        else:
            sheet.text(number, 1, fact.value)
    sheet.finish(footer)


def _footer(about: Provenance) -> str:
    return f"{GENERATOR}, {about.name}, {about.release}"
