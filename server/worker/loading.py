"""Brings a release into memory."""

from pathlib import Path

import pyoxigraph as ox

from loader.release.lines import Lines, quads_of, twice
from loader.release.view import own_quads


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
    store = ox.Store()
    store.bulk_extend(quads_of(lines if part == "plain" else twice(lines)))
    if part == "plain" or not (release / "own").is_dir():
        return store, None
    own = ox.Store()
    own.bulk_extend(own_quads(store))
    own.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in own_quads(store))
    return store, own
