"""`/sources` and `/sources/<slug>`: the texts that the facts are taken from; `.txt` is the text alone."""

from flask import Blueprint, Response, request

from server.asking.asker import asked_release
from server.http.answers import describe_release
from server.http.encoding import chosen_encoding, tagged
from server.refusal import Refused
from server.sources.pages import list_page, record_of, source_page

blueprint = Blueprint("sources", __name__)


@blueprint.get("/sources")
def sources() -> Response:
    """All sources of a release."""
    return list_page(asked_release())


@blueprint.get("/sources/<slug>")
def source(slug: str) -> Response:
    """A source as a page."""
    return source_page(slug, asked_release())


@blueprint.get("/sources/<slug>.txt")
def text(slug: str) -> Response:
    """The bytes in which positions are counted, those of the SHA-256 that is recorded; UTF-8."""
    release = asked_release()
    record = record_of(slug, release)
    if record.content is None:
        raise Refused("not-found", f"No text of the source {slug!r} is kept here.")
    response = Response(record.content, content_type="text/plain; charset=utf-8")
    describe_release(response, release.id)
    response.vary.add("Accept-Encoding")
    response.set_etag(tagged(record.value("sha256"), chosen_encoding(request)))
    response.headers["Cache-Control"] = "public, no-cache"
    response.make_conditional(request)
    return response
