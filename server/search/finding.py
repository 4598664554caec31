"""Which things have the words that were asked for: in their own names, or in those of others beside them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from server.i18n.spelling import bare, beginnings
from server.search.entries import Order, SearchEntry
from server.search.hits import Hit, Reason
from server.search.kinds import kind_named
from server.search.names import Name
from server.search.related import RelatedName, used

# Smaller words, such as "in" and "من", do not count where no thing has all words.
_SHORTEST = 3

# What a name may have of a word, and the kind of things that the word names, if any.
Wanted = tuple[str, str, str | None]
Sought = dict[str, Wanted]


class Searched(Protocol):
    """All things, those that are found by the names of others too, and these others by IRI."""

    @property
    def entries(self) -> tuple[SearchEntry, ...]: ...
    @property
    def tied(self) -> tuple[SearchEntry, ...]: ...
    @property
    def targets(self) -> Mapping[str, SearchEntry]: ...


@dataclass(frozen=True)
class Found:
    """A thing that was found, the ties that gave words its own names lack, and the words that are missing."""

    entry: SearchEntry
    ties: tuple[RelatedName, ...] = ()
    missing: tuple[str, ...] = ()

    def fit(self, words: tuple[str, ...]) -> tuple[Order, Name]:
        """How far from best it is, and the name that is nearest; words for its kind may be in that or not."""
        had = tuple(word for word in words if word not in self.missing)
        named = tuple(word for word in had if kind_named(word) != self.entry.kind)
        return min(map(self._fit, {had, named or had}))

    def _fit(self, words: tuple[str, ...]) -> tuple[Order, Name]:
        return self.entry.fit(" ".join(words), [bare(word) for word in words], bool(self.ties))

    def hit(self, matched: str, targets: Mapping[str, SearchEntry]) -> Hit:
        """What is shown of it; `targets` are the things to which ties lead."""
        reasons = tuple(
            Reason(tie=tie.name, iri=tie.iri, labels=targets[tie.iri].labels) for tie in self.ties
        )
        return replace(self.entry.hit(matched), reasons=reasons, missing=self.missing)


def with_all(words: tuple[str, ...], index: Searched) -> list[Found]:
    """The things that have every word."""
    sought = _sought(words)
    told = _told(sought, index.targets)
    whole = list(index.entries)
    for wanted in sought.values():
        whole = [entry for entry in whole if _has(entry, wanted)]
    named = {entry.iri for entry in whole}
    rest = [one for one in index.tied if told and one.iri not in named and _has_ties(one, told)]
    by_others = [_found(entry, sought, told) for entry in rest]
    return [*map(Found, whole), *(one for one in by_others if not one.missing)]


def with_most(words: tuple[str, ...], index: Searched) -> list[Found]:
    """The things that have most of the words, half of them at least; of several choices the rarest words."""
    sought = _sought(tuple(word for word in words if len(word) >= _SHORTEST) or words)
    if len(sought) < 2:
        return []
    told = _told(sought, index.targets)
    found = [
        _found(entry, sought, told)
        for entry in index.entries
        if any(_has(entry, wanted) for wanted in sought.values()) or _has_ties(entry, told)
    ]
    often = Counter(one.missing for one in found)
    fewest = min(often, key=lambda missing: (len(missing), often[missing]), default=tuple(sought))
    return [one for one in found if one.missing == fewest] if 2 * len(fewest) <= len(sought) else []


def once(found: list[Found]) -> list[Found]:
    """The same without what only repeats the heading of an event that was found too."""
    events = {one.entry.iri for one in found}
    return [one for one in found if events.isdisjoint(one.entry.repeats)]


def _sought(words: tuple[str, ...]) -> Sought:
    return {word: (*beginnings(word), kind_named(word)) for word in words}


def _has(entry: SearchEntry, wanted: Wanted) -> bool:
    """Whether its names have the word, or it is of the kind that this names."""
    return _is_called(entry, wanted) or entry.kind == wanted[2]


def _is_called(entry: SearchEntry, wanted: Wanted) -> bool:
    return wanted[0] in entry.starts or wanted[1] in entry.starts


def _has_ties(entry: SearchEntry, told: Mapping[str, set[str]]) -> bool:
    return any(tie.iri in told for tie in entry.ties)


def _found(entry: SearchEntry, sought: Sought, told: Mapping[str, set[str]]) -> Found:
    own = {word for word, wanted in sought.items() if _has(entry, wanted)}
    chosen = used(entry.ties, own, sought.keys(), told) if entry.ties else ()
    had = own.union(*(told[tie.iri] for tie in chosen))
    return Found(entry, chosen, tuple(word for word in sought if word not in had))


def _told(sought: Sought, targets: Mapping[str, SearchEntry]) -> dict[str, set[str]]:
    """Which of the words are in the names of each thing that others are found by."""
    told: dict[str, set[str]] = {}
    for iri, entry in targets.items():
        if some := {word for word, wanted in sought.items() if _is_called(entry, wanted)}:
            told[iri] = some
    return told
