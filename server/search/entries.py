"""The things that can be found, each with its names; made of the rows of a query for names."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from loader.release.namespaces import BASE, ONTOLOGY, kind_of
from server.asking.data_sets import LoadedData
from server.i18n.spelling import spelling
from server.search.hits import Hit, SourceSentence
from server.search.names import RELATED, Name, rank
from server.search.related import RelatedName
from server.tables.table import Cell, Table

# What people look for first; kinds that are not named here follow, and last what only supports a fact.
FIRST = ("mission", "person", "institution", "place", "topic", "meeting", "post", "group", "document")
LAST = ("passage", "section", "participation", "statement", "fact")
_ORDER = (*FIRST, "", *LAST)

Order = tuple[bool, bool, int, int, bool, int, str, str]


@dataclass(frozen=True, kw_only=True)
class SearchEntry:
    """A thing with its names, and the places in all of them where a search may begin.

    `codes` are what identifies it elsewhere, in our form, and `ties` lead to things by whose names it is
    found too. `repeats` are the events whose headings are all that its own name says.
    """

    iri: str
    kind: str
    labels: Mapping[str, str]
    names: tuple[Name, ...]
    starts: str
    is_ours: bool = True
    data_set: LoadedData | None = None
    sentence: SourceSentence | None = None
    codes: tuple[str, ...] = ()
    ties: tuple[RelatedName, ...] = ()
    repeats: tuple[str, ...] = ()

    def fit(self, asked: str, words: list[str], is_by_others: bool = False) -> tuple[Order, Name]:
        """How far from best it is, and the name that is nearest.

        Whatever is loaded, ours come first, and among each other as they would without it.
        """
        ranks = ((rank(name, asked, words), name) for name in self.names)
        at, best = min(ranks, key=lambda one: (one[0], one[1].is_other, len(one[1].spelling), one[1]))
        order = (
            not self.is_ours,
            self.kind in LAST,
            RELATED if is_by_others else at,
            place(self.kind),
            best.is_other,
            len(best.spelling),
            best.spelling,
            self.iri,
        )
        return order, best

    def hit(self, matched: str) -> Hit:
        return Hit(
            iri=self.iri,
            kind=self.kind,
            labels=self.labels,
            matched=matched,
            data_set=self.data_set,
            sentence=self.sentence,
        )


def place(kind: str) -> int:
    """Where a kind stands among all: what people look for first, then the rest."""
    return _ORDER.index(kind) if kind in _ORDER else len(FIRST)


def others(table: Table, origins: Mapping[str, LoadedData]) -> tuple[SearchEntry, ...]:
    """The same of rows about things that are not ours; `origins` are the data sets that name them."""
    return tuple(
        replace(entry, kind=data_set.kind if data_set else "", is_ours=False, data_set=data_set)
        for entry in entries(table)
        for data_set in [origins.get(entry.iri)]
    )


def entries(table: Table) -> tuple[SearchEntry, ...]:
    """The things of the rows in the order of their IRIs; what is only a part of a thing is none."""
    labels: dict[str, list[Cell]] = defaultdict(list)
    further: dict[str, list[Cell]] = defaultdict(list)
    for row in table.dictionaries():
        iri, said = row["thing"].value, row.get("name") or row.get("other")
        if said and not _is_part(iri):
            (labels if "name" in row else further)[iri].append(said)
    return tuple(_entry(iri, labels[iri], further[iri]) for iri in sorted({*labels, *further}))


def _entry(iri: str, labels: list[Cell], others: list[Cell]) -> SearchEntry:
    """Of several labels in a language the first in alphabetical order is the one that is shown."""
    ordered = sorted(labels or others, key=lambda cell: cell.value)
    shown = {cell.language: cell.value for cell in reversed(ordered)}
    written = [(False, cell.value) for cell in labels] + [(True, cell.value) for cell in others]
    names = tuple(Name.of(value, other) for other, value in sorted({*written}) if spelling(value))
    return SearchEntry(iri=iri, kind=kind_of(iri), labels=shown, names=names, starts=_starts(names))


def told(entry: SearchEntry, sentence: SourceSentence) -> SearchEntry:
    """The same of a sentence, which is found by its words alone and not by its number."""
    said = [cell.value for cell in (sentence.words, sentence.translation) if cell]
    names = tuple(Name.of(value, True) for value in said)
    return replace(entry, names=names, starts=_starts(names), sentence=sentence)


def _starts(names: tuple[Name, ...]) -> str:
    return "".join(name.starts for name in names)


def _is_part(iri: str) -> bool:
    """Whether it is a selector of a statement, a parameter of a query or the like."""
    return iri.startswith(BASE) and "#" in iri and not iri.startswith(ONTOLOGY)
