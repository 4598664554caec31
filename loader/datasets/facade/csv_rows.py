"""CSV and TSV as triples: a row is a node, a column with a name in the header a property."""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from loader.datasets.content import Content, UnreadableFile
from loader.datasets.facade.layout import FileLayout
from loader.datasets.facade.triples import Piece, literal, member, named

# A number that a row has, and its cells.
Row = tuple[int, list[str]]
LONGEST_CELL = 1 << 20


def csv_pieces(content: Content, layout: FileLayout) -> Iterator[Piece]:
    """So many rows at a time. Raises UnreadableFile for a row with more cells than the header has."""
    csv.field_size_limit(LONGEST_CELL)
    lines = iter(lambda: content.read().decode(), "")
    table = csv.reader(_whole_lines(lines), delimiter=layout.delimiter, strict=True)
    try:
        head = [row for row in islice(table, layout.header_rows + layout.hxl)]
        columns = _columns(head, layout)
        rows = enumerate((row for row in table if row), 1)
        width = max(map(len, head), default=0)
        size = None if layout.whole else layout.rows
        while some := list(islice(_lined(rows, table, width), size)):
            yield _piece(content.path.name, some, columns, layout.empty)
    except csv.Error as error:
        raise UnreadableFile(f"This is no CSV: {error}.", table.line_num) from None


def _whole_lines(pieces: Iterator[str]) -> Iterator[str]:
    """What is read comes in pieces of at most so many bytes; a line may be longer."""
    line = ""
    for piece in pieces:
        line += piece
        if line.endswith("\n"):
            yield line
            line = ""
    if line:
        yield line


def _lined(rows: Iterator[Row], table: object, width: int) -> Iterator[tuple[int, Row]]:
    """Each row with the line on which it ends."""
    for number, cells in rows:
        line = getattr(table, "line_num", 0)
        if width and len(cells) > width:
            raise UnreadableFile(f"The row has {len(cells)} cells, the header has {width}.", line)
        yield line, (number, cells)


def _columns(head: Sequence[Sequence[str]], layout: FileLayout) -> list[str]:
    """The properties of the columns: by the hashtags of HXL, else by the last row of the header."""
    if not head:
        return []
    names = list(map(_hashtag, head[-1])) if layout.hxl else [name.strip() for name in head[-1]]
    return [named(name) if name else member(n) for n, name in enumerate(names, 1)]


def _hashtag(tag: str) -> str:
    """A hashtag without `#` and blanks, its attributes in alphabetical order: `country+code+v_iso2`."""
    first, *attributes = re.sub(r"\s", "", tag).lower().removeprefix("#").split("+")
    return "+".join([first, *sorted(attributes)])


def _piece(file: str, rows: list[tuple[int, Row]], columns: list[str], empty: str | None) -> Piece:
    piece = Piece(rows[0][0])
    piece.begin(file)
    lines = piece.lines
    for _, (number, cells) in rows:
        lines.append(f"_:root {member(number)} _:r{number} .\n")
        for n, cell in enumerate(cells):
            if cell != empty:
                column = columns[n] if n < len(columns) else member(n + 1)
                lines.append(f"_:r{number} {column} {literal(cell)} .\n")
    return piece
