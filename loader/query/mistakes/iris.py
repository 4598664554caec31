"""IRIs that hold what none may: a blank, a bracket, a bad address; and those that do not end."""

import re
from collections.abc import Sequence
from itertools import pairwise

import pyoxigraph as ox

from loader.query.mistakes.mistake import Mistake, says
from loader.query.mistakes.terminals import Terminal

_IRI = re.compile(r"<([^<>\"{}|^`\\\x00-\x20]*)([^\n])?")
# Behind one of these, `<` compares.
_OPERANDS = ("VARIABLE", "STRING", "INTEGER", "DECIMAL", ")", "NIL", "LANGUAGE", "TRUE", "FALSE")
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*:")


def wrong_iri(all_: Sequence[Terminal], text: str) -> Mistake | None:
    """The first `<` that begins an IRI which is none."""
    before = ""
    for one, following in pairwise(all_):
        begins = one.name == "<" and one.token.end == following.token.start
        if begins and (before not in _OPERANDS or _ABSOLUTE.match(text, one.token.start)):
            return _unreadable(text, one.token.start)
        if one.name == "IRI" and _ABSOLUTE.match(one.token.text) and not _is_valid(one.token.text):
            return says(one.token.start, "%(iri)s is not a valid IRI.", iri=one.token.text[:100])
        before = one.name
    return None


def _unreadable(text: str, offset: int) -> Mistake:
    match = _IRI.match(text, offset)
    assert match
    bad = match[2] or ""
    line = text[offset:].split("\n", 1)[0] if bad else ""
    if bad == " " and ">" in line:
        return says(match.start(2), "There is a space inside an IRI; write %(code)s instead.", code="%20")
    if bad and ">" in line:
        message = "An IRI cannot contain %(sign)s; write %(code)s instead."
        return says(match.start(2), message, sign=bad, code="".join(f"%{byte:02X}" for byte in bad.encode()))
    return says(offset, "The IRI that begins here is not closed with %(end)s.", end=">")


def _is_valid(iri: str) -> bool:
    try:
        ox.NamedNode(iri[1:-1].encode().decode("raw_unicode_escape") if "\\" in iri else iri[1:-1])
    except ValueError:
        return False
    return True
