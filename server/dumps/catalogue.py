"""The releases and their dumps in RDF: DCAT 3, with a checksum for each file that was made."""

from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

from loader.release.namespaces import BASE, DCAT, DCTERMS, RDF, SPDX, XSD
from server.dumps.listing import DumpFile, ReleaseEntry

IANA = "https://www.iana.org/assignments/media-types/"
LICENCE = ox.NamedNode("https://creativecommons.org/licenses/by/4.0/")
DATASET = ox.NamedNode(f"{BASE}dataset/un-missions")
_TYPE = ox.NamedNode(RDF + "type")


def catalogue(entries: Sequence[ReleaseEntry], server: str) -> Iterator[ox.Triple]:
    """What `/data/` says to programs; `server` is where the files are had."""
    yield ox.Triple(DATASET, _TYPE, ox.NamedNode(f"{DCAT}Dataset"))
    yield ox.Triple(DATASET, ox.NamedNode(f"{DCTERMS}license"), LICENCE)
    for entry in entries:
        yield from _release(entry, server)


def _release(entry: ReleaseEntry, server: str) -> Iterator[ox.Triple]:
    release = ox.NamedNode(f"{server}/data/#release-{entry.release.id}")
    manifest = entry.release.manifest
    yield ox.Triple(release, _TYPE, ox.NamedNode(f"{DCAT}Dataset"))
    yield ox.Triple(DATASET, ox.NamedNode(f"{DCAT}hasVersion"), release)
    if entry.is_current:
        yield ox.Triple(DATASET, ox.NamedNode(f"{DCAT}hasCurrentVersion"), release)
    yield ox.Triple(release, ox.NamedNode(f"{DCAT}version"), ox.Literal(entry.release.id))
    yield ox.Triple(release, ox.NamedNode(f"{DCTERMS}issued"), _typed(manifest.written, "dateTime"))
    yield ox.Triple(release, ox.NamedNode(f"{DCTERMS}extent"), ox.Literal(f"{manifest.quads} quads"))
    for file in entry.files:
        yield ox.Triple(release, ox.NamedNode(f"{DCAT}distribution"), ox.NamedNode(server + file.path))
        yield from _file(file, server)


def _file(file: DumpFile, server: str) -> Iterable[ox.Triple]:
    node = ox.NamedNode(server + file.path)
    yield ox.Triple(node, _TYPE, ox.NamedNode(f"{DCAT}Distribution"))
    yield ox.Triple(node, ox.NamedNode(f"{DCAT}downloadURL"), node)
    yield ox.Triple(node, ox.NamedNode(f"{DCTERMS}license"), LICENCE)
    yield ox.Triple(node, ox.NamedNode(f"{DCAT}mediaType"), ox.NamedNode(IANA + file.format.data_type))
    if file.format.is_packed:
        packed = ox.NamedNode(IANA + file.format.media_type)
        yield ox.Triple(node, ox.NamedNode(f"{DCAT}compressFormat"), packed)
    if file.dump:
        checksum = ox.NamedNode(f"{server}{file.path}#sha256")
        size = _typed(str(file.dump.size), "nonNegativeInteger")
        yield ox.Triple(node, ox.NamedNode(f"{DCAT}byteSize"), size)
        yield ox.Triple(node, ox.NamedNode(f"{SPDX}checksum"), checksum)
        yield ox.Triple(checksum, _TYPE, ox.NamedNode(f"{SPDX}Checksum"))
        algorithm = ox.NamedNode(f"{SPDX}checksumAlgorithm_sha256")
        yield ox.Triple(checksum, ox.NamedNode(f"{SPDX}algorithm"), algorithm)
        yield ox.Triple(checksum, ox.NamedNode(f"{SPDX}checksumValue"), _typed(file.dump.sha256, "hexBinary"))


def _typed(value: str, datatype: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(XSD + datatype))
