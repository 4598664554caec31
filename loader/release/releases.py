"""A store directory: immutable releases beside each other, and the link `current` to the one that answers."""

import secrets
import shutil
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from loader.release.digest import tree_files
from loader.release.durable import exclusive, flush_path, flush_tree, replace_link
from loader.release.history import History, moment_of
from loader.release.manifest import Manifest, number_of
from loader.release.release import ID, DamagedRelease, Release

KEEP = 10


class NoSuchRelease(LookupError):
    """The release asked for is not in the store directory."""


class NoReleaseThen(NoSuchRelease):
    """No release that is kept answered at the moment asked for; `message` says why of a %(moment)s."""

    def __init__(self, message: str, moment: str) -> None:
        super().__init__(message % {"moment": moment})
        self.message, self.moment = message, moment


class Releases:
    """The releases of one store directory, newest last.

    Each that is published here answers `activate_in` seconds later, so that others can have it by then.
    """

    def __init__(self, root: Path, activate_in: float = 0.0) -> None:
        self.root = root
        self.directory = root / "releases"
        self.link = root / "current"
        self._coming, self._activate_in = root / "coming", activate_in

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keeps every other writer out, and clears away what an interrupted one left half-built."""
        self.directory.mkdir(parents=True, exist_ok=True)
        with exclusive(self.root / "lock"):
            self.clear()
            self._finish()
            yield

    def offered(self) -> Release | None:
        """The release that others may fetch: the one that is about to answer, or else the one that does."""
        try:
            path = self.directory / self._coming.readlink().name
            return Release(path, Manifest.read(path))
        except (OSError, ValueError):
            return self.current()

    @property
    def is_unfinished(self) -> bool:
        """Whether a release was offered and does not answer yet."""
        return self._coming.is_symlink()

    def _finish(self) -> None:
        """Lets the release answer that a process offered which was killed before it could; needs the lock."""
        if self.is_unfinished and (release := self.offered()):
            self.point_to(release)

    def clear_unless_written(self) -> None:
        """Clears away what an interrupted writer left, if no other is at work."""
        if any(self.directory.glob(".*")) or self.is_unfinished:
            with suppress(BlockingIOError), exclusive(self.root / "lock", wait=False):
                self.clear()
                self._finish()

    def clear(self) -> None:
        """Removes what is half-built, and links that did not come into their place; needs the lock."""
        for left in [*self.directory.glob(".*"), *self.left_links()]:
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left)
            else:
                left.unlink()

    def left_links(self) -> list[Path]:
        """Links that a process made which was killed before it could put them into their place."""
        return [path for path in self.root.glob(f".{self.link.name}.*") if path.is_symlink()]

    def all(self) -> list[Release]:
        """Every release with a readable manifest."""
        found = []
        for path in self.directory.glob("[0-9]*-*"):
            try:
                found.append(Release(path, Manifest.read(path)))
            except (OSError, ValueError):
                continue
        return sorted(found, key=lambda release: release.number)

    def current_id(self) -> str:
        """The id of the release that answers, or an empty string where nothing was published yet."""
        try:
            return self.link.readlink().name
        except OSError:
            copy = self.copied()
            return copy.id if copy else ""

    def copied(self) -> Release | None:
        """The release that lies in the place of the link, where a tool copied what the link led to."""
        if self.link.is_symlink():
            return None
        try:
            manifest = Manifest.read(self.link)
        except (OSError, ValueError):
            return None
        return Release(self.link, manifest) if ID.fullmatch(manifest.id) else None

    def current(self) -> Release | None:
        """The release that answers, or None where nothing was published yet.

        Raises DamagedRelease where its manifest cannot be read.
        """
        name = self.current_id()
        if not name:
            return None
        path = self.directory / name if self.link.is_symlink() else self.link
        try:
            return Release(path, Manifest.read(path))
        except (OSError, ValueError) as error:
            message = f"release {name} is damaged: it has no readable manifest"
            raise DamagedRelease(message) from error

    def get(self, release_id: str) -> Release:
        """A release by its whole id, by its number, or by a day or moment at which it answered.

        Raises NoSuchRelease.
        """
        return self._then(release_id) or self._named(release_id)

    def _then(self, text: str) -> Release | None:
        """The release that answered at a moment, or None where the text is none."""
        try:
            moment = moment_of(text)
        except ValueError:
            raise NoReleaseThen("%(moment)s is not a real day or time.", text) from None
        if moment is None:
            return None
        if moment > datetime.now(UTC):
            raise NoReleaseThen("%(moment)s is in the future.", text)
        kept = {release.id: release for release in self.all()}
        written = [(release.manifest.written, name) for name, release in kept.items()]
        name = History(self.root).at(moment, written)
        if name not in kept:
            if not name:
                raise NoReleaseThen("Nothing had been published yet at that time: %(moment)s.", text)
            raise NoReleaseThen("The release that was current then is no longer kept: %(moment)s.", text)
        return kept[name]

    def _named(self, release_id: str) -> Release:
        for release in self.all():
            if release_id in (release.id, str(release.number)):
                return release
        raise NoSuchRelease(f"There is no release {release_id!r} in {self.root}.")

    def draft(self) -> Path:
        """An empty directory in which the next release is built; needs the lock.

        Its name is new each time: a process opens a store only once, and an abandoned one may still be open.
        """
        path = self.directory / f".draft-{secrets.token_hex(6)}"
        path.mkdir()
        return path

    def next_number(self) -> int:
        numbers = [number_of(path.name) for path in self.directory.glob("[0-9]*-*")]
        return max(numbers, default=0) + 1

    def publish(self, draft: Path, digest: str, manifest: Manifest) -> Release:
        """Makes a draft the current release, durably and at one instant; needs the lock.

        `digest` (hexadecimal) becomes part of the id; the manifest's id and files are filled in here.
        """
        release_id = f"{self.next_number()}-{digest[:12]}"
        current = self.current()
        twin, known = (current.path, current.manifest.files) if current else (None, None)
        files = tree_files(draft, twin, known)
        complete = replace(manifest, id=release_id, files=files, activate=self._instant())
        complete.write(draft)
        flush_tree(draft, twin)
        path = self.directory / release_id
        draft.rename(path)
        flush_path(self.directory)
        if complete.activate:
            replace_link(self._coming, f"releases/{release_id}")
            wait_until(complete.activate)
        self.point_to(Release(path, complete))
        self.prune()
        return Release(path, complete)

    def _instant(self) -> str:
        if not self._activate_in:
            return ""
        return (datetime.now(UTC) + timedelta(seconds=self._activate_in)).isoformat(timespec="milliseconds")

    def point_to(self, release: Release) -> None:
        """Lets a release answer from now on; needs the lock."""
        replace_link(self.link, f"releases/{release.path.name}")
        self._coming.unlink(missing_ok=True)
        History(self.root).note(release.id, [path.name for path in self.directory.glob("[0-9]*-*")])

    def prune(self) -> None:
        """Of each kind of writer the newest releases stay, so that ten loads push out no build."""
        current = self.current()
        by_kind: dict[str, list[Release]] = defaultdict(list)
        for release in self.all():
            by_kind[release.manifest.kind].append(release)
        for release in (old for releases in by_kind.values() for old in releases[:-KEEP]):
            if not release.pin.exists() and (current is None or release.id != current.id):
                gone = release.path.with_name(f".{release.path.name}")
                release.path.rename(gone)  # so that a process that is killed leaves no half release
                shutil.rmtree(gone)


def wait_until(instant: str) -> None:
    """Waits until an instant, UTC in ISO 8601, has come; not at all where it is empty."""
    while instant and (left := (datetime.fromisoformat(instant) - datetime.now(UTC)).total_seconds()) > 0:
        time.sleep(min(left, 1.0))
