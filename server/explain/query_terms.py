"""The terms of a query, and which of them do not occur in the graph."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from loader.query.tokens import Token, declared_prefixes
from server.asking.asker import Asker

MOST_TERMS = 40
_OCCURS_NOWHERE = """
SELECT ?n WHERE {
  VALUES (?n ?term) { %s }
  FILTER NOT EXISTS { ?term ?p ?o }
  FILTER NOT EXISTS { ?s ?p ?term }
  FILTER NOT EXISTS { ?s ?term ?o }
  FILTER NOT EXISTS { GRAPH ?term { ?s ?p ?o } }
} ORDER BY ?n"""


@dataclass(frozen=True)
class Term:
    """A constant of a query: as it is written there, and its IRI or the characters of its text.

    `start` is where it stands first, -1 for one that is not in the text.
    """

    text: str
    value: str
    is_iri: bool
    start: int = -1


def terms_of(text: str, pieces: list[Token], hints: Iterable[str] = ()) -> list[Term]:
    """The IRIs of a query's groups, and the texts that stand in triples and VALUES; `hints` are more terms.

    Texts in filters are left out: they need not occur in the graph.
    """
    prefixes = declared_prefixes(text)
    found: dict[str, Term] = {}
    for token, following in _constants(pieces):
        if token.kind == "string":
            term = Term(token.text + following, _characters(token.text), False, token.start)
        else:
            term = Term(token.text, _iri(token, prefixes), True, token.start)
        found.setdefault(term.text, term)
    for hint in hints:
        is_iri = hint.startswith("<")
        found.setdefault(hint, Term(hint, hint[1:-1] if is_iri else _characters(hint), is_iri))
    return list(found.values())[:MOST_TERMS]


def _constants(pieces: list[Token]) -> Iterable[tuple[Token, str]]:
    """Terms, each with the tag or type behind it; functions and datatypes are none."""
    nothing = Token("", "", 0)
    opened: list[str] = []
    values = False
    for place, token in enumerate(pieces):
        before, after = (
            pieces[place - 1] if place else nothing,
            [*pieces[place + 1 : place + 4], nothing, nothing],
        )
        values = values or token.text.upper() == "VALUES"
        if token.kind == "punctuation" and token.text in "({[":
            is_data = opened[-1:] == ["data"] or (values and token.text == "{")
            opened.append("data" if is_data else token.text)
            values = values and token.text != "{"
        elif token.kind == "punctuation" and token.text in ")}]" and opened:
            opened.pop()
        elif token.kind in ("iri", "pname"):
            is_datatype = before.text == "^" and pieces[place - 2].text == "^"
            if not is_datatype and after[0].text != "(":
                yield token, ""
        elif token.kind == "string" and opened[-1:] != ["("]:
            yield token, _tag(after)


def _tag(after: list[Token]) -> str:
    if after[0].kind == "language":
        return after[0].text
    return "".join(token.text for token in after[:3]) if after[0].text == after[1].text == "^" else ""


def unknown(asker: Asker, prologue: str, terms: list[Term]) -> list[Term]:
    """Those that stand in no triple. Raises Refused."""
    if not terms:
        return []
    data = " ".join(f"({n} {term.text})" for n, term in enumerate(terms))
    rows = asker.table(prologue + _OCCURS_NOWHERE % data).dictionaries()
    return [terms[int(row["n"].value)] for row in rows]


def _iri(token: Token, prefixes: Mapping[str, str]) -> str:
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, _, local = token.text.partition(":")
    return prefixes.get(prefix, "") + local.replace("\\", "")


def _characters(text: str) -> str:
    """What stands between the quotation marks of a literal."""
    delimiter = text[:3] if text[:3] in ('"""', "'''") else text[:1]
    inner = text[len(delimiter) :].rpartition(delimiter)[0]
    return re.sub(r"\\(.)", r"\1", inner)
