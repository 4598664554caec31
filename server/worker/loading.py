"""Brings a release into memory."""

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from loader.release.lines import Lines, own_lines, quads_of, twice


def load_release(release: Path, part: str, dumped: int) -> tuple[ox.Store, ox.Store | None]:
    """The store that queries see, and one of our own graphs alone where there are others.

    A release that has no lines is read from what was dumped of it into a file, given by its descriptor.
    """
    lines = Lines(release)
    if not lines.are_there:
        store = ox.Store()
        # `bulk_load` would name blank nodes anew, and answers would not be those that the disk gave before.
        store.bulk_extend(ox.parse(path=f"/proc/self/fd/{dumped}", format=ox.RdfFormat.N_QUADS))
        return store, None
    if part == "plain":
        return _stored(lines), None
    own = _stored(twice(own_lines(lines))) if (release / "own").is_dir() else None
    return _stored(twice(lines)), own


def _stored(lines: Iterable[bytes]) -> ox.Store:
    store = ox.Store()
    store.bulk_extend(quads_of(lines))
    return store
