"""`/queries/<name>/run` for a program: the result of a call in a format, whole or in part, with its links."""

import codecs
from dataclasses import replace

from flask import Response, request

from loader.query.saved_query import SavedQuery
from server.asking.asker import Asker, Call, asker_of_saved, is_volatile
from server.asking.labels import known_table
from server.asking.named_evidence import graph_with_evidence
from server.asking.paging import Page, page_links
from server.asking.rows import OF_ROWS, Wanted, fetch, plain_text, wanted_rows
from server.engine.interface import Answer
from server.engine.snapshot import Snapshot
from server.exports.files import Export, Result
from server.exports.provenance import DATASETS_QUERY, about, read_datasets
from server.formats import N_TRIPLES, TSV, Format
from server.http.answers import not_modified, respond, respond_whole
from server.http.parameters import Parameters, is_on, time_limit
from server.http.state import state
from server.queries.calls import call
from server.tables.csv_safety import csv_of_tsv, with_mark


def result(query: SavedQuery, release: Snapshot, parameters: Parameters, format_: Format) -> Response:
    """The result in a format. Raises Refused."""
    bound, rows_wanted = call(query, release, parameters), wanted_rows(parameters, query)
    cacheable = not is_volatile(query)
    if cacheable and (unchanged := not_modified(release.id, format_)):
        return unchanged
    response, total = _written(bound, rows_wanted, parameters, format_)
    if rows_wanted.page:
        _link_pages(response, rows_wanted.page, total, parameters, release)
    return response


def asker_for(release: Snapshot, parameters: Parameters) -> Asker:
    """One for saved queries, within the time that the request allows."""
    return asker_of_saved(release, time_limit(parameters, state().settings.timeout))


def _written(
    bound: Call, rows_wanted: Wanted, parameters: Parameters, format_: Format
) -> tuple[Response, int]:
    """The response, and how many rows all pages have; made here where the engine cannot write it as it is."""
    asker, export = asker_for(bound.release, parameters), format_ if isinstance(format_, Export) else None
    cacheable = not is_volatile(bound.query)
    is_marked = format_.name == "csv" and is_on(parameters, "bom")
    if rows_wanted.has_evidence and export is None:
        triples = asker.answer(bound.text, N_TRIPLES.media_type).whole()
        content = graph_with_evidence(triples, format_.media_type, asker)
        return respond_whole(content, format_, bound.release, cacheable), 0
    plain = None if export and export.has_words else plain_text(asker, bound, rows_wanted)
    if export and plain is None:
        file, total = _file(asker, bound, rows_wanted, parameters, export.has_words)
        content = (codecs.BOM_UTF8 if is_marked else b"") + export.write(file)
        return respond_whole(content, format_, bound.release, cacheable), total
    text, total = plain or (bound.text, 0)
    answer = _as_it_is(asker, text, format_, bound.query)
    return respond(with_mark(answer) if is_marked else answer, format_, cacheable), total


def _file(
    asker: Asker, bound: Call, rows_wanted: Wanted, parameters: Parameters, has_words: bool
) -> tuple[Result, int]:
    """The rows with what a file says of itself, and how many all pages have.

    What has words has them in one language in any case, each beside its term.
    """
    rows = fetch(asker, bound, rows_wanted, has_words)
    datasets = read_datasets(known_table(bound.release, DATASETS_QUERY)) if has_words else ()
    asked = [(name, value) for name, value in parameters.pairs() if name in OF_ROWS and value]
    manifest, address = bound.release.manifest, state().settings.address
    facts = about(bound.query, bound.values, manifest, address, datasets, asked)
    facts = replace(facts, selection=rows_wanted.selection, matched=rows.total, of_all=rows.of_all)
    file = Result(table=rows.table, evidence=rows.evidence, about=facts, language=rows_wanted.reader)
    return file, rows.total


def _as_it_is(asker: Asker, text: str, format_: Format, query: SavedQuery) -> Answer:
    """The result as the engine writes it; rows in CSV by way of TSV, which tells texts from numbers."""
    if format_.name == "csv" and query.form == "SELECT":
        return csv_of_tsv(asker.answer(text, TSV.media_type))
    return asker.answer(text, format_.media_type)


def _link_pages(
    response: Response, page: Page, total: int, parameters: Parameters, release: Snapshot
) -> None:
    address = state().settings.address + request.path
    response.headers["X-Total-Count"] = str(total)
    for relation, target in page_links(page, total, address, parameters, release.id):
        response.headers.add("Link", f'<{target}>; rel="{relation}"')
