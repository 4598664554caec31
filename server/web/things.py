"""`/<kind>/<slug>`: the things of the graph at their own addresses, as RDF or, for a reader, as a page."""

from pathlib import Path

from flask import Blueprint, Flask, Response, redirect, request
from werkzeug.routing import BaseConverter

from loader.release.namespaces import BASE
from loader.release.releases import Release
from loader.release.saved_query import read_saved_query
from loader.release.terms import WrongValue, as_term
from server.saved.running import find_release, question
from server.web.answers import respond
from server.web.formats import GRAPHS, Format, is_browser, wanted
from server.web.links import link
from server.web.problems import Problem
from server.web.state import state

blueprint = Blueprint("things", __name__)
QUERY = read_saved_query(Path(__file__).with_name("thing.rq"))
# The kinds of things and the schemes of concepts, as the IRIs have them.
KINDS = (
    *("mission", "meeting", "person", "post", "tenure", "institution", "group", "place", "topic"),
    *("source", "section", "statement", "participation", "document", "dataset"),
    *("mission-kind", "meeting-kind", "role", "institution-kind", "certainty", "date-precision"),
)


class KindConverter(BaseConverter):
    """One of the kinds, as a part of an address."""

    regex = "|".join(KINDS)


def init_app(app: Flask) -> None:
    """Lets addresses have kinds in them."""
    app.url_map.converters["kind"] = KindConverter
    app.register_blueprint(blueprint)


@blueprint.get("/<kind:kind>/<slug>")
def thing(kind: str, slug: str) -> Response:
    """What is said of a thing, in the format that its suffix or the request names.

    Raises Problem where nothing is said of it.
    """
    name, format_ = _format(slug.removesuffix(".html"))
    iri = f"{BASE}{kind}/{name}"
    release = find_release(request.args.get("release", ""))
    _refuse_unknown(iri, release)
    if slug.endswith(".html") or (format_ is None and is_browser(request)):
        return _to_page(iri)
    chosen = format_ or wanted(request, GRAPHS)
    asked = question(QUERY.bind({"thing": iri}), chosen.media_type, release)
    response = respond(state().engine.query(asked), chosen, cacheable=True)
    response.headers.add("Link", f'<{iri}>; rel="canonical"')
    return response


def _format(slug: str) -> tuple[str, Format | None]:
    """The slug without its suffix, and the format that the suffix names."""
    name, dot, suffix = slug.rpartition(".")
    known = {format_.name: format_ for format_ in GRAPHS}
    return (name, known[suffix]) if dot and suffix in known else (slug, None)


def _to_page(iri: str) -> Response:
    """Leads a reader to the question that shows its facts (303: a page about it, not the thing itself)."""
    response = redirect(link("/queries/facts-of-a-thing", [("thing", iri)]), 303)
    assert isinstance(response, Response)
    response.vary.add("Accept")
    return response


def _refuse_unknown(iri: str, release: Release) -> None:
    try:
        term = as_term("iri", iri)
    except WrongValue:
        raise Problem("not-found", "There is nothing at this address.") from None
    text = f"ASK {{ {{ {term} ?p ?o }} UNION {{ ?s ?q {term} }} }}"
    answer = state().engine.query(question(text, "text/tab-separated-values", release))
    if b"".join(answer.body).strip() != b"true":
        raise Problem("not-found", f"Nothing is said of <{iri}>.")
