"""Notes what writes change, by comparing before and after what they touch."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pyoxigraph as ox

from loader.release.difference import Difference, Graph, listed
from server.engine.evaluation.touched import Copied, Unsure, data_alone, touched_by


@dataclass(frozen=True)
class Recorder:
    """The difference that the writes of a release make, and a way to try an update on a copy of the store."""

    copied: Copied
    difference: Difference = field(default_factory=Difference)


def record_update(recorder: Recorder | None, store: ox.Store, text: str, base: str) -> None:
    """Applies an update, whole or not at all."""
    if recorder is None or recorder.difference.unsure:
        store.update(text, base_iri=base or None)
    elif (data := data_alone(text, base)) is not None:
        with recording(recorder, store, quads=data):
            store.extend(data)
    else:
        _compare(recorder, store, text, base)


@contextmanager
def recording(
    recorder: Recorder | None,
    store: ox.Store,
    quads: Collection[ox.Quad] = (),
    graphs: Collection[Graph] | None = None,
) -> Iterator[None]:
    """Around a change that touches these quads, or all of some graphs, which then hold these."""
    if recorder is None or recorder.difference.unsure:
        yield
        return
    before = {quad for quad in quads if quad in store} if graphs is None else listed(store, *graphs)
    try:
        yield
    except Exception:
        recorder.difference.give_up("a write failed half-way")
        raise
    recorder.difference.change(before, set(quads))


def _compare(recorder: Recorder, store: ox.Store, text: str, base: str) -> None:
    why = ""
    try:
        touched = touched_by(text, base, store, recorder.copied)
        before = touched.quads(store)
    except Unsure as reason:
        why = str(reason)
    store.update(text, base_iri=base or None)
    if why:
        recorder.difference.give_up(why)
        return
    try:
        recorder.difference.change(before, touched.quads(store))
    except Unsure as reason:
        recorder.difference.give_up(str(reason))
