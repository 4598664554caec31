"""`/sparql`: the query operation of the SPARQL 1.1 Protocol (section 2.1)."""

from dataclasses import replace

from flask import Blueprint, Response, g, request

from loader.query.mistakes.mistake import Remark
from loader.query.outline import GRAPH_FORMS, has_one_column
from server.asking.asker import Asker
from server.editor.routes import editor_page, start_text
from server.engine.interface import Answer, Question
from server.engine.scan import WHERE_UPDATES_GO, Scanned, no_query, scan
from server.explain.explanation import explanation
from server.formats import CSV, GRAPHS, QUERY, RESULTS, TSV, XLSX, Format
from server.http.answers import not_modified, release_of, respond, respond_whole
from server.http.needs import need_network
from server.http.negotiation import is_browser, wanted
from server.http.parameters import (
    FORM,
    Parameters,
    form_parameters,
    is_on,
    text_body,
    time_limit,
    url_parameters,
)
from server.http.remotes import named, naming
from server.http.state import state
from server.refusal import Refused
from server.sparql.changed_result import changed, is_changed
from server.sparql.description import service_description
from server.tables.csv_safety import csv_of_tsv, exact, with_mark

blueprint = Blueprint("sparql", __name__)
UPDATE_TYPE = "application/sparql-update"


@blueprint.route("/sparql", methods=["GET", "POST"])
@blueprint.route("/sparql/", methods=["GET", "POST"])
@blueprint.route("/query", methods=["GET", "POST"])
def sparql() -> Response:
    """A result, or what the endpoint is where nothing is asked."""
    text, parameters = _query()
    if is_browser(request) and not is_on(parameters, "explain"):
        return editor_page(parameters, text or start_text(parameters), is_run=text is not None)
    if text is None:
        return service_description()
    g.query_text = text
    scanned = scan(text, state().limits)
    if scanned.form == "UPDATE":
        raise no_query(scanned)
    if "SERVICE" in scanned.words:
        need_network(scanned.services)
    is_graph, is_explained = scanned.form in GRAPH_FORMS, is_on(parameters, "explain")
    formats = GRAPHS if is_graph else (*RESULTS, XLSX)
    format_ = (
        RESULTS[0] if is_explained else wanted(request, formats, parameters, _what(scanned.form, is_graph))
    )
    asked = _question(text, format_, parameters)
    if is_explained:
        return explanation(Asker.of(asked), text)
    if not scanned.is_volatile and (unchanged := not_modified(release_of(asked), format_)):
        return unchanged
    response = _response(asked, scanned, format_, parameters)
    if is_on(parameters, "download"):
        response.headers["Content-Disposition"] = f'attachment; filename="result.{format_.name}"'
    return response


def _response(asked: Question, scanned: Scanned, format_: Format, parameters: Parameters) -> Response:
    """The result as the engine writes it, or with what is to stand beside it."""
    is_kept = not scanned.is_volatile
    if is_changed(format_, parameters):
        release = state().engine.snapshot(asked.release)
        with named(scanned.services):
            content = changed(asked, scanned.form, format_, parameters, release)
        return respond_whole(content, format_, release, is_kept)
    return respond(naming(_rows(asked, format_, parameters), scanned.services), format_, is_kept)


def _query() -> tuple[str | None, Parameters]:
    """The query text and where its other parameters stand, by method and media type."""
    in_url = url_parameters()
    if request.method != "POST":
        return in_url.one("query"), in_url
    if request.mimetype == QUERY.media_type:
        if in_url.all("query"):
            raise Refused("request", Remark("The query is given both in the body and in the address."))
        return text_body(), in_url
    if request.mimetype == FORM:
        form = in_url.joined(form_parameters())
        if form.one("query") is None:
            then = WHERE_UPDATES_GO if form.all("update") else None
            raise Refused("request", Remark("The form has no field `query`.", then=then))
        if form.all("update"):
            raise Refused(
                "request", Remark("A request is either a query or an update; this has both fields.")
            )
        return form.one("query"), form
    types = {"form": FORM, "text": QUERY.media_type, "type": request.mimetype or "?"}
    then = WHERE_UPDATES_GO if request.mimetype == UPDATE_TYPE else None
    raise Refused(
        "media-type", Remark("A query is sent as %(form)s or %(text)s, not as %(type)s.", types, then)
    )


def _what(form: str, is_graph: bool) -> Remark:
    if form == "ASK":
        return Remark("The result of an ASK query is rows.")
    if is_graph:
        return Remark("The result of a %(form)s query is a graph.", {"form": form})
    return Remark("The result of a %(form)s query is rows.", {"form": form})


def _rows(asked: Question, format_: Format, parameters: Parameters) -> Answer:
    """The answer; CSV of one column by way of TSV, which tells no value from an empty one."""
    engine = state().engine
    if format_ != CSV:
        return engine.query(asked)
    is_one = has_one_column(asked.text)
    answer = engine.query(replace(asked, format=TSV.media_type) if is_one else asked)
    answer = csv_of_tsv(answer, exact) if is_one else answer
    return with_mark(answer) if is_on(parameters, "bom") else answer


def _question(text: str, format_: Format, parameters: Parameters) -> Question:
    return Question(
        text=text,
        format=format_.media_type,
        base=f"{state().settings.address}/sparql",
        timeout=time_limit(parameters, state().settings.timeout),
        default_graphs=parameters.all("default-graph-uri"),
        named_graphs=parameters.all("named-graph-uri"),
        release=parameters.one("release") or "",
    )
