"""A result as an Excel workbook, read back with another library than the one that wrote it."""

from datetime import datetime

import pytest
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.utils.escape import unescape

from server.exports.sheet import MOST_CHARACTERS, MOST_LINKS, MOST_ROWS
from server.exports.workbook import workbook
from server.refusal import Refused
from server.tables.quotation import Quotation, Sentence
from server.tables.table import Cell, Table
from tests.queries.file_samples import THING, facts_of, labelled, one_column, opened, text, typed, uri

FORMULAS = (
    "=1+1",
    "+1",
    "-1+2",
    "@SUM(A1)",
    "\t=1",
    '=HYPERLINK("http://evil.example")',
    "{=1}",
    "https://a.example",
)


def cells(table: Table, language: str = "en") -> list[ExcelCell]:
    """The first column below its header."""
    sheet = opened(workbook(facts_of(), table, language)).worksheets[0]
    return [row[0] for row in sheet.iter_rows(min_row=2)]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (typed("3", "integer"), 3),
        (typed("-2.50", "decimal"), -2.5),
        (typed("1e3", "double"), 1000),
        (typed("7", "nonNegativeInteger"), 7),
        (typed("true", "boolean"), True),
        (typed("0", "boolean"), False),
        (typed("2011-06-30", "date"), datetime(2011, 6, 30)),
        (typed("2011-06-30T14:05:06", "dateTime"), datetime(2011, 6, 30, 14, 5, 6)),
        (typed("2011-06-30T14:05:06+02:00", "dateTime"), datetime(2011, 6, 30, 12, 5, 6)),
    ],
    ids=lambda value: value.value if isinstance(value, Cell) else "",
)
def test_a_literal_keeps_its_type(cell: Cell, value: object) -> None:
    (written,) = cells(one_column(cell))

    assert written.value == value
    assert type(written.value) is type(value)


@pytest.mark.parametrize(
    "cell",
    [
        typed("12345678901234567", "integer"),
        typed("0.1234567890123456789", "decimal"),
        typed("NaN", "double"),
        typed("1848-02-24", "date"),
        typed("2011-02-30", "date"),
        typed("2011-06-30+02:00", "date"),
        typed("2011-06-30T14:05:06.1234567", "dateTime"),
        typed("maybe", "boolean"),
        typed("2011", "gYear"),
        text("0012"),
    ],
    ids=lambda cell: cell.value,
)
def test_what_excel_would_round_or_misread_stays_text(cell: Cell) -> None:
    (written,) = cells(one_column(cell))

    assert (written.data_type, written.value) == ("s", cell.value)


def test_a_whole_day_among_dates_as_texts_is_a_date_and_what_is_less_precise_stays_text() -> None:
    dates = ("2011-11-09", "2011-03", "2011", "2011-11-21/2011-11-24", "2011-11-09?")
    written = cells(Table(("date",), tuple((text(one),) for one in dates)))

    assert [cell.value for cell in written] == [datetime(2011, 11, 9), *dates[1:]]
    assert (written[0].is_date, written[0].number_format) == (True, "yyyy-mm-dd")


@pytest.mark.parametrize("formula", FORMULAS)
def test_text_is_never_a_formula_or_a_link(formula: str) -> None:
    (written,) = cells(one_column(text(formula)))

    assert (written.data_type, written.value, written.hyperlink) == ("s", formula, None)
    assert written.quotePrefix == formula.startswith(("=", "+", "-", "@", "\t"))


def test_a_thing_is_a_link_with_its_label_in_the_language() -> None:
    english, arabic = (cells(labelled(), language)[0] for language in ("en", "ar"))

    assert (english.value, english.hyperlink.target) == ("European Union", THING)  # type: ignore[union-attr]
    assert (arabic.value, arabic.hyperlink.target) == ("الاتحاد الأوروبي", THING)  # type: ignore[union-attr]


def test_only_web_addresses_are_links() -> None:
    written = cells(one_column(uri("javascript:alert(1)"), uri("urn:isbn:1"), uri("file:///etc/passwd")))

    assert [cell.hyperlink for cell in written] == [None, None, None]
    assert written[0].value == "javascript:alert(1)"


def test_an_address_keeps_its_fragment_and_its_signs() -> None:
    address = "https://example.org/a%20b?q=1&r=%D8%A8#part"
    (written,) = cells(one_column(uri(address)))

    assert written.hyperlink is not None
    assert f"{written.hyperlink.target}#{written.hyperlink.location}" == address
    assert written.value == address


def test_the_header_is_bold_stays_in_sight_and_filters() -> None:
    sheet = opened(workbook(facts_of(), labelled())).worksheets[0]

    assert [cell.value for cell in sheet[1]] == ["institution", "missions"]
    assert all(cell.font.b for cell in sheet[1])
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"


def test_an_arabic_workbook_runs_from_right_to_left() -> None:
    arabic, english = (opened(workbook(facts_of(), labelled(), language)) for language in ("ar", "en"))

    assert arabic.sheetnames == ["النتيجة", "عن هذا التقرير"]
    assert [sheet.sheet_view.rightToLeft for sheet in arabic.worksheets] == [True, True]
    assert [cell.value for cell in arabic.worksheets[0][1]] == ["المؤسسة", "البعثات"]
    assert not any(sheet.sheet_view.rightToLeft for sheet in english.worksheets)


def test_the_second_sheet_says_what_the_rows_are() -> None:
    book = opened(workbook(facts_of({"envoy": [THING]}), labelled()))
    facts = {row[0].value: row[1] for row in book["About"].iter_rows()}

    assert facts["Question"].value == "Who was met?"
    assert facts["Description"].value == "Each row is <one> thing."
    assert facts["Envoy"].value == "European Union"
    assert facts["Year"].value == "2011 (an example, not chosen)"
    assert (facts["Release"].value, facts["Date of the release"].value) == ("7-abc", "2026-03-04 05:06 UTC")
    assert facts["Rows"].value == "2"
    assert str(facts["Address of these rows"].value).endswith("european-union&release=7-abc")
    assert facts["Licence"].hyperlink.target == "https://creativecommons.org/licenses/by/4.0/"  # type: ignore[union-attr]
    assert facts["Source"].value == "http://www.un.org/ar/preventgenocide/adviser/key_missions.shtml"
    assert facts["Generated by"].value == "un-missions"


def test_evidence_stands_in_columns_with_the_sentence_and_its_translation() -> None:
    quotation = Quotation(
        text="في بروكسل",
        heading="البعثة",
        source="urn:s",
        source_en="Key missions",
        source_ar="البعثات",
        start=5,
        end=14,
        language="ar",
        sentences=(Sentence("هو في بروكسل.", {"en": "He is in Brussels."}),),
    )
    content = workbook(facts_of(), labelled(), evidence=[[quotation, quotation], []])
    sheet = opened(content).worksheets[0]

    assert [cell.value for cell in sheet[1]][2:] == [
        "evidence",
        "place in the source",
        "sentence",
        "translation by the project",
    ]
    assert [cell.value for cell in sheet[2]][2:] == [
        "«في بروكسل»",
        "Key missions, البعثة, characters 5–14",
        "هو في بروكسل.",
        "He is in Brussels.",
    ]
    assert sheet["C3"].value is None


def test_the_same_input_gives_the_same_bytes() -> None:
    first, second = workbook(facts_of(), labelled()), workbook(facts_of(), labelled())

    assert first == second
    assert opened(first).properties.created == datetime(2026, 3, 4, 5, 6, 7)


def test_no_rows_are_a_header_alone() -> None:
    sheet = opened(workbook(facts_of(), Table(("institution",), ()))).worksheets[0]

    assert (sheet.max_row, sheet["A1"].value) == (1, "institution")


def test_a_text_longer_than_a_cell_is_refused_and_the_longest_is_whole() -> None:
    (written,) = cells(one_column(text("ا" * MOST_CHARACTERS)))
    assert len(str(written.value)) == MOST_CHARACTERS

    with pytest.raises(Refused, match="Row 2 has a text of 32768 characters"):
        workbook(facts_of(), one_column(text("short"), text("x" * (MOST_CHARACTERS + 1))))


def test_more_rows_than_a_sheet_has_are_refused() -> None:
    with pytest.raises(Refused, match="1048576 rows"):
        workbook(facts_of(), Table(("value",), ((None,),) * (MOST_ROWS + 1)))


@pytest.mark.parametrize(("rows", "linked"), [(7, True), (8, False)])
def test_more_links_than_excel_opens_are_text_beside_their_labels(rows: int, linked: bool) -> None:
    row = (uri(), text("European Union", "en"), text("الاتحاد الأوروبي", "ar"))
    table = Table(("thing", "thing_en", "thing_ar"), (row,) * rows)
    sheet = opened(workbook(facts_of(), table, most_links=7)).worksheets[0]

    assert [cell.value for cell in sheet[rows + 1]] == (
        ["European Union"] if linked else [THING, "European Union"]
    )
    assert (sheet["A2"].hyperlink is not None) == linked


def test_as_many_links_as_excel_opens_are_the_most() -> None:
    assert MOST_LINKS == 65_530


@pytest.mark.parametrize(
    "odd", ["\x00\x0b", "\ufffe", "a\r\nb", "\r", "\u202etxet", "<&>\"'", "😀", " ", "ب"]
)
def test_any_text_comes_back_as_it_was(odd: str) -> None:
    (written,) = cells(one_column(text(f"a{odd}z")))

    assert unescape(str(written.value)) == f"a{odd}z"


def test_text_that_looks_like_an_escape_of_excel_is_not_one() -> None:
    (written,) = cells(one_column(text("_x0041_")))

    assert written.value == "_x0041_"
