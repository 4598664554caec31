"""Finds the mistake of a text that the engine refused: the first family of slips that knows it tells it."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from loader.query.mistakes import clauses, expressions, patterns, rows, terms, words
from loader.query.mistakes.brackets import wrong_bracket
from loader.query.mistakes.calls import wrong_call
from loader.query.mistakes.characters import foreign_character
from loader.query.mistakes.general import cannot_stand
from loader.query.mistakes.grouping import not_grouped
from loader.query.mistakes.iris import wrong_iri
from loader.query.mistakes.mistake import Mistake
from loader.query.mistakes.names import undeclared_prefix
from loader.query.mistakes.parse import Stuck, stuck
from loader.query.mistakes.scopes import given_twice
from loader.query.mistakes.strings import wrong_string
from loader.query.mistakes.terminals import Terminal, terminals
from loader.query.mistakes.updates import wrong_template

_LEXICAL: Sequence[Callable[[Sequence[Terminal], str], Mistake | None]] = (
    foreign_character, wrong_string, wrong_iri,
)  # fmt: skip
# Of what stands where it cannot; the first that knows more than that tells it.
_SYNTACTIC: Sequence[Callable[[Stuck], Mistake | None]] = (
    *words.SLIPS, *clauses.SLIPS, *expressions.SLIPS, *rows.SLIPS, *patterns.SLIPS,
    *terms.SLIPS,
)  # fmt: skip
_SEMANTIC: Sequence[Callable[[Sequence[Terminal]], Mistake | None]] = (
    wrong_call, rows.wrong_row, wrong_template, given_twice, not_grouped,
)  # fmt: skip
# Beyond it, to look for a mistake takes seconds.
MOST_TERMINALS = 40_000

Place = TypeVar("Place")
# Triples within triples are not in this grammar.
_NEWER = ("<<", ">>", "{|", "|}", "~")


def find_mistake(text: str, prefixes: Mapping[str, str]) -> Mistake | None:
    """What is wrong with a text, a query or an update; None where that is not known here.

    `prefixes` are those that people know. Takes time in proportion to the text.
    """
    all_ = terminals(text, MOST_TERMINALS)
    return _found(all_, text, prefixes) if all_ else None


def _found(all_: Sequence[Terminal], text: str, prefixes: Mapping[str, str]) -> Mistake | None:
    lexical = [found for family in _LEXICAL if (found := family(all_, text))]
    if lexical:
        return min(lexical, key=lambda mistake: mistake.offset)
    left = stuck(all_)
    if left is None:
        return undeclared_prefix(all_, prefixes) or _first(_SEMANTIC, all_)
    return None if any(one.name in _NEWER for one in all_) else _told(left, wrong_bracket(all_, text))


def _told(left: Stuck, bracket: Mistake | None) -> Mistake:
    """A bracket that is missing shows itself only further on; what is wrong before it comes first."""
    syntactic = _first(_SYNTACTIC, left)
    if bracket and (syntactic is None or left.here.token.start > bracket.offset):
        return bracket
    return syntactic or cannot_stand(left)


def _first(families: Sequence[Callable[[Place], Mistake | None]], place: Place) -> Mistake | None:
    return next((found for family in families if (found := family(place))), None)
