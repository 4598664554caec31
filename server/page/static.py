"""Our style sheet, scripts, fonts and icon, at addresses that hold the hash of their content."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from mimetypes import guess_type
from pathlib import Path

from flask import Blueprint, Response, abort, request
from flask.blueprints import BlueprintSetupState

from server.http.answers import FOR_GOOD
from server.http.encoding import chosen_encoding
from server.logs import log

blueprint = Blueprint("static_files", __name__)
FOLDER = Path(__file__).resolve().parent.parent / "static"
BUILT = FOLDER / "built"
# Not all machines have these in their tables.
TYPES = {".js": "text/javascript", ".woff2": "font/woff2", ".json": "application/json"}


@dataclass(frozen=True)
class StaticFile:
    """The content of a file, the hash in its address, and the content compressed where that was made."""

    content: bytes
    digest: str
    brotli: bytes = b""


@blueprint.get("/static/<digest>/<name>")
def static_file(digest: str, name: str) -> Response:
    """A file; for good where the hash is its own, else as it is now, for a page that is older."""
    if name not in _files():
        abort(404)
    file = _files()[name]
    is_compressed = bool(file.brotli) and chosen_encoding(request) == "br"
    response = Response(file.brotli if is_compressed else file.content, content_type=_content_type(name))
    if is_compressed:
        response.headers["Content-Encoding"] = "br"
        response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = FOR_GOOD if digest == file.digest else "no-cache"
    return response


@blueprint.record_once
def _say_what_is_missing(_: BlueprintSetupState) -> None:
    if not (BUILT / "fonts.css").is_file():
        log.warning("no assets", detail="Editor and fonts are not built; pages do without. Run: make assets")


def static_link(name: str) -> str:
    """The address of a file as it is now."""
    return f"/static/{_files()[name].digest}/{name}"


def built_link(name: str) -> str:
    """The address of a file that `make assets` makes; empty where it did not."""
    return static_link(name) if name in _files() else ""


@cache
def _files() -> dict[str, StaticFile]:
    """Every file by its name; they do not change while a server runs."""
    files = {path.name: _file(path.read_bytes()) for path in _inside(FOLDER)}
    built = _built()
    sheets = [path.read_bytes() for path in sorted((FOLDER / "site").glob("*.css"))]
    fonts = _addressed(built["fonts.css"].content, built) if "fonts.css" in built else b""
    return files | built | {"site.css": _file(b"".join([fonts, *sheets]))}


def _built() -> dict[str, StaticFile]:
    """What the bundler wrote: its files name each other, so they share one hash."""
    contents = {path.name: path.read_bytes() for path in _inside(BUILT)}
    digest = _hash(b"".join(contents[name] for name in contents))
    names = [name for name in contents if not name.endswith(".br")]
    return {name: StaticFile(contents[name], digest, contents.get(f"{name}.br", b"")) for name in names}


def _addressed(sheet: bytes, built: dict[str, StaticFile]) -> bytes:
    """The sheet of the fonts with the address of each file in the place of its name."""

    def address(found: re.Match[str]) -> str:
        return f'url("/static/{built[found[1]].digest}/{found[1]}")'

    return re.sub(r'url\("([^"]+)"\)', address, sheet.decode()).encode()


def _inside(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


def _file(content: bytes) -> StaticFile:
    return StaticFile(content, _hash(content))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _content_type(name: str) -> str:
    media_type = TYPES.get(Path(name).suffix) or guess_type(name)[0] or "application/octet-stream"
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
