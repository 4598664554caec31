"""What is inferred, marked at the value itself: a page needs no column that says so far from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from server.tables.certainty import CERTAINTIES, is_inferred
from server.tables.reading import Column, Line, Reading, Shown

_CERTAINTY = "_certainty"


@dataclass(frozen=True)
class Marks:
    """The columns that a page shows, by their places, and of each that says how sure others are, whose."""

    places: tuple[int, ...]
    of: Mapping[int, tuple[int, ...]]

    def line(self, line: Line) -> Line:
        """The line with a mark at each value that is inferred, and without the columns that say so."""
        cells = list(line.cells)
        for place, targets in self.of.items():
            certainty = line.cells[place]
            if certainty is not None and is_inferred(certainty.iri):
                _mark(cells, targets, certainty)
        return Line(tuple(cells[place] for place in self.places), line.row)

    def columns(self, reading: Reading) -> list[Column]:
        return [reading.columns[place] for place in self.places]


def marks_of(reading: Reading, kept: Sequence[str] = ()) -> Marks:
    """How the lines of a reading are marked; only columns that are `kept` are shown, where any are named."""
    named = [n for n, column in enumerate(reading.columns) if not kept or column.name in kept]
    of = {}
    for place, column in enumerate(reading.columns):
        targets = tuple(n for n in map(reading.place, _valued(column.name)) if n is not None and n in named)
        if targets and _are_certainties(line.cells[place] for line in reading.lines):
            of[place] = targets
    return Marks(tuple(place for place in named if place not in of), of)


def _valued(name: str) -> list[str]:
    """The names of the columns whose values a column may speak of; the bounds stand for a date that lacks."""
    if not name.endswith(_CERTAINTY):
        return []
    valued = name.removesuffix(_CERTAINTY)
    plurals = (f"{valued}s", f"{valued[:-1]}ies")
    return [valued, *plurals, *(["not_before"] if valued == "date" else [])]


def _are_certainties(cells: Iterable[Shown | None]) -> bool:
    """Whether there is nothing in a column but certainties of ours, so that marks say all of it."""
    return all(cell is None or cell.iri.startswith(CERTAINTIES) for cell in cells)


def _mark(cells: list[Shown | None], targets: Sequence[int], certainty: Shown) -> None:
    """Marks the first of the values that is there; where none is, the mark stands alone."""
    for place in targets:
        if (value := cells[place]) is not None:
            cells[place] = replace(value, mark=certainty)
            return
    cells[targets[0]] = certainty
