"""Makes the next release from the current one: copy, change, flush, publish; all of it or nothing."""

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pyoxigraph as ox

from loader.release.difference import Difference
from loader.release.durable import link
from loader.release.history import now
from loader.release.manifest import EMPTY, Manifest
from loader.release.release import Release
from loader.release.releases import Releases
from loader.release.statistics import drop_statistics, keep_statistics
from loader.release.view import can_move, move_views, write_views

MOST_ANCESTORS = 500  # a replica that was away for longer is told to take the release on purpose


class Successor:
    """A release in the making; whoever has it changes `store` at will, then calls `publish` once."""

    def __init__(self, releases: Releases, directory: Path, parent: Release | None) -> None:
        self._releases, self._directory, self.parent = releases, directory, parent
        self.store = ox.Store(str(directory / "plain"))
        self.rebuilt = ""

    def publish(
        self,
        writer: str,
        *,
        view: bool,
        difference: Difference | None = None,
        digest: str = "",
        changes: Manifest | None = None,
        queries: Path | None = None,
        sources: Path | None = None,
    ) -> Release:
        """Makes what `store` holds the current release, durably.

        The merges of the graphs are moved by the `difference` between `store` and the parent; where that is
        not known they are made anew, and `rebuilt` says why. `changes` is a manifest with what differs from
        the parent's; `queries` and `sources` are the folders of the saved queries and of the source texts,
        the parent's unless given. Without `digest`, the id gets a random part.
        """
        self._count_again(view, difference)
        quads = self._count(difference)
        del self.store  # RocksDB is closed, so that the view can be made from it and its files are final
        if view:
            self._make_views(difference)
        self._take_over("queries", queries)
        self._take_over("sources", sources)
        inherited = changes or (self.parent.manifest if self.parent else EMPTY)
        parent = self.parent.id if self.parent else ""
        manifest = replace(
            inherited,
            written=now(),
            writer=writer,
            quads=quads,
            parent=parent,
            ancestors=self._ancestors(),
            program=version("un-missions"),
        )
        return self._releases.publish(self._directory, digest or secrets.token_hex(6), manifest)

    def _count_again(self, is_followed: bool, difference: Difference | None) -> None:
        """Lets the statistics be true, or be gone where nobody follows what changes."""
        if is_followed:
            keep_statistics(self.store, difference)
        else:
            drop_statistics(self.store)
        self.store.flush()

    def _ancestors(self) -> tuple[str, ...]:
        if self.parent is None:
            return ()
        return (self.parent.id, *self.parent.manifest.ancestors)[:MOST_ANCESTORS]

    def _count(self, difference: Difference | None) -> int:
        """Of all quads; counting them takes longer than a small write."""
        if self.parent is None or difference is None or difference.unsure or difference.graphs:
            return len(self.store)
        return self.parent.manifest.quads + len(difference.added) - len(difference.removed)

    def _make_views(self, difference: Difference | None) -> None:
        if self.parent and difference:
            self.rebuilt = difference.unsure
            if not can_move(self.parent.path):
                self.rebuilt = "the release before has no merge that can be moved"
            if not self.rebuilt:
                move_views(self._directory, self.parent.path, difference)
                return
        write_views(self._directory)

    @contextmanager
    def copied_store(self) -> Iterator[ox.Store]:
        """A copy of `store` as it is now, to try something out."""
        with tempfile.TemporaryDirectory(dir=self._directory, prefix=".") as folder:
            self.store.backup(f"{folder}/copy")
            yield ox.Store(f"{folder}/copy")

    def _take_over(self, name: str, given: Path | None) -> None:
        """Copies a folder of files, or links that of the parent; Turtle stays behind, it is in the store."""
        folder = given or (self.parent.path / name if self.parent else None)
        if folder and folder.is_dir():
            take = shutil.copy2 if given else link
            ignored = shutil.ignore_patterns("*.ttl")
            shutil.copytree(folder, self._directory / name, ignore=ignored, copy_function=take)


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
