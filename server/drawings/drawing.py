"""What the drawings share: which columns name the rows and which say how much, and places in percent."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from server.tables.reading import Line, Reading, Shown
from server.tables.table import number_of

MOST_LINES = 300
COLUMNS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("columns.toml").read_text("utf-8"))
NO_QUANTITIES = {name for kind in ("latitude", "longitude", "which") for name in COLUMNS[kind]}


@dataclass(frozen=True)
class Drawing:
    """A drawing; its class names the template for pages, and that for pictures 900 wide."""

    template: ClassVar[str]
    picture: ClassVar[str]

    @property
    def tall(self) -> int:
        """How many pixels it takes up in a picture."""
        raise NotImplementedError


def column_of(reading: Reading, kind: str) -> int | None:
    """Where the first column of a kind in `columns.toml` stands."""
    return reading.place(*COLUMNS[kind])


def names(reading: Reading) -> list[int]:
    """The columns that name things, else the first one."""
    things = [place for place, column in enumerate(reading.columns) if column.is_thing]
    return things or [place for place in (0,) if reading.columns]


def quantities(reading: Reading, besides: list[int]) -> list[int]:
    """The columns that say how much there is of something."""
    return [
        place
        for place, column in enumerate(reading.columns)
        if column.kind == "number" and place not in besides and last_word(column.name) not in NO_QUANTITIES
    ]


def last_word(name: str) -> str:
    """The end of a column's name, which says what it is: `first_year` is a year."""
    return name.rpartition("_")[2].casefold()


def number(line: Line, place: int | None) -> float | None:
    """The number in a column; None where there is none that can be drawn."""
    cell = None if place is None else line.cells[place]
    return None if cell is None else number_of(cell.value)


def cells(line: Line, places: list[int]) -> tuple[Shown, ...]:
    """What stands in these columns, empty ones left out."""
    return tuple(cell for place in places if (cell := line.cells[place]) is not None)


def percent(start: float, width: float, is_mirrored: bool) -> tuple[str, str]:
    """Where a bar begins and how wide it is, from the side where reading begins."""
    left = 100 - start - width if is_mirrored else start
    return f"{left:.2f}%", f"{width:.2f}%"
