"""`/<kind>/<slug>`: the things of the graph at their own addresses, as RDF or, for a reader, as a page."""

from contextlib import suppress
from pathlib import Path

from flask import Blueprint, Flask, Response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.routing import BaseConverter

from loader.query.mistakes.mistake import Remark
from loader.query.saved_query_file import read_saved_query
from loader.query.values import WrongValue, as_term
from loader.release.namespaces import BASE, graph_iri, is_own_thing
from server.asking.asker import Asker, asked_release, asker_of_all, own_asker
from server.engine.snapshot import Snapshot
from server.formats import DATASETS, GRAPHS, Format
from server.http.answers import respond
from server.http.negotiation import is_browser, wanted
from server.http.parameters import refuse_others, url_parameters, wrong
from server.http.problems import problem_response
from server.page.links import link
from server.page.own_paths import is_on_a_page, without_suffix
from server.refusal import Refused
from server.things.addresses import Addresses, add_thing_links
from server.things.named_graphs import graph_of
from server.things.not_found import unknown
from server.things.page import thing_page
from server.things.paths import readings
from server.things.quads import quads_answer

blueprint = Blueprint("things", __name__)
QUERY = read_saved_query(Path(__file__).with_name("thing.rq"))
# The kinds of things and the schemes of concepts, as the IRIs have them; a scheme is a thing too.
SCHEMES = (
    *("mission-kind", "meeting-kind", "role", "institution-kind", "certainty", "date-precision"),
    *("place-kind", "group-kind", "post-kind", "topic-scheme"),
)
KINDS = (
    *("mission", "meeting", "person", "post", "tenure", "institution", "group", "place", "topic"),
    *("source", "section", "passage", "statement", "participation", "fact", "document", "dataset"),
    *SCHEMES,
)


class KindConverter(BaseConverter):
    """One of the kinds, as a part of an address."""

    regex = "|".join(KINDS)


class SchemeConverter(BaseConverter):
    """One of the schemes, maybe with a suffix, as an address."""

    regex = rf"(?:{'|'.join(SCHEMES)})(?:\.[a-z]+)?"


def init_app(app: Flask) -> None:
    """Lets addresses have kinds in them."""
    app.url_map.converters.update(kind=KindConverter, scheme=SchemeConverter)
    app.register_blueprint(blueprint)
    app.register_error_handler(NotFound, _maybe_a_thing)


@blueprint.get("/<scheme:scheme>")
def list_of_concepts(scheme: str) -> Response:
    """The same for a scheme of concepts."""
    name, format_ = without_suffix(scheme)
    return _answer(BASE + name, format_, scheme != name and format_ is None)


@blueprint.get("/<kind:kind>/<path:slug>")
def thing(kind: str, slug: str) -> Response:
    """What is said of a thing, in the format that its suffix or the request names.

    Raises Refused where nothing is said of it.
    """
    return _of_path(f"{kind}/{slug}")


def _maybe_a_thing(error: NotFound) -> Response:
    """Whatever else has an IRI of ours is found at its path, though no address was made for it."""
    if request.method not in ("GET", "HEAD"):
        return problem_response(error)
    try:
        answer = _of_path(request.path[1:])
        refuse_others()
        return answer
    except Refused as refusal:
        return problem_response(error if refusal.kind == "not-found" else refusal)


def _of_path(path: str) -> Response:
    """What is said of the thing that is meant by a path. Raises Refused, of the one that is meant first."""
    first, *others = readings(path)
    try:
        return _answer(*first)
    except Refused as refusal:
        if refusal.kind != "not-found":
            raise
        for other in others:
            with suppress(Refused):
                return _answer(*other)
        raise


@blueprint.get("/graph/<path:name>")
def graph(name: str) -> Response:
    """A named graph: for a reader what it is, for a program its triples, by way of the Graph Store (303)."""
    stem, format_ = without_suffix(name)
    iri = graph_iri(stem)
    if format_ is None and (stem != name or is_browser(request)):
        return _page(iri)
    release = asked_release()
    found = graph_of(iri, release)
    if found is None:
        raise unknown(iri, release)
    return _see_other(found.address + (f"&format={format_.name}" if format_ else ""))


@blueprint.get("/resource")
def resource() -> Response:
    """The same for any IRI that occurs in the store; ours lead to their own addresses (303)."""
    parameters = url_parameters()
    iri = parameters.one("iri") or ""
    address = Addresses.of(iri.partition("#")[0])
    if address.is_ours and is_on_a_page(iri):
        pairs = [("format", name)] if (name := parameters.one("format")) else []
        return _see_other(link(address.path + "".join(iri.partition("#")[1:]), pairs))
    try:
        as_term("iri", iri)
    except WrongValue as error:
        raise wrong("iri", iri, Remark(str(error))) from None
    return _answer(iri, None, False)


def _answer(iri: str, format_: Format | None, is_page: bool) -> Response:
    """The page, where it or HTML is asked for, else the data."""
    if is_page or (format_ is None and is_browser(request)):
        return _page(iri)
    # Who follows a name looks for its triples in the default graph, and some like quads best all the same.
    chosen = format_ or wanted(request, GRAPHS, halved=DATASETS)
    release = asked_release()
    asker, text = _asker(iri, release), QUERY.bind({"thing": iri})
    has_graphs = chosen.kind == "dataset"
    answer = quads_answer(iri, text, asker, chosen) if has_graphs else asker.answer(text, chosen.media_type)
    response = respond(answer, chosen, cacheable=True)
    add_thing_links(response, Addresses.of(iri))
    return response


def _page(iri: str) -> Response:
    response = thing_page(iri, asked_release())
    response.vary.add("Accept")
    return response


def _see_other(address: str) -> Response:
    response = redirect(address, 303)
    assert isinstance(response, Response)
    response.vary.add("Accept")
    return response


def _asker(iri: str, release: Snapshot) -> Asker:
    """Who is to be asked of a thing: as its page has it, us of ours. Raises Refused for what nobody names."""
    try:
        term = as_term("iri", iri)
    except WrongValue:
        raise unknown(iri, release) from None
    places = ("{} ?p ?o", "?s ?p {}", "?s {} ?o", "GRAPH {} {{ ?s ?p ?o }}")
    text = "ASK {" + " UNION ".join(f"{{ {place.format(term)} }}" for place in places) + "}"
    if is_own_thing(iri) and (asker := own_asker(release)).ask(text):
        return asker
    if (asker := asker_of_all(release)).ask(text):
        return asker
    raise unknown(iri, release)
