"""What is compared of a name: its words, folded, with the Arabic article or without."""

import re
from collections.abc import Iterator
from functools import lru_cache

from loader.folding import fold

_BETWEEN = re.compile(r"[\W_]+")
ARTICLE = "ال"
# A word is no shorter without its article: "الم" may be the beginning of "المستشار".
_SHORTEST = 3
# As it is written: an alef with hamza or madda belongs to its word, as in ألمانيا and آليات; and so does the
# beginning of some words that have a bare one.
_ARTICLE = re.compile(r"\b[اٱ]ل(?!تزام|تماس|تقاء|تحاق|تفاف|تباس|تهاب)(?=\w{3})")
_DEFINITE = re.compile(r"[وف]?(?:[بك]?[اٱ]ل|لل)(?=\w{3})")
_PARTICLE = re.compile(r"[وفبكل](?=\w{3})")


@lru_cache(maxsize=4096)
def spelling(text: str) -> str:
    """The words of a text as they are compared, with a space between."""
    return _BETWEEN.sub(" ", fold(text)).strip()


def bare(word: str) -> str:
    """A folded word without its article."""
    is_definite = word.startswith(ARTICLE) and len(word) >= len(ARTICLE) + _SHORTEST
    return word.removeprefix(ARTICLE) if is_definite else word


def begins(word: str, starts: str) -> bool:
    """Whether a folded word is the beginning of a word of a name, with its article or without."""
    plain, bare_ = beginnings(word)
    return plain in starts or bare_ in starts


def beginnings(word: str) -> tuple[str, str]:
    """What the places where one may begin have of a folded word, with its article or without."""
    return f" {word}", f" {bare(word)}"


def starts(text: str) -> str:
    """The spelling with a blank before each place where one may begin to look: words and after particles."""
    found = (one for word in text.split() for one in (word, *_after_particles(word)))
    return f" {' '.join(spelling(one) for one in found)}"


def _after_particles(word: str) -> Iterator[str]:
    """What is left of an Arabic word without its article, or without a conjunction or preposition."""
    word = word.lstrip("«“\"'([")
    if found := _DEFINITE.match(word) or _PARTICLE.match(word):
        yield word[found.end() :]


def sorting(text: str) -> str:
    """What stands for a text in alphabetical order, in which articles do not count."""
    return spelling(_ARTICLE.sub("", text))
