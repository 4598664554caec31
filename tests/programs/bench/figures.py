"""One thing measured on several servers, and how it is told: best and median of the rounds."""

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .servers import IN_MEMORY, ON_DISK, OURS

HEAD = ("what", "in", OURS, ON_DISK, IN_MEMORY, "ours / on disk", "ours / in memory")


@dataclass(frozen=True)
class Figure:
    """The values of each round by server; the best is the smallest, but the largest of a `rate`."""

    what: str
    unit: str
    values: Mapping[str, Sequence[float]]
    rate: bool = False

    def cells(self) -> tuple[str, ...]:
        measured = (self._cell(self.values.get(name, ())) for name in (OURS, ON_DISK, IN_MEMORY))
        return (self.what, self.unit, *measured, self._ratio(ON_DISK), self._ratio(IN_MEMORY))

    def line(self) -> str:
        """For who waits at the terminal."""
        return "  ".join(f"{cell:<18}" for cell in self.cells()).rstrip()

    def _cell(self, values: Sequence[float]) -> str:
        return _told(self._best(values), statistics.median(values)) if values else "–"

    def _ratio(self, against: str) -> str:
        """The ratio of the best, and the median of the ratios of each round."""
        mine, theirs = self.values.get(OURS, ()), self.values.get(against, ())
        if not mine or not theirs:
            return "–"
        pairs = [a / b for a, b in zip(mine, theirs, strict=False) if b]
        if not pairs:
            return "–"
        return _told(self._best(mine) / self._best(theirs), statistics.median(pairs))

    def _best(self, values: Sequence[float]) -> float:
        return max(values) if self.rate else min(values)


def table(figures: Iterable[Figure]) -> str:
    lines = [HEAD, tuple("---" for _ in HEAD), *(figure.cells() for figure in figures)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _told(best: float, median: float) -> str:
    return f"{number(best)} ({number(median)})"


def number(value: float) -> str:
    """Two or three digits that count."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.2g}"
