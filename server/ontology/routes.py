"""`/ontology`: the classes, properties and concepts of a release, as a page for a browser and as RDF."""

from flask import Blueprint, Response, request

from loader.release.namespaces import BASE
from server.asking.asker import asked_release, question
from server.formats import GRAPHS, Format
from server.http.answers import not_modified, respond
from server.http.negotiation import by_suffix, is_browser, wanted
from server.http.state import state
from server.ontology.page import ontology_page
from server.ontology.uses import TEXTS

blueprint = Blueprint("ontology", __name__)


@blueprint.get("/ontology")
def ontology() -> Response:
    """The page, or the RDF in the format that the request asks for."""
    return _page() if is_browser(request) else _data(wanted(request, GRAPHS))


@blueprint.get("/ontology.<suffix>")
def ontology_as(suffix: str) -> Response:
    """The page where the suffix is html, else the RDF in the format that it names."""
    return _page() if suffix == "html" else _data(by_suffix(suffix, GRAPHS, "html"))


def _page() -> Response:
    response = ontology_page(asked_release())
    _name(response)
    return response


def _data(format_: Format) -> Response:
    release = asked_release()
    if unchanged := not_modified(release.id, format_):
        return unchanged
    asked = question(TEXTS["ontology-as-rdf"], format_.media_type, release)
    response = respond(state().engine.query(asked), format_, cacheable=True)
    _name(response)
    return response


def _name(response: Response) -> None:
    """Says of what this is a form: the IRI before the `#` of every term."""
    response.headers.add("Link", f'<{BASE}ontology>; rel="canonical"')
