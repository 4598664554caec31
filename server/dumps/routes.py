"""`/data/`: every release as files, with their dates, sizes and SHA-256; `latest` leads to the newest."""

import base64
import gzip
from collections.abc import Iterator
from typing import IO

from flask import Blueprint, Response, current_app, redirect, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wsgi import wrap_file

from loader.query.mistakes.listed import listed
from loader.query.mistakes.mistake import Quoted, Remark
from server.asking.asker import find_release
from server.dumps.catalogue import catalogue
from server.dumps.listing import entries
from server.dumps.maker import Dumps
from server.dumps.provenance import provenance
from server.dumps.shelf import Dump, file_name
from server.engine.evaluation.ordered_prefixes import ordered_bytes
from server.engine.snapshot import Snapshot
from server.formats import DUMPS, GRAPHS, N_QUADS, PACKED_N_QUADS, PLAIN, Format
from server.http.answers import FOR_GOOD, described, respond_whole
from server.http.encoding import MOST_WHOLE, chosen_encoding, is_compressible, tagged
from server.http.negotiation import by_suffix, is_browser, wanted
from server.http.signposting import signpost_dataset
from server.http.state import state
from server.page.render import page
from server.refusal import Refused

blueprint = Blueprint("dumps", __name__)
NAME = "unmissions.dumps"
LATEST, CHECKSUMS = "latest", "SHA256SUMS"
BY_SUFFIX = {format_.name: format_ for format_ in DUMPS}
BY_NAME = {file_name(format_): format_ for format_ in DUMPS}
UNPACKED = file_name(N_QUADS)
NAMES = (*BY_NAME, UNPACKED, CHECKSUMS)
PIECE = 256 << 10
VARY = ("Accept-Encoding",)


def _dumps() -> Dumps:
    found = current_app.extensions.get(NAME)
    if not isinstance(found, Dumps):
        found = current_app.extensions.setdefault(NAME, Dumps(state().settings.own_state, state().engine))
    return found


@blueprint.get("/data/")
def data() -> Response:
    """The releases and their files, as a page or in RDF (DCAT)."""
    current = find_release("")
    found = entries(state().engine.snapshots(), current, _dumps())
    if is_browser(request):
        answer = page("data.html", current, cacheable=False, entries=found, checksums=CHECKSUMS)
        return signpost_dataset(answer)
    format_ = wanted(request, GRAPHS)
    content = ordered_bytes(catalogue(found, state().settings.address), format_.media_type)
    return signpost_dataset(respond_whole(content, format_, current, cacheable=False))


@blueprint.get("/data/latest.<suffix>")
def latest(suffix: str) -> Response:
    """Leads to a file of the release that answers now."""
    known = {**BY_SUFFIX, N_QUADS.name: N_QUADS}
    if suffix not in known:
        raise Refused(
            "not-found",
            Remark(
                "A release is available as %(names)s, not as %(suffix)s.",
                {"names": listed(known), "suffix": Quoted(suffix[:60])},
            ),
        )
    return _to(find_release(""), file_name(known[suffix]))


@blueprint.get("/data/<release>/provenance")
@blueprint.get("/data/<release>/provenance.<suffix>")
def how_it_was_made(release: str, suffix: str = "") -> Response:
    """What wrote a release when, from which inputs, in PROV-O. Raises Refused."""
    format_ = by_suffix(suffix, GRAPHS) if suffix else wanted(request, GRAPHS)
    found = find_release("" if release == LATEST else release)
    if found.id != release:
        return _to(found, f"provenance.{suffix}" if suffix else "provenance")
    content = ordered_bytes(provenance(found, state().settings.address), format_.media_type)
    return respond_whole(content, format_, found)


@blueprint.get("/data/<release>/<name>")
def dump(release: str, name: str) -> Response:
    """A file of a release, for good; `latest` and a number lead to the whole id. Raises Refused."""
    if name not in NAMES:
        raise Refused(
            "not-found",
            Remark(
                "A release has %(names)s, but not a file %(name)s.",
                {"names": listed(NAMES), "name": Quoted(name[:60])},
            ),
        )
    found = find_release("" if release == LATEST else release)
    if found.id != release:
        return _to(found, name)
    if name == CHECKSUMS:
        return _checksums(found)
    return _unpacked(found) if name == UNPACKED else _file(found, BY_NAME[name])


def _to(release: Snapshot, name: str) -> Response:
    response = redirect(f"/data/{release.id}/{name}", 302)
    assert isinstance(response, Response)
    return described(response, release.id, vary=(), cache="no-cache")


def _checksums(release: Snapshot) -> Response:
    """As `sha256sum --check` reads it; makes what is missing."""
    lines = [f"{_dumps().get(release, format_).sha256}  {file_name(format_)}\n" for format_ in DUMPS]
    response = Response("".join(lines), content_type=PLAIN.content_type)
    return described(response, release.id, vary=VARY, cache=FOR_GOOD)


def _unpacked(release: Snapshot) -> Response:
    """The quads as text for programs that read no packed file; packed on the way to those that can."""
    dump, file = _open(release, PACKED_N_QUADS)
    is_packed = bool(request.accept_encodings["gzip"])
    response = Response(_pieces(file) if is_packed else _unpacking(file), mimetype=N_QUADS.media_type)
    response.call_on_close(file.close)
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    tag = tagged(dump.sha256, "of-text-in-gzip" if is_packed else "of-text")
    described(response, release.id, tag=tag, is_exact=True, vary=VARY, cache=FOR_GOOD)
    response.make_conditional(request)
    return response


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: file.read(PIECE), b"")


def _unpacking(file: IO[bytes]) -> Iterator[bytes]:
    with gzip.open(file) as text:
        yield from iter(lambda: text.read(PIECE), b"")


def _file(release: Snapshot, format_: Format) -> Response:
    """The bytes of a dump, from the disk; large ones can be taken up again where they broke off."""
    dump, file = _open(release, format_)
    response = Response(
        wrap_file(request.environ, file, PIECE), mimetype=format_.media_type, direct_passthrough=True
    )
    response.call_on_close(file.close)
    response.content_length = dump.size
    encoding = "" if _is_sent_as_it_is(dump, format_) else chosen_encoding(request)
    tag = tagged(dump.sha256, encoding)
    described(response, release.id, tag=tag, is_exact=True, vary=VARY, cache=FOR_GOOD)
    file_name = f"un-missions-{release.id}.{format_.name}"
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    if not encoding:
        digest = base64.b64encode(bytes.fromhex(dump.sha256)).decode()
        response.headers["Repr-Digest"] = f"sha-256=:{digest}:"
    return _conditional(response, dump)


def _open(release: Snapshot, format_: Format) -> tuple[Dump, IO[bytes]]:
    """A dump and its file; it may have been cleared away in this very moment, then it is made again."""
    while True:
        dump = _dumps().get(release, format_)
        try:
            return dump, dump.path.open("rb")
        except FileNotFoundError:
            continue


def _is_sent_as_it_is(dump: Dump, format_: Format) -> bool:
    """Whether no encoding is put on top of the file."""
    return "Range" in request.headers or dump.size > MOST_WHOLE or not is_compressible(format_.media_type)


def _conditional(response: Response, dump: Dump) -> Response:
    """304 where the client has it, 206 for a part; whoever asks for several parts at once gets the whole."""
    has_one_range = "," not in request.headers.get("Range", "")
    try:
        response.make_conditional(request, accept_ranges=has_one_range, complete_length=dump.size)
    except RequestedRangeNotSatisfiable:
        response.close()
        outside = {"Content-Range": f"bytes */{dump.size}", "Accept-Ranges": "bytes"}
        raise Refused(
            "range", Remark("The file has %(size)s bytes.", {"size": dump.size}), headers=outside
        ) from None
    return response
