"""A build that stays between runs of the tests, and is shared by all that run at once."""

import shutil
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from loader.inputs import PROJECT, Inputs
from loader.release.digest import file_sha256, lines_sha256
from loader.release.durable import exclusive
from loader.release.releases import Releases


def copy_of_build(inputs: Path, folder: Path, target: Path, build: Callable[[Path], object]) -> Path:
    """Copies to `target` the store directory that `build` makes of the inputs, built but once in `folder`.

    A build of other inputs, by other code or with another engine is thrown away.
    """
    kept = folder / fingerprint(inputs)
    folder.mkdir(parents=True, exist_ok=True)
    with exclusive(folder / "lock"):
        for old in folder.iterdir():
            if old.is_dir() and old != kept:
                shutil.rmtree(old)
        if not Releases(kept).current_id():
            build(kept)
        return shutil.copytree(kept, target, symlinks=True)


def fingerprint(inputs: Path) -> str:
    """The digest of all that a build rests on: the inputs, the loader and the versions of what it uses."""
    rest = [*sorted((PROJECT / "loader").rglob("*.rq")), PROJECT / "requirements.lock"]
    digests = {**Inputs(inputs).digests(), **{str(path): file_sha256(path) for path in rest}}
    return lines_sha256([version("pyoxigraph"), *(f"{name} {sha256}" for name, sha256 in digests.items())])
