"""`/sparql`: the query operation of the SPARQL 1.1 Protocol (section 2.1)."""

from flask import Blueprint, Response, g, request

from loader.query.outline import GRAPH_FORMS
from server.asking.asker import Asker
from server.editor.routes import editor_page, start_text
from server.engine.interface import Question
from server.engine.scan import scan
from server.explain.explanation import explanation
from server.formats import GRAPHS, QUERY, RESULTS, Format
from server.http.answers import not_modified, release_of, respond
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
from server.http.state import state
from server.refusal import Refused
from server.sparql.description import service_description

blueprint = Blueprint("sparql", __name__)


@blueprint.route("/sparql", methods=["GET", "POST"])
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
        raise Refused("syntax", "There is no SELECT, ASK, CONSTRUCT or DESCRIBE in the query.")
    if "SERVICE" in scanned.words:
        need_network()
    is_graph, is_explained = scanned.form in GRAPH_FORMS, is_on(parameters, "explain")
    formats = GRAPHS if is_graph else RESULTS
    format_ = RESULTS[0] if is_explained else wanted(request, formats, parameters.one("format"))
    asked = _question(text, format_, parameters)
    if is_explained:
        return explanation(Asker.of(asked), text)
    if not scanned.is_volatile and (unchanged := not_modified(release_of(asked), format_)):
        return unchanged
    answer = state().engine.query(asked)
    response = respond(answer, format_, cacheable=not scanned.is_volatile)
    if is_on(parameters, "download"):
        response.headers["Content-Disposition"] = f'attachment; filename="result.{format_.name}"'
    return response


def _query() -> tuple[str | None, Parameters]:
    """The query text and where its other parameters stand, by method and media type."""
    in_url = url_parameters()
    if request.method != "POST":
        return in_url.one("query"), in_url
    if request.mimetype == QUERY.media_type:
        if in_url.all("query"):
            raise Refused("request", "The query stands both in the body and in the address.")
        return text_body(), in_url
    if request.mimetype == FORM:
        form = form_parameters()
        if form.one("query") is None:
            raise Refused("request", "The form has no field `query`.")
        return form.one("query"), form
    message = f"A query is sent as {FORM} or {QUERY.media_type}, not as {request.mimetype or 'nothing said'}."
    raise Refused("media-type", message)


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
