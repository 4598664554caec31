"""`/queries…`: the saved queries as text, results, descriptions and feeds, and as pages for a browser."""

import json
from dataclasses import replace

from flask import Blueprint, Response, request

from loader.query.saved_query import SavedQuery
from loader.query.values import as_term
from server.asking.asker import (
    RESERVED,
    RESULTS_JSON,
    Asker,
    Call,
    asked_release,
    call,
    find_query,
    find_release,
    is_volatile,
    question,
)
from server.asking.label_columns import wanted_language
from server.asking.paging import Page, page_links
from server.asking.rows import fetch, wanted_rows
from server.engine.interface import Answer
from server.engine.snapshot import Snapshot
from server.explain.explanation import explanation
from server.exports.files import FILES, SAVED, as_file
from server.formats import ATOM, GRAPHS, HTML, N_TRIPLES, QUERY, TSV, XLSX, Format
from server.http.answers import not_modified, respond, respond_whole
from server.http.negotiation import is_browser, wanted
from server.http.parameters import Parameters, is_on, time_limit, url_parameters
from server.http.state import state
from server.queries.changes import Changes, feed
from server.queries.executables import executables_query
from server.queries.openapi import openapi
from server.queries.pages import list_page, query_page
from server.refusal import Refused
from server.tables.csv_safety import csv_of_tsv
from server.tables.table import Table, read_table
from server.tables.triples import triples_table

blueprint = Blueprint("queries", __name__)
OPENAPI = Format("openapi", "application/json")
FORMATS = {"SELECT": FILES, "ASK": FILES, "CONSTRUCT": GRAPHS, "DESCRIBE": GRAPHS}


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
    return _described("", _by_suffix(suffix, GRAPHS), url_parameters())


@blueprint.get("/openapi.json")
def api() -> Response:
    """Every saved query as an operation of OpenAPI."""
    release = asked_release()
    if unchanged := not_modified(release.id, OPENAPI):
        return unchanged
    document = openapi(release.queries, FORMATS, release.id, state().settings.address)
    return respond_whole(json.dumps(document, ensure_ascii=False).encode(), OPENAPI, release)


@blueprint.get("/queries/<name>")
def one(name: str) -> Response:
    """The page of a query for a browser, else its description."""
    parameters = url_parameters()
    query, release = find_query(name, asked_release(parameters))
    if is_browser(request):
        return query_page(query, release, parameters)
    return _described(query.name, wanted(request, GRAPHS), parameters)


@blueprint.get("/queries/<name>.rq")
def text(name: str) -> Response:
    """The file as it is kept, or the text that a call with these values runs."""
    parameters = url_parameters()
    query, release = find_query(name, asked_release(parameters))
    is_call = any(given not in RESERVED for given in parameters.names())
    content = call(query, release, parameters).text if is_call else query.text
    if unchanged := not_modified(release.id, QUERY):
        return unchanged
    return respond_whole(content.encode(), QUERY, release)


@blueprint.get("/queries/<name>/run")
def run(name: str) -> Response:
    """The result in the format that is wanted; the page with it for a browser."""
    parameters = url_parameters()
    query, release = find_query(name, asked_release(parameters))
    if is_browser(request):
        return query_page(query, release, parameters)
    if is_on(parameters, "explain"):
        return _explained(query, release, parameters)
    return _result(query, release, parameters, wanted(request, FORMATS[query.form]))


@blueprint.get("/queries/<name>/run.<suffix>")
def run_as(name: str, suffix: str) -> Response:
    """The result in the format of the suffix."""
    parameters = url_parameters()
    query, release = find_query(name, asked_release(parameters))
    format_ = _by_suffix(suffix, FORMATS[query.form])
    if is_on(parameters, "explain") and format_.name == "json":
        return _explained(query, release, parameters)
    response = _result(query, release, parameters, format_)
    if suffix in SAVED:
        response.headers["Content-Disposition"] = f'attachment; filename="{query.name}.{suffix}"'
    return response


@blueprint.get("/queries/<name>/changes.atom")
def changes(name: str) -> Response:
    """Which rows each release added and removed."""
    parameters = url_parameters()
    query, release = find_query(name, find_release(""))
    bound, language = call(query, release, parameters), wanted_language(parameters) or "en"
    if unchanged := not_modified(release.id, ATOM):
        return unchanged
    releases = [r for r in state().engine.snapshots() if r.number <= release.number]
    asker = _asker(release, parameters)

    def ask(text: str, release: Snapshot) -> Table:
        media_type = N_TRIPLES.media_type if query.is_graph else RESULTS_JSON
        at = replace(asker, question=replace(asker.question, release=release.id))
        content = at.answer(text, media_type).whole()
        return triples_table(content) if query.is_graph else read_table(content)

    atom = feed(
        query, bound.values, releases, ask, Changes(state().memory), state().settings.address, language
    )
    return respond_whole(atom.encode(), ATOM, release)


def _result(query: SavedQuery, release: Snapshot, parameters: Parameters, format_: Format) -> Response:
    bound, rows_wanted = call(query, release, parameters), wanted_rows(parameters, query.form)
    asker = _asker(release, parameters)
    cacheable = not is_volatile(query)
    if cacheable and (unchanged := not_modified(release.id, format_)):
        return unchanged
    if query.form != "SELECT" and format_ not in (XLSX, HTML):
        return respond(asker.answer(bound.text, format_.media_type), format_, cacheable)
    if rows_wanted.is_plain and format_ not in (XLSX, HTML):
        return respond(_plain(asker, bound, format_), format_, cacheable)
    rows = fetch(
        asker, bound, rows_wanted if format_ not in (XLSX, HTML) else replace(rows_wanted, language="")
    )
    server = state().settings.address
    content = as_file(format_, rows, bound, asker, rows_wanted.language, server)
    response = respond_whole(content, format_, release, cacheable)
    if rows_wanted.page:
        _link_pages(response, rows_wanted.page, rows.total, parameters, release)
    return response


def _plain(asker: Asker, bound: Call, format_: Format) -> Answer:
    """The rows as the engine writes them; CSV by way of TSV, which tells texts from numbers."""
    if format_.name == "csv":
        return csv_of_tsv(asker.answer(bound.text, TSV.media_type))
    return asker.answer(bound.text, format_.media_type)


def _link_pages(
    response: Response, page: Page, total: int, parameters: Parameters, release: Snapshot
) -> None:
    address = state().settings.address + request.path
    response.headers["X-Total-Count"] = str(total)
    for relation, target in page_links(page, total, address, parameters, release.id):
        response.headers.add("Link", f'<{target}>; rel="{relation}"')


def _explained(query: SavedQuery, release: Snapshot, parameters: Parameters) -> Response:
    """Why there are no rows; the values that a person chose are looked for in the graph too."""
    bound = call(query, release, parameters)
    defaults = {p.name: (p.default,) for p in query.parameters if p.default is not None}
    values = {**defaults, **bound.values}
    hints = [
        as_term(parameter.type, value)
        for parameter in query.parameters
        if parameter.type in ("iri", "string")
        for value in values.get(parameter.name, ())
        if value
    ]
    return explanation(_asker(release, parameters), bound.text, hints)


def _described(name: str, format_: Format, parameters: Parameters) -> Response:
    release = asked_release(parameters)
    if unchanged := not_modified(release.id, format_):
        return unchanged
    query = executables_query(state().settings.address, name)
    return respond(_asker(release, parameters).answer(query, format_.media_type), format_, cacheable=True)


def _asker(release: Snapshot, parameters: Parameters) -> Asker:
    seconds = time_limit(parameters, state().settings.timeout)
    return Asker.of(question("", RESULTS_JSON, release, seconds))


def _by_suffix(suffix: str, formats: tuple[Format, ...]) -> Format:
    for format_ in formats:
        if format_.name == suffix:
            return format_
    names = ", ".join(f".{format_.name}" for format_ in formats)
    raise Refused("not-acceptable", f".{suffix[:20]} is none of {names}.")
