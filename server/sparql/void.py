"""`/.well-known/void`: the data sets, their classes, properties and links, counted in the live data."""

from pathlib import Path

from flask import Blueprint, Response, request

from server.asking.asker import asked_release
from server.engine.interface import Question
from server.formats import GRAPHS
from server.http.answers import not_modified, respond
from server.http.negotiation import wanted
from server.http.state import state

blueprint = Blueprint("void", __name__)
QUERY = Path(__file__).with_name("void.rq").read_text(encoding="utf-8")


@blueprint.get("/.well-known/void")
def void() -> Response:
    """The description of the data sets that answer now; what the default graph says is ours alone."""
    format_ = wanted(request, GRAPHS)
    release = asked_release()
    if unchanged := not_modified(release.id, format_):
        return unchanged
    question = Question(
        text=QUERY.replace("WRITTEN", release.manifest.written),
        format=format_.media_type,
        base=f"{state().settings.address}/data/{release.id}/",
        timeout=state().settings.timeout,
        release=release.id,
        own=True,
    )
    return respond(state().engine.query(question), format_, cacheable=True)
