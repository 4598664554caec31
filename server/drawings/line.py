"""A line for each number of rows that follow each other, such as years."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil, floor, log10
from typing import ClassVar

from server.drawings.drawing import Drawing
from server.drawings.quantities import Amounts, amounts
from server.drawings.rows import Tick
from server.i18n.languages import direction
from server.tables.reading import Reading, Shown

# The drawing leaves room for half a name at both ends.
LEFT, RIGHT, TOP, BOTTOM = 7.0, 93.0, 6.0, 90.0
# What a number below its point needs, so that it does not stand on the line of zero.
ROOM = 8.0


@dataclass(frozen=True, kw_only=True)
class LinePoint:
    """A number of a row; places in percent of the whole, `series` counts from 0.

    Its `label` stands above, below or after it.
    """

    series: int
    x: float
    y: float
    value: str
    title: str
    label: str


@dataclass(frozen=True, kw_only=True)
class LineChart(Drawing):
    """The whole drawing: a chain of points for each of the `series`, on an axis and level lines."""

    template: ClassVar[str] = "views/line.html"
    picture: ClassVar[str] = "views/line.svg"
    view: ClassVar[str] = "line"
    series: tuple[str, ...]
    chains: tuple[tuple[LinePoint, ...], ...]
    ticks: tuple[Tick, ...]
    levels: tuple[Tick, ...]

    @property
    def tall(self) -> int:
        return 340

    @property
    def steps(self) -> Iterator[tuple[LinePoint, LinePoint]]:
        """Each point with the one that follows."""
        return (pair for chain in self.chains for pair in pairwise(chain))


def line(reading: Reading, language: str) -> LineChart | None:
    """The rows from one to the next, or None where they do not follow each other by a year or a date."""
    found = amounts(reading)
    if found is None or not found.is_ordered or len(found.lines) < 2:
        return None
    places = _across(found, direction(language) == "rtl")
    names = [found.names_of(row)[0] for row in found.lines]
    top = _level(found.most)
    series = range(len(found.counted))
    chains = tuple(tuple(_chain(found, n, list(zip(places, names, strict=True)), top)) for n in series)
    return LineChart(
        series=found.titles,
        chains=chains,
        ticks=tuple(Tick(f"{x:.2f}%", name.words) for x, name in zip(places, names, strict=True)),
        levels=tuple(Tick(f"{_down(part * top / 4, top):.2f}%", f"{part * top / 4:g}") for part in range(5)),
    )


def _across(found: Amounts, is_mirrored: bool) -> list[float]:
    """Where the rows stand: as far apart as their years or days, where those are known."""
    values = [_when(found.names_of(line)[0]) for line in found.lines]
    known = [value for value in values if value is not None]
    steps = known if len(known) == len(values) else [float(n) for n in range(len(values))]
    first, width = min(steps), (max(steps) - min(steps)) or 1
    shares = [(step - first) / width for step in steps]
    return [LEFT + (RIGHT - LEFT) * (1 - share if is_mirrored else share) for share in shares]


def _when(name: Shown) -> float | None:
    try:
        return (
            float(name.value) if name.value.isdigit() else float(date.fromisoformat(name.value).toordinal())
        )
    except ValueError:
        return None


def _level(most: float) -> float:
    """The round number at the top; a quarter of it is as round, and of few things a whole number."""
    size: float = 10 ** floor(log10(most))
    top = next(size * part for part in (1, 2, 4, 6, 8, 10) if size * part >= most)
    return top if most < 1 else 4 * ceil(top / 4)


def _down(amount: float, top: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * amount / top


def _chain(found: Amounts, series: int, places: list[tuple[float, Shown]], top: float) -> Iterator[LinePoint]:
    for row, (x, name) in zip(found.lines, places, strict=True):
        amount, title = found.of(row)[series], found.titles[series]
        y = round(_down(amount, top), 2)
        text = f"{name.words} · {title}: {amount:g}"
        is_lowest = amount == min(found.of(row)) < max(found.of(row))
        label = "above" if not is_lowest else "below" if BOTTOM - y > ROOM else "after"
        yield LinePoint(series=series, x=round(x, 2), y=y, value=f"{amount:g}", title=text, label=label)
