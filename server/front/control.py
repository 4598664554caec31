"""The engine as the front has it: it writes and dumps by way of processes, and answers no query itself."""

from collections.abc import Callable, Mapping, Sequence
from typing import IO

from loader.query.mistakes.mistake import Remark
from loader.release.history import age
from server.engine.edit import Edit
from server.engine.interface import Answer, Question, Written
from server.engine.snapshot import Snapshot
from server.engine.snapshots import Snapshots
from server.engine.statistics import Statistics
from server.formats import N_QUADS
from server.front.current import DUMP_SECONDS, write_out
from server.front.processes import Zygote
from server.front.writes import Writes
from server.refusal import Refused


class ControlEngine:
    """For the app in the front, whose addresses write, watch over the service, or hand out files."""

    def __init__(
        self,
        snapshots: Snapshots,
        zygote: Zygote,
        writes: Writes,
        statistics: Statistics,
        is_union: bool,
        is_ready: Callable[[], bool],
        held: Callable[[], str],
        gauges: Callable[[], dict[str, float]],
        write_timeout: float = 60.0,
    ) -> None:
        self._snapshots, self._zygote, self._writes = snapshots, zygote, writes
        self._statistics, self._part = statistics, "view" if is_union else "plain"
        self._is_ready, self._held = is_ready, held
        self._gauges, self._write_timeout = gauges, write_timeout

    def snapshot(self, release: str = "") -> Snapshot:
        """A release by id, number or date, the current one unless named. Raises Refused."""
        return self._snapshots.find(release) if release else self._snapshots.current()

    def snapshots(self) -> Sequence[Snapshot]:
        """Every release that is kept, oldest first."""
        return self._snapshots.all()

    def query(self, question: Question) -> Answer:
        """Never: text from outside is not parsed in the process that holds the sockets."""
        raise NotImplementedError("queries are answered by workers")

    def read_graph(self, graph: str, question: Question) -> Answer:
        """Never, as for queries."""
        raise NotImplementedError("graphs are read by workers")

    def write(self, edit: Edit, body: IO[bytes]) -> Written:
        """Applies a write and waits until it is durable. Raises Refused."""
        with self._statistics.counted("written"):
            return self._writes.submit(edit, body, self._write_timeout)

    def dump(self, file: IO[bytes], release: Snapshot, media_type: str, prefixes: Mapping[str, str]) -> None:
        """Writes a whole release: as N-Quads all graphs, packed, else what queries see as the default graph.

        Raises Refused.
        """
        part = "plain" if media_type == N_QUADS.media_type else self._part
        orders = {"path": str(release.files / part), "packed": True, "nice": True, "format": media_type}
        write_out(self._zygote, file, {**orders, "prefixes": dict(prefixes)}, DUMP_SECONDS)

    def health(self) -> dict[str, object]:
        """The release, and what of it is in memory. Raises Refused where it cannot be asked yet."""
        release = self.snapshot().id
        if not self._is_ready():
            raise Refused("unavailable", Remark("The first worker has not started yet."), retry_after=1)
        held = self._held()
        return {"release": release, "in_memory": held == self._part, "own_in_memory": bool(held)}

    def gauges(self) -> dict[str, float]:
        """How much there is, waits and works at this moment."""
        release = self.snapshot()
        return {
            "release_number": release.number,
            "release_age_seconds": age(release.manifest.written),
            "release_quads": release.manifest.quads,
            "waiting_writes": self._writes.waiting,
            **self._gauges(),
        }

    def outcomes(self) -> dict[str, int]:
        """How many requests and writes ended how."""
        return self._statistics.outcomes()

    def close(self) -> None:
        """Finishes the writes that wait."""
        self._writes.close()
