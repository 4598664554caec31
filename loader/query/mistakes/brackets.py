"""Brackets that are not closed, and those that close nothing."""

from collections.abc import Sequence

from loader.query.mistakes.mistake import Mistake, says
from loader.query.mistakes.terminals import Terminal

_CLOSES = {")": "(", "}": "{", "]": "["}


def wrong_bracket(all_: Sequence[Terminal], text: str) -> Mistake | None:
    """The first bracket without its other half."""
    opened: list[Terminal] = []
    before = ""
    for one in all_:
        if one.name == "{" and opened and opened[-1].name in "([" and before != "EXISTS":
            return _unclosed(opened[-1])
        if one.name in _CLOSES.values():
            opened.append(one)
        elif one.name in _CLOSES and (not opened or opened.pop().name != _CLOSES[one.name]):
            return _crossed(all_, one)
        before = one.name
    return _unclosed(_by_indentation(all_, text) or opened[-1]) if opened else None


def _unclosed(bracket: Terminal) -> Mistake:
    return says(bracket.token.start, "This %(bracket)s is not closed.", bracket=bracket.name)


def _crossed(all_: Sequence[Terminal], closing: Terminal) -> Mistake:
    """Another bracket is open: that is not closed if what this one closes lies further out."""
    opened = _open_at(all_, closing)
    if any(one.name == _CLOSES[closing.name] for one in opened):
        return _unclosed(opened[-1])
    return says(closing.token.start, "There is one %(bracket)s too many.", bracket=closing.name)


def _open_at(all_: Sequence[Terminal], end: Terminal) -> list[Terminal]:
    """The brackets that are open where another begins."""
    opened: list[Terminal] = []
    for one in all_:
        if one is end:
            break
        if one.name in _CLOSES.values():
            opened.append(one)
        elif one.name in _CLOSES:
            opened.pop()
    return opened


def _by_indentation(all_: Sequence[Terminal], text: str) -> Terminal | None:
    """The brace that a closing one passed by, since that stands under the line of one further out."""
    opened: list[tuple[Terminal, str]] = []
    for one in (one for one in all_ if one.name in ("{", "}")):
        line = text[text.rfind("\n", 0, one.token.start) + 1 : one.token.start]
        indentation = line[: len(line) - len(line.lstrip())]
        if one.name == "{":
            opened.append((one, indentation))
        elif opened and line.strip() == "" and indentation != opened[-1][1]:
            return opened[-1][0] if indentation in [outer for _, outer in opened] else None
        elif opened:
            opened.pop()
    return None
