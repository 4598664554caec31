"""The names of a release, in memory: what is found by them, and what is nearest to a name that nobody has."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz import fuzz, process

from server.i18n.spelling import spelling
from server.search.entries import LAST, SearchEntry, place
from server.search.finding import Found, once, with_all, with_most
from server.search.hits import Hit

# On a scale to 100; and by how much a further name may be less alike than the one that is most.
NEAR_ENOUGH, NEXT_TO_BEST = 65, 15
MOST_LETTERS = 200
A_SLIP = 80  # how much of an address, in per cent, must be right for the rest to be one
# What is not ours has no kind of its own; this is the name that a request may give it.
ELSEWHERE = "elsewhere"
# All names; as many as are read at most; or our own, while the others are being read.
Extent = Literal["all", "most", "own"]


@dataclass(frozen=True)
class Matches:
    """`hits` are the best of `total`; `kinds` counts all, whichever kind was asked for.

    Where they do not `have_all_words`, nothing has.
    """

    hits: tuple[Hit, ...]
    total: int
    kinds: Mapping[str, int]
    have_all_words: bool


@dataclass(frozen=True, kw_only=True)
class Index:
    """The things of a release by their names; never changes. `extent` says which names are in it."""

    entries: tuple[SearchEntry, ...]
    extent: Extent
    tied: tuple[SearchEntry, ...]
    _names: dict[str, list[SearchEntry]] = field(default_factory=dict, compare=False)
    _other_names: dict[str, list[SearchEntry]] = field(default_factory=dict, compare=False)
    targets: dict[str, SearchEntry] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, entries: tuple[SearchEntry, ...], extent: Extent) -> "Index":
        told = _without_repeats(entries)
        index = cls(entries=told, extent=extent, tied=tuple(entry for entry in told if entry.ties))
        for entry in index.entries:
            names = index._names if entry.is_ours else index._other_names
            for name in entry.names if entry.kind not in LAST else ():
                names.setdefault(name.spelling, []).append(entry)
        related = {tie.iri for entry in index.tied for tie in entry.ties}
        index.targets.update((entry.iri, entry) for entry in index.entries if entry.iri in related)
        return index

    @property
    def kinds(self) -> set[str]:
        """The kinds of the things in it."""
        return {entry.kind for entry in self.entries} - {""}

    def find(
        self, text: str, limit: int, kind: str = "", offset: int = 0, meant: Sequence[str] = ()
    ) -> Matches:
        """The things that are `meant` by an address, else those in whose names all words begin a word.

        Of one kind, where given. A label that is the text comes first, then those that begin with it, then
        those with words that do; what has words by the names of others only is behind them. Where no thing
        has all words, it is those that have most.
        """
        words = tuple(spelling(text[:MOST_LETTERS]).split())
        found = self._at(meant) or self._with(words, are_names=not meant)
        kinds = Counter(one.entry.kind or ELSEWHERE for one in found)
        wanted = [one for one in found if kind in ("", one.entry.kind or ELSEWHERE)]
        fits = sorted((one.fit(words), at) for at, one in enumerate(wanted))[offset : offset + limit]
        hits = tuple(wanted[at].hit(name.written, self.targets) for (_, name), at in fits)
        by_kind = dict(sorted(kinds.items(), key=lambda one: (place(one[0]), one[0])))
        return Matches(hits, len(wanted), by_kind, not any(one.missing for one in found))

    def _at(self, addresses: Sequence[str]) -> list[Found]:
        """The things that the first of several addresses leads to that leads to any."""
        by_address = ([e for e in self.entries if one in (e.iri, *e.codes)] for one in addresses)
        return [Found(entry) for entry in next(filter(None, by_address), [])]

    def _with(self, words: tuple[str, ...], are_names: bool) -> list[Found]:
        if not words:
            return []
        return once(with_all(words, self) or (with_most(words, self) if are_names else []))

    def beside(self, iri: str, limit: int) -> list[Hit]:
        """The things whose IRIs differ from one by a slip of the pen in the last part; maybe none."""
        path, _, last = iri.rpartition("/")
        near = [one for one in self.entries if one.names and one.iri.rpartition("/")[0] == path]
        parts = [entry.iri.rpartition("/")[2] for entry in near]
        alike = process.extract(last, parts, scorer=fuzz.ratio, score_cutoff=A_SLIP, limit=limit)
        return [near[place].hit(near[place].names[0].written) for _, _, place in alike]

    def nearest(self, text: str, limit: int) -> list[Hit]:
        """The things whose names are most like the text, those most like it first, ours before others."""
        asked = spelling(text[:MOST_LETTERS])
        return [*_most_like(asked, self._names, limit), *_most_like(asked, self._other_names, limit)][:limit]


def _without_repeats(entries: tuple[SearchEntry, ...]) -> tuple[SearchEntry, ...]:
    """Of what only supports facts, the first of all that are called the same: none can tell them apart."""
    seen: dict[object, SearchEntry] = {}
    for entry in entries:
        is_told = entry.is_ours and entry.kind in LAST and entry.kind != "passage"
        seen.setdefault((entry.kind, *sorted(entry.labels.items())) if is_told else entry.iri, entry)
    return tuple(seen.values())


def _most_like(asked: str, names: Mapping[str, list[SearchEntry]], limit: int) -> list[Hit]:
    alike = process.extract(
        asked, names.keys(), scorer=fuzz.WRatio, score_cutoff=NEAR_ENOUGH, limit=4 * limit
    )
    found: dict[str, Hit] = {}
    best = max((score for _, score, _ in alike), default=0)
    for name, score, _ in sorted(alike, key=lambda one: (-one[1], one[0])):
        for entry in names[name] if score >= best - NEXT_TO_BEST else ():
            written = next(name_.written for name_ in entry.names if name_.spelling == name)
            found.setdefault(entry.iri, entry.hit(written))
    return list(found.values())[:limit]
