"""One thing measured alone, and the most that it may be."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from .figures import number

HEAD = "| what | in | measured | at most |\n| --- | --- | --- | --- |\n"


@dataclass(frozen=True)
class Measure:
    """One figure; one that is more than it may be stands out."""

    what: str
    unit: str
    value: float
    most: float = math.inf

    def line(self) -> str:
        bold = "**" if self.value > self.most else ""
        most = number(self.most) if self.most < math.inf else "–"
        return f"| {self.what} | {self.unit} | {bold}{number(self.value)}{bold} | {most} |\n"


def table(measures: Iterable[Measure]) -> str:
    return HEAD + "".join(measure.line() for measure in measures)
