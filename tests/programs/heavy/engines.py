"""Checks of releases that are published in engines of others, and served from there."""

import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from .client import Request, query, send
from .outcome import Check, Outcome, judged, skipped
from .pages_elsewhere import Cost, costs
from .service import Service, free_port, serving
from .stores import built_store, unmissions
from .virtuoso import MAY_WRITE, is_there, virtuoso

# The saved queries that Virtuoso 7.2 answers wrongly, in another order or not at all: refused there by name.
NOT_ON_VIRTUOSO = (
    "envoys-and-bodies",
    "facts-of-a-thing",
    "follow-up-missions",
    "graphs-in-the-store",
    "institutions-hierarchy",
    "meetings-with-an-institution",
    "mission-as-rdf",
    "things-by-name",
    "what-is-said-of-an-institution",
    "what-is-said-on-a-topic",
)
MOST_MORE, MOST_OF_A_QUERY = 0.010, 0.035  # seconds
MISSING = "Virtuoso is neither installed nor unpacked at VIRTUOSO"
ROWS, SWITCHES, REQUESTS, READERS = 2000, 5, 10_000, 4
WHERE = "{ ?s <urn:is> ?value } UNION { GRAPH ?g { ?s <urn:is> ?value } }"
VALUES = f"SELECT ?value (COUNT(*) AS ?rows) {{ {WHERE} }} GROUP BY ?value"


def _on_virtuoso() -> Outcome:
    if not is_there():
        return skipped(MISSING)
    with tempfile.TemporaryDirectory(prefix="heavy-") as name:
        control, store = Path(name) / "control", built_store()
        with virtuoso(Path(name), MAY_WRITE) as endpoint:
            left_out = [flag for one in NOT_ON_VIRTUOSO for flag in ("--without", one)]
            where = ("--to", endpoint, "--control", str(control))
            unmissions("publish", "--store", str(store), *where, *left_out)  # fails where one is wrong
            proved = len([*(control / "current/expected").iterdir()]) - len(NOT_ON_VIRTUOSO)
            with serving("--engine", endpoint, store=control, in_memory=False) as service:
                refused = [send(service, _page(f"/queries/{one}")) for one in NOT_ON_VIRTUOSO]
            found = costs(store, control, endpoint)
    bad = [f"{reply.name} is not refused: {reply.status}" for reply in refused if reply.status != 400]
    shown = [cost for cost in found if cost.status != 400]  # a page of a query that is refused
    bad += [_told(cost) for cost in shown if cost.of_each_query > MOST_OF_A_QUERY or not _is_right(cost)]
    dearest = max(shown, key=lambda cost: cost.of_each_query)
    told = f"{proved} saved queries right, {len(refused)} refused by name; {len(shown)} kinds of pages"
    return judged(bad, f"{told}, the dearest by query: {_told(dearest)}; the dearest: {_told(shown[0])}")


def _is_right(cost: Cost) -> bool:
    return cost.status == cost.kind.status and cost.is_same


def _told(cost: Cost) -> str:
    answer = str(cost.status) if cost.is_same else f"{cost.status}, other words"
    return f"{cost.kind.name} ({answer}) {1000 * cost.more:.0f} ms more for {cost.queries:.0f} queries"


def _pages_on_oxigraph() -> Outcome:
    with tempfile.TemporaryDirectory(prefix="heavy-") as name, _oxigraph() as address:
        control, store, endpoint = Path(name) / "control", built_store(), f"{address}/query"
        unmissions("publish", "--store", str(store), "--to", endpoint, "--control", str(control))
        found = costs(store, control, endpoint)
    bad = [_told(cost) for cost in found if cost.more > MOST_MORE or not _is_right(cost)]
    return judged(bad, f"{len(found)} kinds of pages, the dearest: {', '.join(map(_told, found[:3]))}")


def _page(path: str) -> Request:
    return Request(path, "GET", path, headers={"Accept": "text/html"})


def _switches() -> Outcome:
    with tempfile.TemporaryDirectory(prefix="heavy-") as name, _oxigraph() as address:
        return _switched(Switched(Path(name), f"{address}/query"))


def _switches_on_virtuoso() -> Outcome:
    if not is_there():
        return skipped(MISSING)
    with tempfile.TemporaryDirectory(prefix="heavy-") as name, virtuoso(Path(name), MAY_WRITE) as endpoint:
        return _switched(Switched(Path(name), endpoint))


def _switched(where: "Switched") -> Outcome:
    where.publish(0)
    with serving("--engine", where.endpoint, store=where.control, in_memory=False) as service:
        seen = _asked_meanwhile(service, where)
    values = {f"{number},{2 * ROWS}" for number in range(SWITCHES + 1)}
    bad = [f"{number} × {answer[:80]}" for answer, number in seen.items() if answer not in values]
    bad += [f"{value} is never seen" for value in values if not seen[value]]
    return judged(bad, f"{seen.total():,} requests over {SWITCHES} switches")


class Switched:
    """A store whose every release has one value in many rows, published in one engine."""

    def __init__(self, folder: Path, endpoint: str) -> None:
        self._folder, self.endpoint, self.control = folder, endpoint, folder / "control"

    def publish(self, value: int) -> None:
        file, store = self._folder / "values.nt", ("--store", str(self._folder / "store"))
        file.write_text("".join(f'<urn:n:{n}> <urn:is> "{value}" .\n' for n in range(ROWS)))
        unmissions("load", str(file), "--dataset", "values", *store)
        unmissions("publish", *store, "--to", self.endpoint, "--control", str(self.control))


def _asked_meanwhile(service: Service, where: Switched) -> Counter[str]:
    """How often each answer came, while releases were published one after the other."""
    seen: Counter[str] = Counter()
    is_over = threading.Event()

    def read(reader: int) -> None:
        while not is_over.is_set():
            reply = send(service, query(f"{VALUES} #{reader} {seen.total()}", accept="text/csv"))
            rows = " ".join(reply.text.split()[1:])
            seen[rows if reply.status == 200 else f"{reply.status} {reply.text}"] += 1

    with ThreadPoolExecutor(READERS) as pool:
        readers = [pool.submit(read, number) for number in range(READERS)]
        try:
            for value in range(1, SWITCHES + 1):
                _until(seen, value * REQUESTS // (SWITCHES + 1))
                where.publish(value)
            _until(seen, REQUESTS)
        finally:
            is_over.set()
    for done in readers:
        done.result()
    return seen


def _until(seen: Counter[str], number: int) -> None:
    while seen.total() < number:
        threading.Event().wait(0.05)


@contextmanager
def _oxigraph() -> Iterator[str]:
    """The address of a server that keeps everything in memory, until the block ends."""
    place = f"127.0.0.1:{free_port()}"
    command = [str(Path(sys.executable).with_name("oxigraph")), "serve", "--bind", place]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield f"http://{place}"
        finally:
            process.kill()


ONE_AT_A_TIME = "who reads while releases are published sees one at a time"
CHECKS = [
    Check(
        "virtuoso-as-engine",
        "saved queries are right there or refused by name; pages say the same in at most 35 ms more a query",
        _on_virtuoso,
    ),
    Check(
        "pages-on-oxigraph",
        "pages say the same as with the data here, and take at most 10 ms more",
        _pages_on_oxigraph,
    ),
    Check("switch-elsewhere", ONE_AT_A_TIME, _switches),
    Check("switch-on-virtuoso", ONE_AT_A_TIME, _switches_on_virtuoso),
]
