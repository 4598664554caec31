"""The data of a release that is in another engine as files: of these dumps are made, and all graphs read."""

import gzip
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from loader.release.release import Release
from server.engine.evaluation.ordered_prefixes import ordered_prefixes, write_ordered
from server.engine.evaluation.packing import LEVEL, write_dump
from server.formats import N_QUADS

FOLDER, QUADS, MERGE = "dumps", "quads.nq.gz", "merge.nt.gz"


def keep_dumps(release: Release, directory: Path) -> None:
    """Writes the files of a release that was built here into the directory of the one that is elsewhere."""
    (directory / FOLDER).mkdir()
    plain, merge = (ox.Store.read_only(str(path)) for path in (release.plain, release.store))
    with (directory / FOLDER / QUADS).open("wb") as file:
        write_dump(plain, N_QUADS.media_type, {}, file)
    with (directory / FOLDER / MERGE).open("wb") as file, _packed(file) as packed:
        merge.dump(packed, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())


def kept_dump(directory: Path, media_type: str) -> Path:
    """The file of which a dump in a format is made."""
    return directory / FOLDER / (QUADS if media_type == N_QUADS.media_type else MERGE)


def write_kept(file: Path, media_type: str, prefixes: Mapping[str, str], output: IO[bytes]) -> None:
    """A dump: N-Quads packed as they lie there, or the merge in another format."""
    if media_type == N_QUADS.media_type:
        with file.open("rb") as dumped:
            shutil.copyfileobj(dumped, output)
        return
    with ordered_prefixes(output) as ordered:
        triples = (quad.triple for quad in _quads(file, ox.RdfFormat.N_TRIPLES))
        ox.serialize(triples, ordered, format=_format(media_type), prefixes=dict(prefixes))


def write_all_graphs(directory: Path, media_type: str, output: IO[bytes]) -> None:
    """All graphs with their names."""
    quads = _quads(directory / FOLDER / QUADS, ox.RdfFormat.N_QUADS)
    write_ordered(quads, _format(media_type), output)


def _quads(file: Path, format_: ox.RdfFormat) -> Iterator[ox.Quad]:
    with gzip.open(file) as packed:
        yield from ox.parse(cast(IO[bytes], packed), format=format_, rename_blank_nodes=False)


def _format(media_type: str) -> ox.RdfFormat:
    format_ = ox.RdfFormat.from_media_type(media_type)
    if format_ is None:
        raise ValueError(f"{media_type} is no format of RDF.")
    return format_


@contextmanager
def _packed(file: IO[bytes]) -> Iterator[IO[bytes]]:
    with gzip.GzipFile(filename="", mode="wb", compresslevel=LEVEL, fileobj=file, mtime=0) as packed:
        yield cast(IO[bytes], packed)
