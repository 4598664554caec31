"""A result as an Excel workbook: a sheet of typed cells, and one that says what they are."""

import io
from collections.abc import Sequence

import xlsxwriter

from server.exports.provenance import About
from server.exports.provenance_words import GENERATOR, Fact, facts
from server.exports.sheet import LABEL, MOST_LINKS, MOST_ROWS, WIDEST_LINK, Sheet, TooLargeForExcel
from server.i18n.texts import texts
from server.tables.columns import Column, layout
from server.tables.quotation import Quotation, unrepeated
from server.tables.table import Cell, Table

Evidence = Sequence[Sequence[Quotation]]

# What a workbook may not decide for itself: text is text, whatever it looks like.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def workbook(about: About, table: Table, language: str = "en", evidence: Evidence | None = None) -> bytes:
    """The bytes of an .xlsx file, the same for the same input.

    `evidence` adds columns with the quotations that support each row.
    Raises TooLargeForExcel where a sheet cannot hold the result whole.
    """
    if len(table.rows) > MOST_ROWS:
        raise TooLargeForExcel(
            f"The result has {len(table.rows)} rows; a sheet of Excel holds {MOST_ROWS} below its header. "
            "Take the CSV."
        )
    buffer, in_context = io.BytesIO(), texts(language).pgettext
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        _describe(book, about, language)
        _write_result(Sheet(book, in_context("file", "Result"), language), about, table, evidence)
        sheet = Sheet(book, in_context("file", "About"), language)
        _write_about(sheet, facts(about, table, language), _footer(about))
    return buffer.getvalue()


def _describe(book: xlsxwriter.Workbook, about: About, language: str) -> None:
    created = about.date.replace(tzinfo=None)
    properties = {
        "title": about.question(language),
        "comments": about.stable_address(),
        "author": GENERATOR,
        "created": created,
    }
    book.set_properties(properties)


def _write_result(sheet: Sheet, about: About, table: Table, evidence: Evidence | None) -> None:
    """Every row; addresses become text in columns of their own where Excel cannot link them all."""
    links = sum(cell.is_link for row in table.rows for cell in row if cell is not None)
    linked = links <= MOST_LINKS
    columns = layout(table, sheet.language, folded=linked, query=about.query.name)
    in_context = texts(sheet.language).pgettext
    headings = [column.heading for column in columns]
    if evidence is not None:
        headings += [in_context("file", "evidence"), in_context("file", "place in the source")]
    sheet.header(headings)
    for number, row in enumerate(table.rows, 1):
        _write_row(sheet, number, columns, row, linked)
        if evidence is not None:
            _write_evidence(sheet, number, len(columns), unrepeated(evidence[number - 1]))
    sheet.finish_table(len(table.rows), len(headings), _footer(about))


def _write_row(
    sheet: Sheet, number: int, columns: Sequence[Column], row: Sequence[Cell | None], linked: bool
) -> None:
    for place, column in enumerate(columns):
        shown = column.show(row)
        if shown is None:
            continue
        if shown.link and linked:
            sheet.link(number, place, shown.link, shown.text)
        elif shown.text != shown.cell.value or shown.cell.kind != "literal":
            sheet.text(number, place, shown.text)
        else:
            sheet.cell(number, place, shown.cell)


def _write_evidence(sheet: Sheet, number: int, place: int, quotations: Sequence[Quotation]) -> None:
    """The words, and beside them line by line where they stand."""
    texts = (
        [f"«{one.text}»" if one.text else "–" for one in quotations],
        [one.place(sheet.language) for one in quotations],
    )
    for column, lines in enumerate(texts, place):
        if lines:
            sheet.text(number, column, "\n".join(lines), widest=WIDEST_LINK)


def _write_about(sheet: Sheet, lines: Sequence[Fact], footer: str) -> None:
    for number, fact in enumerate(lines):
        sheet.text(number, 0, fact.label, LABEL)
        if fact.link:
            sheet.link(number, 1, fact.link, fact.value)
        else:
            sheet.text(number, 1, fact.value)
    sheet.finish(footer)


def _footer(about: About) -> str:
    return f"{GENERATOR}, {about.query.name}, {about.release}"
