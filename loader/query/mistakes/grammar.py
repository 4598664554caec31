"""The grammar of SPARQL as a table: which way a rule goes at a terminal. It is read from `sparql.ebnf`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

START = "Unit"
_PIECE = re.compile(r"'[^']+'|\w+|[()|*+?]")
_REPEATED = ("*", "+", "?")

Production = tuple[str, ...]


@dataclass(frozen=True)
class Grammar:
    """`ways` has, of each rule, the production for each terminal that may begin it; the others are terminals.

    `empty` are the rules that may be nothing. Rules with a dash in their name are parts of others.
    """

    ways: Mapping[str, Mapping[str, Production]]
    empty: frozenset[str]

    @cached_property
    def keywords(self) -> frozenset[str]:
        """The words of the language, in capitals."""
        return frozenset(
            name for ways in self.ways.values() for name in ways if name.isalpha() and name.isupper()
        )


@cache
def grammar() -> Grammar:
    """That of SPARQL 1.1, queries and updates; read once."""
    rules = _EbnfReader().read(Path(__file__).with_name("sparql.ebnf").read_text("utf-8"))
    empty = _empty(rules)
    firsts = _firsts(rules, empty)
    ways = {name: dict(_ways(productions, firsts, empty)) for name, productions in rules.items()}
    return Grammar(ways, empty)


class _EbnfReader:
    """Reads EBNF; what is in brackets or repeated becomes a rule of its own."""

    def __init__(self) -> None:
        self.rules: dict[str, list[Production]] = {}

    def read(self, text: str) -> dict[str, list[Production]]:
        for line in text.splitlines():
            name, sign, right = line.partition("::=")
            if sign and not line.startswith("#"):
                pieces = _PIECE.findall(right)[::-1]
                self.rules[name.strip()] = self._alternatives(name.strip(), pieces)
        return self.rules

    def _alternatives(self, name: str, pieces: list[str]) -> list[Production]:
        """What stands up to the closing bracket or the end; `pieces` are taken from their end."""
        found: list[list[str]] = [[]]
        while pieces and pieces[-1] != ")":
            piece = pieces.pop()
            if piece == "|":
                found.append([])
                continue
            if piece == "(":
                piece = self._add(name, self._alternatives(name, pieces))
                pieces.pop()
            if pieces and pieces[-1] in _REPEATED:
                piece = self._repeated(name, piece, pieces.pop())
            found[-1].append(piece.strip("'"))
        return [tuple(one) for one in found]

    def _repeated(self, name: str, piece: str, how: str) -> str:
        one = piece.strip("'")
        if how == "?":
            return self._add(name, [(one,), ()])
        more = self._add(name, [])
        self.rules[more] = [(one, more), ()]
        return more if how == "*" else self._add(name, [(one, more)])

    def _add(self, name: str, productions: list[Production]) -> str:
        part = f"{name}-{len(self.rules)}"
        self.rules[part] = productions
        return part


def _empty(rules: Mapping[str, Sequence[Production]]) -> frozenset[str]:
    found: set[str] = set()
    while True:
        more = {name for name, ways in rules.items() if any(found.issuperset(way) for way in ways)}
        if more == found:
            return frozenset(found)
        found = more


def _firsts(rules: Mapping[str, Sequence[Production]], empty: frozenset[str]) -> dict[str, set[str]]:
    """The terminals that may begin each rule."""
    found: dict[str, set[str]] = {name: set() for name in rules}
    size = -1
    while size != (size := sum(map(len, found.values()))):
        for name, ways in rules.items():
            for way in ways:
                found[name].update(_first(way, found, empty))
    return found


def _first(way: Production, firsts: Mapping[str, set[str]], empty: frozenset[str]) -> set[str]:
    found: set[str] = set()
    for symbol in way:
        found |= firsts.get(symbol, {symbol})
        if symbol not in empty:
            break
    return found


def _ways(
    productions: Sequence[Production], firsts: Mapping[str, set[str]], empty: frozenset[str]
) -> Iterator[tuple[str, Production]]:
    for way in productions:
        yield from ((terminal, way) for terminal in _first(way, firsts, empty))
