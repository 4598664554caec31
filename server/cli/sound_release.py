"""What is looked at before a server starts: that the release is as it was written, and has what is served."""

from loader.release.release import DamagedRelease, Release
from loader.release.releases import Releases
from loader.release.successor import succeed


class NothingToServe(LookupError):
    """No release of the store directory is as it was written."""


def sound_release(releases: Releases) -> tuple[Release, list[str]]:
    """The current release, or the newest one before it that is undamaged, which then becomes the current.

    Also a sentence for each damaged one. Raises NothingToServe.
    """
    complaints: list[str] = []
    current = releases.current_id()
    candidates = [release for release in reversed(releases.all()) if release.id == current]
    candidates += [release for release in reversed(releases.all()) if release.id != current]
    if current and (not candidates or candidates[0].id != current):
        complaints.append(f"release {current} has no readable manifest")
    if candidates and not current:
        complaints.append("the link `current` is missing")
    for release in candidates:
        try:
            release.verify()
        except DamagedRelease as damage:
            complaints.append(str(damage))
            continue
        if release.id != current:
            with releases.locked():
                releases.point_to(release)
        return release, complaints
    raise NothingToServe("; ".join(complaints) or f"there is no release in {releases.root}")


def sound_current(releases: Releases) -> Release:
    """The current release of a directory that belongs to another server. Raises NothingToServe."""
    try:
        release = releases.current()
        if release:
            release.verify()
    except DamagedRelease as damage:
        raise NothingToServe(str(damage)) from None
    if release is None:
        raise NothingToServe(f"there is no release in {releases.root} yet")
    return release


def ensure_view(releases: Releases, release: Release) -> Release:
    """A release with a view: this one, or one made now where it was written without."""
    if release.view.is_dir():
        return release
    with releases.locked(), succeed(releases) as successor:
        return successor.publish("view", view=True)
