"""The releases and their dumps in RDF: DCAT 3, with a checksum for each file that was made."""

from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

from loader.release.namespaces import BASE, DCAT, DCTERMS
from server.dumps.listing import DumpFile, ReleaseEntry
from server.dumps.provenance import made_by, release_iri
from server.dumps.terms import TYPE, checksum, typed

IANA = "https://www.iana.org/assignments/media-types/"
LICENCE = ox.NamedNode("https://creativecommons.org/licenses/by/4.0/")
DATASET = ox.NamedNode(f"{BASE}dataset/un-missions")


def catalogue(entries: Sequence[ReleaseEntry], server: str) -> Iterator[ox.Triple]:
    """What `/data/` says to programs; `server` is where the files are had."""
    yield ox.Triple(DATASET, TYPE, ox.NamedNode(f"{DCAT}Dataset"))
    yield ox.Triple(DATASET, ox.NamedNode(f"{DCTERMS}license"), LICENCE)
    yield from _services(server)
    for entry in entries:
        yield from _release(entry, server)


def _services(server: str) -> Iterator[ox.Triple]:
    """The catalogue, and the endpoint as a service that has the data set."""
    whole, service = ox.NamedNode(f"{server}/data/#catalogue"), ox.NamedNode(f"{server}/sparql")
    yield ox.Triple(whole, TYPE, ox.NamedNode(f"{DCAT}Catalog"))
    yield ox.Triple(whole, ox.NamedNode(f"{DCAT}dataset"), DATASET)
    yield ox.Triple(whole, ox.NamedNode(f"{DCAT}service"), service)
    yield ox.Triple(service, TYPE, ox.NamedNode(f"{DCAT}DataService"))
    yield ox.Triple(service, ox.NamedNode(f"{DCAT}endpointURL"), service)
    yield ox.Triple(service, ox.NamedNode(f"{DCAT}endpointDescription"), service)
    yield ox.Triple(service, ox.NamedNode(f"{DCAT}servesDataset"), DATASET)
    protocol = ox.NamedNode("https://www.w3.org/TR/sparql11-protocol/")
    yield ox.Triple(service, ox.NamedNode(f"{DCTERMS}conformsTo"), protocol)


def _release(entry: ReleaseEntry, server: str) -> Iterator[ox.Triple]:
    release = release_iri(server, entry.release.id)
    manifest = entry.release.manifest
    yield ox.Triple(release, TYPE, ox.NamedNode(f"{DCAT}Dataset"))
    yield ox.Triple(DATASET, ox.NamedNode(f"{DCAT}hasVersion"), release)
    if entry.is_current:
        yield ox.Triple(DATASET, ox.NamedNode(f"{DCAT}hasCurrentVersion"), release)
    yield ox.Triple(release, ox.NamedNode(f"{DCAT}version"), ox.Literal(entry.release.id))
    yield ox.Triple(release, ox.NamedNode(f"{DCTERMS}issued"), typed(manifest.written, "dateTime"))
    yield ox.Triple(release, ox.NamedNode(f"{DCTERMS}extent"), ox.Literal(f"{manifest.quads} quads"))
    yield from made_by(entry.release, server)
    for file in entry.files:
        yield ox.Triple(release, ox.NamedNode(f"{DCAT}distribution"), ox.NamedNode(server + file.path))
        yield from _file(file, server)


def _file(file: DumpFile, server: str) -> Iterable[ox.Triple]:
    node = ox.NamedNode(server + file.path)
    yield ox.Triple(node, TYPE, ox.NamedNode(f"{DCAT}Distribution"))
    yield ox.Triple(node, ox.NamedNode(f"{DCAT}downloadURL"), node)
    yield ox.Triple(node, ox.NamedNode(f"{DCTERMS}license"), LICENCE)
    yield ox.Triple(node, ox.NamedNode(f"{DCAT}mediaType"), ox.NamedNode(IANA + file.format.data_type))
    if file.format.is_packed:
        packed = ox.NamedNode(IANA + file.format.media_type)
        yield ox.Triple(node, ox.NamedNode(f"{DCAT}compressFormat"), packed)
    if file.dump:
        size = typed(str(file.dump.size), "nonNegativeInteger")
        yield ox.Triple(node, ox.NamedNode(f"{DCAT}byteSize"), size)
        yield from checksum(node, f"{server}{file.path}#sha256", file.dump.sha256)
