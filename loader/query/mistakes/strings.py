"""Strings that do not end, end too early, or hold an escape that is none; and tags of languages."""

import re
from collections.abc import Sequence
from itertools import pairwise

from loader.query.mistakes.grammar import grammar
from loader.query.mistakes.mistake import Mistake, says
from loader.query.mistakes.terminals import Terminal

_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[tbnrf\\\"']|(?s:.))")
_KNOWN = re.compile(r"[tbnrf\\\"']|u(?![dD][89A-Fa-f])....|U000.....|U0010....")


def wrong_string(all_: Sequence[Terminal], text: str) -> Mistake | None:
    """The first string that is not what was meant."""
    pairs = ((one, after, one.token.end == after.token.start) for one, after in pairwise(all_))
    return next((found for pair in pairs if (found := _wrong(*pair, text))), None)


def _wrong(one: Terminal, following: Terminal, is_adjacent: bool, text: str) -> Mistake | None:
    token, after = one.token, following.token
    if one.name == "STRING" and is_adjacent and after.text == token.text[0]:
        return _unending_lines(token.start, after.text)
    if one.name == "STRING" and is_adjacent and _is_text(following):
        return _ended(token.end - 1, text)
    if one.name == "STRING":
        return _escape(token.start, token.text)
    if one.name == "LANGUAGE" and is_adjacent and after.text.startswith("_"):
        tag = token.text + after.text.replace("_", "-")
        return says(token.start, "A language tag has hyphens: %(tag)s.", tag=tag)
    is_open = token.kind == "punctuation" and token.text in ('"', "'")
    return _unending(token.start, token.text) if is_open else None


def _is_text(following: Terminal) -> bool:
    """Whether what stands right behind a string is rather the rest of it."""
    is_keyword = following.name in grammar().keywords
    return following.token.kind in ("word", "number") and not is_keyword


def _ended(offset: int, text: str) -> Mistake:
    quote = text[offset]
    message = "The string ends at this %(quote)s; within it, write %(escaped)s, or put it between %(other)s."
    other = '"…"' if quote == "'" else "'…'"
    return says(offset, message, quote=quote, escaped="\\" + quote, other=other)


def _unending(offset: int, quote: str) -> Mistake:
    message = "The string that begins here does not end on its line; longer strings go between %(three)s."
    return says(offset, message, three=quote * 3 + "…" + quote * 3)


def _unending_lines(offset: int, quote: str) -> Mistake:
    message = "The string that begins here does not end; it ends with %(three)s."
    return says(offset, message, three=quote * 3)


def _escape(offset: int, string: str) -> Mistake | None:
    """The first escape that is none."""
    for match in _ESCAPE.finditer(string):
        if not _KNOWN.fullmatch(match[1]):
            message = "%(escape)s is not an escape; a backslash itself is written %(twice)s."
            return says(offset + match.start(), message, escape=match[0][:10], twice="\\\\")
    return None
