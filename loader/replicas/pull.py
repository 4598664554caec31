"""Takes over the release that a source offers: fetched and proved beside the others, then switched to."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from loader.release.durable import flush_path, flush_tree
from loader.release.manifest import FILE_NAME, Manifest, number_of
from loader.release.release import DamagedRelease, Release
from loader.release.releases import Releases, wait_until
from loader.replicas.offer import CURRENT, ReleaseOffer, ReleaseRefused, address_of, check_names
from loader.replicas.places import Place
from loader.replicas.staging import Staging

MOST_MANIFEST = 64 << 20
MOST_OFFER = 4096
MOST_WAIT = timedelta(hours=1)


@dataclass(frozen=True)
class Pulled:
    """The release that answers now; how many of its files were fetched, and how many were here already."""

    release: Release
    fetched: int = 0
    linked: int = 0
    is_new: bool = True


def find_offer(source: Place) -> ReleaseOffer:
    """What the source offers now. Raises ReleaseRefused or OSError."""
    with source.opened(CURRENT) as file:
        return ReleaseOffer.read(file.read(MOST_OFFER))


def pull(source: Place, releases: Releases, offer: ReleaseOffer, rollback: bool = False) -> Pulled:
    """Takes over what is offered, unless it answers here already.

    Raises ReleaseRefused, which names the release and says why, or OSError; then nothing has changed.
    """
    with releases.locked():
        current = _current(releases)
        if current and current.id == offer.id:
            return Pulled(current, is_new=False)
        content = _manifest_at(source, offer)
        manifest = _checked(offer, content)
        if current and not rollback:
            _refuse_unrelated(manifest, current)
        pulled = _staged(source, releases, manifest, content)
        wait_until(manifest.activate)
        releases.point_to(pulled.release)
        releases.prune()
        return pulled


def _current(releases: Releases) -> Release | None:
    try:
        return releases.current()
    except DamagedRelease:
        return None


def _manifest_at(source: Place, offer: ReleaseOffer) -> bytes:
    with source.opened(address_of(offer.id, FILE_NAME)) as file:
        content = file.read(MOST_MANIFEST)
    if hashlib.sha256(content).hexdigest() != offer.manifest:
        raise ReleaseRefused(f"release {offer.id} is damaged: its manifest is not the one that is offered")
    return content


def _checked(offer: ReleaseOffer, content: bytes) -> Manifest:
    told = f"release {offer.id} is foreign"
    try:
        manifest = Manifest.parse(content)
        is_far = _is_far(manifest.activate)
    except ValueError as error:
        raise ReleaseRefused(f"{told}: its manifest is none ({error})") from None
    if manifest.id != offer.id:
        raise ReleaseRefused(f"{told}: its manifest is that of {manifest.id[:60]!r}")
    if is_far:
        raise ReleaseRefused(f"{told}: it would answer only from {manifest.activate}; compare the clocks")
    check_names(manifest)
    return manifest


def _is_far(instant: str) -> bool:
    return bool(instant) and datetime.fromisoformat(instant) > datetime.now(UTC) + MOST_WAIT


def _refuse_unrelated(manifest: Manifest, current: Release) -> None:
    """Only what came of the release that answers here may follow it."""
    if current.id in manifest.ancestors:
        return
    told = f"release {manifest.id} is refused, release {current.id} goes on answering"
    ours = {current.id, *current.manifest.ancestors}
    if manifest.id in ours or (number_of(manifest.id) < current.number and ours & {*manifest.ancestors}):
        raise ReleaseRefused(f"{told}: it is older; --rollback goes back to it")
    if ours & {*manifest.ancestors}:
        raise ReleaseRefused(f"{told}: it is of a fork, its parents part from ours; --rollback takes it")
    raise ReleaseRefused(f"{told}: it is foreign, none of its parents is one of ours; --rollback takes it")


def _staged(source: Place, releases: Releases, manifest: Manifest, content: bytes) -> Pulled:
    """The release in its place beside the others, durably; what lies there already stays if it is sound."""
    release = Release(releases.directory / manifest.id, manifest)
    if _is_whole(release, content):
        return Pulled(release)
    draft, staging = releases.draft(), Staging(source, releases, manifest)
    try:
        staging.fill(draft)
        (draft / FILE_NAME).write_bytes(content)
        flush_tree(draft)
        if release.path.exists():
            release.path.rename(releases.directory / ".damaged")
        draft.rename(release.path)
        flush_path(releases.directory)
    finally:
        releases.clear()
    return Pulled(release, staging.fetched, staging.linked)


def _is_whole(release: Release, content: bytes) -> bool:
    try:
        release.verify()
        return (release.path / FILE_NAME).read_bytes() == content
    except (DamagedRelease, OSError):
        return False
