"""Finds the text of a source that belongs to a release, and only if it is the one that the release means."""

from functools import lru_cache
from pathlib import Path

from loader.release.digest import file_sha256
from loader.release.releases import Release

# For releases from before the texts were kept in them; the SHA-256 says whether it is the same text.
BESIDE = Path(__file__).resolve().parent.parent.parent / "data" / "sources"


def source_text(release: Release, file: str, sha256: str) -> bytes | None:
    """The bytes of a text whose name and SHA-256 are recorded, or None where no such text is kept.

    The name comes from the graph, where anybody who may write can put any: only names of files count.
    """
    if not file or not sha256 or Path(file).name != file:
        return None
    for folder in (release.sources, BESIDE):
        content = _read(folder / file, sha256)
        if content is not None:
            return content
    return None


@lru_cache(maxsize=8)
def _read(path: Path, sha256: str) -> bytes | None:
    """The content of a file that nobody changes, if it is what its SHA-256 says."""
    if not path.is_file() or file_sha256(path) != sha256:
        return None
    return path.read_bytes()
