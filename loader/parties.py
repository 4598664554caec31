"""Whether the words quoted for a post, a body or a group speak of it: a word of its name is among them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from loader.draft import Draft
from loader.folding import fold
from loader.problems import Problem
from loader.terms import UNM, Term, in_brackets

PARTIES = Path(__file__).with_name("parties.rq").read_text(encoding="utf-8")
# What Arabic writes in one word with the next: "and", "then", "by", "like", "for", and the article.
_JOINED = re.compile(r"^[وفبكل]{0,2}(ال|لل)")
# So many letters of a word are compared, so that "ministers" speaks of a minister.
_STEM = 4


def party_problems(draft: Draft) -> Iterator[Problem]:
    """A warning for each stated participation whose quotations have no word of the party's names."""
    names: dict[tuple[Term, Term], set[str]] = defaultdict(set)
    words: dict[tuple[Term, Term], set[str]] = defaultdict(set)
    for participation, party, name, quoted in draft.rows(PARTIES):
        names[participation, party].add(name.value)
        words[participation, party].add(quoted.value)
    for participation, party in names:
        if not _stems(names[participation, party]) & _stems(words[participation, party]):
            yield _problem(draft, participation, party)


def _problem(draft: Draft, participation: Term, party: Term) -> Problem:
    assert isinstance(participation, ox.NamedNode)
    thing, name = in_brackets(participation), in_brackets(party)
    sentence = f"{thing}: No word of the name of {name} is in what is quoted: are the words about it?"
    return Problem(draft.place_of(participation, UNM.participant, party), sentence, is_warning=True)


def _stems(texts: Iterable[str]) -> set[str]:
    """The beginnings of all words, with and without one letter that Arabic may have joined to them."""
    words = {_JOINED.sub("", word) for text in texts for word in re.findall(r"\w{3,}", fold(text))}
    return {part[:_STEM] for word in words for part in (word, re.sub("^[وفبكل]", "", word))}
