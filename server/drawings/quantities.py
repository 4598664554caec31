"""What bars, stacks and lines show: rows with a name of their own each, and how much there is of what."""

from collections.abc import Sequence
from dataclasses import dataclass

from server.drawings.drawing import COLUMNS, cells, last_word, names, number, quantities
from server.tables.reading import Line, Reading, Shown

MOST_SERIES = 3
MOST_NAMES = 2


@dataclass(frozen=True, kw_only=True)
class Amounts:
    """The rows by name with their numbers; `is_ordered` where the names have an order of their own."""

    lines: Sequence[Line]
    named: list[int]
    counted: list[int]
    titles: tuple[str, ...]
    is_ordered: bool

    @property
    def most(self) -> float:
        """The largest of all numbers."""
        return max(amount for line in self.lines for amount in self.of(line))

    def of(self, line: Line) -> list[float]:
        """The numbers of a row; what is not said counts as nothing."""
        return [number(line, place) or 0 for place in self.counted]

    def names_of(self, line: Line) -> tuple[Shown, ...]:
        return cells(line, self.named)


def amounts(reading: Reading) -> Amounts | None:
    """None where rows have no numbers that say how much, or are not told apart by their names."""
    ordered = [p for p, column in enumerate(reading.columns) if last_word(column.name) in COLUMNS["ordered"]]
    named = names(reading)[:MOST_NAMES] if _has_things(reading) else (ordered or names(reading))[:1]
    counted = quantities(reading, named)[:MOST_SERIES]
    told = {tuple(cell.words for cell in cells(line, named)) for line in reading.lines}
    found = Amounts(
        lines=reading.lines,
        named=named,
        counted=counted,
        titles=tuple(reading.columns[place].title for place in counted),
        is_ordered=bool(set(ordered) & set(named)),
    )
    is_fit = bool(counted) and len(told) == len(reading.lines) and _is_positive(found)
    return found if is_fit else None


def _has_things(reading: Reading) -> bool:
    return any(column.is_thing for column in reading.columns)


def _is_positive(found: Amounts) -> bool:
    """A length is of what is above nothing."""
    numbers = [amount for line in found.lines for amount in found.of(line)]
    return min(numbers) >= 0 and max(numbers) > 0
