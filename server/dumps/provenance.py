"""How a release came to be, in PROV-O: what wrote it when, from which inputs, with which programs."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pyoxigraph as ox

from loader.release.manifest import Manifest
from loader.release.namespaces import DCTERMS, PROV, RDFS
from server.dumps.terms import TYPE, checksum, typed
from server.engine.snapshot import Snapshot

SHA256 = re.compile("[0-9a-f]{64}")
LABEL = ox.NamedNode(f"{RDFS}label")
VERSION = ox.NamedNode(f"{DCTERMS}hasVersion")


def release_iri(server: str, release: str) -> ox.NamedNode:
    """A release as the list of `/data/` names it."""
    return ox.NamedNode(f"{server}/data/#release-{release}")


def made_by(release: Snapshot, server: str) -> Iterator[ox.Triple]:
    """That a release was made, by what, when and from which; enough for a list."""
    manifest, activity = release.manifest, _part(release, server, "activity")
    node, when = release_iri(server, release.id), typed(manifest.written, "dateTime")
    yield ox.Triple(node, TYPE, _prov("Entity"))
    yield ox.Triple(node, _prov("wasGeneratedBy"), activity)
    yield ox.Triple(node, _prov("generatedAtTime"), when)
    yield ox.Triple(activity, TYPE, _prov("Activity"))
    yield ox.Triple(activity, LABEL, ox.Literal(f"unmissions {manifest.writer}"))
    yield ox.Triple(activity, _prov("endedAtTime"), when)
    if manifest.parent:
        before = release_iri(server, manifest.parent)
        yield ox.Triple(node, _prov("wasDerivedFrom"), before)
        yield ox.Triple(activity, _prov("used"), before)


def provenance(release: Snapshot, server: str) -> Iterator[ox.Triple]:
    """All that the manifest tells of how a release was made."""
    yield from made_by(release, server)
    manifest, activity = release.manifest, _part(release, server, "activity")
    for name, version in programs(manifest).items():
        agent = _part(release, server, f"program-{name}")
        yield ox.Triple(activity, _prov("wasAssociatedWith"), agent)
        yield ox.Triple(agent, TYPE, _prov("SoftwareAgent"))
        yield ox.Triple(agent, LABEL, ox.Literal(f"{name} {version}"))
        yield ox.Triple(agent, VERSION, ox.Literal(version))
    for name, sha256 in inputs(manifest).items():
        file = _part(release, server, f"input-{quote(name)}")
        yield ox.Triple(activity, _prov("used"), file)
        yield ox.Triple(file, TYPE, _prov("Entity"))
        yield ox.Triple(file, LABEL, ox.Literal(name))
        yield from checksum(file, f"{file.value}-sha256", sha256)


def inputs(manifest: Manifest) -> dict[str, str]:
    """The SHA-256 of each file that a build read; other writers have only the release before."""
    return {name: value for name, value in _read(manifest).items() if SHA256.fullmatch(value)}


def programs(manifest: Manifest) -> dict[str, str]:
    """The versions of the programs that made a release, as far as they were noted."""
    own = {"un-missions": manifest.program} if manifest.program else {}
    return own | {name: value for name, value in _read(manifest).items() if not SHA256.fullmatch(value)}


def _read(manifest: Manifest) -> dict[str, str]:
    return manifest.inputs if manifest.kind == "build" else {}


def _part(release: Snapshot, server: str, name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{server}/data/{release.id}/provenance#{name}")


def _prov(name: str) -> ox.NamedNode:
    return ox.NamedNode(PROV + name)
