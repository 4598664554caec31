"""The countries of the rows on a map: shaded, named after the country or what lies in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from server.drawings.drawing import cells, column_of
from server.drawings.land import country, middle
from server.drawings.projection import Point, Projection
from server.tables.reading import Line, Reading, Shown


@dataclass(frozen=True, kw_only=True)
class Shading:
    """A country: the number that Natural Earth has for it, its name, and what of the rows lies there."""

    number: str
    name: Shown
    holds: tuple[Shown, ...]
    is_dotted: bool

    @property
    def middle(self) -> Point:
        """Longitude and latitude of its largest part."""
        return middle(self.number) or (0.0, 0.0)

    def path(self, window: Projection) -> str:
        """Its shape; empty where it is too small to be seen."""
        return country(self.number, window)


def shadings(reading: Reading, placed: Sequence[tuple[Line, object]], named: list[int]) -> list[Shading]:
    """Each country once, in the order of the rows; `placed` has the lines with their points, or None."""
    column, thing = column_of(reading, "country_number"), column_of(reading, "country")
    found: dict[str, list[tuple[Line, object]]] = {}
    for line, point in placed:
        cell = None if column is None else line.cells[column]
        if cell is not None and middle(cell.value):
            found.setdefault(cell.value, []).append((line, point))
    return [_shading(number, lines, thing, named) for number, lines in found.items()]


def _shading(
    number: str, lines: Sequence[tuple[Line, object]], thing: int | None, named: list[int]
) -> Shading:
    holds = tuple(cell for line, _ in lines for cell in cells(line, named))
    names = _own_names((line for line, _ in lines), thing)
    is_dotted = any(point is not None for _, point in lines)
    return Shading(number=number, name=(*names, *holds)[0], holds=_once(holds), is_dotted=is_dotted)


def _own_names(lines: Iterable[Line], thing: int | None) -> list[Shown]:
    return [] if thing is None else [cell for line in lines for cell in cells(line, [thing])]


def _once(shown: Iterable[Shown]) -> tuple[Shown, ...]:
    return tuple({cell.value: cell for cell in shown}.values())
