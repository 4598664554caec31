"""Names as they are compared: words folded, without articles, titles and small words, in any order."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from server.i18n.spelling import bare, spelling

MOST_LETTERS = 300
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_YEAR = re.compile(r"[,،]?\s*\b\d{4}\b")
_FOR_THE = "لل"


@dataclass(frozen=True, kw_only=True)
class Wordings:
    """What `names.toml` says, folded."""

    titles: tuple[tuple[str, ...], ...]
    in_context: frozenset[tuple[str, ...]]
    letters: dict[int, str]
    soft: frozenset[str]


@cache
def wordings() -> Wordings:
    """The words that names are read with; of titles the longest first."""
    told, letters = _told(), _told()["letters"]
    return Wordings(
        titles=tuple(sorted((tuple(spelling(title).split()) for title in told["titles"]), key=len))[::-1],
        in_context=frozenset(compared(name).in_order for name in told["in_context"]),
        letters={ord(other): same[0] for same in letters["same"] for other in same[1:]},
        soft=frozenset(letters["soft"]),
    )


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Compared:
    """A name to compare: its words in their order, and in alphabetical order."""

    in_order: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def joined(self) -> str:
        return "".join(self.in_order)

    @property
    def sounds(self) -> tuple[str, str]:
        """Without spaces, with one letter for those that people write for each other: in both orders."""
        return _sound(self.joined), _sound("".join(self.words))


@lru_cache(maxsize=8192)
def compared(text: str) -> Compared:
    """A name as it is compared."""
    words = tuple(_without_article(word) for word in spelling(text[:MOST_LETTERS]).split())
    large = tuple(word for word in words if word not in _small()) or words
    return Compared(large, tuple(sorted(large)))


@cache
def _small() -> frozenset[str]:
    return frozenset(map(spelling, _told()["small"]))


def _without_article(word: str) -> str:
    rest = word.removeprefix(_FOR_THE)
    return rest if rest != word and len(rest) > len(_FOR_THE) else bare(word)


@lru_cache(maxsize=8192)
def _sound(text: str) -> str:
    same = text.translate(wordings().letters)
    return re.sub(r"(.)\1", r"\1", same)


def without_title(text: str) -> str:
    """The name of a person without what is put before it; empty where nothing was or nothing is left."""
    words = spelling(text[:MOST_LETTERS]).split()
    rest = words
    while found := next((t for t in wordings().titles if tuple(rest[: len(t)]) == t), None):
        rest = rest[len(found) :]
    return " ".join(rest) if len(rest) < len(words) else ""


def shorter(label: str) -> set[str]:
    """A label, and what remains of it without what stands in brackets and without a year."""
    plain = _BRACKETS.sub("", label).strip()
    return {label, plain or label, _YEAR.sub("", plain).strip() or label}
