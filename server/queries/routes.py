"""`/queries…`: the saved queries as text, results, descriptions and feeds, and as pages for a browser."""

import json
from collections.abc import Callable
from dataclasses import replace

import yaml
from flask import Blueprint, Response, request

from loader.query.saved_query import SavedQuery
from server.asking.asker import (
    OF_EACH,
    RESERVED,
    Call,
    asked_release,
    find_query,
    find_release,
)
from server.asking.rows import table_of_query, wanted_language
from server.engine.snapshot import Snapshot
from server.explain.explanation import explanation
from server.exports.files import disposition, formats_of
from server.formats import ATOM, GRAPHS, QUERY, YAML, Format
from server.http.answers import not_modified, respond, respond_whole
from server.http.negotiation import by_suffix, is_browser, wanted
from server.http.parameters import Parameters, asked_format, is_on, refuse_others, url_parameters
from server.http.state import state
from server.queries.calls import call
from server.queries.changes import Changes, RowHistory, feed, history
from server.queries.executables import executables_query
from server.queries.openapi import openapi
from server.queries.openapi_parts import Schema
from server.queries.pages import list_page, page_of_changes, query_page
from server.queries.run import asker_for, result
from server.tables.table import Table

blueprint = Blueprint("queries", __name__)
OPENAPI = Format("openapi", "application/json")


@blueprint.get("/queries")
def queries() -> Response:
    """The list for a browser, else the description of all queries."""
    parameters = url_parameters()
    if not is_browser(request):
        return _described("", wanted(request, GRAPHS), parameters)
    release = asked_release(parameters)
    return list_page(release, release.queries, parameters)


@blueprint.get("/queries.<suffix>")
def all_described(suffix: str) -> Response:
    """Every saved query as sh:SPARQLExecutable."""
    return _described("", by_suffix(suffix, GRAPHS), url_parameters())


@blueprint.get("/openapi.json")
def api() -> Response:
    """Every saved query as an operation of OpenAPI."""
    return _api(OPENAPI, lambda document: json.dumps(document, ensure_ascii=False))


@blueprint.get("/openapi.yaml")
def api_as_yaml() -> Response:
    """The same document in YAML."""
    return _api(YAML, lambda document: yaml.safe_dump(document, allow_unicode=True, sort_keys=False))


def _api(format_: Format, written: Callable[[Schema], str]) -> Response:
    release = asked_release()
    if unchanged := not_modified(release.id, format_):
        return unchanged
    document = openapi(release.queries, release.id, state().settings.address)
    return respond_whole(written(document).encode(), format_, release)


@blueprint.get("/queries/<name>")
def one(name: str) -> Response:
    """The page of a query for a browser, else its description."""
    parameters = url_parameters()
    query, release = find_query(name, asked_release(parameters))
    if is_browser(request):
        return query_page(query, release, parameters)
    refuse_others((*RESERVED, *(parameter.name for parameter in query.parameters)))
    return _described(query.name, wanted(request, GRAPHS), parameters)


@blueprint.get("/queries/<name>.rq")
def text(name: str) -> Response:
    """The file as it is kept, or the text that a call with these values runs."""
    parameters = url_parameters()
    query, release = find_query(name, asked_release(parameters))
    is_call = any(given not in OF_EACH for given in parameters.names())
    content = call(query, release, parameters, OF_EACH).text if is_call else query.text
    if unchanged := not_modified(release.id, QUERY):
        return unchanged
    return respond_whole(content.encode(), QUERY, release)


@blueprint.get("/queries/<name>/run")
def run(name: str) -> Response:
    """The result in the format that is wanted; the page with it for a browser."""
    parameters = url_parameters()
    query, release = find_query(name, asked_release(parameters))
    if is_browser(request) and not asked_format(parameters.pairs()):
        return query_page(query, release, parameters)
    if is_on(parameters, "explain"):
        return _explained(query, release, parameters)
    return result(query, release, parameters, wanted(request, formats_of(query)))


@blueprint.get("/queries/<name>/run.<suffix>")
def run_as(name: str, suffix: str) -> Response:
    """The result in the format of the suffix."""
    parameters = url_parameters()
    query, release = find_query(name, asked_release(parameters))
    format_ = by_suffix(suffix, formats_of(query))
    if is_on(parameters, "explain") and format_.name == "json":
        return _explained(query, release, parameters)
    response = result(query, release, parameters, format_)
    response.headers["Content-Disposition"] = disposition(query, format_, wanted_language(parameters))
    return response


@blueprint.get("/queries/<name>/changes.atom")
def changes(name: str) -> Response:
    """Which rows each release added and removed, as a feed."""
    parameters = url_parameters()
    query, release = find_query(name, find_release(""))
    chosen = wanted_language(parameters) or "en"
    bound = call(query, release, parameters, OF_EACH)
    if unchanged := not_modified(release.id, ATOM):
        return unchanged
    return respond_whole(feed(_history(bound, parameters), chosen).encode(), ATOM, release)


@blueprint.get("/queries/<name>/changes")
def changes_page(name: str) -> Response:
    """The same for people."""
    parameters = url_parameters()
    query, release = find_query(name, find_release(""))
    bound = call(query, release, parameters, OF_EACH)
    return page_of_changes(_history(bound, parameters), bound)


def _history(bound: Call, parameters: Parameters) -> RowHistory:
    query, release = bound.query, bound.release
    releases = [r for r in state().engine.snapshots() if r.number <= release.number]
    asker = asker_for(release, parameters)

    def ask(text: str, release: Snapshot) -> Table:
        at = replace(asker, question=replace(asker.question, release=release.id))
        return table_of_query(at, query, text)

    return history(query, bound.values, releases, ask, Changes(state().memory), state().settings.address)


def _explained(query: SavedQuery, release: Snapshot, parameters: Parameters) -> Response:
    """Why there are no rows; the values that a person chose are looked for in the graph too."""
    bound = call(query, release, parameters)
    return explanation(asker_for(release, parameters), bound.text, query.sought(bound.values))


def _described(name: str, format_: Format, parameters: Parameters) -> Response:
    release = asked_release(parameters)
    if unchanged := not_modified(release.id, format_):
        return unchanged
    query = executables_query(state().settings.address, name)
    return respond(asker_for(release, parameters).answer(query, format_.media_type), format_, cacheable=True)
