"""Which workers answer from which release: follows what is published, brings what settled into memory."""

import asyncio
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO

from loader.query.mistakes.mistake import Remark
from loader.release.lines import Lines
from loader.release.release import OWN
from server.engine.remote.placement import ELSEWHERE_PART
from server.engine.snapshot import Snapshot
from server.engine.snapshots import Snapshots
from server.front.pool import Pool
from server.front.processes import Zygote
from server.logs import log
from server.processes.channel import Closed
from server.processes.outcomes import from_death, from_outcome
from server.refusal import Refused

SPARE_WORKERS = 2
HOUSEKEEPING_SECONDS, REST_SECONDS = 0.2, 5.0
SETTLED_SECONDS = 1.0  # coming into memory costs more than most writes do
BYTES_A_QUAD = 600  # of memory in all processes, for each quad of the stores that are held
DUMP_SECONDS = 3600.0


@dataclass(frozen=True, kw_only=True)
class WorkerSettings:
    """What workers may use: `memory` in bytes a request, `in_memory` in bytes for a release held in memory.

    `load_seconds` is how long it may take to bring one there: for any, and for each of its quads. Of a
    release whose data `is_elsewhere` only what pages need is held.
    """

    memory: int = 1 << 30
    in_memory: int = 1 << 30
    is_union: bool = True
    is_elsewhere: bool = False
    load_seconds: tuple[float, float] = (60.0, 100e-6)  # a quad takes a tenth of that


class Current:
    """The workers of the release that answers now; lives on the event loop."""

    def __init__(self, snapshots: Snapshots, zygote: Zygote, settings: WorkerSettings) -> None:
        self._snapshots, self._zygote, self._settings = snapshots, zygote, settings
        self._threads = ThreadPoolExecutor(8, thread_name_prefix="processes")
        self._pool: Pool | None = None
        self._on_disk_for_good: set[str] = set()
        self._housekeeping: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins to keep house, on the running event loop."""
        self._housekeeping = asyncio.get_running_loop().create_task(self._keep_house())

    def pool(self) -> Pool:
        """The workers of the release that answers now. Raises Refused where there is none."""
        snapshot = self._snapshots.current()
        if self._pool is None or self._pool.snapshot.id != snapshot.id:
            old = self._pool
            self._pool = Pool(self._zygote, snapshot, self._part, self._settings.memory, self._threads)
            if old:
                old.close()
        return self._pool

    @property
    def held(self) -> str:
        """The part of the release that answers which is held in memory; may be asked from any thread."""
        pool, current = self._pool, self._snapshots.current()
        return pool.held if pool is not None and pool.snapshot.id == current.id else ""

    @property
    def _part(self) -> str:
        """What queries see of a release."""
        if self._settings.is_elsewhere:
            return ELSEWHERE_PART
        return "view" if self._settings.is_union else "plain"

    def close(self) -> None:
        """Ends every worker, and the zygote."""
        if self._housekeeping:
            self._housekeeping.cancel()
        if self._pool:
            self._pool.close()
        self._zygote.close()  # and with it a process that is loading, for which a thread waits
        self._threads.shutdown(wait=True)

    async def _keep_house(self) -> None:
        """Keeps spare workers ready, and in memory what was not followed by another release for a while."""
        seen, since, patience, rested = "", 0.0, 0.0, 0.0
        while True:
            await asyncio.sleep(HOUSEKEEPING_SECONDS)
            try:
                pool, now = self.pool(), asyncio.get_running_loop().time()
                if pool.snapshot.id != seen:
                    # The release that answers first was not written just now, and need not prove itself.
                    seen, since, patience = pool.snapshot.id, now, SETTLED_SECONDS if seen else 0.0
                elif now - since >= patience:
                    await self._settle(pool)
                if now - rested >= REST_SECONDS:
                    pool.let_rest(SPARE_WORKERS)
                    rested = now
                await pool.replenish(SPARE_WORKERS)
            except (Closed, Refused, OSError):
                continue

    async def _settle(self, pool: Pool) -> None:
        """Brings what fits of a release into memory, if it is not there yet; tries that once."""
        part = "" if pool.held else self._fitting(pool.snapshot)
        if not part or pool.snapshot.id in self._on_disk_for_good:
            return
        try:
            with tempfile.TemporaryFile(suffix=".nq") as file:
                if not (self._settings.is_elsewhere or Lines(pool.snapshot.files).are_there):
                    await asyncio.to_thread(self._write_quads, pool, file)
                await self._hold(pool, part, file)
        except (Closed, Refused, OSError) as error:
            self._on_disk_for_good.add(pool.snapshot.id)
            log.warning("release stays on disk", release=pool.snapshot.id, reason=_reason(error))

    def _fitting(self, snapshot: Snapshot) -> str:
        """The part of a release that memory has room for: what queries see, or at least our own graphs.

        In a merge each quad stands twice, and our own have one more where there are others.
        """
        if self._settings.is_elsewhere:
            return ELSEWHERE_PART
        quads, room = snapshot.manifest.quads, self._settings.in_memory // BYTES_A_QUAD
        if not self._settings.is_union:
            return "plain" if quads < room else ""
        own = sum(snapshot.manifest.graphs.values()) if snapshot.has_others else 0
        if 2 * (quads + own) < room:
            return "view"
        return OWN if own and 2 * own < room and Lines(snapshot.files).are_there else ""

    async def _hold(self, pool: Pool, part: str, file: IO[bytes]) -> None:
        """With every page looked at once; without, where looking is what the holder does not survive.

        Pages look at the data of others too, which on the disk would start threads in the holder.
        """
        seconds = self._seconds(pool.snapshot)
        try:
            await pool.hold_in_memory(part, file, seconds, warm=part != OWN)
        except Closed:
            log.warning("release is not warm", release=pool.snapshot.id)
            await pool.hold_in_memory(part, file, seconds, warm=False)

    def _write_quads(self, pool: Pool, file: IO[bytes]) -> None:
        path = str(pool.snapshot.files / self._part)
        orders: dict[str, object] = {"path": path, "packed": False, "nice": False}
        write_out(self._zygote, file, orders, self._seconds(pool.snapshot))

    def _seconds(self, snapshot: Snapshot) -> float:
        """How long it may take to bring a release into memory."""
        at_least, for_each = self._settings.load_seconds
        return at_least + for_each * snapshot.manifest.quads


def write_out(zygote: Zygote, file: IO[bytes], orders: dict[str, object], seconds: float) -> None:
    """Waits until a process has written a store into the file. Raises Refused."""
    try:
        process = zygote.fork({"format": "", "prefixes": {}, **orders, "do": "dump"}, [file.fileno()])
    except Closed:
        raise Refused("unavailable", Remark("No process could be started."), retry_after=1) from None
    try:
        process.channel.set_timeout(seconds)
        outcome, _ = process.channel.receive()
    except TimeoutError:
        raise Refused("timeout", Remark("The dump took too long.")) from None
    except Closed:
        raise from_death(process.how_it_died(), "dump") from None
    finally:
        process.end()
    if "ok" not in outcome:
        raise from_outcome(outcome)


def _reason(error: Exception) -> str:
    if isinstance(error, Closed):
        return "the process that loaded it ended"
    return "it took too long to load" if isinstance(error, TimeoutError) else str(error)
