"""The engine on a store directory of ours: readers of its releases, traffic in front, a writer behind."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from loader.release.releases import Releases
from server.engine.edit import Edit
from server.engine.embedded.current import Published
from server.engine.embedded.dumping import dump_into
from server.engine.embedded.processes import Zygote
from server.engine.embedded.statistics import Statistics
from server.engine.embedded.traffic import Traffic
from server.engine.embedded.writes import Writes
from server.engine.interface import Answer, EngineFailure, Question, Written
from server.engine.snapshot import Snapshot
from server.engine.snapshots import Snapshots
from server.engine.worker.channel import Closed

SPARE_READERS = 2
HOUSEKEEPING_SECONDS = 0.2


@dataclass(frozen=True)
class EngineSettings:
    """What one engine may use: `memory` in bytes a query, `in_memory` in bytes of quads held in memory.

    `running` queries work at a time, `queue` wait; `burst` is the most seconds of long queries of one client.
    A release that is not in memory after `load_seconds` stays on disk.
    """

    memory: int = 1 << 30
    in_memory: int = 1 << 30
    running: int = 4
    queue: int = 64
    burst: float = 120.0
    write_timeout: float = 60.0
    default_graph: str = "union"
    load_seconds: float = 60.0


class EmbeddedEngine:
    """Answers from the current release of a store directory; follows new releases by itself."""

    def __init__(self, store: Path, settings: EngineSettings) -> None:
        self.settings = settings
        self.statistics = Statistics()
        self._snapshots = Snapshots(Releases(store))
        zygote = Zygote.start()
        self.published = Published(
            Releases(store),
            zygote,
            settings.default_graph,
            settings.memory,
            settings.in_memory,
            settings.load_seconds,
        )
        is_union = settings.default_graph == "union"
        self._writes = Writes(zygote, str(store), is_union, 2 * settings.memory)
        self._traffic = Traffic(settings.running, settings.queue, settings.burst)
        self._stopping = threading.Event()
        threading.Thread(target=self._keep_house, daemon=True).start()

    def snapshot(self, release: str = "") -> Snapshot:
        """A release by id or number, the current one unless named. Raises EngineFailure."""
        return self._snapshots.find(release) if release else self._snapshots.current()

    def snapshots(self) -> Sequence[Snapshot]:
        """Every release that is kept, oldest first."""
        return self._snapshots.all()

    def query(self, question: Question) -> Answer:
        """Answers a query. Raises EngineFailure."""
        job: dict[str, object] = {
            "do": "query",
            "base": question.base,
            "default_graphs": list(question.default_graphs),
            "named_graphs": list(question.named_graphs),
        }
        return self._run(question, job, as_written=False)

    def read_graph(self, graph: str, question: Question) -> Answer:
        """One named graph, or the unnamed one (an empty IRI), as it was written. Raises EngineFailure."""
        return self._run(question, {"do": "dump", "graph": graph}, as_written=True)

    def dump(self, file: IO[bytes], release: Snapshot, media_type: str, prefixes: Mapping[str, str]) -> None:
        """Writes a whole release: as N-Quads all graphs, packed, else what queries see as the default graph.

        Raises EngineFailure.
        """
        readers = self.published.on_disk(release.id, as_written=media_type == "application/n-quads")
        try:
            dump_into(file, readers, media_type, prefixes)
        finally:
            readers.close()

    def write(self, edit: Edit, body: IO[bytes]) -> Written:
        """Applies a write and waits until it is durable. Raises EngineFailure."""
        with self._counted("written"):
            return self._writes.submit(edit, body, self.settings.write_timeout)

    def health(self) -> dict[str, object]:
        """The release, and whether it is held in memory. Raises EngineFailure where there is none."""
        readers = self.published.readers()
        return {"release": readers.release_id, "in_memory": readers.in_memory}

    def gauges(self) -> dict[str, float]:
        """How much there is, waits and works at this moment."""
        release = self.snapshot()
        return {
            "release_number": release.number,
            "release_quads": release.manifest.quads,
            "waiting_writes": self._writes.waiting,
            **self._traffic.gauges(),
        }

    def outcomes(self) -> dict[str, int]:
        """How many queries and writes ended how."""
        return self.statistics.outcomes()

    def close(self) -> None:
        """Finishes the writes that wait, and ends every process."""
        self._stopping.set()
        self._writes.close()
        self.published.close()

    def _run(self, question: Question, job: dict[str, object], as_written: bool) -> Answer:
        job |= {"format": question.format, "cpu": question.timeout * 4}
        with self._counted("answered"):
            readers = self.published.readers(question.release, as_written)
            return self._traffic.answer(readers, question, job)

    @contextmanager
    def _counted(self, outcome: str) -> Iterator[None]:
        try:
            yield
        except EngineFailure as failure:
            self.statistics.count(failure.kind)
            raise
        self.statistics.count(outcome)

    def _keep_house(self) -> None:
        """Keeps spare readers ready, and a settled release in memory."""
        seen = ""
        while not self._stopping.wait(HOUSEKEEPING_SECONDS):
            try:
                readers = self.published.readers()
                if readers.release_id == seen and not self._stopping.is_set():
                    self.published.settle()
                seen = readers.release_id
                readers.replenish(SPARE_READERS)
            except (Closed, TimeoutError, EngineFailure, OSError):
                continue
