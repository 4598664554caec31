"""Prefixes that are not declared; the line to add where the prefix is one that people know."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from loader.query.mistakes.listed import listed
from loader.query.mistakes.mistake import Mistake, says
from loader.query.mistakes.terminals import Terminal
from loader.query.mistakes.words import nearest


def undeclared_prefix(all_: Sequence[Terminal], known: Mapping[str, str]) -> Mistake | None:
    """The first name whose prefix is not declared before it, and with it all others that are known."""
    declared: set[str] = set()
    missing: dict[str, int] = {}
    before = ""
    for one in all_:
        if one.name in ("PREFIX_NAME", "PREFIXED_NAME"):
            prefix = one.token.text.partition(":")[0]
            if before == "PREFIX":
                declared.add(prefix)
            elif prefix not in declared:
                missing.setdefault(prefix, one.token.start)
        before = one.name
    return _told(missing, declared, known) if missing else None


def _told(missing: Mapping[str, int], declared: Collection[str], known: Mapping[str, str]) -> Mistake:
    prefix, offset = next(iter(missing.items()))
    shown = f"{prefix[:60]}:"
    if prefix in known:
        return _declared(offset, {one: known[one] for one in missing if one in known})
    if near := nearest(prefix, declared) or nearest(prefix, known):
        message = "The prefix %(prefix)s is not declared and not known here; the nearest is %(near)s."
        return says(offset, message, prefix=shown, near=near + ":")
    return _undeclared(offset, shown, f"PREFIX {shown} <…>")


def _declared(offset: int, missing: Mapping[str, str]) -> Mistake:
    """What is told where lines would mend it."""
    lines = [f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in missing.items()]
    names = [f"{prefix}:" for prefix in missing]
    if len(lines) == 1:
        return replace(_undeclared(offset, names[0], lines[0]), declaration=lines[0])
    message = "The prefixes %(prefixes)s are not declared; begin the query with %(lines)s."
    told = says(offset, message, prefixes=listed(names), lines=" ".join(lines))
    return replace(told, declaration="\n".join(lines))


def _undeclared(offset: int, prefix: str, line: str) -> Mistake:
    message = "The prefix %(prefix)s is not declared; begin the query with %(line)s."
    return says(offset, message, prefix=prefix, line=line)
