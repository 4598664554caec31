"""What the drawings share: which columns name the rows, and places in percent of the width."""

from dataclasses import dataclass
from typing import ClassVar

from server.tables.reading import Line, Reading, Shown
from server.tables.table import number_of

MOST_LINES = 300


@dataclass(frozen=True)
class Drawing:
    """A drawing; its class names the template."""

    template: ClassVar[str]


def names(reading: Reading) -> list[int]:
    """The columns that name things, else the first one."""
    return [place for place, column in enumerate(reading.columns) if column.is_thing] or [0]


def numbers(reading: Reading, besides: list[int]) -> list[int]:
    """The columns of numbers."""
    places = enumerate(reading.columns)
    return [place for place, column in places if column.kind == "number" and place not in besides]


def measure(reading: Reading, besides: list[int]) -> int | None:
    """The column that says how large or strong what is drawn is: the first one of numbers."""
    return next(iter(numbers(reading, besides)), None)


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
