"""`/`: what is here and how much, the missions at one look, and the ways in."""

from pathlib import Path

from flask import Blueprint, Response

from server.asking.asker import asked_release
from server.asking.labels import known_table
from server.engine.snapshot import Snapshot
from server.i18n.languages import language
from server.page.render import page, unchanged
from server.queries.pages import by_subject
from server.site.overview import overview_of

blueprint = Blueprint("home", __name__)
COUNTS = Path(__file__).with_name("home.rq").read_text(encoding="utf-8")


@blueprint.get("/")
def home() -> Response:
    """The page that visitors see first."""
    release = asked_release()
    if same := unchanged(release):
        return same
    queries = release.queries
    return page(
        "home.html",
        release,
        counts=_counts(release),
        glance=overview_of(release, language()),
        groups=by_subject(queries.values()),
        queries=queries,
    )


def _counts(release: Snapshot) -> dict[str, int]:
    """The numbers of things by the name of their kind."""
    row = next(known_table(release, COUNTS).dictionaries())
    return {name: int(cell.value) for name, cell in row.items()}
