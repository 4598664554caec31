"""What data of others beside ours cost: to load them, and for what is asked of ours after that."""

import csv
import json
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from .connection import request
from .loads import TRIPLES, build, load_rows, load_triples
from .measure import Measure, table
from .questions import FORM
from .report import ROOT, beginning, taken, write
from .rounds import Cost, Plan, ask_once, interleaved
from .saved import ask_one, askable
from .servers import OurServer

BATCH, BATCHES, REQUESTS = 50, 20, 10
USUAL_ROOM = 1024  # MiB in memory, as a server has them that nobody has told otherwise


def measure_beside(plan: Plan, into_the_page: bool) -> None:
    began, measures = beginning(), []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for measure in _measures(Path(folder), plan):
            print(measure.line(), end="", flush=True)
            measures.append(measure)
    if into_the_page:
        write("beside", f"{plan.told}; {taken(began)}.\n\n{table(measures)}")


def _measures(folder: Path, plan: Plan) -> Iterator[Measure]:
    ours, beside, mapped = folder / "ours", folder / "beside", folder / "mapped"
    build(ours)
    for copy in (beside, mapped):
        shutil.copytree(ours, copy, symlinks=True)
    yield from load_triples(folder / "others.nt", beside)
    yield from load_rows(folder / "table.csv", mapped)
    with ExitStack() as stack:
        servers = [_server(stack, store) for store in (ours, beside)]
        yield from _asked(servers, plan)
        yield _matched(servers[1])


def _server(stack: ExitStack, store: Path) -> OurServer:
    server = OurServer(store, USUAL_ROOM)
    stack.callback(server.stop)
    server.name = store.name
    return server


def _asked(servers: list[OurServer], plan: Plan) -> Iterator[Measure]:
    """Every saved query of ours, with and without the load, by turns; of each the best of its rounds."""
    processor, clock, queries = [], [], askable()
    for query in queries:
        work = partial(ask_one, query, False, plan.requests(REQUESTS))
        found = interleaved(servers, plan.rounds, work)
        without, beside = (_best(found[server.name]) for server in servers)
        processor.append(beside.processor / without.processor)
        clock.append(beside.clock / without.clock)
    what = f"{len(queries)} saved queries beside {TRIPLES:,} triples of others, median"
    yield Measure(what, "times the processor time without them", statistics.median(processor), 1.15)
    yield Measure(what, "times the clock time without them", statistics.median(clock), 1.15)


def _best(costs: list[Cost]) -> Cost:
    return Cost(min(cost.clock for cost in costs), min(cost.processor for cost in costs))


def _matched(server: OurServer) -> Measure:
    """The slowest batch; the first, for which the names are brought together, counts like the others."""
    with (ROOT / "tests/reconcile/gold.tsv").open(encoding="utf-8", newline="") as rows:
        names = [row["query"] for row in csv.DictReader(rows, delimiter="\t")]
    batches = ([names[(BATCH * n + i) % len(names)] for i in range(BATCH)] for n in range(BATCHES))
    slowest = max(ask_once(server, _batch(batch)).whole for batch in batches)
    return Measure(f"{BATCH} names reconciled in one batch, the slowest of {BATCHES}", "s", slowest, 0.5)


def _batch(names: list[str]) -> bytes:
    queries = {str(number): {"query": name} for number, name in enumerate(names)}
    return request("POST", "/reconcile", FORM, urlencode({"queries": json.dumps(queries)}).encode())
