"""Where variables get their values: names that are given twice, in BIND, in SELECT, or as a blank node."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from loader.query.mistakes.mistake import Mistake, says
from loader.query.mistakes.terminals import Terminal

# Groups of these give no values to what is around them.
_APART = ("MINUS", "EXISTS")
_TEMPLATES = ("CONSTRUCT", "INSERT", "DELETE", "DATA")

# What is to be read after a word; nothing after those that end a head.
_WORDS = {word: word for word in ("SELECT", "BIND", "FILTER", "GROUP", "HAVING", "ORDER", "CONSTRUCT")} | {
    word: "" for word in ("WHERE", "FROM", "VALUES")
}


@dataclass(kw_only=True)
class _Group:
    """The inside of braces: the variables that have values by now; of a SELECT, also what it selects."""

    number: int
    is_apart: bool = False
    is_template: bool = False
    seen: set[str] = field(default_factory=set)
    selected: set[str] | None = None
    made: list[Terminal] = field(default_factory=list)

    def take(self, inner: "_Group") -> None:
        """What a group within gives; the larger set takes the smaller, so that it stays cheap."""
        given = inner.seen if inner.selected is None else inner.seen & inner.selected
        given |= {one.token.text[1:] for one in inner.made}
        if len(given) > len(self.seen):
            given, self.seen = self.seen, given
        self.seen |= given


class _ScopeReader:
    """Goes through the terminals once; `mistakes` come in the order in which they are met."""

    def __init__(self, all_: Sequence[Terminal]) -> None:
        self.all = all_
        self.groups = [_Group(number=0)]
        self.blanks: dict[str, int] = {}
        self.number = 0
        self.brackets: list[str] = []  # of each what it belongs to: BIND, FILTER, SELECT or nothing
        self.word = ""  # that awaits its bracket

    def mistakes(self) -> Iterator[Mistake]:
        before = ""
        for one in self.all:
            if one.name == "{":
                self._open(before)
            elif one.name == "}" and len(self.groups) > 1:
                yield from self._close()
            else:
                yield from self._read(one, before)
            before = one.name

    def _open(self, before: str) -> None:
        self.number, self.word = self.number + 1, ""
        is_template = before in _TEMPLATES or self.groups[-1].is_template
        group = _Group(number=self.number, is_apart=before in _APART, is_template=is_template)
        self.groups.append(group)

    def _close(self) -> Iterator[Mistake]:
        inner, self.word = self.groups.pop(), ""
        if not inner.is_apart:
            self.groups[-1].take(inner)
        for one in self.groups[-1].made:
            if one.token.text[1:] in inner.seen:
                yield _twice(one)

    def _read(self, one: Terminal, before: str) -> Iterator[Mistake]:
        group = self.groups[-1]
        if one.name in _WORDS:
            self.word = _WORDS[one.name]
            group.selected = set() if one.name == "SELECT" else group.selected
        elif one.name in ("(", ")"):
            self._bracket(one.name)
        elif one.name == "*" and self.word == "SELECT" and not self.brackets:
            group.selected = None
        elif one.name == "BLANK" and not group.is_template:
            yield from self._blank(one)
        elif one.name == "VARIABLE":
            yield from self._variable(one, before, group)

    def _bracket(self, name: str) -> None:
        """Within the brackets of a word, all belongs to it; SELECT and its like may have several."""
        if name == "(":
            self.brackets.append(self.brackets[-1] if self.brackets and self.brackets[-1] else self.word)
            self.word = "" if self.word in ("BIND", "FILTER") else self.word
        elif self.brackets:
            self.brackets.pop()

    def _variable(self, one: Terminal, before: str, group: _Group) -> Iterator[Mistake]:
        name, within = one.token.text[1:], self.brackets[-1] if self.brackets else ""
        if within == "SELECT" and before == "AS":
            if name in {made.token.text[1:] for made in group.made}:
                yield _twice(one)
            group.made.append(one)
        elif within == "BIND" and before == "AS":
            if name in group.seen:
                yield _twice(one)
            group.seen.add(name)
        elif not within and self.word == "SELECT" and group.selected is not None:
            group.selected.add(name)
        elif not within and not self.word:
            group.seen.add(name)

    def _blank(self, one: Terminal) -> Iterator[Mistake]:
        label, number = one.token.text, self.groups[-1].number
        if self.blanks.setdefault(label, number) != number:
            message = (
                "%(label)s is used in two groups, where it cannot mean the same node; use a variable instead."
            )
            yield says(one.token.start, message, label=label[:60])


def given_twice(all_: Sequence[Terminal]) -> Mistake | None:
    """The first name that has a value where it is given one."""
    return next(_ScopeReader(all_).mistakes(), None)


def _twice(one: Terminal) -> Mistake:
    message = "%(name)s already has a value; give the new one another name."
    return says(one.token.start, message, name=one.token.text)
