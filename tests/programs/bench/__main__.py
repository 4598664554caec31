"""The command `python -m tests.programs.bench`."""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from .beside import measure_beside
from .figures import HEAD, Figure
from .loads import TRIPLES
from .million import read_a_million_rows
from .pages import ask_pages
from .questions import ask_from_many, ask_questions
from .report import beginning, piece, write
from .rounds import SIZES, Plan
from .saved import ask_saved
from .servers import Server, native_on_disk
from .starts import start_all, weigh
from .stores import make_stores
from .writes import write_few, write_many

PARTS: dict[str, Callable[[list[Server], Plan], Iterator[Figure]]] = {
    "questions": ask_questions,
    "clients": ask_from_many,
    "pages": ask_pages,
    "saved": ask_saved,
    "rows": read_a_million_rows,
    "memory": weigh,
    "write": write_few,
    "put": write_many,
}
WRITING = ("write", "put")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.programs.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the shipped data alone, with fewer requests")
    parser.add_argument("--huge", action="store_true", help="five million generated triples as well")
    parser.add_argument("--rounds", type=int, help="rounds that are counted (5; 3 with --quick)")
    parser.add_argument("--only", nargs="+", choices=list(PARTS), help="these parts alone")
    parser.add_argument("--sizes", nargs="+", choices=list(SIZES), help="these sizes of data alone")
    parser.add_argument("--write", action="store_true", help="write the tables into docs/measurements.md")
    parser.add_argument("--beside", action="store_true", help="what data of others cost, and nothing else")
    arguments = parser.parse_args()
    if arguments.write and arguments.only:
        parser.error("--write takes whole tables, and --only measures a part")
    if arguments.beside:
        measure_beside(Plan("beside", TRIPLES, arguments.rounds or 3, 1.0), arguments.write)
        return
    sizes = ["small"] if arguments.quick else ["small", "large"] + ["huge"] * arguments.huge
    for size in arguments.sizes or sizes:
        rounds = arguments.rounds or (3 if arguments.quick else 5)
        plan = Plan(size, SIZES[size], rounds, 0.25 if arguments.quick else 1.0)
        _measure(plan, arguments.only or list(PARTS), arguments.write)


def _measure(plan: Plan, parts: list[str], into_the_page: bool) -> None:
    began = beginning()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-"))
        stores, figures = make_stores(Path(folder), plan)
        print(f"\n{plan.size}: {stores.number:,} quads, load {began.load:.1f}\n{'  '.join(HEAD)}", flush=True)
        servers, starts = start_all(stack, stores, plan)
        figures += starts
        _show(figures)
        for part in parts:
            if part in WRITING:
                servers[1] = _writing(stack, servers[1], stores.native)
            figures += _show(PARTS[part](servers, plan))
    if into_the_page:
        write(plan.size, piece(plan, stores.number, figures, began))


def _show(figures: Iterator[Figure] | list[Figure]) -> list[Figure]:
    """Prints each as soon as it is known."""
    shown = []
    for figure in figures:
        print(figure.line(), flush=True)
        shown.append(figure)
    return shown


def _writing(stack: ExitStack, server: Server, location: Path) -> Server:
    """The native server on disk again, but one that writes; ours and the one in memory do so anyway."""
    server.stop()
    writing = native_on_disk(location, writing=True)
    stack.callback(writing.stop)
    return writing


main()
