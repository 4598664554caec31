"""Brings the files of a release here, each proved by its SHA-256; those that are here already are linked."""

import hashlib
from pathlib import Path

from loader.release.digest import file_sha256
from loader.release.durable import link
from loader.release.manifest import Manifest
from loader.release.releases import Releases
from loader.replicas.offer import ReleaseRefused, address_of
from loader.replicas.places import Place

PIECE = 1 << 20


class Staging:
    """The files of one release on their way into a draft; counts what was fetched and what was linked."""

    def __init__(self, source: Place, releases: Releases, manifest: Manifest) -> None:
        self._source, self._manifest = source, manifest
        self._here = {
            known: release.path / name
            for release in releases.all()
            for name, known in release.manifest.files.items()
        }
        self.fetched = self.linked = 0

    def fill(self, draft: Path) -> None:
        """Raises ReleaseRefused or OSError."""
        for name, (size, digest) in self._manifest.files.items():
            path = draft / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if self._is_here(size, digest):
                link(self._here[size, digest], path)
                self.linked += 1
            else:
                self._fetch(name, path, size, digest)
                self.fetched += 1

    def _is_here(self, size: int, digest: str) -> bool:
        """A file that the disk has spoilt since is fetched again."""
        path = self._here.get((size, digest))
        return path is not None and path.is_file() and file_sha256(path) == digest

    def _fetch(self, name: str, path: Path, size: int, digest: str) -> None:
        whole, left = hashlib.sha256(), size + 1
        address = address_of(self._manifest.id, name)
        with self._source.opened(address) as file, path.open("wb") as target:
            while left and (piece := file.read(min(left, PIECE))):
                whole.update(piece)
                target.write(piece)
                left -= len(piece)
        told = f"release {self._manifest.id} is"
        if left > 1:
            raise ReleaseRefused(f"{told} truncated: {name} ends {left - 1} bytes too early")
        if whole.hexdigest() != digest:
            raise ReleaseRefused(f"{told} damaged: {name} is not as its manifest says")
