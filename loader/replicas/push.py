"""Brings the release that answers to a folder or object store, from which replicas follow."""

import io

from loader.release.manifest import FILE_NAME
from loader.release.release import Release
from loader.replicas.offer import CURRENT, ReleaseOffer, address_of
from loader.replicas.places import Folder


def push(release: Release, target: Folder) -> int:
    """How many files were brought there; the release is offered when all of it is there.

    Raises DamagedRelease where it is not as it was written, and OSError.
    """
    release.verify()
    names = [name for name in [*release.manifest.files, FILE_NAME] if not _is_there(release, name, target)]
    for name in names:
        with (release.path / name).open("rb") as file:
            target.put(address_of(release.id, name), file)
    target.put(CURRENT, io.BytesIO(ReleaseOffer.of(release).written()))
    return len(names)


def _is_there(release: Release, name: str, target: Folder) -> bool:
    """A file comes to its name only when it is whole, and a release never changes."""
    return target.has(address_of(release.id, name))
