"""Conditions on parameters that may stay open: `COALESCE(…, true)`, which is `true` where one has no value.

The engine would find so for every row, and some engines find otherwise: an unbound variable is no error to
Virtuoso's COALESCE (openlink/virtuoso-opensource#140). So the binder writes it down.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loader.query.tokens import Token

# With these an unbound variable need not be an error of the whole (SPARQL 1.1, sections 17.2 and 17.4.1).
_FORGIVING = {"BOUND", "IF", "EXISTS", "&"}


@dataclass(frozen=True)
class OpenCondition:
    """Where a condition stands in the text, and the variables of which one without a value makes it true."""

    start: int
    end: int
    variables: frozenset[str]


def open_conditions(pieces: Sequence[Token]) -> Iterator[OpenCondition]:
    """The outermost conditions of this kind, in the order of the text."""
    at = 0
    while at < len(pieces):
        end = _end_of_call(pieces, at)
        if end and [token.text for token in pieces[end - 2 : end]] == [",", "true"]:
            inside = pieces[at + 1 : end]
            if _FORGIVING.isdisjoint(token.text.upper() for token in inside):
                yield OpenCondition(pieces[at].start, pieces[end].end, frozenset(_needed(inside)))
            at = end
        at += 1


def _needed(inside: Sequence[Token]) -> Iterator[str]:
    """The variables outside of any other COALESCE, which forgives them."""
    at = 0
    while at < len(inside):
        at = _end_of_call(inside, at) or at
        if inside[at].kind == "variable":
            yield inside[at].text[1:]
        at += 1


def _end_of_call(pieces: Sequence[Token], at: int) -> int:
    """Where the bracket of a COALESCE closes; 0 where this is none, or none closes."""
    if pieces[at].text.upper() != "COALESCE":
        return 0
    depth = 0
    for n in range(at + 1, len(pieces)):
        depth += (pieces[n].text == "(") - (pieces[n].text == ")")
        if depth == 0:
            return n
    return 0
