"""Brings a release into memory."""

from pathlib import Path

import pyoxigraph as ox

from loader.release.lines import Lines, of_own_graphs, quads_of, twice
from loader.release.release import OWN
from loader.release.view import own_quads, own_triples


def load_release(release: Path, part: str, dumped: int) -> dict[str, ox.Store]:
    """The store of this name, and where it has graphs of others, `own` beside it, which has none.

    A release that has no lines is read from what was dumped of it into a file, given by its descriptor.
    """
    lines = Lines(release)
    if not lines.are_there:
        store = ox.Store()
        # `bulk_load` would name blank nodes anew, and answers would not be those that the disk gave before.
        store.bulk_extend(ox.parse(path=f"/proc/self/fd/{dumped}", format=ox.RdfFormat.N_QUADS))
        return {part: store}
    store = ox.Store()
    chosen = of_own_graphs(lines) if part == OWN else lines
    store.bulk_extend(quads_of(chosen if part == "plain" else twice(chosen)))
    if part != "view" or not (release / OWN).is_dir():
        return {part: store}
    own = ox.Store()
    own.bulk_extend(own_quads(store))
    own.bulk_extend(own_triples(store))
    return {part: store, OWN: own}
