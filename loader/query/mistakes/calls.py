"""Functions with too few or too many arguments, and aggregates where none may stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loader.query.mistakes.mistake import Mistake, says
from loader.query.mistakes.terminals import FUNCTIONS, Terminal
from loader.query.mistakes.words import AGGREGATES


@dataclass
class _Call:
    """An open bracket: the function whose arguments it holds, and the word whose condition that is in."""

    function: str
    condition: str
    arguments: int = 1


def wrong_call(all_: Sequence[Terminal]) -> Mistake | None:
    """The first call that its function does not take."""
    return next(_wrong_calls(all_), None)


def _wrong_calls(all_: Sequence[Terminal]) -> Iterator[Mistake]:
    opened: list[_Call] = [_Call("", "")]
    before, condition = all_[0], ""
    for one in all_:
        function = before.token.text.upper() if before.name == "FUNCTION" else ""
        condition = one.name if one.name in ("FILTER", "BIND") else condition
        if one.name in AGGREGATES and opened[-1].condition:
            yield _aggregate(one, opened[-1].condition)
        elif one.name == "NIL":
            yield from _counted(function, 0, one.token.end - 1)
        elif one.name in ("(", "{"):
            opened.append(_Call(function, (condition or opened[-1].condition) if one.name == "(" else ""))
            condition = ""
        elif one.name in (")", "}"):
            call = opened.pop()
            yield from _counted(call.function, call.arguments, one.token.start)
        opened[-1].arguments += one.name == ","
        before = one


def _aggregate(one: Terminal, condition: str) -> Mistake:
    message = "%(aggregate)s is computed over groups, so not in %(word)s; write %(having)s or a subquery."
    return says(one.token.start, message, aggregate=one.token.text, word=condition, having="HAVING (…)")


def _counted(function: str, number: int, offset: int) -> Iterator[Mistake]:
    """Nothing where the function takes that many, or where there is none."""
    least, *most = FUNCTIONS.get(function, [0])
    if number >= least and (not most or number <= most[0]):
        return
    takes = str(least) if most == [least] else f"{least}–{most[0]}"
    message = "%(function)s expects this many arguments: %(takes)s; here there are %(number)s."
    yield says(offset, message, function=function, takes=takes, number=str(number))
