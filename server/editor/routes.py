"""The editor of queries: its page, results to look at, words to complete, and what a short link leads to."""

import secrets
from dataclasses import replace
from functools import partial
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, g, json, make_response, render_template, request

from loader.query.mistakes.mistake import Quoted, Remark
from server.asking.asker import RESULTS_JSON, Asker, asked_release, find_query, question
from server.asking.snippets import for_endpoint
from server.editor.completions import words
from server.editor.examples import Example, example_text, examples
from server.editor.links_kept import kept_links
from server.editor.result import EditorResult, result_of, with_evidence
from server.editor.short_links import MOST_BYTES
from server.editor.term_html import term
from server.editor.values import values
from server.editor.wanted_rows import wanted
from server.engine.scan import no_query, scan
from server.engine.snapshot import Snapshot
from server.formats import CSV, DOCUMENT, GRAPHS, JSON, QUERY, TSV, XLSX, XML
from server.http.answers import FOR_GOOD, described, not_modified, respond_whole
from server.http.needs import need_network
from server.http.negotiation import is_browser
from server.http.parameters import FORM, Parameters, form_parameters, is_on, time_limit, url_parameters
from server.http.problems import explained, problem_of
from server.http.remotes import named
from server.http.state import state
from server.i18n.dates import MONTHS
from server.i18n.languages import language
from server.page.render import page
from server.refusal import Refused

blueprint = Blueprint("editor", __name__)
# The dataset and the time limit of a question, which go along with its text.
OPTIONS = ("release", "default-graph-uri", "named-graph-uri", "timeout", "evidence")
# What else an address says of the rows that are looked at.
ROWS = ("sort", "filter", "page_size", "offset", "evidence")
FILES = (CSV, XLSX, JSON, XML, TSV)


def editor_page(parameters: Parameters, text: str | None = None, is_run: bool = False) -> Response:
    """The editor with a text, run if that is asked for; a mistake is told beside the text that has it."""
    release = asked_release(parameters)
    result, refusal = None, None
    if text is not None and is_run:
        g.query_text = text
        try:
            result = result_for(text, parameters, release)
        except Refused as error:
            refusal = explained(error)
    nonce = secrets.token_urlsafe(16)
    g.style_source = f"'nonce-{nonce}'"
    return page(
        "sparql.html",
        release,
        refusal.status if refusal else 200,
        cacheable=False,
        text=text,
        problem=problem_of(refusal) if refusal else None,
        remark=refusal.remark if refusal else None,
        releases=state().engine.snapshots(),
        groups=_examples(release, language()),
        months=MONTHS[language()],
        nonce=nonce,
        most_link=MOST_BYTES if state().settings.links else 0,
        limit=f"{time_limit(parameters, state().settings.timeout):g}",
        **_about(result, text or "", parameters, release),
    )


def start_text(parameters: Parameters) -> str | None:
    """What the address fills the editor with: a text, or a saved query by its name."""
    if name := parameters.one("saved"):
        query, _ = find_query(name, asked_release(parameters))
        return example_text(query, language()) or query.text
    return parameters.one("text")


@blueprint.post("/sparql/view")
def view() -> Response:
    """The result of a query as a piece of a page, for the script of the editor."""
    g.is_for_a_page = True
    if request.mimetype != FORM:
        raise Refused("media-type", Remark("A query to look at is sent as %(form)s.", {"form": FORM}))
    parameters = url_parameters().joined(form_parameters())
    text = parameters.one("query")
    if text is None:
        raise Refused("request", Remark("The form has no field `query`."))
    g.query_text = text
    release = asked_release(parameters)
    result = result_for(text, parameters, release)
    response = make_response(
        render_template("sparql_result.html", text=text, **_about(result, text, parameters, release))
    )
    return described(response, release.id)


@blueprint.get("/sparql/words.json")
def completions() -> Response:
    """Prefixes, classes and properties with their labels, for the editor to complete."""
    release = asked_release()
    if same := not_modified(release.id, DOCUMENT):
        return same
    found = words(release)
    content = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    return respond_whole(content, DOCUMENT, release, cacheable=not found["left_out"])


@blueprint.get("/sparql/values.json")
def values_of_property() -> Response:
    """The things to which a property leads, with their labels, for the editor to complete."""
    parameters = url_parameters()
    release = asked_release(parameters)
    if same := not_modified(release.id, DOCUMENT):
        return same
    found = values(parameters.one("property") or "", release)
    content = json.dumps(found, ensure_ascii=False).encode()
    return respond_whole(content, DOCUMENT, release, cacheable=bool(found["values"]) or not found["more"])


@blueprint.get("/s/<name>")
def kept_link(name: str) -> Response:
    """The editor with the text of a short link, run where the link says so; for a program the text alone."""
    text = kept_links().find(name)
    primary = state().settings.primary
    if text is None and primary:
        query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
        return Response(status=307, headers={"Location": f"{primary}/s/{quote(name)}{query}"})
    if text is None:
        raise Refused("not-found", Remark("There is no short link %(name)s.", {"name": Quoted(name[:60])}))
    parameters = url_parameters()
    return editor_page(parameters, text, is_on(parameters, "run")) if is_browser(request) else _plain(text)


def _plain(text: str) -> Response:
    response = Response(text, content_type=QUERY.content_type)
    response.headers["Cache-Control"] = FOR_GOOD
    return response


def result_for(text: str, parameters: Parameters, release: Snapshot) -> EditorResult:
    """Runs any query on behalf of a request, on the dataset that its parameters name. Raises Refused."""
    scanned = scan(text, state().limits)
    if "SERVICE" in scanned.words:
        need_network(scanned.services)
    if scanned.form == "UPDATE":
        raise no_query(scanned)
    asked = replace(
        question(text, RESULTS_JSON, release, time_limit(parameters, state().settings.timeout)),
        default_graphs=parameters.all("default-graph-uri"),
        named_graphs=parameters.all("named-graph-uri"),
    )
    with named(scanned.services):
        found = result_of(scanned.form, text, Asker.of(asked), release, language(), wanted(parameters))
    return with_evidence(found, text, release) if is_on(parameters, "evidence") else found


def _about(
    result: EditorResult | None, text: str, parameters: Parameters, release: Snapshot
) -> dict[str, object]:
    """What the templates say of a result: how to have it whole, elsewhere, and again."""
    if result is None:
        return {"result": None}
    options = [(name, value) for name in OPTIONS for value in parameters.all(name) if value]
    fields = {"query": text, **dict(options)}
    return {
        "result": result,
        "as_term": term,
        "answered_by": release,
        "options": options,
        "rows_at": partial(_rows_at, parameters),
        "formats": [format_.name for format_ in (GRAPHS if result.is_graph else FILES)],
        "programs": for_endpoint(f"{state().settings.address}/sparql", fields.items(), result.is_graph),
    }


def _rows_at(parameters: Parameters, **changes: str | int) -> str:
    """The address of the same result with other rows of it, or with what supports them; the form that is sent
    there has the query, and the words that the rows must have."""
    kept = {name: values for name in ROWS if (values := [v for v in parameters.all(name) if v])}
    given = kept | {name: [str(value)] if value else [] for name, value in changes.items()}
    return f"/sparql?{urlencode(given, doseq=True)}"


def _examples(release: Snapshot, language: str) -> list[tuple[str, list[Example]]]:
    return state().memory.get(release.id, "examples", language, lambda: examples(release.queries, language))
