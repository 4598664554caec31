"""The patterns of a query's group, found by its tokens: what is joined there, filtered, optional or nested.

The text is one that the engine could parse. Nothing here recurses, and each step goes forward.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from loader.query.tokens import Token, tokens

_OPENING = {"(": ")", "{": "}", "[": "]"}
# Words that begin something other than a triple pattern.
_BLOCKS = {"OPTIONAL": "optional", "MINUS": "minus", "GRAPH": "graph", "SERVICE": "service"}
_STARTS = (*_BLOCKS, "FILTER", "BIND", "VALUES", "UNION")


@dataclass(frozen=True)
class Element:
    """One thing joined in a group: `kind` is triple, filter, bind, values, group, union, select, optional, …

    `inner` is the range of the tokens in its braces, empty where it has none or several.
    """

    kind: str
    text: str
    inner: tuple[int, int] = (0, 0)
    graph: str = ""


@dataclass(frozen=True)
class Pattern:
    """A triple pattern wherever it stands, within the GRAPH that it stands in."""

    text: str
    graphs: tuple[str, ...] = ()

    def group(self) -> str:
        """The pattern as the inside of a group."""
        return "".join(f"{graph} {{ " for graph in self.graphs) + self.text + " }" * len(self.graphs)


class Groups:
    """The groups of one text; `inside` finds their elements."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(tokens(text))
        self._matches = dict(_matches(self.tokens))

    def range(self, start: int, end: int) -> tuple[int, int]:
        """The tokens between two offsets."""
        found = [n for n, token in enumerate(self.tokens) if start <= token.start < end]
        return (found[0], found[-1] + 1) if found else (0, 0)

    def inside(self, inner: tuple[int, int]) -> list[Element]:
        """The elements of a group, each triple pattern by itself."""
        at, end = inner
        if at < end and self._word(at) == "SELECT":
            return [Element("select", self._slice(at, end), self._where(at, end))]
        found: list[Element] = []
        while at < end:
            element, after = self._element(at, end)
            if element is None:
                triples, after = self._triples(at, end)
                found += [Element("triple", triple) for triple in triples]
            elif element.kind:
                found.append(element)
            # Whatever was not understood here is left behind: no text may keep this going round.
            at = max(after, at + 1)
        return found

    def patterns(self, inner: tuple[int, int]) -> list[Pattern]:
        """Every triple pattern of a group and of the groups in it, but not those of other endpoints."""
        found: dict[Pattern, None] = {}
        waiting: list[tuple[tuple[int, int], tuple[str, ...]]] = [(inner, ())]
        while waiting:
            span, graphs = waiting.pop()
            for element in self.inside(span):
                if element.kind == "triple":
                    found[Pattern(element.text, graphs)] = None
                elif element.kind == "union":
                    waiting += [(part, graphs) for part in self._parts(element.inner)]
                elif element.kind in ("graph", "optional", "minus", "group", "select"):
                    waiting.append((element.inner, (*graphs, element.graph) if element.graph else graphs))
        return list(found)

    def _element(self, at: int, end: int) -> tuple[Element | None, int]:
        """What begins here and where it ends; no element where it is a triple, no kind where it is a dot."""
        word, token = self._word(at), self.tokens[at]
        if token.text == "." and token.kind == "punctuation":
            return Element("", ""), at + 1
        if token.text == "{":
            return self._union(at, end)
        if word in _BLOCKS:
            brace = self._next(at, end, "{")
            last = self._match(brace, end)
            graph = self._slice(at, brace) if word == "GRAPH" else ""
            return Element(_BLOCKS[word], self._slice(at, last + 1), (brace + 1, last), graph), last + 1
        if word == "FILTER":
            # To the first bracket, be it FILTER (…), FILTER regex(…) or FILTER NOT EXISTS {…}.
            opening = at + 1
            while opening < end and self.tokens[opening].text not in ("(", "{"):
                opening += 1
            last = self._match(opening, end)
            return Element("filter", self._slice(at, last + 1)), last + 1
        if word in ("BIND", "VALUES"):
            last = self._match(self._next(at, end, "(" if word == "BIND" else "{"), end)
            return Element(word.lower(), self._slice(at, last + 1)), last + 1
        return None, at

    def _union(self, at: int, end: int) -> tuple[Element, int]:
        last = first = self._match(at, end)
        while last + 2 < end and self._word(last + 1) == "UNION":
            last = self._match(last + 2, end)
        if last == first:
            return Element("group", self._slice(at, last + 1), (at + 1, last)), last + 1
        return Element("union", self._slice(at, last + 1), (at, last + 1)), last + 1

    def _parts(self, inner: tuple[int, int]) -> Iterator[tuple[int, int]]:
        """The groups of a union."""
        at, end = inner
        while at < end:
            if self.tokens[at].text == "{":
                last = self._match(at, end)
                yield at + 1, last
                at = last
            at += 1

    def _triples(self, at: int, end: int) -> tuple[list[str], int]:
        """The triples of one subject, and where they end."""
        found, after = [], self._term(at, end)
        subject = self._slice(at, after)
        while after < end and not self._ends_triples(after):
            if self.tokens[after].text == ";":
                after += 1
                continue
            objects = self._path(after, end)
            predicate, comma = self._slice(after, objects), True
            after = objects
            while comma and after < end:
                last = self._term(after, end)
                found.append(f"{subject} {predicate} {self._slice(after, last)}")
                comma = last < end and self.tokens[last].text == ","
                after = last + comma
        # A subject that says all in its own brackets, `[ … ] .`, is a pattern as well.
        return found or [subject], after

    def _ends_triples(self, at: int) -> bool:
        return self.tokens[at].text in (".", "{", "}") or self._word(at) in _STARTS

    def _term(self, at: int, end: int) -> int:
        """Where the term that begins here ends: a bracket, or a literal with its tag or type."""
        if self.tokens[at].text in _OPENING:
            return self._match(at, end) + 1
        # A sign is a token of its own, before its number.
        if self.tokens[at].text in "+-" and at + 1 < end:
            return at + 2
        after = at + 1
        if self.tokens[at].kind == "string" and after < end:
            if self.tokens[after].kind == "language":
                return after + 1
            if after + 2 < end and self.tokens[after].text == self.tokens[after + 1].text == "^":
                return after + 3
        return after

    def _path(self, at: int, end: int) -> int:
        """Where the predicate or property path that begins here ends."""
        while at < end:
            while at < end and self.tokens[at].text in ("^", "!"):
                at += 1
            at = min(end, self._term(at, end)) if at < end else end
            while at < end and self.tokens[at].text in ("*", "+", "?"):
                at += 1
            if at >= end or self.tokens[at].text not in ("/", "|"):
                break
            at += 1
        return at

    def _where(self, at: int, end: int) -> tuple[int, int]:
        brace = self._next(at, end, "{")
        return brace + 1, self._match(brace, end)

    def _next(self, at: int, end: int, text: str) -> int:
        return next((n for n in range(at, end) if self.tokens[n].text == text), end - 1)

    def _match(self, at: int, end: int) -> int:
        return min(self._matches.get(at, at), end - 1)

    def _slice(self, at: int, end: int) -> str:
        if at >= end:
            return ""
        return self.text[self.tokens[at].start : self.tokens[end - 1].end]

    def _word(self, at: int) -> str:
        token = self.tokens[at] if at < len(self.tokens) else Token("", "", 0)
        return token.text.upper() if token.kind == "word" else ""


def _matches(pieces: list[Token]) -> Iterator[tuple[int, int]]:
    """Each opening bracket with the one that closes it."""
    opened: list[tuple[int, str]] = []
    for n, token in enumerate(pieces):
        if token.kind != "punctuation":
            continue
        if token.text in _OPENING:
            opened.append((n, _OPENING[token.text]))
        elif opened and token.text == opened[-1][1]:
            yield opened.pop()[0], n
