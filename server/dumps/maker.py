"""Makes dumps when they are asked for: one at a time, while those who ask wait for a while."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from loader.query.mistakes.mistake import Remark
from server.dumps.shelf import Dump, Shelf, file_name
from server.engine.interface import Engine
from server.engine.snapshot import Snapshot
from server.formats import Format
from server.prefixes import PREFIXES
from server.refusal import Refused

PATIENCE = 20.0
MOST_WAITING = 32
RETRY = 15


class Dumps:
    """The dumps of one store directory; safe to use from many threads."""

    def __init__(self, store: Path, engine: Engine) -> None:
        self._engine = engine
        self._shelf = Shelf(store / "dumps")
        self._lock = threading.Lock()
        self._making: dict[tuple[str, str], Future[Dump]] = {}
        self._maker = ThreadPoolExecutor(1, thread_name_prefix="dump")
        self._waiting = threading.Semaphore(MOST_WAITING)

    def known(self, release: Snapshot, format_: Format) -> Dump | None:
        """A dump that is there already."""
        return self._shelf.find(release.id, file_name(format_))

    def get(self, release: Snapshot, format_: Format, patience: float = PATIENCE) -> Dump:
        """A dump, made now if it is not there.

        Raises Refused, `unavailable` where it takes longer than `patience`; it is made all the same.
        """
        self._shelf.touch(release.id)
        found = self.known(release, format_)
        return found or self._wait_for(self._begin(release, format_), patience)

    def _begin(self, release: Snapshot, format_: Format) -> "Future[Dump]":
        """The work on a dump, which is begun only once."""
        key = (release.id, format_.name)
        with self._lock:
            if key not in self._making:
                self._making[key] = self._maker.submit(self._make, release, format_)
            return self._making[key]

    def _wait_for(self, future: "Future[Dump]", patience: float) -> Dump:
        if not self._waiting.acquire(blocking=False):
            raise Refused(
                "full",
                Remark("Too many clients are waiting for files that are being prepared."),
                retry_after=RETRY,
            )
        try:
            return future.result(patience)
        except TimeoutError:
            message = Remark("This file is being prepared; ask again in a while.")
            raise Refused("unavailable", message, retry_after=RETRY) from None
        finally:
            self._waiting.release()

    def _make(self, release: Snapshot, format_: Format) -> Dump:
        try:
            found = self.known(release, format_)
            if found:
                return found
            self._shelf.prune([*(one.id for one in self._engine.snapshots())])
            return self._shelf.put(
                release.id,
                file_name(format_),
                lambda file: self._engine.dump(file, release, format_.data_type, PREFIXES),
            )
        except OSError as error:
            message = Remark("The dump could not be stored: %(strerror)s.", {"strerror": error.strerror})
            raise Refused("storage", message) from error
        finally:
            with self._lock:
                self._making.pop((release.id, format_.name), None)
