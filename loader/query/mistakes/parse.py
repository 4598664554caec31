"""Follows a text by the grammar, and says where it leaves it; no text takes more than linear time."""

from collections.abc import Sequence
from dataclasses import dataclass

from loader.query.mistakes.grammar import START, grammar
from loader.query.mistakes.terminals import END, Terminal

_CLOSED = "end of "


@dataclass(frozen=True)
class Stuck:
    """The first terminal that cannot stand where it does: its place, what could, and the rules around it.

    `rules` were begun and not ended before it, the outermost first.
    """

    all: Sequence[Terminal]
    place: int
    expected: frozenset[str]
    rules: tuple[str, ...]

    @property
    def here(self) -> Terminal:
        return self.all[self.place]

    def back(self, steps: int = 1) -> Terminal | None:
        """A terminal before it."""
        return self.all[self.place - steps] if self.place >= steps else None

    @property
    def next_name(self) -> str:
        """The name of the terminal behind it."""
        return self.all[self.place + 1].name if self.place + 1 < len(self.all) else END

    @property
    def is_strange_word(self) -> bool:
        """Whether it is a word that SPARQL does not have."""
        return self.here.token.kind == "word" and self.here.name not in {*grammar().keywords, "FUNCTION", "a"}

    def within(self, *rules: str) -> bool:
        """Whether one of these rules is begun and not ended."""
        return not set(rules).isdisjoint(self.rules)


class _Follower:
    """Goes along the text: `waiting` is what must come, the next last; `begun` are the rules around it."""

    def __init__(self, all_: Sequence[Terminal]) -> None:
        self.all, self.place = all_, 0
        self.waiting = [END, START]
        self.begun: list[str] = []
        self.ended: list[str] = []  # since the last terminal, the innermost first
        self.expected: set[str] = set()

    def step(self) -> bool:
        """Takes what is waiting; false where it cannot come."""
        symbol, name = self.waiting.pop(), self.all[self.place].name
        if symbol.startswith(_CLOSED):
            self.ended.append(self.begun.pop())
        elif symbol in grammar().ways:
            return self._enter(symbol, name)
        else:
            self.expected.add(symbol)
            if symbol != name:
                return False
            self.place, self.ended, self.expected = self.place + 1, [], set()
        return True

    def _enter(self, symbol: str, name: str) -> bool:
        """Goes into a rule, the way that begins with the terminal, or past it if it may be nothing."""
        ways = grammar().ways[symbol]
        way = ways.get(name)
        if way is None:
            self.expected.update(ways)
            return symbol in grammar().empty or self._fail_in(symbol)
        self.waiting += [_CLOSED + symbol, *reversed(way)]
        self.begun.append(symbol)
        return True

    def _fail_in(self, symbol: str) -> bool:
        self.begun.append(symbol)
        return False


def stuck(all_: Sequence[Terminal]) -> Stuck | None:
    """None where the whole text is as the grammar has it."""
    follower = _Follower(all_)
    while follower.waiting:
        if not follower.step():
            rules = (*follower.begun, *reversed(follower.ended))
            return Stuck(all_, follower.place, frozenset(follower.expected), rules)
    return None
