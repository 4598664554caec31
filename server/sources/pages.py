"""The pages of the sources: the list, and one source with its text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import Response
from rapidfuzz import process

from loader.query.mistakes.mistake import Quoted, Remark
from server.asking.labels import known_table, labels_of
from server.engine.snapshot import Snapshot
from server.http.state import state
from server.i18n.languages import Text, best, language
from server.page.render import page, unchanged
from server.refusal import Refused
from server.sources.annotated import read_source
from server.sources.record import SOURCE, Record, find_record
from server.tables.table import Cell

LIST = Path(__file__).with_name("sources.rq").read_text(encoding="utf-8")
MOST_SOURCES = 500


@dataclass(frozen=True, kw_only=True)
class SourceEntry:
    """A source in the list."""

    slug: str
    name: Text
    address: str
    has_text: bool
    statements: int


def list_page(release: Snapshot) -> Response:
    """`/sources`: all of them."""
    if same := unchanged(release):
        return same
    rows = _rows(release)
    labels = labels_of([row["source"].value for row in rows], release)
    entries = [_entry(row, labels, language()) for row in rows[:MOST_SOURCES]]
    return page("sources.html", release, entries=entries, is_whole=len(rows) <= MOST_SOURCES)


def text_entries(release: Snapshot, language: str) -> list[SourceEntry]:
    """The sources whose texts can be read here, for pages that lead to them."""
    rows = [row for row in _rows(release) if "text" in row][:MOST_SOURCES]
    labels = labels_of([row["source"].value for row in rows], release)
    return [_entry(row, labels, language) for row in rows]


def source_page(slug: str, release: Snapshot) -> Response:
    """`/sources/<slug>`: the text with its marks, or what rests on a source whose text is not here."""
    if same := unchanged(release):
        return same
    record = record_of(slug, release)
    server = state().settings.address
    return page(
        "source.html", release, source=read_source(record, release, language()), record=record, server=server
    )


def record_of(slug: str, release: Snapshot) -> Record:
    """The source of this name. Raises Refused, with the names most like it, where there is none."""
    known = slugs(release)
    record = find_record(release, SOURCE + slug) if slug in known else None
    if record is None:
        near = [found for found, _, _ in process.extract(slug[:200], sorted(known), limit=3, score_cutoff=50)]
        shown = slug if len(slug) <= 60 else slug[:60] + "…"
        told = {"name": Quoted(shown), "near": ", ".join(near), "all": "/sources"}
        raise Refused("not-found", _no_source(told), members={"nearest": near})
    return record


def _no_source(told: dict[str, str]) -> Remark:
    if told["near"]:
        nearest = Remark("The nearest names: %(near)s.", told)
        return Remark("There is no source %(name)s.", told, nearest)
    return Remark("There is no source %(name)s. %(all)s lists them all.", told)


def slugs(release: Snapshot) -> set[str]:
    """The names of all sources in their addresses."""
    return {row["source"].value.removeprefix(SOURCE) for row in _rows(release)}


def _rows(release: Snapshot) -> Sequence[Mapping[str, Cell]]:
    return [
        row for row in known_table(release, LIST).dictionaries() if row["source"].value.startswith(SOURCE)
    ]


def _entry(row: Mapping[str, Cell], labels: Mapping[str, Mapping[str, str]], language: str) -> SourceEntry:
    iri = row["source"].value
    return SourceEntry(
        slug=iri.removeprefix(SOURCE),
        name=best(labels.get(iri, {}), language, iri),
        address=row["page"].value if "page" in row else "",
        has_text="text" in row,
        statements=int(row["statements"].value),
    )
