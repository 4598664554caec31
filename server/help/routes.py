"""`/about` and `/help`: pages that are the same in every release."""

from flask import Blueprint, Response

from loader.query.mistakes.mistake import Quoted, Remark
from server.asking.asker import asked_release
from server.help import documents
from server.http.state import state
from server.i18n.languages import language
from server.page.render import page, unchanged
from server.refusal import Refused

blueprint = Blueprint("help", __name__)


@blueprint.get("/about")
def about() -> Response:
    """What this is, who made it, and what it may be used for."""
    release = asked_release()
    if same := unchanged(release):
        return same
    return page("about.html", release, text=documents.about(language()), contact=state().settings.contact)


@blueprint.get("/help")
def first() -> Response:
    """The documents of the project, by what a reader wants."""
    release = asked_release()
    text, spoken = documents.first(language())
    return unchanged(release) or page("help.html", release, text=text, spoken=spoken, is_first=True)


@blueprint.get("/help/<path:name>")
def document(name: str) -> Response:
    """One of them."""
    release = asked_release()
    text = documents.document(name)
    if text is None:
        told = {"name": Quoted(name[:60]), "all": "/help"}
        raise Refused("not-found", Remark("There is no document %(name)s; %(all)s lists them all.", told))
    is_first = name == documents.FIRST
    return unchanged(release) or page("help.html", release, text=text, spoken="en", is_first=is_first)
