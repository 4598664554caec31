"""`/reports…`: text with results in it, as pages and as files."""

from flask import Blueprint, Response

from server.asking.asker import Asker, asked_release, asker_of_saved
from server.asking.rows import wanted_language
from server.engine.snapshot import Snapshot
from server.formats import HTML, PDF
from server.http.answers import not_modified, respond_whole
from server.http.negotiation import by_suffix
from server.http.parameters import Parameters, time_limit, url_parameters
from server.http.state import state
from server.i18n.languages import language
from server.page.render import page, unchanged
from server.queries.report_files import as_html, as_pdf, can_print
from server.queries.report_pages import MOST_ROWS, filled, find_report

blueprint = Blueprint("reports", __name__)


@blueprint.get("/reports")
def reports() -> Response:
    """All of them."""
    release = asked_release()
    return unchanged(release) or page("reports.html", release, reports=release.reports.values())


@blueprint.get("/reports/<name>")
def report(name: str) -> Response:
    """One of them as a page."""
    parameters = url_parameters()
    release = asked_release(parameters)
    found = find_report(name, release)
    if same := unchanged(release):
        return same
    return page(
        "report.html",
        release,
        report=found,
        parts=filled(found, release, _asker(release, parameters), language()),
        most_rows=MOST_ROWS,
        can_print=can_print(),
    )


@blueprint.get("/reports/<name>.<suffix>")
def report_as(name: str, suffix: str) -> Response:
    """One of them as a file, which is in one language."""
    parameters = url_parameters()
    release = asked_release(parameters)
    found, format_ = find_report(name, release), by_suffix(suffix, (HTML, PDF))
    chosen = wanted_language(parameters) or "en"
    if same := not_modified(release.id, format_):
        return same
    parts = filled(found, release, _asker(release, parameters), chosen)
    content = as_html(found, parts, release, chosen)
    written = as_pdf(content) if format_ == PDF else content.encode()
    response = respond_whole(written, format_, release)
    file_name = f"{name}.{chosen}.{suffix}"
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def _asker(release: Snapshot, parameters: Parameters) -> Asker:
    return asker_of_saved(release, time_limit(parameters, state().settings.timeout))
