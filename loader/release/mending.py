"""Puts a store directory in order whose link `current` became a folder, as copying tools make it."""

from pathlib import Path

from loader.release.durable import flush_path
from loader.release.manifest import Manifest
from loader.release.release import DamagedRelease, Release
from loader.release.releases import Releases


def put_in_order(releases: Releases) -> list[str]:
    """Removes what killed processes left, and makes the link again; a sentence where there was none.

    Raises OSError.
    """
    if not is_copied(releases) and not releases.left_links():
        releases.clear_unless_written()
        return []
    with releases.locked():
        return [_mend(releases)] if is_copied(releases) else []


def is_copied(releases: Releases) -> bool:
    """Whether a folder stands in the place of the link."""
    return releases.link.is_dir() and not releases.link.is_symlink()


def _mend(releases: Releases) -> str:
    """The folder goes only where the release it is a copy of is as it was written."""
    copy = releases.copied()
    if copy is None:
        return f"`current` was a folder that is no release; it lies in {_put_aside(releases.link)} now"
    release = Release(releases.directory / copy.id, copy.manifest)
    folder = ""
    if _is_sound(release.path):
        releases.link.rename(releases.directory / ".copied")
    elif _is_sound(copy.path) or not release.path.exists():
        _replace(release.path, copy.path)
    else:
        folder = _put_aside(releases.link)
    releases.point_to(release)
    releases.clear()
    if folder:
        return f"`current` was a folder of damaged files; it lies in {folder} now"
    told = "`current` was a folder, as after a copy that follows links"
    return f"{told}; it is the link to release {copy.id} again"


def _is_sound(path: Path) -> bool:
    try:
        Release(path, Manifest.read(path)).verify()
    except (DamagedRelease, OSError, ValueError):
        return False
    return True


def _replace(path: Path, folder: Path) -> None:
    """Makes a folder the release of this path; what lay there is cleared away later."""
    if path.exists():
        path.rename(path.with_name(".damaged"))
    folder.rename(path)
    flush_path(path.parent)


def _put_aside(folder: Path) -> str:
    """Gives a folder a name that nothing has, and returns it."""
    number = 1
    while (aside := folder.with_name(f"{folder.name}.{number}")).exists():
        number += 1
    folder.rename(aside)
    return aside.name
