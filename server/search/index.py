"""Reads the names of a release through the engine, once, for whoever asks first."""

import re
from pathlib import Path

from loader.release.namespaces import is_own_thing
from server.asking.asker import own_asker
from server.asking.data_sets import data_sets
from server.engine.snapshot import Snapshot
from server.http.state import state
from server.refusal import Refused
from server.search.entries import entries, others
from server.search.matching import Index
from server.search.others import ALL, NamesOfOthers
from server.tables.table import Cell, Table

FOLDER = Path(__file__).parent
OWN = (FOLDER / "own.rq").read_text(encoding="utf-8")
FURTHER = (FOLDER / "further.rq").read_text(encoding="utf-8")
KIND = "index of names"
_LAST_PART = re.compile(r"([^/#=]+)/?$")


def index_of(release: Snapshot) -> Index:
    """The names of a release, read when they are asked for first. Raises Refused."""
    return state().memory.get(release.id, KIND, "", lambda: _read(release))


def keep_index(release: Snapshot, names: NamesOfOthers) -> None:
    """Makes the index before anybody asks, of what another process has read. Raises Refused."""
    state().memory.get(release.id, KIND, "", lambda: _joined(release, _own(release, ALL), names))


def _is_ours(iri: str, named: set[str]) -> bool:
    return iri in named or is_own_thing(iri)


def _own(release: Snapshot, query: str) -> Table:
    """What our things are found by: names, and codes and the like."""
    asker = own_asker(release)
    names, further = asker.table(query), asker.table(FURTHER)
    rows = tuple((thing, name, other and _code(other)) for thing, name, other in further.rows)
    return Table(names.columns, names.rows + rows)


def _code(said: Cell) -> Cell:
    """What an address elsewhere ends in, and anything else as it is."""
    found = _LAST_PART.search(said.value) if said.kind == "uri" else None
    return Cell("literal", found[1]) if found else said


def _read(release: Snapshot) -> Index:
    """All names, or ours alone where those from elsewhere cannot be had. Ours are for us alone to name."""
    is_merged = state().settings.default_graph == "union"
    own = _own(release, ALL if is_merged else OWN)
    if is_merged and not release.has_others:
        return Index.of(entries(own), "all")
    try:
        return _joined(release, own, NamesOfOthers.read(release))
    except Refused:
        return Index.of(entries(own), "own")


def _joined(release: Snapshot, own: Table, names: NamesOfOthers) -> Index:
    ours, known = own.things(), data_sets(release)
    rest = tuple(row for row in names.table.rows if row[0] and not _is_ours(row[0].value, ours))
    origins = {thing: known[graph] for thing, graph in names.graphs.items()}
    both = entries(own) + others(Table(names.table.columns, rest), origins)
    return Index.of(both, "all" if names.are_all else "most")
