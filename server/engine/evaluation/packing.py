"""What a reader does to write a whole release: streamed, in the order of the store, always the same bytes."""

import gzip
import os
from typing import IO, cast

import pyoxigraph as ox

NICE = 15
LEVEL = 6


def write_dump(store: ox.Store, job: dict[str, object], output: IO[bytes]) -> None:
    """All graphs as packed N-Quads, or the default graph in another format.

    Nothing is held but what the serialization needs at a time. Runs behind everything else.
    """
    os.setpriority(os.PRIO_PROCESS, 0, NICE)
    format_, prefixes = ox.RdfFormat.from_media_type(str(job["format"])), job["prefixes"]
    assert format_ and isinstance(prefixes, dict)
    if format_ == ox.RdfFormat.N_QUADS:
        with gzip.GzipFile(filename="", mode="wb", compresslevel=LEVEL, fileobj=output, mtime=0) as packed:
            store.dump(cast(IO[bytes], packed), format_)
    else:
        store.dump(output, format_, from_graph=ox.DefaultGraph(), prefixes=prefixes)
