"""What the descriptions of releases and of their files share: typed literals and checksums."""

from collections.abc import Iterator

import pyoxigraph as ox

from loader.release.namespaces import RDF, SPDX, XSD

TYPE = ox.NamedNode(RDF + "type")


def typed(value: str, datatype: str) -> ox.Literal:
    """A literal of a datatype of XML Schema."""
    return ox.Literal(value, datatype=ox.NamedNode(XSD + datatype))


def checksum(of: ox.NamedNode, name: str, sha256: str) -> Iterator[ox.Triple]:
    """The SHA-256 of something, as the node of this name."""
    node, algorithm = ox.NamedNode(name), ox.NamedNode(f"{SPDX}checksumAlgorithm_sha256")
    yield ox.Triple(of, ox.NamedNode(f"{SPDX}checksum"), node)
    yield ox.Triple(node, TYPE, ox.NamedNode(f"{SPDX}Checksum"))
    yield ox.Triple(node, ox.NamedNode(f"{SPDX}algorithm"), algorithm)
    yield ox.Triple(node, ox.NamedNode(f"{SPDX}checksumValue"), typed(sha256, "hexBinary"))
