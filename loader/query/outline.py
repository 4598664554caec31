"""Where the parts of a query stand, found by its tokens; nothing is parsed, and it takes linear time."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from loader.query.tokens import Token, tokens

GRAPH_FORMS = ("CONSTRUCT", "DESCRIBE")
FORMS = ("SELECT", "ASK", *GRAPH_FORMS)

CLAUSES = ("FROM", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")
_STAR = re.compile(r"\bSELECT\b\s*(?:(?:DISTINCT|REDUCED)\s*)?\*", re.IGNORECASE)
_DEPTH = {"(": 1, "{": 1, "[": 1, ")": -1, "}": -1, "]": -1}


@dataclass(frozen=True, kw_only=True)
class Outline:
    """The parts of one query, as offsets in its text.

    `start` is where its form stands, `end` where its last token ends, `group` what lies between the braces
    of its WHERE; `clauses` has where each clause outside of them begins. `projected` are the names of the
    variables after SELECT, none for `*`.
    """

    text: str
    form: str
    start: int
    end: int
    group: tuple[int, int]
    clauses: dict[str, int] = field(default_factory=dict)
    projected: tuple[str, ...] = ()

    @property
    def prologue(self) -> str:
        """The prefixes and what else stands before the form."""
        return self.text[: self.start]

    @property
    def dataset(self) -> str:
        """The FROM clauses, or nothing."""
        found = [
            token for token in tokens(self.text[self.start : self.group[0]]) if token.kind != "punctuation"
        ]
        first = next((n for n, token in enumerate(found) if _word(token) == "FROM"), len(found))
        return " ".join(token.text for token in found[first:] if _word(token) != "WHERE")


def outline(text: str) -> Outline | None:
    """The outline of a query; None where it has no form or no group, as a DESCRIBE may."""
    top = [(token, depth) for token, depth in _with_depth(tokens(text))]
    start = next((n for n, (t, depth) in enumerate(top) if depth == 0 and _word(t) in FORMS), None)
    if start is None:
        return None
    form, body = _word(top[start][0]), top[start:]
    group = _group(form, body)
    if group is None:
        return None
    head = [token for token, _ in body if token.start < group[0]]
    clauses: dict[str, int] = {}
    for token, depth in body:
        is_outside = not group[0] <= token.start < group[1]
        if depth == 0 and is_outside and _word(token) in CLAUSES:
            clauses.setdefault(_word(token), token.start)
    return Outline(
        text=text,
        form=form,
        start=body[0][0].start,
        end=body[-1][0].end,
        group=group,
        clauses=clauses,
        projected=tuple(_projected(head)),
    )


def each_variable_once(text: str) -> str:
    """The text with blanks where a SELECT names a variable again, which selects nothing more."""
    depth, seen = 0, None
    for token in list(tokens(text)):
        if token.kind == "punctuation":
            depth += _DEPTH.get(token.text, 0)
        if _word(token) == "SELECT":
            outer, seen = depth, set[str]()
        elif seen is not None and (token.text == "{" or _word(token) in ("WHERE", "FROM")):
            seen = None
        elif seen is not None and token.kind == "variable" and depth == outer:
            if token.text[1:] in seen:
                text = text[: token.start] + " " * len(token.text) + text[token.end :]
            seen.add(token.text[1:])
    return text


def has_one_column(text: str) -> bool:
    """Whether the rows of a SELECT query surely or maybe have a single column."""
    found = outline(text)
    if found is None or found.form != "SELECT":
        return False
    names = found.projected or {token.text[1:] for token in tokens(text) if token.kind == "variable"}
    return len(set(names)) == 1


def has_star(text: str) -> bool:
    """Whether a query, or one within it, may select all variables without naming them."""
    return bool(_STAR.search(text))


def with_columns_named(text: str, columns: Collection[str]) -> str:
    """The text with the names of these columns in the place of `SELECT *`, in the order in which it has them.

    It stays as it is where it selects otherwise, or does not have them all.
    """
    found = outline(text)
    if found is None or found.form != "SELECT" or found.projected:
        return text
    head = (token for token in tokens(text[found.start : found.group[0]]) if token.text == "*")
    star, names = next(head, None), _in_order(text, found.group)
    if star is None or not columns or not {*columns} <= {*names}:
        return text
    at = found.start + star.start
    named = " ".join(f"?{name}" for name in names if name in columns)
    return f"{text[:at]}{named}{text[at + 1 :]}"


def _in_order(text: str, group: tuple[int, int]) -> list[str]:
    """The variables as a reader meets them: those of the group, then those that VALUES behind it has."""
    pieces = tokens(text[group[0] :])
    return list(dict.fromkeys(token.text[1:] for token in pieces if token.kind == "variable"))


def _with_depth(pieces: Iterable[Token]) -> Iterator[tuple[Token, int]]:
    """Each token with how many brackets are open around it; a bracket itself lies outside."""
    depth = 0
    for token in pieces:
        change = _DEPTH.get(token.text, 0) if token.kind == "punctuation" else 0
        depth = max(0, depth + min(change, 0))
        yield token, depth
        depth += max(change, 0)


def _group(form: str, body: list[tuple[Token, int]]) -> tuple[int, int] | None:
    """What lies between the braces of WHERE; those of a template after CONSTRUCT come before."""
    opened = [n for n, (token, depth) in enumerate(body) if depth == 0 and token.text == "{"]
    where = next((n for n, (token, depth) in enumerate(body) if depth == 0 and _word(token) == "WHERE"), None)
    if where is not None:
        opened = [n for n in opened if n > where]
    elif form == "CONSTRUCT":
        opened = opened[1:]
    if not opened:
        return None
    closing = (token for token, depth in body[opened[0] :] if depth == 0 and token.text == "}")
    last = next(closing, None)
    return None if last is None else (body[opened[0]][0].end, last.start)


def _projected(head: list[Token]) -> Iterator[str]:
    """The variables that a SELECT names, and those that it makes with AS."""
    depth, previous = 0, ""
    for token in head:
        if _word(token) == "FROM":
            return
        depth += _DEPTH.get(token.text, 0)
        if token.kind == "variable" and (depth == 0 or (depth == 1 and previous == "AS")):
            yield token.text[1:]
        previous = _word(token)


def _word(token: Token) -> str:
    return token.text.upper() if token.kind == "word" else ""
