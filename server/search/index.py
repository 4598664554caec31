"""Reads the names of a release through the engine, once, for whoever asks first."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from loader.datasets.identifier_forms import identifier_in
from loader.release.namespaces import is_own_thing
from server.asking.asker import own_asker
from server.asking.data_sets import data_sets
from server.engine.snapshot import Snapshot
from server.http.state import state
from server.refusal import Refused
from server.search.entries import SearchEntry, entries, others, told
from server.search.hits import SourceSentence
from server.search.matching import Index
from server.search.others import ALL, NamesOfOthers
from server.search.related import RelatedName, ties
from server.search.repeats import repeats
from server.tables.table import Cell, Table

FOLDER = Path(__file__).parent
OWN = (FOLDER / "own.rq").read_text(encoding="utf-8")
FURTHER = (FOLDER / "further.rq").read_text(encoding="utf-8")
SENTENCES = (FOLDER / "sentences.rq").read_text(encoding="utf-8")
TIES = (FOLDER / "ties.rq").read_text(encoding="utf-8")
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


def _own(release: Snapshot, query: str) -> "_Own":
    asker = own_asker(release)
    names, further = asker.table(query), asker.table(FURTHER)
    rows = tuple((thing, name, other and _code(other)) for thing, name, other in further.rows)
    codes: dict[str, list[str]] = defaultdict(list)
    for row in further.dictionaries():
        if code := identifier_in(row["other"].value):
            codes[row["thing"].value].append(code)
    return _Own(
        names=Table(names.columns, names.rows + rows),
        codes=codes,
        sentences=_sentences(asker.table(SENTENCES)),
        ties=ties(asker.table(TIES)),
    )


@dataclass(frozen=True, kw_only=True)
class _Own:
    """What our things are found by: names; codes; words of the source; and the names of others of ours."""

    names: Table
    codes: Mapping[str, list[str]]
    sentences: Mapping[str, SourceSentence]
    ties: Mapping[str, tuple[RelatedName, ...]]

    @property
    def entries(self) -> tuple[SearchEntry, ...]:
        """The things; of each what only repeats a heading is known."""
        found = [self._whole(entry) for entry in entries(self.names)]
        repeated = repeats(found)
        return tuple(replace(one, repeats=repeated[one.iri]) if one.iri in repeated else one for one in found)

    def _whole(self, entry: SearchEntry) -> SearchEntry:
        if sentence := self.sentences.get(entry.iri):
            return told(entry, sentence)
        codes, ties_ = self.codes.get(entry.iri), self.ties.get(entry.iri, ())
        return replace(entry, codes=tuple(codes or ()), ties=ties_) if codes or ties_ else entry


def _sentences(table: Table) -> dict[str, SourceSentence]:
    return {
        row["thing"].value: SourceSentence(row["words"], row.get("translation"))
        for row in table.dictionaries()
    }


def _code(said: Cell) -> Cell:
    """What an address elsewhere ends in, and anything else as it is."""
    found = _LAST_PART.search(said.value) if said.kind == "uri" else None
    return Cell("literal", found[1]) if found else said


def _read(release: Snapshot) -> Index:
    """All names, or ours alone where those from elsewhere cannot be had. Ours are for us alone to name."""
    is_merged = state().settings.default_graph == "union"
    own = _own(release, ALL if is_merged else OWN)
    if is_merged and not release.has_others:
        return Index.of(own.entries, "all")
    try:
        return _joined(release, own, NamesOfOthers.read(release))
    except Refused:
        return Index.of(own.entries, "own")


def _joined(release: Snapshot, own: _Own, names: NamesOfOthers) -> Index:
    ours, known = own.names.things(), data_sets(release)
    rest = tuple(row for row in names.table.rows if row[0] and not _is_ours(row[0].value, ours))
    origins = {thing: known[graph] for thing, graph in names.graphs.items()}
    both = own.entries + others(Table(names.table.columns, rest), origins)
    return Index.of(both, "all" if names.are_all else "most")
