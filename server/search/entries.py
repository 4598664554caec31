"""The things that can be found, each with its names; made of the rows of a query for names."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from loader.release.namespaces import BASE, ONTOLOGY
from server.i18n.spelling import rank, spelling
from server.tables.table import Cell, Table

# What people look for first; kinds that are not named here follow, and last what only supports a fact.
FIRST = ("mission", "person", "institution", "place", "topic", "meeting", "post", "group", "document")
LAST = ("section", "participation", "statement")


Order = tuple[bool, int, int, bool, int, str, str]


@dataclass(frozen=True)
class Hit:
    """A thing that was found; `kind` is the first part of its path, empty for what is not ours.

    `labels` are by language, and `matched` is the name that fits best.
    """

    iri: str
    kind: str
    labels: Mapping[str, str]
    matched: str


class Name(NamedTuple):
    """A name as it is compared and as it is written; `is_other` where it is another one than the label."""

    is_other: bool
    spelling: str
    written: str


@dataclass(frozen=True, kw_only=True)
class SearchEntry:
    """A thing with its names, and all of them in one text."""

    iri: str
    kind: str
    labels: Mapping[str, str]
    names: tuple[Name, ...]
    text: str

    def fit(self, asked: str, words: list[str]) -> tuple[Order, Hit]:
        """How far from best it is, and the hit; all the words are known to be in its names."""
        ranks = ((rank(name.spelling, asked, words), name) for name in self.names)
        at, best = min(ranks, key=lambda one: (one[0], one[1].is_other, len(one[1].spelling), one[1]))
        order = (
            self.kind in LAST,
            at,
            _place(self.kind),
            best.is_other,
            len(best.spelling),
            best.spelling,
            self.iri,
        )
        return order, self.hit(best.written)

    def hit(self, matched: str) -> Hit:
        return Hit(self.iri, self.kind, self.labels, matched)


def _place(kind: str) -> int:
    return FIRST.index(kind) if kind in FIRST else len(FIRST)


def entries(table: Table) -> tuple[SearchEntry, ...]:
    """The things of the rows in the order of their IRIs; what is only a part of a thing is none."""
    labels: dict[str, list[Cell]] = defaultdict(list)
    others: dict[str, list[Cell]] = defaultdict(list)
    for row in table.dictionaries():
        iri = row["thing"].value
        if not _is_part(iri):
            (labels if "name" in row else others)[iri].append(row.get("name") or row["other"])
    return tuple(_entry(iri, labels[iri], others[iri]) for iri in sorted({*labels, *others}))


def _entry(iri: str, labels: list[Cell], others: list[Cell]) -> SearchEntry:
    """Of several labels in a language the first in alphabetical order is the one that is shown."""
    ordered = sorted(labels or others, key=lambda cell: cell.value)
    shown = {cell.language: cell.value for cell in reversed(ordered)}
    written = [(False, cell.value) for cell in labels] + [(True, cell.value) for cell in others]
    names = tuple(
        Name(other, name, value) for other, value in sorted({*written}) if (name := spelling(value))
    )
    return SearchEntry(
        iri=iri, kind=kind_of(iri), labels=shown, names=names, text="\n".join(name.spelling for name in names)
    )


def kind_of(iri: str) -> str:
    """The first part of the path of a thing of ours, else nothing."""
    rest = iri.removeprefix(BASE)
    return "" if rest == iri else rest.replace("#", "/").partition("/")[0]


def _is_part(iri: str) -> bool:
    """Whether it is a selector of a statement, a parameter of a query or the like."""
    return iri.startswith(BASE) and "#" in iri and not iri.startswith(ONTOLOGY)
