"""The releases of a store directory as snapshots; knows at every call whether a new one was published."""

import os
import re
import threading

from loader.query.mistakes.mistake import Quoted, Remark
from loader.release.release import DamagedRelease, Release
from loader.release.releases import NoReleaseThen, NoSuchRelease, Releases
from server.engine.snapshot import Snapshot
from server.lru import Lru
from server.refusal import Refused

MOST_REMEMBERED = 32
NAMED = re.compile("[0-9]{1,9}(-[0-9a-f]+)?")


class Snapshots:
    """Gives the snapshots of a store directory; safe to use from many threads.

    On a replica a release that is newer than all that are here may be on its way.
    """

    def __init__(self, releases: Releases, is_replica: bool = False) -> None:
        self._releases, self._is_replica = releases, is_replica
        self._link_path, self._link = str(releases.link), ""
        self._lock = threading.Lock()
        self._current: Snapshot | None = None
        self._known: Lru[Snapshot] = Lru(MOST_REMEMBERED)

    def current(self) -> Snapshot:
        """The one that answers now. Raises Refused where there is none, or it is damaged."""
        link = self._read_link()
        with self._lock:
            if self._current is None or link != self._link:
                self._current = self._read_current()
                self._link = link
            return self._current

    def find(self, release: str) -> Snapshot:
        """A release by id, number or date. Raises Refused `no-release`."""
        current = self.current()
        if release in (current.id, str(current.number)):
            return current
        try:
            return self._of(self._releases.get(release))
        except NoReleaseThen as error:
            remark = Remark(error.message, {"moment": error.moment})
            raise Refused("no-release", remark) from None
        except NoSuchRelease as error:
            if self._is_replica and _is_newer(release, current):
                late = Remark("Release %(release)s has not reached this server yet.", {"release": release})
                raise Refused("unavailable", late, retry_after=1) from None
            remark = Remark("Release %(release)s is not kept here.", {"release": Quoted(release)})
            raise Refused("no-release", remark) from error

    def all(self) -> list[Snapshot]:
        """Every release that is kept, oldest first."""
        return [self._of(release) for release in self._releases.all()]

    def _of(self, release: Release) -> Snapshot:
        """Always the same object for one release while it is remembered, with what it has read already."""
        return self._known.get(release.id, lambda: Snapshot(release.manifest, release.path))

    def _read_current(self) -> Snapshot:
        try:
            release = self._releases.current()
        except DamagedRelease as damage:
            raise Refused(
                "unavailable",
                Remark("The data cannot be opened: %(damage)s.", {"damage": damage}),
                retry_after=30,
            ) from None
        if release is None:
            raise nothing_published()
        return self._of(release)

    def _read_link(self) -> str:
        try:
            return os.readlink(self._link_path)  # noqa: PTH115 (asked at every request; a Path costs more than the call)
        except OSError:
            raise nothing_published() from None


def _is_newer(release: str, current: Snapshot) -> bool:
    number = release.partition("-")[0]
    return bool(NAMED.fullmatch(release)) and int(number) > current.number


def nothing_published() -> Refused:
    return Refused("unavailable", Remark("Nothing has been published yet."), retry_after=5)
