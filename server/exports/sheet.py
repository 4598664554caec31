"""One sheet of a workbook: writes typed cells, remembers widths, and refuses what Excel cannot hold."""

import math
import unicodedata
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format

from loader.query.mistakes.mistake import Remark
from server.exports.excel_values import value_of
from server.i18n.languages import direction
from server.refusal import Refused
from server.tables.table import Cell

# Excel's limits: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3
MOST_CHARACTERS = 32_767
MOST_ROWS = 1_048_576 - 1
MOST_LINKS = 65_530
LONGEST_ADDRESS = 2_079
# Widths in characters, heights in points; LibreOffice does not break the lines of links.
NARROWEST, WIDEST, WIDEST_LINK, FILTER_BUTTON = 8, 60, 100, 3
LINE, TALLEST = 15, 405
# With these a spreadsheet may take a text for a formula when somebody edits its cell.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")

Look = dict[str, str | int | bool]

PLAIN: Look = {"text_wrap": True, "valign": "top"}
HEADER: Look = {"bold": True, "bottom": 1, "bg_color": "#E8EEF4", "valign": "top", "text_wrap": True}
LABEL: Look = {"bold": True, "valign": "top"}
LINK: Look = {"font_color": "#0B5394", "underline": 1, **PLAIN}
DAY: Look = {"num_format": "yyyy-mm-dd", **PLAIN}
INSTANT: Look = {"num_format": "yyyy-mm-dd hh:mm:ss", **PLAIN}
INSTANT_UTC: Look = {**INSTANT, "num_format": 'yyyy-mm-dd hh:mm:ss "UTC"'}


class Sheet:
    """A worksheet in a language; an Arabic one runs from right to left."""

    def __init__(self, book: xlsxwriter.Workbook, name: str, language: str) -> None:
        self.language = language
        self._book = book
        self._sheet = book.add_worksheet(name)
        self._formats: dict[str, Format] = {}
        self._widths: dict[int, int] = {}
        self._lines: dict[int, int] = {}
        self._start = "right" if direction(language) == "rtl" else "left"
        if direction(language) == "rtl":
            self._sheet.right_to_left()

    def header(self, headings: list[str]) -> None:
        """The first row, which stays in sight."""
        for column, heading in enumerate(headings):
            self.text(0, column, heading, HEADER)
            self._widths[column] += FILTER_BUTTON
        self._sheet.freeze_panes(1, 0)

    def cell(self, row: int, column: int, cell: Cell) -> None:
        """A literal by its type."""
        value = value_of(cell)
        if isinstance(value, bool):
            self._sheet.write_boolean(row, column, value, self._format({**PLAIN, "align": "center"}))
        elif isinstance(value, date):
            self._moment(row, column, value)
        elif isinstance(value, float):
            self._make_room(row, column, cell.value)
            self._sheet.write_number(row, column, value, self._format({"valign": "top"}))
        else:
            self.text(row, column, value)

    def text(self, row: int, column: int, text: str, look: Look = PLAIN, widest: int = WIDEST) -> None:
        """Text as it is, never a formula, a number or a link. Raises Refused."""
        self._make_room(row, column, text, widest)
        quoted: Look = {"quote_prefix": True} if text.startswith(FORMULA_STARTS) else {}
        self._sheet.write_string(row, column, text, self._format({**look, **self._aligned(text), **quoted}))

    def link(self, row: int, column: int, address: str, text: str) -> None:
        """A text that leads to an address; where Excel takes no address so long, both stand as text."""
        if _length(address) > LONGEST_ADDRESS:
            return self.text(row, column, text if text == address else f"{text} <{address}>")
        self._make_room(row, column, text, WIDEST_LINK)
        self._sheet.write_url(row, column, address, self._format({**LINK, **self._aligned(text)}), text)

    def finish_table(self, rows: int, columns: int, footer: str) -> None:
        """Filter, widths, and how it is printed."""
        self._sheet.autofilter(0, 0, rows, columns - 1)
        self._sheet.repeat_rows(0)
        self._sheet.set_landscape()
        self.finish(footer)

    def finish(self, footer: str) -> None:
        """Widths, heights, paper, and what stands at the foot of each page beside its number."""
        for column, width in self._widths.items():
            self._sheet.set_column(column, column, width + 2)
        for row, lines in self._lines.items():
            self._sheet.set_row(row, min(lines * LINE, TALLEST))
        self._sheet.set_paper(9)  # A4
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_footer(f"&L{footer}&R&P / &N")

    def _moment(self, row: int, column: int, value: date) -> None:
        look = DAY
        if isinstance(value, datetime):
            look = INSTANT_UTC if value.tzinfo else INSTANT
            value = value.replace(tzinfo=None)
        self._make_room(row, column, "2000-01-01 00:00:00 UTC" if look is not DAY else "2000-01-01")
        self._sheet.write_datetime(row, column, value, self._format({**look, "align": self._start}))

    def _make_room(self, row: int, column: int, text: str, widest: int = WIDEST) -> None:
        """Keeps the width of the column and the height of the row. Raises Refused."""
        length = _length(text)
        if length > MOST_CHARACTERS:
            raise Refused(
                "not-acceptable",
                Remark(
                    "Row %(row)s has a text of %(length)s characters, “%(text)s…”; "
                    "a cell of Excel holds %(most_characters)s. Use the CSV instead.",
                    {"row": row, "length": length, "text": text[:40], "most_characters": MOST_CHARACTERS},
                ),
            )
        lengths = [len(line) for line in text.splitlines()] or [0]
        lines = sum(max(1, math.ceil(length / widest)) for length in lengths)
        self._widths[column] = max(self._widths.get(column, NARROWEST), min(max(lengths), widest))
        if lines > self._lines.get(row, 1):
            self._lines[row] = lines

    def _aligned(self, text: str) -> Look:
        """Where a text begins: Arabic on the right, other text where the sheet begins."""
        order = reading_order(text)
        align = "right" if order == 2 else self._start
        return {"reading_order": order, "align": align, "indent": 0 if align == self._start else 1}

    def _format(self, look: Look) -> Format:
        """The same look is one format of the workbook."""
        key = repr(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]


def reading_order(text: str) -> int:
    """By the first letter that has a direction (UAX #9): 1 left to right, 2 right to left, 0 none."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return 1 if kind == "L" else 2
    return 0


def _length(text: str) -> int:
    """As Excel counts: in units of UTF-16."""
    return len(text.encode("utf-16-le")) // 2
