"""What the properties and classes of a release are called, in both directions, and their order."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from server.asking.labels import known_table
from server.engine.snapshot import Snapshot
from server.http.state import state
from server.i18n.languages import Text, best
from server.prefixes import PREFIXES
from server.tables.reading import Labels, named
from server.tables.table import Table

FOLDER = Path(__file__).parent
TERMS = (FOLDER / "properties.rq").read_text(encoding="utf-8")
KNOWN = {**PREFIXES, "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#"}


def iri(name: str) -> str:
    """The IRI of a name such as `unm:place`."""
    prefix, _, local = name.partition(":")
    return KNOWN[prefix] + local


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What `names.toml` says, with IRIs in place of the short names."""

    blocks: tuple[tuple[Mapping[str, str], tuple[str, ...]], ...]
    one_language: frozenset[str]
    languages: frozenset[str]
    said_by: Mapping[str, str]
    folded: frozenset[str]
    labels: tuple[str, ...]
    identifiers: tuple[str, ...]
    lists: Mapping[str, str]
    on_pages: Mapping[str, Mapping[str, str]]
    names: Mapping[str, Mapping[str, str]]
    ways_back: Mapping[str, Mapping[str, str]]

    def place(self, property_: str) -> tuple[int, int]:
        """The block of a property and its place there; what is in no block comes last."""
        return _places().get(property_, (len(self.blocks), 0))


@cache
def wording() -> Wording:
    """The words and the order, read once."""
    told = tomllib.loads((FOLDER / "names.toml").read_text(encoding="utf-8"))
    names = {iri(name): words for name, words in told["names"].items()}
    return Wording(
        blocks=tuple(({"en": b["en"], "ar": b["ar"]}, tuple(map(iri, b["terms"]))) for b in told["block"]),
        one_language=frozenset(map(iri, told["one-language"]["terms"])),
        languages=frozenset(map(iri, told["languages"]["terms"])),
        said_by={iri(back): iri(out) for back, out in told["said-by"].items()},
        folded=frozenset(map(iri, told["folded"]["terms"])),
        labels=tuple(map(iri, told["elsewhere"]["labels"])),
        identifiers=tuple(map(iri, told["elsewhere"]["identifiers"])),
        lists={iri(name): path for name, path in told["lists"].items()},
        on_pages={iri(name): words for name, words in told["on-pages"].items()},
        names={
            term: {"en": words["en"], "ar": words["ar"]} for term, words in names.items() if "en" in words
        },
        ways_back={
            term: {"en": words["inverse_en"], "ar": words["inverse_ar"]}
            for term, words in names.items()
            if "inverse_en" in words
        },
    )


@cache
def _places() -> Mapping[str, tuple[int, int]]:
    blocks = enumerate(wording().blocks)
    return {term: (number, place) for number, (_, terms) in blocks for place, term in enumerate(terms)}


@dataclass(frozen=True)
class TermNames:
    """The terms of a release's ontology: their labels, their inverses, and all that is above each."""

    labels: Labels
    inverses: Mapping[str, str]
    above: Mapping[str, frozenset[str]]

    def name(self, term: str, language: str, labels: Labels) -> Text:
        """What a property or class is called; `labels` are those of terms that the ontology does not name."""
        known = (
            wording().on_pages.get(term)
            or self.labels.get(term)
            or labels.get(term)
            or wording().names.get(term)
        )
        return best(known, language, term) if known else named(term, language, {})

    def name_back(self, property_: str, language: str) -> Text | None:
        """What the way back along a property is called, if it has a name of its own."""
        inverse = self.labels.get(self.inverses.get(property_, ""))
        known = wording().ways_back.get(property_) or inverse
        return best(known, language) if known else None


def terms_of(release: Snapshot) -> TermNames:
    """The terms of a release, read once for each. Raises Refused."""
    return state().memory.get(release.id, "names", "", lambda: _terms(known_table(release, TERMS)))


def _terms(table: Table) -> TermNames:
    labels: dict[str, dict[str, str]] = {}
    inverses: dict[str, str] = {}
    direct: dict[str, set[str]] = {}
    for row in table.dictionaries():
        term = row["term"].value
        if "label" in row:
            labels.setdefault(term, {})[row["label"].language] = row["label"].value
        if "inverse" in row:
            inverses[term] = row["inverse"].value
        if "above" in row:
            direct.setdefault(term, set()).add(row["above"].value)
    return TermNames(labels, inverses, {term: _all_above(term, direct) for term in direct})


def _all_above(term: str, direct: Mapping[str, set[str]]) -> frozenset[str]:
    """Everything above a term, not itself."""
    found: set[str] = set()
    new = set(direct[term])
    while new:
        found |= new
        new = {higher for one in new for higher in direct.get(one, ())} - found
    return frozenset(found - {term})
