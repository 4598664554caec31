"""What is selected of groups: only what they are grouped by, and what is reckoned over them."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from loader.query.mistakes.mistake import Mistake, says
from loader.query.mistakes.terminals import Terminal
from loader.query.mistakes.words import AGGREGATES

_OPENING, _CLOSING = ("(", "{"), (")", "}")
_CLAUSES = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")


def not_grouped(all_: Sequence[Terminal]) -> Mistake | None:
    """The first thing selected that has no one value in a group."""
    matches = dict(_matches(all_))
    for place, one in enumerate(all_):
        if one.name == "SELECT" and (found := _in_select(all_, matches, place)):
            return found
    return None


def _in_select(all_: Sequence[Terminal], matches: Mapping[int, int], start: int) -> Mistake | None:
    body = _find(all_, matches, start, ("{",))
    tail_start = matches.get(body, body) + 1
    end = _find(all_, matches, tail_start, ("}", "END"))
    head, tail = all_[start + 1 : body], all_[tail_start : end + 1]
    words = {one.name for one in (*head, *tail)}
    star = next((one for one in head[:2] if one.name == "*"), None)
    if star and "GROUP" in words:
        message = "%(star)s cannot be combined with %(group)s; name the variables to select."
        return says(star.token.start, message, star="*", group="GROUP BY")
    if key := _aggregate_as_key(tail):
        return key
    is_grouped = "GROUP" in words or not words.isdisjoint(AGGREGATES)
    return _ungrouped(head, _grouped_by(tail)) if is_grouped else None


def _aggregate_as_key(tail: Sequence[Terminal]) -> Mistake | None:
    """An aggregate in GROUP BY, where there are no groups yet."""
    clause = ""
    for one in tail:
        clause = one.name if one.name in _CLAUSES else clause
        if clause == "GROUP" and one.name in AGGREGATES:
            message = "%(aggregate)s is computed over groups, so one cannot group by it; select %(sample)s."
            return says(one.token.start, message, aggregate=one.name, sample=f"({one.name}(…) AS ?name)")
    return None


def _grouped_by(tail: Sequence[Terminal]) -> set[str]:
    """The variables of GROUP BY, and those that it makes."""
    found: set[str] = set()
    clause, depth, before = "", 0, ""
    for one, after in pairwise(tail):
        depth += (one.name in _OPENING) - (one.name in _CLOSING)
        clause = one.name if one.name in _CLAUSES else clause
        is_key = depth == 0 or before == "AS" or before + after.name == "()"
        if clause == "GROUP" and is_key and one.name == "VARIABLE":
            found.add(one.token.text[1:])
        before = one.name
    return found


def _ungrouped(head: Sequence[Terminal], known: set[str]) -> Mistake | None:
    """The first variable of a SELECT that is neither known nor made there; `known` is added to."""
    for one, before in _outside_of_aggregates(head):
        name = one.token.text
        if before == "AS":
            known.add(name[1:])
        elif name[1:] not in known:
            message = "%(name)s is selected, but neither grouped by nor aggregated; add %(group)s."
            return says(one.token.start, message, name=name, group=f"GROUP BY {name}")
    return None


def _outside_of_aggregates(head: Sequence[Terminal]) -> Iterator[tuple[Terminal, str]]:
    """The variables of a head that stand neither in an aggregate nor in EXISTS, each with what is before."""
    depth, inside, before = 0, 0, ""  # `inside` is the depth of an aggregate or of EXISTS, or 0
    for one in head:
        if one.name in ("WHERE", "FROM"):
            return
        depth += (one.name in _OPENING) - (one.name in _CLOSING)
        if not inside and one.name in _OPENING and before in (*AGGREGATES, "EXISTS"):
            inside = depth
        inside = inside if depth >= inside else 0
        if one.name == "VARIABLE" and not inside:
            yield one, before
        before = one.name


def _find(all_: Sequence[Terminal], matches: Mapping[int, int], place: int, names: Sequence[str]) -> int:
    """The first of these terminals outside of brackets."""
    while place < len(all_) - 1 and all_[place].name not in names:
        place = matches.get(place, place) + 1
    return min(place, len(all_) - 1)


def _matches(all_: Sequence[Terminal]) -> Iterator[tuple[int, int]]:
    """The place of each opening bracket with that of the one that closes it."""
    opened: list[int] = []
    for place, one in enumerate(all_):
        if one.name in _OPENING:
            opened.append(place)
        elif one.name in _CLOSING and opened:
            yield opened.pop(), place
