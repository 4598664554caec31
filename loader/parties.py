"""Whether the words quoted for a post, a body, a group or a place have a word of its name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from loader.draft import Draft
from loader.folding import fold
from loader.problems import Problem
from loader.terms import Term, in_brackets

PARTIES = Path(__file__).with_name("parties.rq").read_text(encoding="utf-8")
# What Arabic writes in one word with the next: "and", "then", "by", "like", "for", and the article.
_JOINED = re.compile(r"^[وفبكل]{0,2}(ال|لل)")
# So many letters of a word are compared, so that "ministers" speaks of a minister.
_STEM = 4


def party_problems(draft: Draft) -> Iterator[Problem]:
    """A warning for each stated party, and each place, whose quotations have no word of its names."""
    names: dict[tuple[Term, ...], set[str]] = defaultdict(set)
    words: dict[tuple[Term, ...], set[str]] = defaultdict(set)
    for *triple, name, quoted in draft.rows(PARTIES):
        names[tuple(triple)].add(name.value)
        words[tuple(triple)].add(quoted.value)
    for written in names:
        if not _stems(names[written]) & _stems(words[written]):
            yield _problem(draft, *written)


def _problem(draft: Draft, thing: Term, property_: Term, value: Term) -> Problem:
    assert isinstance(thing, ox.NamedNode) and isinstance(property_, ox.NamedNode)
    named = in_brackets(value)
    sentence = (
        f"{in_brackets(thing)}: No word of the name of {named} is in what is quoted: are the words about it?"
    )
    return Problem(draft.place_of(thing, property_, value), sentence, is_warning=True)


def _stems(texts: Iterable[str]) -> set[str]:
    """The beginnings of all words, with and without one letter that Arabic may have joined to them."""
    words = {_JOINED.sub("", word) for text in texts for word in re.findall(r"\w{3,}", fold(text))}
    return {part[:_STEM] for word in words for part in (word, re.sub("^[وفبكل]", "", word))}
