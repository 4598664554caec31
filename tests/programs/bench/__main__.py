"""The command `python -m tests.programs.bench`."""

import argparse
import tempfile
import tomllib
from pathlib import Path

from loader.build import build
from loader.datasets import load
from loader.inputs import Inputs
from loader.progress import Progress

from .data import write_triples
from .measure import Asker, compare
from .saved import ask_saved
from .servers import Server, native_in_memory, native_on_disk, native_store, ours

QUESTIONS = tomllib.loads(Path(__file__).with_name("questions.toml").read_text(encoding="utf-8"))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.programs.bench", description=__doc__)
    parser.add_argument("--triples", type=int, default=500_000, help="generated triples of the large data")
    parser.add_argument("--rounds", type=int, default=5, help="pairs of runs a question")
    parser.add_argument("--only", nargs="*", default=list(QUESTIONS), choices=list(QUESTIONS))
    parser.add_argument("--saved", action="store_true", help="ask the saved queries instead")
    parser.add_argument("--sizes", nargs="*", default=["small", "large"], choices=["small", "large"])
    arguments = parser.parse_args()
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory() as folder:
            _run(size, Path(folder), arguments)


def _run(size: str, folder: Path, arguments: argparse.Namespace) -> None:
    store = folder / "store"
    progress = Progress(quiet=True)
    build(Inputs(), store, progress)
    if size == "large":
        file = folder / "bench.nt"
        write_triples(file, arguments.triples)
        load([file], "bench", store, progress)
    location, quads = native_store(store, folder)
    lines = sum(1 for _ in quads.open("rb"))
    print(f"{size}: {lines} quads, {arguments.rounds} rounds, ratios are ours / theirs", flush=True)
    servers = [ours(store), native_on_disk(location), native_in_memory(quads)]
    try:
        if arguments.saved:
            ask_saved(store, servers[0], servers[1:], arguments.rounds)
        for name in [] if arguments.saved else arguments.only:
            if size in QUESTIONS[name]:
                _ask(name, size, servers, arguments.rounds)
    finally:
        for server in servers:
            server.stop()


def _ask(name: str, size: str, servers: list[Server], rounds: int) -> None:
    question = QUESTIONS[name]
    for theirs in servers[1:]:
        asker = Asker(question[size], question["requests"], conditional=name == "not-modified")
        print(compare(name, asker, servers[0], theirs, rounds).line(), flush=True)


main()
