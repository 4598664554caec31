"""What a source offers: one release, by its id and the SHA-256 of its manifest."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath

from loader.release.manifest import FILE_NAME, Manifest
from loader.release.release import ID, OWN, Release

CURRENT = "releases/current"
PARTS = ("plain", "view", OWN, "lines", "queries", "sources")
SHA256 = re.compile("[0-9a-f]{64}")


class ReleaseRefused(Exception):
    """A release is not taken; the text names it and says why."""


@dataclass(frozen=True)
class ReleaseOffer:
    """The release that a source has, or will have at the instant `activate`; `manifest` is a SHA-256."""

    id: str
    manifest: str
    activate: str = ""

    @classmethod
    def of(cls, release: Release) -> "ReleaseOffer":
        content = (release.path / FILE_NAME).read_bytes()
        return cls(release.id, hashlib.sha256(content).hexdigest(), release.manifest.activate)

    @classmethod
    def read(cls, content: bytes) -> "ReleaseOffer":
        """Raises ReleaseRefused where this is no offer."""
        try:
            offer = cls(**json.loads(content))
            is_sound = ID.fullmatch(offer.id) and SHA256.fullmatch(offer.manifest)
        except (TypeError, ValueError):
            is_sound = None
        if not is_sound:
            raise ReleaseRefused(f"what the source offers is foreign: {content[:60]!r} names no release")
        return offer

    def written(self) -> bytes:
        return json.dumps(asdict(self)).encode() + b"\n"


def address_of(release: str, name: str) -> str:
    """Where a file of a release lies below a source or target."""
    return f"releases/{release}/files/{name}"


def check_names(manifest: Manifest) -> None:
    """Raises ReleaseRefused where a file would not come to lie in the directory of its release."""
    for name in manifest.files:
        parts = PurePosixPath(name).parts
        is_inside = name == "/".join(parts) and not {"..", "."} & set(parts) and "\\" not in name
        if not (is_inside and parts and parts[0] in PARTS):
            raise ReleaseRefused(f"release {manifest.id} is foreign: {name!r} is no file of a release")
