"""Which readers see which release: follows the link `current` and brings a settled release into memory."""

import os
import tempfile
import threading
from collections import OrderedDict

from loader.release.releases import DamagedRelease, NoSuchRelease, Release, Releases
from server.engine.embedded.dumping import write_out
from server.engine.embedded.processes import Zygote
from server.engine.embedded.readers import Readers
from server.engine.interface import EngineFailure
from server.engine.worker.channel import Closed
from server.logs import log

BYTES_A_QUAD = 420
MOST_OLD_RELEASES = 4


class Published:
    """The stores that can be asked; knows at every call whether a new release was published."""

    def __init__(
        self,
        releases: Releases,
        zygote: Zygote,
        default_graph: str,
        memory: int,
        budget: int,
        load_seconds: float,
    ) -> None:
        self._releases, self._zygote = releases, zygote
        self._default_graph, self._memory, self._budget = default_graph, memory, budget
        self._load_seconds = load_seconds
        self._on_disk_for_good: set[str] = set()
        self._lock = threading.Lock()
        self._link_path, self._link = str(releases.link), ""
        self._current: Release | None = None
        self._readers: OrderedDict[tuple[str, str], Readers] = OrderedDict()

    def current(self) -> Release:
        """The release that answers now.

        Raises EngineFailure where there is none.
        """
        link = self._read_link()
        with self._lock:
            if self._current is None or link != self._link:
                self._switch(link)
            assert self._current is not None
            return self._current

    def readers(self, release_id: str = "", as_written: bool = False) -> Readers:
        """The readers of a release, the current one unless named.

        They see what queries see; with `as_written` the graphs as they were written, unmerged.
        Raises EngineFailure.
        """
        release = self.find(release_id) if release_id else self.current()
        part = "plain" if as_written or self._default_graph == "unnamed" else "view"
        with self._lock:
            key = (release.id, part)
            if key not in self._readers:
                self._readers[key] = Readers(self._zygote, release.id, release.path / part, self._memory)
                self._forget_old()
            self._readers.move_to_end(key)
            return self._readers[key]

    def on_disk(self, release_id: str, as_written: bool) -> Readers:
        """Readers of a store as it lies on the disk, in an order that stays; the caller closes them."""
        release = self.find(release_id)
        store = release.plain if as_written else release.store
        return Readers(self._zygote, release.id, store, self._memory)

    def find(self, release_id: str) -> Release:
        """A release by id or number. Raises EngineFailure `no-release`."""
        current = self.current()
        if release_id in (current.id, str(current.number)):
            return current
        try:
            return self._releases.get(release_id)
        except NoSuchRelease as error:
            raise EngineFailure("no-release", f"There is no release {release_id!r} any more.") from error

    def settle(self) -> None:
        """Brings the current release into memory, if it fits and is not there yet; tries that once."""
        readers = self.readers()
        fits = self.current().manifest.quads * 2 * BYTES_A_QUAD < self._budget
        if not fits or readers.in_memory or readers.release_id in self._on_disk_for_good:
            return
        try:
            with tempfile.TemporaryFile(suffix=".nq") as file:
                write_out(file, readers, _DUMP, self._load_seconds)
                readers.hold_in_memory(file, self._load_seconds)
        except (Closed, EngineFailure, OSError) as error:
            self._on_disk_for_good.add(readers.release_id)
            log.warning("release stays on disk", release=readers.release_id, reason=_reason(error))

    def close(self) -> None:
        """Ends every reader, and the zygote."""
        with self._lock:
            for readers in self._readers.values():
                readers.close()
            self._readers.clear()
        self._zygote.close()

    def _read_link(self) -> str:
        try:
            return os.readlink(self._link_path)  # noqa: PTH115 (asked at every request; a Path costs more than the call)
        except OSError:
            raise EngineFailure("unavailable", "Nothing has been published yet.", retry_after=5) from None

    def _switch(self, link: str) -> None:
        """Points at a new release; the readers of the one before finish what they do and end."""
        try:
            self._current = self._releases.current()
        except DamagedRelease as damage:
            raise EngineFailure("unavailable", f"The {damage}.", retry_after=30) from None
        self._link = link
        for readers in self._readers.values():
            readers.close()
        self._readers.clear()

    def _forget_old(self) -> None:
        while len(self._readers) > MOST_OLD_RELEASES:
            _, oldest = self._readers.popitem(last=False)
            oldest.close()


def _reason(error: Exception) -> str:
    if isinstance(error, Closed):
        return "the process that loaded it ended"
    return "it took too long to load" if isinstance(error, TimeoutError) else str(error)


_DUMP: dict[str, object] = {"do": "dump-all", "format": "application/n-quads"}
