"""`/sources` and `/sources/<slug>`: the texts that the facts are taken from; `.txt` is the text alone."""

from flask import Blueprint, Response, request

from loader.query.mistakes.mistake import Quoted, Remark
from server.asking.asker import asked_release
from server.formats import PLAIN
from server.http.answers import respond_whole
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
        raise Refused(
            "not-found", Remark("No text of the source %(slug)s is kept here.", {"slug": Quoted(slug)})
        )
    tag = tagged(record.value("sha256"), chosen_encoding(request))
    return respond_whole(record.content, PLAIN, release, tag=tag)
