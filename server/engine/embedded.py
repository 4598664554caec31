"""The engine on a store directory of ours: scan, wait for a place, run in a reader, stream."""

import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from loader.release.releases import Releases
from server.engine.budget import Budget
from server.engine.channel import Closed
from server.engine.edits import Edit
from server.engine.flight import Body, Flight
from server.engine.interface import Answer, EngineFailure, Question
from server.engine.lanes import Lane
from server.engine.processes import Zygote
from server.engine.published import Published
from server.engine.readers import Readers
from server.engine.statistics import Statistics
from server.engine.writes import Writes, Written

TURN_SECONDS = 0.08
SPARE_READERS = 2
MOST_STREAMS = 16
MOST_REMEMBERED = 1000


@dataclass(frozen=True)
class EngineSettings:
    """What one engine may use: `memory` in bytes a query, `in_memory` in bytes of quads held in memory.

    `running` queries work at a time; half of the places are kept for queries younger than 80 ms.
    `burst` is how many seconds of readers' time the long queries of one client may take; half as much
    comes back a minute.
    """

    memory: int = 1 << 30
    in_memory: int = 1 << 30
    running: int = 4
    queue: int = 64
    burst: float = 120.0
    write_timeout: float = 60.0
    default_graph: str = "union"


class EmbeddedEngine:
    """Answers from the current release of a store directory; follows new releases by itself."""

    def __init__(self, store: Path, settings: EngineSettings) -> None:
        self.settings = settings
        self.releases = Releases(store)
        self.published = Published(
            self.releases,
            Zygote.start(),
            settings.default_graph,
            settings.memory,
            settings.in_memory,
        )
        self.writes = Writes(
            self.published.zygote, str(store), settings.default_graph == "union", 2 * settings.memory
        )
        self._young = Lane(max(1, settings.running // 2), settings.queue)
        self._old = Lane(max(1, settings.running // 2), settings.queue)
        self._streams = threading.BoundedSemaphore(MOST_STREAMS)
        self.statistics = Statistics()
        self._budget = Budget(settings.burst, settings.burst / 120)
        self._dear: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._stopping = threading.Event()
        threading.Thread(target=self._keep_house, daemon=True).start()

    def query(self, question: Question) -> Answer:
        """Answers a query. Raises EngineFailure."""
        with self._counted("answered"):
            return self._query(question)

    def _query(self, question: Question) -> Answer:
        readers = self.published.readers(question.release)
        deadline = time.monotonic() + question.timeout
        key = (readers.release_id, question.text)
        if key not in self._dear:
            answer = self._in_young_lane(readers, question, deadline)
            if answer:
                return answer
            self._remember_dear(key)
        return self._in_old_lane(readers, question, deadline)

    def dump(self, graph: str, question: Question) -> Answer:
        """One named graph, or the unnamed one (an empty IRI), as it was written. Raises EngineFailure."""
        with self._counted("answered"):
            return self._dump(graph, question)

    def _dump(self, graph: str, question: Question) -> Answer:
        readers = self.published.readers(question.release, as_written=True)
        deadline = time.monotonic() + question.timeout
        self._young.enter(question.client, deadline, question.departure)
        job = {"do": "dump", "graph": graph, "format": question.format, "cpu": question.timeout * 4}
        flight = Flight(readers, question, job, self._young.leave)
        return self._answer(flight, self._first_part(flight, deadline), question.timeout)

    def write(self, edit: Edit, body: IO[bytes]) -> Written:
        """Applies a write and waits until it is durable. Raises EngineFailure."""
        with self._counted("written"):
            return self.writes.submit(edit, body, self.settings.write_timeout)

    def release_id(self) -> str:
        return self.published.current().id

    def health(self) -> dict[str, object]:
        """The release, how it is seen, and how many queries wait."""
        readers = self.published.readers()
        return {
            "release": readers.release_id,
            "in_memory": readers.in_memory,
            "waiting": self._young.waiting + self._old.waiting,
        }

    def gauges(self) -> dict[str, float]:
        """How many wait and work at this moment, and on which release."""
        release = self.published.current()
        return {
            "release_number": release.number,
            "release_quads": release.manifest.quads,
            "waiting_young": self._young.waiting,
            "waiting_old": self._old.waiting,
            "running_young": self._young.running,
            "running_old": self._old.running,
            "streams": MOST_STREAMS - self._streams._value,
            "waiting_writes": self.writes.waiting,
        }

    @contextmanager
    def _counted(self, outcome: str) -> Iterator[None]:
        try:
            yield
        except EngineFailure as failure:
            self.statistics.count(failure.kind)
            raise
        self.statistics.count(outcome)

    def close(self) -> None:
        """Finishes the writes that wait, and ends every process."""
        self._stopping.set()
        self.writes.close()
        self.published.close()
        self.published.zygote.close()

    def _in_young_lane(self, readers: Readers, question: Question, deadline: float) -> Answer | None:
        """The answer, or None where the query took more than its turn and no place for old ones was free."""
        self._young.enter(question.client, deadline, question.departure)
        flight = Flight(readers, question, _job(question), self._young.leave)
        first = flight.first_part(min(deadline, time.monotonic() + TURN_SECONDS))
        if first is None:
            if not self._old.try_enter():
                flight.land()
                return None
            flight.change_place(self._old.leave)
            first = self._first_part_of_old(flight, question.client, deadline)
        return self._answer(flight, first, question.timeout)

    def _in_old_lane(self, readers: Readers, question: Question, deadline: float) -> Answer:
        self._budget.check(question.client)
        self._old.enter(question.client, deadline, question.departure)
        flight = Flight(readers, question, _job(question), self._old.leave)
        first = self._first_part_of_old(flight, question.client, deadline)
        return self._answer(flight, first, question.timeout)

    def _first_part_of_old(self, flight: Flight, client: str, deadline: float) -> bytes:
        """Runs behind younger queries, at the expense of the client's budget."""
        flight.grow_old()
        began = time.monotonic()
        try:
            return self._first_part(flight, deadline)
        finally:
            self._budget.charge(client, time.monotonic() - began)

    def _first_part(self, flight: Flight, deadline: float) -> bytes:
        first = flight.first_part(deadline)
        if first is None:
            flight.land()
            raise EngineFailure("timeout", "The query came to its time limit.", retry_after=30)
        return first

    def _answer(self, flight: Flight, first: bytes, patience: float) -> Answer:
        """A whole answer gives everything back at once; a long one keeps its reader, but not its place."""
        release = flight.readers.release_id
        if flight.run.finished:
            flight.land()
            return Answer(release, iter([first]), len(first))
        if self._streams.acquire(blocking=False):
            flight.change_place(self._streams.release)
        return Answer(release, Body(first, flight.rest(patience), flight), None)

    def _remember_dear(self, key: tuple[str, str]) -> None:
        self._dear[key] = None
        if len(self._dear) > MOST_REMEMBERED:
            self._dear.popitem(last=False)

    def _keep_house(self) -> None:
        """Keeps spare readers ready and a settled release in memory."""
        seen = ""
        while not self._stopping.wait(0.2):
            try:
                readers = self.published.readers()
                if readers.release_id == seen:
                    self.published.settle()
                seen = readers.release_id
                readers.replenish(SPARE_READERS)
            except (Closed, TimeoutError, EngineFailure, OSError):
                continue


def _job(question: Question) -> dict[str, object]:
    return {
        "do": "query",
        "base": question.base,
        "format": question.format,
        "default_graphs": list(question.default_graphs),
        "named_graphs": list(question.named_graphs),
        "cpu": question.timeout * 4,
    }
