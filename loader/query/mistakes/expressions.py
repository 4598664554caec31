"""Mistakes in what is calculated: an operator that is none, a value that is missing, brackets left out."""

from loader.query.mistakes.mistake import Mistake, says
from loader.query.mistakes.parse import Stuck
from loader.query.mistakes.words import AGGREGATES

_OPERATORS = ("=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "&&", "||", "!", ",")
_MEANT = {"==": "=", "&": "&&", "|": "||"}
_ENDS = (")", "}", "END", ",", "AS")


def _operator(stuck: Stuck) -> Mistake | None:
    """An operator of SQL or of a programming language."""
    here = stuck.here
    message = "Write %(meant)s in SPARQL, not %(sign)s."
    if here.token.text == "<>" and "!=" in stuck.expected:
        return says(here.token.start, message, meant="!=", sign="<>")
    if here.name in _MEANT and stuck.within("Expression", "Constraint"):
        return says(here.token.start, message, meant=_MEANT[here.name], sign=here.name)
    return None


def _blank_in_operator(stuck: Stuck) -> Mistake | None:
    before = stuck.back()
    if stuck.here.name != "=" or before is None or before.name not in ("<", ">", "!"):
        return None
    return says(before.token.start, "There is no space inside %(meant)s.", meant=before.name + "=")


def _missing_value(stuck: Stuck) -> Mistake | None:
    """An operator with nothing behind or before it."""
    before, here = stuck.back(), stuck.here
    if not stuck.within("Expression", "ExpressionList") or "VARIABLE" not in stuck.expected or before is None:
        return None
    if before.name in _OPERATORS and here.name in _ENDS:
        return says(before.token.end, "A value is missing after %(sign)s.", sign=before.name)
    if here.name in _OPERATORS:
        return says(here.token.start, "A value is missing before %(sign)s.", sign=here.name)
    return None


def _missing_brackets(stuck: Stuck) -> Mistake | None:
    """A function or IN without what must follow."""
    before, offset = stuck.back(), stuck.here.token.start
    if before is None or before.token.kind != "word" or not stuck.expected <= {"(", "NIL"}:
        return None
    word = before.token.text.upper()
    if stuck.here.name == "NIL":
        message = "%(function)s expects this many arguments: %(takes)s; here there are %(number)s."
        return says(stuck.here.token.end - 1, message, function=word, takes="1", number="0")
    if word == "IN":
        message = "The values of %(word)s go in brackets: %(sample)s."
        return says(offset, message, word="IN", sample='IN ("a", "b")')
    return says(offset, "Brackets follow %(word)s: %(sample)s.", word=word, sample=word + "(…)")


def _comma_in_aggregate(stuck: Stuck) -> Mistake | None:
    """An aggregate takes one value, and only GROUP_CONCAT something besides."""
    if stuck.here.name != "," or not stuck.within("Aggregate"):
        return None
    word = next(one.name for one in reversed(stuck.all[: stuck.place]) if one.name in AGGREGATES)
    sample = f'{word}(?x; SEPARATOR=", ")' if word == "GROUP_CONCAT" else f"{word}(?x)"
    message = "%(function)s takes one value, without a comma: %(sample)s."
    return says(stuck.here.token.start, message, function=word, sample=sample)


SLIPS = (_operator, _blank_in_operator, _missing_value, _missing_brackets, _comma_in_aggregate)
