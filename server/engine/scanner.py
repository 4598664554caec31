"""Reads the words and signs of a query one by one: how deep it is, what it joins, how much data it holds."""

from collections.abc import Collection
from dataclasses import dataclass

from loader.query.mistakes.mistake import Remark
from loader.query.tokens import Token, line_and_column
from server.engine.query_limits import Limits
from server.refusal import Refused

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_OPENING, _CLOSING = "({[", ")}]"
# Blocks behind these words, and the one of VALUES, are templates or data, which nobody plans.
_DATA_BLOCKS = ("DATA", "INSERT", "DELETE", "CONSTRUCT")
_VALUES = ("iri", "pname", "string", "number", "word")
_OF_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD")


@dataclass(slots=True)
class _Frame:
    """An open bracket: what it is, and how many things are joined directly inside it."""

    kind: str
    operands: int = 0


def size_of(text: str) -> int:
    """The bytes of a text, also of one that no encoding knows."""
    return len(text.encode("utf-8", "surrogatepass"))


def _foreign(service: str, allowed: Collection[str]) -> Remark:
    """That an endpoint may not be asked, and which may."""
    if not allowed:
        message = "SERVICE %(service)s is not allowed here: this server asks no other endpoints."
        return Remark(message, {"service": service})
    message = "SERVICE %(service)s is not allowed here; the endpoints that are: %(allowed)s."
    return Remark(message, {"service": service, "allowed": " ".join(f"<{one}>" for one in sorted(allowed))})


@dataclass
class _Data:
    """What the VALUES of a query hold: bytes, rows, words and signs; `start` is of an open one."""

    bytes: int = 0
    rows: int = 0
    tokens: int = 0
    start: int = 0


class QueryScanner:
    """What was seen of a query so far; `take` raises Refused where a limit is passed, with the place."""

    def __init__(self, text: str, limits: Limits) -> None:
        self.text, self.limits = text, limits
        self.form = ""
        self.words: set[str] = set()
        self.stack = [_Frame("top")]
        self.values = False
        self.data = _Data()
        self.tokens = 0
        self.previous = Token("word", "", 0)
        self.before_previous = self.previous
        self.negations = 0
        self.update = (0, 0)
        self.service = False  # whether the next token is what SERVICE calls
        self.prefixes: dict[str, str] = {}
        self.called: list[str] = []

    def take(self, token: Token) -> None:
        if self.stack[-1].kind in ("values", "row"):
            self._count_data(token)
        else:
            self.tokens += 1
        if self.tokens > self.limits.tokens:
            self.refuse(
                "too-complex",
                Remark("The query has more than %(tokens)s words and signs.", {"tokens": self.limits.tokens}),
                token,
            )
        if self.service:
            self._check_service(token)
        if token.kind == "punctuation":
            self._count(token)
        else:
            self._read(token)
        self.before_previous, self.previous = self.previous, token

    def _count_data(self, token: Token) -> None:
        """A row is a bracket, or a value by itself; the datatype of one is none."""
        data, is_value = self.data, token.kind in _VALUES and self.previous.text != "^"
        data.tokens += 1
        if self.stack[-1].kind == "values":
            data.rows += token.text == "(" or is_value
            data.bytes += size_of(self.text[data.start : token.start]) if token.text == "}" else 0
        if data.rows > self.limits.rows:
            self.refuse(
                "too-complex",
                Remark("The query has more than %(rows)s rows of VALUES.", {"rows": self.limits.rows}),
                token,
            )
        if data.tokens > self.limits.values_tokens:
            most = f"{self.limits.values_tokens} words and signs"
            self.refuse(
                "too-complex",
                Remark("The VALUES of the query have more than %(most)s.", {"most": most}),
                token,
            )

    def _read(self, token: Token) -> None:
        """Anything but punctuation: a thing joined in a list, a keyword, the IRI of a prefix."""
        self.negations = 0
        if self.stack[-1].kind == "list":
            self._add_operand(token)
        if token.kind == "word":
            self._read_word(token.text.upper(), token)
        elif token.kind == "iri" and self.before_previous.text.upper() == "PREFIX":
            self.prefixes[self.previous.text] = token.text[1:-1]

    def _read_word(self, word: str, token: Token) -> None:
        self.words.add(word)
        if word in FORMS and not self.form:
            self.form = word
        if word in _OF_UPDATES and not self.form and self.update == (0, 0):
            self.update = line_and_column(self.text, token.start)
        self.values = self.values or word == "VALUES"
        self.service = word == "SERVICE" or (self.service and word == "SILENT")

    def _check_service(self, token: Token) -> None:
        """What follows SERVICE must be a constant address on the list."""
        silent = token.kind == "word" and token.text.upper() == "SILENT"
        if silent and self.previous.text.upper() == "SERVICE":
            return
        self.service = False
        self.called.append(self._address(token))
        if self._address(token) not in self.limits.services:
            self.refuse("forbidden", _foreign(token.text[:200], self.limits.services), token)

    def _address(self, token: Token) -> str:
        if token.kind == "pname":
            prefix, _, local = token.text.partition(":")
            return self.prefixes.get(prefix + ":", "") + local
        return token.text[1:-1] if token.kind == "iri" else ""

    def _count(self, token: Token) -> None:
        self.negations = self.negations + 1 if token.text == "!" else 0
        if token.text in _OPENING:
            self._open(token)
        elif token.text in _CLOSING and len(self.stack) > 1:
            self.stack.pop()
        elif self.stack[-1].kind == "list" or token.text in (".", ";", ","):
            self._add_operand(token)
        if len(self.stack) + self.negations > self.limits.depth + 1:
            self.refuse(
                "too-complex",
                Remark("The query is nested more than %(depth)s deep.", {"depth": self.limits.depth}),
                token,
            )

    def _open(self, token: Token) -> None:
        parent = self.stack[-1].kind
        if parent in ("group", "list"):
            self._add_operand(token)
        self.stack.append(_Frame(self._kind(token.text, parent)))
        if self.stack[-1].kind == "values":
            self.data.start = token.end

    def _kind(self, opening: str, parent: str) -> str:
        """`group` and `list` are planned as joins; the others are not."""
        if parent in ("values", "row"):
            return "row"
        if opening == "{" and parent != "data":
            kind = "values" if self.values else "data" if self._begins_data() else "group"
            self.values = False
            return kind
        if parent in ("data", "expression"):
            return parent
        if opening == "[":
            return "group"
        is_call = self.previous.kind == "word" and self.previous.text != "a"
        is_operand = self.previous.kind == "punctuation" and self.previous.text in "&|=!<>+-*/^"
        return "expression" if is_call or is_operand else "list"

    def _begins_data(self) -> bool:
        return self.previous.text.upper() in _DATA_BLOCKS

    def _add_operand(self, token: Token) -> None:
        frame = self.stack[-1]
        frame.operands += 1
        if frame.kind in ("group", "list") and frame.operands > self.limits.operands:
            message = Remark(
                "One group of the query joins more than %(operands)s things.",
                {"operands": self.limits.operands},
            )
            self.refuse("too-complex", message, token)

    def refuse(self, kind: str, message: str | Remark, token: Token) -> None:
        line, column = line_and_column(self.text, token.start)
        raise Refused(kind, message, line=line, column=column)
