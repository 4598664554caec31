"""`/`: what is here and how much, the missions at one look, and the ways in."""

from collections.abc import Mapping
from pathlib import Path

from flask import Blueprint, Response

from server.asking.asker import asked_release
from server.asking.labels import known_table
from server.engine.snapshot import Snapshot
from server.http.signposting import signpost_dataset
from server.i18n.languages import language
from server.page.render import page, unchanged
from server.queries.pages import by_subject
from server.site.dataset import dataset_description
from server.site.instrument import instrument_of
from server.sources.pages import text_entries
from server.tables.table import Cell
from server.things.schema_org import in_script

blueprint = Blueprint("home", __name__)
COUNTS = Path(__file__).with_name("home.rq").read_text(encoding="utf-8")


@blueprint.get("/")
def home() -> Response:
    """The page that visitors see first."""
    release = asked_release()
    if same := unchanged(release):
        return same
    queries, known = release.queries, known_of(release)
    response = page(
        "home.html",
        release,
        description=in_script(dataset_description(release, known)),
        counts={name: int(number) for name, number in known.items() if number.isdigit()},
        years=years_of(known),
        texts=text_entries(release, language()),
        instrument=instrument_of(release, language()),
        groups=by_subject(queries.values()),
        queries=queries,
    )
    return signpost_dataset(response)


def known_of(release: Snapshot) -> dict[str, str]:
    """The numbers of things by the name of their kind; `first` and `last` are days, if missions have any."""
    row: Mapping[str, Cell] = next(known_table(release, COUNTS).dictionaries(), {})
    return {name: cell.value for name, cell in row.items()}


def years_of(known: Mapping[str, str]) -> tuple[str, str] | None:
    """The first and the last year of the missions; None where none is dated."""
    return (known["first"][:4], known["last"][:4]) if {"first", "last"} <= known.keys() else None
