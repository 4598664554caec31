"""What is compared of a name: its words, folded, with the Arabic article or without."""

import re
from functools import lru_cache

from loader.folding import fold

_BETWEEN = re.compile(r"[\W_]+")
ARTICLE = "ال"
# A word is no shorter without its article: "الم" may be the beginning of "المستشار".
_SHORTEST = 3
EXACT, BEGINNING, WORDS, INSIDE, SPREAD = range(5)


@lru_cache(maxsize=4096)
def spelling(text: str) -> str:
    """The words of a text as they are compared, with a space between."""
    return _BETWEEN.sub(" ", fold(text)).strip()


def bare(word: str) -> str:
    """A folded word without its article."""
    is_definite = word.startswith(ARTICLE) and len(word) >= len(ARTICLE) + _SHORTEST
    return word.removeprefix(ARTICLE) if is_definite else word


def rank(name: str, asked: str, words: list[str]) -> int:
    """How well one name of a thing fits what was asked, the best lowest.

    `name` and `asked` are spellings, `words` those of `asked` without articles. A word that is missing is
    known to be in another name of the thing, which may be in another language.
    """
    if not all(word in name for word in words):
        return SPREAD
    plain = without_articles(name) if ARTICLE in name else name
    wanted = " ".join(words)
    if asked == name or wanted == plain:
        return EXACT
    if name.startswith(asked) or plain.startswith(wanted):
        return BEGINNING
    spaced = f" {name} {plain}"
    return WORDS if all(f" {word}" in spaced for word in words) else INSIDE


def without_articles(name: str) -> str:
    """A spelling with each of its words bare."""
    return " ".join(bare(word) for word in name.split())


def sorting(text: str) -> str:
    """What stands for a text in alphabetical order, in which articles do not count."""
    return without_articles(spelling(text))
