"""How a file is cut into pieces: what the header of a mapping says of it."""

from dataclasses import dataclass

FORMATS = ("csv", "tsv", "json", "xml")


@dataclass(frozen=True, kw_only=True)
class FileLayout:
    """`piece` is the key or element that is one piece, `rows` how many rows or items go together.

    `empty` is what a cell holds that says nothing, None where each says something. `hxl` tells that a row of
    hashtags stands below the header. With `whole`, all of the file is one piece.
    """

    format: str
    delimiter: str = ","
    header_rows: int = 1
    hxl: bool = False
    empty: str | None = None
    piece: str = ""
    rows: int = 500
    whole: bool = False
