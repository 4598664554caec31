"""Saved queries rendered to files in a folder, with an index; the folder is complete or untouched."""

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import inf
from pathlib import Path

from loader.query.saved_query import SavedQuery
from server.asking.asker import RESULTS_JSON, Asker, absent_dataset, refuse_absent
from server.asking.evidence import RowEvidence, evidence_of
from server.engine.interface import Engine, Question
from server.engine.snapshot import Snapshot
from server.exports.files import REPORTED, Result
from server.exports.provenance import DATASETS_QUERY, About, Dataset, Values, about, read_datasets
from server.exports.provenance_words import GENERATOR
from server.formats import N_TRIPLES, TURTLE
from server.i18n.texts import LANGUAGES, texts
from server.page.templates import render_file
from server.tables.table import Table

INDEX = "index.html"


class NotOurs(ValueError):
    """A folder with other things in it, which a report must not replace."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is wanted: the queries, their values, formats and languages, and the address of the server."""

    queries: Sequence[SavedQuery]
    values: Mapping[str, Sequence[str]]
    formats: Sequence[str] = tuple(REPORTED)
    languages: Sequence[str] = LANGUAGES
    address: str = ""
    evidence: bool = False

    def values_of(self, query: SavedQuery) -> Values:
        """Those of its parameters."""
        return {name: values for name, values in self.values.items() if name in query.by_name}


@dataclass(frozen=True)
class Rendered:
    """A query in the index: how many rows, and its files."""

    about: About
    count: int
    files: tuple[str, ...]


def report(
    order: Order, release: Snapshot, engine: Engine, out: Path, progress: Callable[[str], None]
) -> int:
    """Renders what is ordered into a folder; the number of files.

    Raises NotOurs, OSError, WrongParameter, and what a query that cannot be run raises.
    """
    refuse_foreign(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        draft.chmod(0o755)
        rendered = _render_all(order, release, _asker(engine, release), draft, progress)
        _replace(out, draft)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return sum(len(one.files) for one in rendered) + 1


def can_be_asked(query: SavedQuery, release: Snapshot, engine: Engine) -> bool:
    """Whether a release has every data set that a query asks."""
    return not absent_dataset(query, _asker(engine, release))


def refuse_foreign(out: Path) -> None:
    """Only a new folder, an empty one or an earlier report may be replaced. Raises NotOurs."""
    if out.exists() and not out.is_dir():
        raise NotOurs(f"{out} is a file, not a folder.")
    if out.is_dir() and any(out.iterdir()) and not _is_report(out / INDEX):
        raise NotOurs(f"{out} holds other things than a report; name a new folder.")


def _is_report(index: Path) -> bool:
    return index.is_file() and f'content="{GENERATOR}"' in index.read_text(encoding="utf-8", errors="replace")


def _render_all(
    order: Order, release: Snapshot, asker: Asker, folder: Path, progress: Callable[[str], None]
) -> list[Rendered]:
    datasets = read_datasets(asker.table(DATASETS_QUERY))
    rendered = []
    for query in order.queries:
        progress(query.name)
        values = order.values_of(query)
        facts = about(query, values, release.manifest, order.address, datasets)
        rendered.append(_render(order, facts, asker, folder))
    _write_index(order, release, datasets, rendered, folder)
    return rendered


def _render(order: Order, facts: About, asker: Asker, folder: Path) -> Rendered:
    """The files of one query; a graph is written as Turtle, whatever the formats."""
    text = facts.query.bind(facts.values)
    refuse_absent(facts.query, asker)
    if facts.query.is_graph:
        content = {"ttl": _graph(asker, text, TURTLE.media_type)}
        count = _graph(asker, text, N_TRIPLES.media_type).count(b"\n")
    else:
        table = asker.table(text)
        evidence = evidence_of(table, asker.table) if order.evidence else None
        content = _table_files(order, facts, table, evidence)
        count = len(table.rows)
    for suffix, written in content.items():
        (folder / f"{facts.query.name}.{suffix}").write_bytes(written)
    return Rendered(facts, count, tuple(content))


def _table_files(order: Order, facts: About, table: Table, evidence: RowEvidence | None) -> dict[str, bytes]:
    """The content of each file by what follows the name of the query."""
    content = {}
    for export in map(REPORTED.__getitem__, order.formats):
        for language in order.languages if export.has_words else ("",):
            result = Result(table=table, evidence=evidence, about=facts, language=language)
            content[f"{language}.{export.name}".lstrip(".")] = export.write(result)
    return content


def _asker(engine: Engine, release: Snapshot) -> Asker:
    """Asks as long as it takes."""
    return Asker.of(Question(text="", format=RESULTS_JSON, timeout=inf, release=release.id, own=True), engine)


def _graph(asker: Asker, text: str, media_type: str) -> bytes:
    return asker.answer(text, media_type).whole()


def _write_index(
    order: Order, release: Snapshot, datasets: tuple[Dataset, ...], rendered: list[Rendered], folder: Path
) -> None:
    page = render_file(
        "report_index.html",
        "en",
        generator=GENERATOR,
        release=release.manifest,
        languages=order.languages,
        datasets=datasets,
        rendered=rendered,
        in_arabic=partial(texts("ar").pgettext, "file"),
    )
    (folder / INDEX).write_text(page, encoding="utf-8")


def _replace(out: Path, draft: Path) -> None:
    """Puts the draft in the place of the folder; if that fails, the folder is as it was."""
    if not out.exists():
        draft.rename(out)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{out.name}-old-", dir=out.parent))
    out.rename(old)
    try:
        draft.rename(out)
    except OSError:
        old.rename(out)
        raise
    shutil.rmtree(old)
