"""The releases with their dumps, as the page and the catalogue list them."""

from collections.abc import Iterable
from dataclasses import dataclass

from server.dumps.maker import Dumps
from server.dumps.provenance import inputs
from server.dumps.shelf import Dump, file_name
from server.engine.snapshot import Snapshot
from server.formats import DUMPS, Format
from server.refusal import Refused

# Of releases up to this many quads the dumps are made when the list is asked for, so that it has all digests.
AT_ONCE = 100_000
PATIENCE_OF_A_LIST = 5.0


@dataclass(frozen=True)
class DumpFile:
    """A dump of a release; `dump` is None while it was not yet made."""

    format: Format
    path: str
    dump: Dump | None

    @property
    def name(self) -> str:
        return file_name(self.format)


@dataclass(frozen=True)
class ReleaseEntry:
    """A release in the list."""

    release: Snapshot
    is_current: bool
    files: tuple[DumpFile, ...]

    @property
    def files_read(self) -> int:
        """From how many files a build made it; 0 where it was written otherwise."""
        return len(inputs(self.release.manifest))


def entries(kept: Iterable[Snapshot], current: Snapshot, dumps: Dumps) -> list[ReleaseEntry]:
    """The newest release first; the one that answers has its dumps, if that can be had at once."""
    found = {release.id: release for release in [*kept, current]}
    newest_first = sorted(found.values(), key=lambda release: release.number, reverse=True)
    if current.manifest.quads <= AT_ONCE:
        _make(current, dumps)
    return [
        ReleaseEntry(release, release.id == current.id, tuple(_files(release, dumps)))
        for release in newest_first
    ]


def _files(release: Snapshot, dumps: Dumps) -> Iterable[DumpFile]:
    for format_ in DUMPS:
        yield DumpFile(format_, f"/data/{release.id}/{file_name(format_)}", dumps.known(release, format_))


def _make(release: Snapshot, dumps: Dumps) -> None:
    """Makes what is missing; where it cannot be made now, the list says that it is not there."""
    try:
        for format_ in DUMPS:
            dumps.get(release, format_, PATIENCE_OF_A_LIST)
    except Refused:
        return
