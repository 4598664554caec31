"""One published state of the graph: its directory, which never changes, and what lies where in it."""

import re
from dataclasses import dataclass
from pathlib import Path

from loader.release.digest import file_sha256
from loader.release.manifest import Manifest, number_of

PIN = "pinned"
# The folder of the merge of our own graphs, where there are others.
OWN = "own"
ID = re.compile("[0-9]+-[0-9a-f]+")


class DamagedRelease(ValueError):
    """The files of a release are not those that its manifest lists."""


@dataclass(frozen=True)
class Release:
    """One published state of the graph; nothing in its directory is ever changed."""

    path: Path
    manifest: Manifest

    @property
    def id(self) -> str:
        return self.manifest.id

    @property
    def number(self) -> int:
        return number_of(self.id)

    @property
    def plain(self) -> Path:
        """The authoritative store: the named graphs and the unnamed graph, as written."""
        return self.path / "plain"

    @property
    def view(self) -> Path:
        """The store whose default graph is the merge of all graphs, each triple once."""
        return self.path / "view"

    @property
    def own(self) -> Path:
        """The store whose default graph is the merge of our own graphs: the view where it is the same."""
        own = self.path / OWN
        return own if own.is_dir() else self.view

    @property
    def store(self) -> Path:
        """The store as queries see it: the view, or the plain one where no view was made."""
        return self.view if self.view.is_dir() else self.plain

    @property
    def queries(self) -> Path:
        """The saved queries that were proved on this release."""
        return self.path / "queries"

    @property
    def sources(self) -> Path:
        """The texts of the sources, in which the quotations of this release stand."""
        return self.path / "sources"

    @property
    def pin(self) -> Path:
        """The file that keeps this release for good while it is there; it is none of those of the release."""
        return self.path / PIN

    def verify(self) -> None:
        """Compares every file with the manifest.

        Raises DamagedRelease with the first file that differs.
        """
        for name, (size, digest) in self.manifest.files.items():
            path = self.path / name
            if not path.is_file() or path.stat().st_size != size or file_sha256(path) != digest:
                raise DamagedRelease(f"release {self.id} is damaged: {name} is not as it was written")
