"""`/embed/…`: one drawing of one result, to be framed by other sites, and the same as a picture in SVG."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

from flask import Blueprint, Response, g, request

from loader.query.mistakes.mistake import Remark
from server.asking.asker import asked_release, find_query, is_volatile
from server.embed.drawn import Drawn, drawn_of_saved, drawn_of_text
from server.embed.picture import picture, style_source
from server.engine.snapshot import Snapshot
from server.formats import SVG
from server.http.answers import described, entity_tag
from server.http.parameters import Parameters, url_parameters
from server.http.state import state
from server.i18n.languages import language
from server.page.render import VARY, page, unchanged
from server.refusal import Refused

blueprint = Blueprint("embed", __name__)


@blueprint.before_request
def _may_be_framed() -> None:
    g.may_be_framed = True


@blueprint.get("/embed/queries/<name>")
def of_saved(name: str) -> Response:
    """The drawing of a saved query, with its rows folded under it."""
    return _of_saved(name, partial(_page, picture_path=f"/embed/queries/{name}.svg"))


@blueprint.get("/embed/queries/<name>.svg")
def of_saved_as_picture(name: str) -> Response:
    """The same as a picture."""
    return _of_saved(name, _picture)


def _of_saved(name: str, show: Callable[[Drawn, Snapshot, bool], Response]) -> Response:
    parameters = url_parameters()
    query, release = find_query(name, asked_release(parameters))
    if same := unchanged(release):
        return same
    return show(drawn_of_saved(query, release, parameters, language()), release, not is_volatile(query))


@blueprint.get("/embed/sparql")
def of_text() -> Response:
    """The drawing of any query."""
    parameters = url_parameters()
    release = asked_release(parameters)
    return _page(_drawn(parameters, release), release, is_kept=False, picture_path="/embed/sparql.svg")


@blueprint.get("/embed/sparql.svg")
def of_text_as_picture() -> Response:
    """The same as a picture."""
    parameters = url_parameters()
    release = asked_release(parameters)
    return _picture(_drawn(parameters, release), release, is_kept=False)


def _drawn(parameters: Parameters, release: Snapshot) -> Drawn:
    text = parameters.one("query")
    if text is None:
        raise Refused("request", Remark("The address has no `query` to draw the result of."))
    g.query_text = text
    return drawn_of_text(text, release, parameters, language())


def _page(drawn: Drawn, release: Snapshot, is_kept: bool, picture_path: str) -> Response:
    pairs = list(request.args.items(multi=True))
    address = picture_path + (f"?{urlencode(pairs)}" if pairs else "")
    return page("embed.html", release, cacheable=is_kept, drawn=drawn, drawing=drawn.drawing, picture=address)


def _picture(drawn: Drawn, release: Snapshot, is_kept: bool) -> Response:
    g.style_source = style_source()
    content = picture(drawn, release, state().settings.address, language())
    tag = entity_tag(release.id, language()) if is_kept else ""
    response = Response(content, content_type=SVG.content_type)
    return described(response, release.id, tag=tag, vary=VARY)
