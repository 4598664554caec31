"""Which things have the words that were asked for: in their own names, or in those of others beside them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from server.i18n.spelling import bare, begins
from server.search.entries import Order, SearchEntry
from server.search.hits import Hit, Reason
from server.search.names import Name
from server.search.related import Tie, used

# Smaller words, such as "in" and "من", do not count where no thing has all words.
_SHORTEST = 3


@dataclass(frozen=True)
class Found:
    """A thing that was found, the ties that gave words its own names lack, and the words that are missing."""

    entry: SearchEntry
    ties: tuple[Tie, ...] = ()
    missing: tuple[str, ...] = ()

    def fit(self, words: tuple[str, ...]) -> tuple[Order, Name]:
        """How far from best it is, and the name that is nearest to the words."""
        had = [word for word in words if word not in self.missing]
        return self.entry.fit(" ".join(had), [bare(word) for word in had], bool(self.ties))

    def hit(self, matched: str, targets: Mapping[str, SearchEntry]) -> Hit:
        """What is shown of it; `targets` are the things to which ties lead."""
        reasons = tuple(
            Reason(tie=tie.name, iri=tie.iri, labels=targets[tie.iri].labels) for tie in self.ties
        )
        return replace(self.entry.hit(matched), reasons=reasons, missing=self.missing)


def with_all(
    words: tuple[str, ...], all_: Iterable[SearchEntry], targets: Mapping[str, SearchEntry]
) -> list[Found]:
    """The things that have every word."""
    told = _told(words, targets)
    found = []
    for entry in all_:
        if all(begins(word, entry.starts) for word in words):
            found.append(Found(entry))
        elif entry.ties and told and not (one := _found(entry, words, told)).missing:
            found.append(one)
    return found


def with_most(
    words: tuple[str, ...], all_: Iterable[SearchEntry], targets: Mapping[str, SearchEntry]
) -> list[Found]:
    """The things that have most of the words, half of them at least; of several choices the rarest words."""
    words = tuple(word for word in words if len(word) >= _SHORTEST) or words
    told = _told(words, targets)
    found = [_found(entry, words, told) for entry in all_] if len(words) > 1 else []
    often = Counter(one.missing for one in found)
    fewest = min(often, key=lambda missing: (len(missing), often[missing]), default=words)
    return [one for one in found if one.missing == fewest] if 2 * len(fewest) <= len(words) else []


def once(found: list[Found]) -> list[Found]:
    """The same without what only repeats the heading of an event that was found too."""
    events = {one.entry.iri for one in found}
    return [one for one in found if events.isdisjoint(one.entry.repeats)]


def _found(entry: SearchEntry, words: tuple[str, ...], told: Mapping[str, set[str]]) -> Found:
    own = {word for word in words if begins(word, entry.starts)}
    chosen = used(entry.ties, own, {*words}, told) if entry.ties else ()
    had = own.union(*(told[tie.iri] for tie in chosen))
    return Found(entry, chosen, tuple(word for word in words if word not in had))


def _told(words: tuple[str, ...], targets: Mapping[str, SearchEntry]) -> dict[str, set[str]]:
    """Which of the words are in the names of each thing that others are found by."""
    had = ((iri, {word for word in words if begins(word, one.starts)}) for iri, one in targets.items())
    return {iri: some for iri, some in had if some}
