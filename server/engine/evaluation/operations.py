"""The operations of a SPARQL update, as far as must be known to tell what each may change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loader.query.tokens import Token, tokens

DECLARATIONS = {"BASE": 2, "PREFIX": 3, "VERSION": 2}  # with how many tokens each has
BLANK = ("[", "(", "<", "|", "~")  # where a blank node may be made without a name; `<` alone is no IRI


@dataclass(frozen=True)
class Operation:
    """One operation: the whole update's text, what is declared before it, and its own tokens."""

    text: str
    prologue: str
    tokens: Sequence[Token]

    @property
    def kind(self) -> str:
        """Its first word in capitals; of those that write data as they stand, also the second."""
        words = [token.text.upper() for token in self.tokens[:2]]
        return " ".join(words) if words[-1] == "DATA" else words[0]

    @property
    def alone(self) -> str:
        """An update that does only this."""
        return f"{self.prologue} {_slice(self.text, self.tokens)}"

    def graphs(self) -> list[str]:
        """The graphs that a management operation names, as they are written, and DEFAULT, NAMED, ALL."""
        words = ("DEFAULT", "NAMED", "ALL")
        return [t.text for t in self.tokens if t.kind in ("iri", "pname") or t.text.upper() in words]

    def block_after(self, word: str) -> Sequence[Token]:
        """What stands between the braces behind a word; nothing where it has none."""
        for index, token in _at_top(self.tokens):
            following = self.tokens[index + 1 :]
            if token.text.upper() == word and following and following[0].text == "{":
                return _block(following)
        return ()

    def makes_blank_nodes(self, block: Sequence[Token]) -> bool:
        return any(token.kind == "blank" or token.text in BLANK for token in block)

    def data(self) -> str:
        """What stands from the word DATA on."""
        return _slice(self.text, self.tokens[1:])

    def matching(self) -> str:
        """A query for the triples that an operation with a pattern may add or remove, in any graph."""
        shorthand = self.block_after("WHERE") if not self._templates() else ()
        parts = [part for block in (*self._templates(), shorthand) for part in _without_graphs(block)]
        template = " . ".join(_slice(self.text, part) for part in parts)
        using = " ".join("FROM" if t.text.upper() == "USING" else t.text for t in self._using())
        pattern = _slice(self.text, self.block_after("WHERE"))
        return f"{self.prologue} CONSTRUCT {{ {template} }} {using} WHERE {{ {pattern}\n}}"

    def with_graph(self) -> str:
        """The graph of its WITH as it is written, unless its USING counts instead."""
        return "" if self.kind != "WITH" or self._using() else self.tokens[1].text

    def _templates(self) -> list[Sequence[Token]]:
        return [block for block in (self.block_after("DELETE"), self.block_after("INSERT")) if block]

    def _using(self) -> Sequence[Token]:
        top = [index for index, token in _at_top(self.tokens) if token.text.upper() in ("USING", "WHERE")]
        return self.tokens[top[0] : top[-1]] if top else ()


def operations(text: str) -> list[Operation]:
    """The operations of an update in their order."""
    found: list[Operation] = []
    prologue = ""
    for part in _parts(list(tokens(text))):
        start = 0
        while start < len(part) and part[start].text.upper() in DECLARATIONS:
            end = start + DECLARATIONS[part[start].text.upper()]
            prologue += _slice(text, part[start:end]) + "\n"
            start = end
        if part[start:]:
            found.append(Operation(text, prologue, part[start:]))
    return found


def _parts(all_tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    start = 0
    for index, token in _at_top(all_tokens):
        if token.text == ";":
            yield all_tokens[start:index]
            start = index + 1
    yield all_tokens[start:]


def _at_top(all_tokens: Sequence[Token]) -> Iterator[tuple[int, Token]]:
    """The tokens outside of all braces."""
    depth = 0
    for index, token in enumerate(all_tokens):
        depth -= token.text == "}"
        if depth == 0:
            yield index, token
        depth += token.text == "{"


def _block(following: Sequence[Token]) -> Sequence[Token]:
    """What stands between the first brace and the one that closes it."""
    end = [index for index, token in _at_top(following) if token.text == "}"]
    return following[1 : end[0]] if end else ()


def _without_graphs(block: Sequence[Token]) -> list[Sequence[Token]]:
    """The stretches of triples of a template, without their graphs' names and the dots at their ends."""
    parts: list[list[Token]] = [[]]
    skipped = 0
    for token in block:
        if token.kind == "word" and token.text.upper() == "GRAPH":
            skipped = 1
        if token.text in "{}" or token.text.upper() == "GRAPH":
            parts.append([])
        elif skipped:
            skipped -= 1
        else:
            parts[-1].append(token)
    trimmed = [part[:-1] if part and part[-1].text == "." else part for part in parts]
    return [part for part in trimmed if part]


def _slice(text: str, stretch: Sequence[Token]) -> str:
    return text[stretch[0].start : stretch[-1].end] if stretch else ""
