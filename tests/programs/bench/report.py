"""The figures of one size of data as a piece of docs/measurements.md, between marks of its own.

A piece stands between `<!-- bench: SIZE -->` and `<!-- end of bench -->`.
"""

import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from .figures import Figure, table
from .rounds import Plan

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "measurements.md"
END = "<!-- end of bench -->"


def mark(size: str) -> str:
    return f"<!-- bench: {size} -->"


@dataclass(frozen=True)
class Beginning:
    """What must be looked at before something is measured: it may be other when all is done."""

    commit: str
    load: float


def beginning() -> Beginning:
    """The commit, and whether there is something in the folder that it does not have; the load."""
    command = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return Beginning(done.stdout.strip() or "unknown", os.getloadavg()[0])


def piece(plan: Plan, quads: int, figures: Sequence[Figure], began: Beginning) -> str:
    """What was measured, on what, and a table."""
    told = f"{quads:,} quads as queries see them; {plan.told}; oxigraph {version('oxigraph')}"
    return f"{told}; {taken(began)}.\n\n{table(figures)}"


def taken(began: Beginning) -> str:
    """Of what, when, on what machine, and how busy that was."""
    load = f"load {began.load:.1f} at the beginning and {os.getloadavg()[0]:.1f} at the end"
    return f"commit {began.commit}, {date.today().isoformat()}; {_machine()}; {load}"


def replaced(text: str, size: str, new: str) -> str:
    """The text of a page with the piece of this size made anew. Raises LookupError where it has no marks."""
    pattern = re.compile(rf"({re.escape(mark(size))}\n).*?({re.escape(END)})", re.DOTALL)
    changed, number = pattern.subn(lambda match: f"{match[1]}{new}{match[2]}", text)
    if number != 1:
        raise LookupError(f"{mark(size)} stands {number} times in the page, not once")
    return changed


def write(size: str, new: str) -> None:
    PAGE.write_text(replaced(PAGE.read_text(encoding="utf-8"), size, new), encoding="utf-8")


def _machine() -> str:
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / (1 << 30)
    return f"{os.cpu_count()} cores of {_model()}, {memory:.0f} GiB"


def _model() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return "an unnamed processor"
