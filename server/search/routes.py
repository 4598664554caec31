"""`/search`: the things whose names fit some words, as a page or as JSON."""

from flask import Blueprint, Response, json, request

from server.asking.asker import asked_release
from server.asking.data_sets import data_sets
from server.asking.paging import numbers_around, page_links
from server.engine.snapshot import Snapshot
from server.formats import DOCUMENT, Format
from server.http.answers import not_modified, respond_whole
from server.http.negotiation import is_browser, wanted
from server.http.parameters import url_parameters
from server.http.state import state
from server.i18n.languages import Text, best, language
from server.page.links import thing_link
from server.page.render import page, unchanged
from server.search.answer import as_json, search
from server.search.hits import Hit, Reason
from server.search.others import MOST_NAMES
from server.tables.reading import Shown

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
def search_page() -> Response:
    """The page for a browser, else JSON."""
    return _page() if is_browser(request) else _json(wanted(request, (DOCUMENT,)))


@blueprint.get("/search.json")
def search_json() -> Response:
    """The same as JSON, whatever the request accepts."""
    return _json(DOCUMENT)


def _page() -> Response:
    parameters = url_parameters()
    release = asked_release(parameters)
    if same := unchanged(release):
        return same
    found = search(parameters, release)
    return page(
        "search.html",
        release,
        cacheable=found.is_final,
        search=found,
        named=[(hit, _shown(hit)) for hit in found.found.hits or found.nearest],
        called=_called,
        most_names=MOST_NAMES,
        data_sets=_data_sets(release),
        pages=numbers_around(found.page, found.found.total),
        this_page=found.page.number,
    )


def _data_sets(release: Snapshot) -> dict[str, tuple[str, Text]]:
    """The page and the name of each data set, by the kind that its things have."""
    known = data_sets(release).values()
    return {one.kind: (thing_link(one.iri), best(one.labels, language())) for one in known}


def _shown(hit: Hit) -> Shown:
    """What a hit is called; a sentence, whatever it was found by, in the words of the source."""
    said = hit.sentence and hit.sentence.words
    if not said:
        return _called(hit)
    return Shown(words=said.value, language=said.language, kind="thing", iri=hit.iri, value=hit.iri)


def _called(thing: Hit | Reason) -> Shown:
    name = best(thing.labels, language(), thing.iri)
    return Shown(words=name.words, language=name.language, kind="thing", iri=thing.iri, value=thing.iri)


def _json(format_: Format) -> Response:
    parameters = url_parameters()
    release = asked_release(parameters)
    if same := not_modified(release.id, format_):
        return same
    found = search(parameters, release)
    content = json.dumps(as_json(found), ensure_ascii=False).encode()
    response = respond_whole(content, format_, release, found.is_final)
    response.headers["X-Total-Count"] = str(found.found.total)
    address = state().settings.address + request.path
    for relation, target in page_links(
        found.page, found.found.total, address, parameters, release.id, "limit"
    ):
        response.headers.add("Link", f'<{target}>; rel="{relation}"')
    return response
