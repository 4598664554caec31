"""Writes a whole release: streamed, in the order of the store, always the same bytes."""

import gzip
from collections.abc import Mapping
from typing import IO, cast

import pyoxigraph as ox

from server.engine.evaluation.ordered_prefixes import ordered_prefixes

LEVEL = 6


def write_dump(store: ox.Store, media_type: str, prefixes: Mapping[str, str], output: IO[bytes]) -> None:
    """All graphs as packed N-Quads, or the default graph in another format.

    Nothing is held but what the serialization needs at a time.
    """
    format_ = ox.RdfFormat.from_media_type(media_type)
    if format_ is None:
        raise ValueError(f"{media_type} is no format of RDF.")
    if format_ == ox.RdfFormat.N_QUADS:
        with gzip.GzipFile(filename="", mode="wb", compresslevel=LEVEL, fileobj=output, mtime=0) as packed:
            store.dump(cast(IO[bytes], packed), format_)
    else:
        with ordered_prefixes(output) as ordered:
            store.dump(ordered, format_, from_graph=ox.DefaultGraph(), prefixes=dict(prefixes))
