"""`/`: what is here, how much, the missions at a glance, and the questions that can be asked at once."""

from pathlib import Path

from flask import Blueprint, Response

from loader.release.releases import Release
from server.i18n.languages import language
from server.saved.naming import kept
from server.saved.pages import by_subject
from server.saved.reading import Reading, read
from server.saved.views.timeline import Timeline, timeline
from server.web.look import page, unchanged
from server.web.state import state

blueprint = Blueprint("home", __name__)
COUNTS = Path(__file__).with_name("home.rq").read_text(encoding="utf-8")
GLANCE = "missions-at-a-glance"


@blueprint.get("/")
def home() -> Response:
    """The page that visitors see first."""
    release = state().engine.published.current()
    if same := unchanged(release):
        return same
    queries = state().catalogue.of(release)
    missions = _missions(release)
    return page(
        "home.html",
        release,
        counts=_counts(release),
        missions=missions,
        timeline=_timeline(missions),
        groups=by_subject(queries.values()),
        queries=queries,
    )


def _counts(release: Release) -> dict[str, str]:
    """The numbers of things by the name of their kind."""
    row = next(kept.get(release, COUNTS).dictionaries())
    return {name: cell.value for name, cell in row.items()}


def _missions(release: Release) -> Reading | None:
    """The missions as the saved query gives them, where the release has it."""
    query = state().catalogue.of(release).get(GLANCE)
    return read(kept.get(release, query.bind({})), language(), GLANCE) if query else None


def _timeline(missions: Reading | None) -> Timeline | None:
    return timeline(missions, language()) if missions else None
