"""What a check came to, and how it is printed: a line as it ends, and a table of all at the end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True)
class Outcome:
    """Whether what must hold held, with the figures; `late` where only a time was missed."""

    ok: bool
    figures: str
    late: bool = False
    skipped: bool = False

    @property
    def word(self) -> str:
        return "skipped" if self.skipped else "ok" if self.ok else "FAILED"


@dataclass(frozen=True)
class Check:
    """One thing that must hold: its name, the sentence, and what finds out."""

    name: str
    holds: str
    run: Callable[[], Outcome]


@dataclass(frozen=True)
class Result:
    """A check that ran."""

    check: Check
    outcome: Outcome
    seconds: float

    def line(self) -> str:
        return f"{self.outcome.word} {self.check.name}: {self.outcome.figures} [{self.seconds:.0f} s]"


def skipped(sentence: str) -> Outcome:
    return Outcome(True, sentence, skipped=True)


def judged(complaints: Sequence[str], figures: str, late: Sequence[str] = ()) -> Outcome:
    """Held where nothing is complained of; `late` are complaints about time alone."""
    told = "; ".join([*complaints, *late])
    return Outcome(not told, f"{figures} — {told}" if told else figures, late=bool(late) and not complaints)


def table(results: Sequence[Result]) -> str:
    """All results as a Markdown table."""
    rows = ["| check | must hold | result | figures | s |", "|---|---|---|---|---|"]
    for result in results:
        figures = result.outcome.figures.replace("|", "\\|").replace("\n", " ")
        cells = (result.check.name, result.check.holds, result.outcome.word, figures, f"{result.seconds:.0f}")
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)
