"""Mistakes in VALUES: commas and brackets that do not belong there, rows not as wide as their head."""

from collections.abc import Iterator, Sequence

from loader.query.mistakes.mistake import Mistake, says
from loader.query.mistakes.parse import Stuck
from loader.query.mistakes.patterns import TERMS
from loader.query.mistakes.terminals import Terminal

_SAMPLE = "VALUES (?x) { (1) (2) }"


def _comma(stuck: Stuck) -> Mistake | None:
    if stuck.here.name != "," or not stuck.within("DataBlock"):
        return None
    return says(stuck.here.token.start, "The values of %(word)s are not separated by commas.", word="VALUES")


def _brackets(stuck: Stuck) -> Mistake | None:
    """Rows with brackets under a variable without, or the other way round."""
    here, offset = stuck.here, stuck.here.token.start
    if here.name == "(" and stuck.within("InlineDataOneVar"):
        message = "Rows in brackets go with variables in brackets: %(sample)s."
        return says(offset, message, sample=_SAMPLE)
    if here.name in TERMS and stuck.within("InlineDataFull") and stuck.expected == {"(", "NIL", "}"}:
        return says(offset, "Each row goes in brackets: %(sample)s.", sample=_SAMPLE)
    return None


def _no_value(stuck: Stuck) -> Mistake | None:
    here = stuck.here
    if here.name not in ("VARIABLE", "BLANK", "ANON") or "UNDEF" not in stuck.expected:
        return None
    message = "%(word)s takes values, and %(term)s is not one."
    return says(here.token.start, message, word="VALUES", term=here.token.text[:60])


SLIPS = (_comma, _brackets, _no_value)


def wrong_row(all_: Sequence[Terminal]) -> Mistake | None:
    """The first row that is not as wide as its head."""
    pairs = ((len(head), row) for head, rows in _tables(all_) for row in rows)
    wrong = next(((width, row) for width, row in pairs if len(row) - 1 != width), None)
    if wrong is None:
        return None
    width, (bracket, *values) = wrong
    message = "The number of variables is %(width)s, but the number of values in this row is %(count)s."
    return says(bracket.token.start, message, width=str(width), count=str(len(values)))


def _tables(all_: Sequence[Terminal]) -> Iterator[tuple[list[Terminal], list[list[Terminal]]]]:
    """The variables of each VALUES with brackets, and its rows: each its bracket and its values."""
    head: list[Terminal] = []
    rows: list[list[Terminal]] = []
    part, before = "", ""
    for one in all_:
        if one.name == "VALUES":
            head, rows, part = [], [], "head"
        elif part == "head" and one.name == "VARIABLE":
            head.append(one)
        elif part == "head" and one.name == "{":
            part = "rows"
        elif part == "rows" and one.name == "}":
            yield head, rows
            part = ""
        elif part == "rows":
            _add(rows, one, before)
        before = one.name


def _add(rows: list[list[Terminal]], one: Terminal, before: str) -> None:
    if one.name in ("(", "NIL"):
        rows.append([one])
    elif rows and before != "^^" and (one.name in TERMS or one.name == "UNDEF"):
        rows[-1].append(one)
