"""`/reconcile` and below: the Reconciliation Service API 0.2, and a page that explains it."""

import json
import re

from flask import Blueprint, Response, g, request

from loader.query.mistakes.mistake import Remark
from server.asking.asker import asked_release
from server.engine.snapshot import Snapshot
from server.formats import DOCUMENT
from server.http.answers import described, entity_tag, if_known
from server.http.negotiation import is_browser
from server.http.parameters import FORM, Parameters, form_parameters, url_parameters, wrong
from server.http.problems import json_problem
from server.http.state import state
from server.i18n.languages import language
from server.page.render import VARY, page, unchanged
from server.reconcile.batch import read_batch
from server.reconcile.catalogue import catalogue_of
from server.reconcile.documents import Document, results
from server.reconcile.extend import extended, read_extension
from server.reconcile.manifest import manifest
from server.reconcile.offer import offer
from server.reconcile.suggest import (
    proposed_properties,
    suggested_entities,
    suggested_properties,
    suggested_types,
)
from server.reconcile.wording import description
from server.refusal import Refused

blueprint = Blueprint("reconcile", __name__)
# What a script may call a function; nothing else is let into a script.
CALLBACK = re.compile(r"[A-Za-z_$][\w$]{0,100}", re.ASCII)
SCRIPT = "text/javascript; charset=utf-8"


@blueprint.errorhandler(Refused)
def _refused(refusal: Refused) -> Response:
    """A program that reconciles never gets a page for an answer, though it accept one."""
    return json_problem(refusal)


@blueprint.route("/reconcile", methods=["GET", "POST"])
def reconcile() -> Response:
    """Candidates for `queries`, values for `extend`, else the manifest; a reader gets the page."""
    parameters = _parameters()
    release = asked_release(parameters)
    if (queries := parameters.one("queries")) is not None:
        batch = read_batch(queries)
        return _answer(results(batch, catalogue_of(release), language()), parameters, release)
    if (asked := parameters.one("extend")) is not None:
        ids, properties = read_extension(asked, language())
        return _answer(extended(ids, properties, catalogue_of(release)), parameters, release)
    if is_browser(request) and not parameters.one("callback"):
        return _page(release)
    return _answer(manifest(state().settings.address, language()), parameters, release)


@blueprint.get("/reconcile/suggest/entity")
def suggest_entity() -> Response:
    """Things for the words that are typed."""
    parameters = url_parameters()
    release = asked_release(parameters)
    return _answer(suggested_entities(parameters, catalogue_of(release), language()), parameters, release)


@blueprint.get("/reconcile/suggest/type")
def suggest_type() -> Response:
    """Types for the words that are typed."""
    parameters = url_parameters()
    return _answer(suggested_types(parameters, language()), parameters, asked_release(parameters))


@blueprint.get("/reconcile/suggest/property")
def suggest_property() -> Response:
    """Properties for the words that are typed."""
    parameters = url_parameters()
    return _answer(suggested_properties(parameters, language()), parameters, asked_release(parameters))


@blueprint.get("/reconcile/extend/propose")
def propose() -> Response:
    """The properties that things of a type may have."""
    parameters = url_parameters()
    return _answer(proposed_properties(parameters, language()), parameters, asked_release(parameters))


@blueprint.get("/reconcile/preview")
def preview() -> Response:
    """A small page about a thing, which anybody may frame. Raises Refused where there is none."""
    parameters = url_parameters()
    release = asked_release(parameters)
    if same := unchanged(release):
        return _framed(same)
    catalogue, id_ = catalogue_of(release), parameters.one("id") or ""
    entity = catalogue.get(id_)
    if entity is None:
        raise Refused("not-found", f"Nothing has the id {id_[:200]!r}; an id is like place/nigeria.")
    about, type_ = description(entity, catalogue, language()), offer().types[entity.type]
    return _framed(page("preview.html", release, entity=entity, about=about, type=type_))


def _framed(response: Response) -> Response:
    g.may_be_framed = True
    return response


def _page(release: Snapshot) -> Response:
    return unchanged(release) or page("reconcile.html", release, offer=offer())


def _parameters() -> Parameters:
    """What the form says and, behind it, the address. Raises Refused."""
    in_address = url_parameters()
    if request.method != "POST":
        return in_address
    if request.mimetype != FORM:
        raise Refused("media-type", f"The body is {request.mimetype[:60]!r}; it must be {FORM}.")
    return Parameters([*form_parameters().pairs(), *in_address.pairs()])


def _answer(document: Document, parameters: Parameters, release: Snapshot) -> Response:
    """JSON, or a script that calls what `callback` names."""
    content = json.dumps(document, ensure_ascii=False)
    callback = parameters.one("callback")
    if callback is not None:
        if not CALLBACK.fullmatch(callback):
            raise wrong("callback", callback, Remark("a plain identifier"))
        content = f"{callback}({json.dumps(document)});"
    type_ = DOCUMENT.content_type if callback is None else SCRIPT
    tag = entity_tag(release.id, language(), request.get_data())
    if same := if_known(tag, release.id, VARY):
        return same
    return described(Response(content, content_type=type_), release.id, tag=tag, vary=VARY)
