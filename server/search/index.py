"""Reads the names of a release through the engine, once, for whoever asks first."""

from pathlib import Path

from loader.release.namespaces import is_own_thing
from server.asking.asker import asker_of_all, own_asker
from server.asking.data_sets import first_speakers
from server.engine.snapshot import Snapshot
from server.http.state import state
from server.refusal import Refused
from server.search.entries import entries, others
from server.search.matching import Index
from server.tables.table import Table

FOLDER = Path(__file__).parent
OWN = (FOLDER / "own.rq").read_text(encoding="utf-8")
ALL = (FOLDER / "all.rq").read_text(encoding="utf-8")
FURTHER = (FOLDER / "further.rq").read_text(encoding="utf-8")
ORIGINS = (FOLDER / "origins.rq").read_text(encoding="utf-8")
# What is loaded beside our graphs may have millions of names; an entry takes about a kilobyte.
MOST_NAMES = 50_000


def index_of(release: Snapshot) -> Index:
    """The names of a release, read when they are asked for first. Raises Refused."""
    return state().memory.get(release.id, "index of names", "", lambda: _read(release))


def _is_ours(iri: str, named: set[str]) -> bool:
    return iri in named or is_own_thing(iri)


def _own(release: Snapshot, query: str) -> Table:
    """What our things are found by: names, and codes and the like."""
    asker = own_asker(release)
    names, further = asker.table(query), asker.table(FURTHER)
    return Table(names.columns, names.rows + further.rows)


def _read(release: Snapshot) -> Index:
    """All names, or ours alone where those from elsewhere cannot be had. Ours are for us alone to name."""
    is_merged = state().settings.default_graph == "union"
    own = _own(release, ALL if is_merged else OWN)
    if is_merged and not release.has_others:
        return Index.of(entries(own), "all")
    try:
        found = asker_of_all(release).table(f"{ALL}LIMIT {MOST_NAMES + 1}")
        origins = first_speakers(f"{ORIGINS}LIMIT {MOST_NAMES}", release)
    except Refused:
        return Index.of(entries(own), "own")
    ours = own.things()
    rest = tuple(row for row in found.rows if row[0] and not _is_ours(row[0].value, ours))
    both = entries(own) + others(Table(found.columns, rest), origins)
    return Index.of(both, "all" if len(found.rows) <= MOST_NAMES else "most")
