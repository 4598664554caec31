"""Prefixes that are not declared; the line to add where the prefix is one that people know."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from loader.query.mistakes.mistake import Mistake, says
from loader.query.mistakes.terminals import Terminal
from loader.query.mistakes.words import nearest


def undeclared_prefix(all_: Sequence[Terminal], known: Mapping[str, str]) -> Mistake | None:
    """The first name whose prefix is not declared before it."""
    declared: dict[str, str] = {}
    before = ""
    for one in all_:
        if one.name in ("PREFIX_NAME", "PREFIXED_NAME"):
            prefix = one.token.text.partition(":")[0]
            if before == "PREFIX":
                declared[prefix] = ""
            elif prefix not in declared:
                return _told(one.token.start, prefix, declared, known)
        before = one.name
    return None


def _told(offset: int, prefix: str, declared: Mapping[str, str], known: Mapping[str, str]) -> Mistake:
    shown = f"{prefix[:60]}:"
    if prefix in known:
        line = f"PREFIX {prefix}: <{known[prefix]}>"
        return replace(_undeclared(offset, shown, line), declaration=line)
    if near := nearest(prefix, declared) or nearest(prefix, known):
        message = "The prefix %(prefix)s is not declared and not known here; the nearest is %(near)s."
        return says(offset, message, prefix=shown, near=near + ":")
    return _undeclared(offset, shown, f"PREFIX {shown} <…>")


def _undeclared(offset: int, prefix: str, line: str) -> Mistake:
    message = "The prefix %(prefix)s is not declared; begin the query with %(line)s."
    return says(offset, message, prefix=prefix, line=line)
