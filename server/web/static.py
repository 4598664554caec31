"""Our style sheet, scripts and icon, at addresses that hold the hash of their content."""

import hashlib
from functools import cache
from mimetypes import guess_type
from pathlib import Path

from flask import Blueprint, Response, abort

blueprint = Blueprint("static_files", __name__)
FOLDER = Path(__file__).resolve().parent.parent / "static"
FOR_GOOD = "public, max-age=31536000, immutable"


@blueprint.get("/static/<digest>/<name>")
def static_file(digest: str, name: str) -> Response:
    """A file; for good where the hash is its own, else as it is now, for a page that is older."""
    if name not in _files():
        abort(404)
    content, current = _files()[name]
    response = Response(content, content_type=_content_type(name))
    response.headers["Cache-Control"] = FOR_GOOD if digest == current else "no-cache"
    return response


def static_link(name: str) -> str:
    """The address of a file as it is now."""
    return f"/static/{_files()[name][1]}/{name}"


def static_digest() -> str:
    """Changes when any of the files does."""
    return "".join(digest for _, digest in _files().values())


@cache
def _files() -> dict[str, tuple[bytes, str]]:
    """The content and hash of each file; they do not change while a server runs."""
    found = {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir()) if path.is_file()}
    found["site.css"] = b"".join(path.read_bytes() for path in sorted((FOLDER / "site").glob("*.css")))
    return {name: (content, hashlib.sha256(content).hexdigest()[:16]) for name, content in found.items()}


def _content_type(name: str) -> str:
    media_type = guess_type(name)[0] or "application/octet-stream"
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
