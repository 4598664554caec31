"""What a run found: the outcome of each test, and the table of the categories."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from .cases import Category

KNOWN_DIFFERENCES = Path(__file__).with_name("known_differences.toml")


@dataclass(frozen=True)
class Outcome:
    """How one test went; `reason` is None where it passed."""

    name: str
    title: str
    category: Category
    reason: str | None = None

    @property
    def known(self) -> str | None:
        """Why this test may fail: what the engine does there, if it is a known difference."""
        return known_differences().get(self.name)


@dataclass
class Report:
    """The outcomes of a run, how long it took in seconds and how many requests were writes."""

    outcomes: list[Outcome] = field(default_factory=list)
    seconds: float = 0.0
    writes: int = 0

    def failed(self) -> list[Outcome]:
        """The tests that failed, known differences among them."""
        return [outcome for outcome in self.outcomes if outcome.reason is not None]

    def unexpected(self) -> list[Outcome]:
        """The tests that failed and are no known difference: what makes a run a failure."""
        return [outcome for outcome in self.failed() if outcome.known is None]

    def passing_differences(self) -> list[Outcome]:
        """The tests listed as known differences that passed: their lines can be taken out."""
        return [each for each in self.outcomes if each.reason is None and each.known is not None]

    def totals(self) -> dict[Category, tuple[int, int]]:
        """For each category how many tests passed and how many there were."""
        totals: dict[Category, tuple[int, int]] = {}
        for outcome in self.outcomes:
            passed, total = totals.get(outcome.category, (0, 0))
            totals[outcome.category] = (passed + (outcome.reason is None), total + 1)
        return totals

    def lines(self) -> Iterator[str]:
        """One line for each failed test, then the table and what the run took."""
        for outcome in self.failed():
            mark = "known" if outcome.known else "FAILED"
            yield f"{mark} {outcome.name}: {outcome.known or outcome.reason}"
        for outcome in self.passing_differences():
            yield f"passed, though it is a known difference: {outcome.name}"
        for category, (passed, total) in self.totals().items():
            yield f"{category:22} {passed:4} of {total:4}"
        yield f"{len(self.failed())} failed, {len(self.unexpected())} of them unexpected"
        yield f"{len(self.outcomes)} tests, {self.writes} writes, {self.seconds:.1f} s"


@cache
def known_differences() -> dict[str, str]:
    """The tests that the engine is known to fail, each with the reason."""
    document = tomllib.loads(KNOWN_DIFFERENCES.read_text())
    return {entry["name"]: entry["reason"] for entry in document.get("difference", [])}
