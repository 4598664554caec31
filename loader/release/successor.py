"""Makes the next release from the current one: copy, change, flush, publish; all of it or nothing."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox

from loader.release.manifest import EMPTY, Manifest
from loader.release.releases import Release, Releases
from loader.release.view import write_view


class Successor:
    """A release in the making; whoever has it changes `store` at will, then calls `publish` once."""

    def __init__(self, releases: Releases, directory: Path, parent: Release | None) -> None:
        self._releases, self._directory, self.parent = releases, directory, parent
        self.store = ox.Store(str(directory / "plain"))

    def publish(
        self,
        writer: str,
        *,
        view: bool,
        digest: str = "",
        changes: Manifest | None = None,
        queries: Path | None = None,
        sources: Path | None = None,
    ) -> Release:
        """Makes what `store` holds the current release, durably.

        `changes` is a manifest with what differs from the parent's; `queries` and `sources` are the folders
        of the saved queries and of the source texts, the parent's unless given. Without `digest`, the id gets
        a random part.
        """
        self.store.flush()
        quads = len(self.store)
        del self.store  # RocksDB is closed, so that the view can be made from it and its files are final
        if view:
            write_view(self._directory)
        self._take_over("queries", queries)
        self._take_over("sources", sources)
        inherited = changes or (self.parent.manifest if self.parent else EMPTY)
        parent = self.parent.id if self.parent else ""
        manifest = replace(inherited, written=now(), writer=writer, quads=quads, parent=parent)
        return self._releases.publish(self._directory, digest or secrets.token_hex(6), manifest)

    def _take_over(self, name: str, given: Path | None) -> None:
        """Copies a folder of files, or that of the parent; Turtle stays behind, for it is in the store."""
        folder = given or (self.parent.path / name if self.parent else None)
        if folder and folder.is_dir():
            shutil.copytree(folder, self._directory / name, ignore=shutil.ignore_patterns("*.ttl"))


@contextmanager
def succeed(releases: Releases) -> Iterator[Successor]:
    """The next release in the making, with the data of the current one; needs the lock.

    If it is left without having been published, nothing of it stays.
    """
    parent = releases.current()
    directory = releases.draft()
    try:
        if parent:
            # A backup links the files of the parent, so that its size on disk is that of what changes.
            ox.Store.read_only(str(parent.plain)).backup(str(directory / "plain"))
        yield Successor(releases, directory, parent)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def now() -> str:
    """The time in UTC, to the second, in ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds")
