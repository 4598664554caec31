"""The tokens of a text as the grammar knows them: operators put together, keywords told apart."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from loader.query.tokens import Token, tokens

# How many arguments each function takes: the least, and the most if there is one.
FUNCTIONS: dict[str, list[int]] = tomllib.loads(Path(__file__).with_name("functions.toml").read_text("utf-8"))
_OPERATORS = ("<<", ">>", "&&", "||", "^^", "!=", "<=", ">=", "==", "{|", "|}")
_KINDS = {
    "iri": "IRI",
    "variable": "VARIABLE",
    "language": "LANGUAGE",
    "blank": "BLANK",
    "string": "STRING",
}
END = "END"


@dataclass(frozen=True, slots=True)
class Terminal:
    """A token and what it is to the grammar: `name` is a class of tokens, or the keyword or sign itself."""

    name: str
    token: Token


def terminals(text: str, most: int) -> list[Terminal]:
    """All of a text, and END behind the last; nothing where there are more."""
    found: list[Terminal] = []
    for token in _split(text):
        if len(found) == most:
            return []
        before = found[-1] if found else None
        joined = _joined(before, token) if before else None
        if before and joined:
            found[-1] = Terminal(
                joined, Token(before.token.kind, text[before.token.start : token.end], before.token.start)
            )
        else:
            found.append(Terminal(_name(token), token))
    return [*found, Terminal(END, Token("end", "", len(text.rstrip())))]


def _split(text: str) -> Iterator[Token]:
    """The tokens, the full stop behind a whole number by itself."""
    for token in tokens(text):
        if token.kind == "number" and token.text.endswith("."):
            yield Token("number", token.text[:-1], token.start)
            yield Token("punctuation", ".", token.end - 1)
        else:
            yield token


def _joined(before: Terminal, token: Token) -> str:
    """The name of the one terminal that two tokens are, or nothing."""
    first, is_adjacent = before.token, before.token.end == token.start
    if is_adjacent and first.kind == token.kind == "punctuation" and first.text + token.text in _OPERATORS:
        return first.text + token.text
    if first.kind == token.kind == "punctuation" and first.text + token.text in ("()", "[]"):
        return "NIL" if token.text == ")" else "ANON"
    # Language tags of RDF 1.2 may end in a direction, as in @ar--rtl.
    is_direction = before.name == "LANGUAGE" and (token.text == "-" or before.token.text.endswith("--"))
    return "LANGUAGE" if is_adjacent and is_direction else ""


def _name(token: Token) -> str:
    if token.kind in _KINDS:
        return _KINDS[token.kind]
    if token.kind == "pname":
        return "PREFIX_NAME" if token.text.endswith(":") else "PREFIXED_NAME"
    if token.kind == "number":
        return "INTEGER" if token.text.isdecimal() else "DECIMAL"
    if token.kind == "word":
        word = token.text.upper()
        return "a" if token.text == "a" else "FUNCTION" if word in FUNCTIONS else word
    return token.text
