"""One linear pass over SPARQL text that tells strings, IRIs and comments from the rest."""

import re
from collections.abc import Iterator
from typing import NamedTuple

# SPARQL 1.1, section 19.8: the terminals that matter here; anything else is one character of punctuation.
# `*+` and `++` never give back what they took, which keeps the time linear in texts made to be slow.
_LOCAL = r"""(?:\.*+(?:[\w\u00B7:\-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]))*+"""
_PREFIX = r"[^\W\d_][\w.\-]*+"
_PLAIN = r"""
    (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>)
  | (?P<variable>[?$][\w\u00B7]+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<blank>_:\w(?:\.*+[\w\-])*+)
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<word>[^\W\d]\w*)
  | (?P<punctuation>.)
"""
# By delimiter, all of a string but its end.
_STRINGS = {
    '"""': r"""\"{3}(?:"{0,2}(?:[^"\\]|\\.))*+""",
    "'''": r"""'{3}(?:'{0,2}(?:[^'\\]|\\.))*+""",
    '"': r"""\"(?:[^"\\\r\n]|\\.)*+""",
    "'": r"""'(?:[^'\\\r\n]|\\.)*+""",
}
_FLAGS = re.VERBOSE | re.DOTALL
_LONG, _LONG_TOO, _SHORT, _SHORT_TOO = (start + delimiter for delimiter, start in _STRINGS.items())
_WHOLE = rf"""{_LONG}|{_LONG_TOO}|(?!\"{{3}}|'{{3}})(?:{_SHORT}|{_SHORT_TOO})"""
# Whether a string has an end and a long word is a prefix cannot be told at every character in linear time.
_DOUBTFUL = r"""["']|[^\W\d_][\w.\-]{64}"""
_QUICKLY = re.compile(
    rf"""
    (?:[ \t\r\n]++|\#[^\r\n]*+)*+
    (?: (?P<string>{_WHOLE})
      | (?P<doubtful>{_DOUBTFUL})
      | (?P<pname>(?:{_PREFIX})?:{_LOCAL})
      | {_PLAIN}
      | \Z
    )""",
    _FLAGS,
)
_CAREFULLY = re.compile(
    rf"(?P<space>[ \t\r\n]+) | (?P<comment>\#[^\r\n]*) | (?P<pname>:{_LOCAL}) | {_PLAIN}", _FLAGS
)
_NAME = re.compile(rf"{_PREFIX}:{_LOCAL}", _FLAGS)
_PREFIX_ALONE = re.compile(_PREFIX)
# The group is empty where the string does not end.
_ENDINGS = {delimiter: re.compile(f"{start}({delimiter}|)", _FLAGS) for delimiter, start in _STRINGS.items()}


class Token(NamedTuple):
    """A piece of the text: its kind (a group name above), its characters, and its offset in code points."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def tokens(text: str) -> Iterator[Token]:
    """Every token of a SPARQL text, white space and comments left out.

    Takes time in proportion to the text and never fails: a string that does not end is punctuation.
    """
    for match in _QUICKLY.finditer(text):
        kind = match.lastgroup
        if kind == "doubtful":
            yield from _carefully(text, match.start(kind))
        if kind is None or kind == "doubtful":
            return
        yield Token(kind, match[kind], match.start(kind))


def _carefully(text: str, position: int) -> Iterator[Token]:
    """The tokens from a position on, for texts that are broken or made to be slow to read."""
    scanner = _Scanner(text)
    while position < len(text):
        kind, end = scanner.next(position)
        if kind not in ("space", "comment"):
            yield Token(kind, text[position:end], position)
        position = end


class _Scanner:
    """Finds the next token; remembers what cannot succeed, so as not to try it at every character."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._unending = dict.fromkeys(_ENDINGS, 0)  # up to where no string of a delimiter ends
        self._unprefixed = 0  # up to where no prefix of a name ends

    def next(self, start: int) -> tuple[str, int]:
        first = self.text[start]
        if first in "\"'" and (end := self._string(start)):
            return "string", end
        if first.isalnum() and (end := self._prefixed(start)):
            return "pname", end
        match = _CAREFULLY.match(self.text, start)
        assert match
        return match.lastgroup or "punctuation", match.end()

    def _string(self, start: int) -> int:
        """The end of the string that begins here, or 0."""
        for delimiter, pattern in _ENDINGS.items():
            if start >= self._unending[delimiter] and self.text.startswith(delimiter, start):
                match = pattern.match(self.text, start)
                assert match
                if match[1]:
                    return match.end()
                self._unending[delimiter] = match.end()
        return 0

    def _prefixed(self, start: int) -> int:
        """The end of the name with a prefix that begins here, or 0."""
        if start < self._unprefixed or not (prefix := _PREFIX_ALONE.match(self.text, start)):
            return 0
        if not self.text.startswith(":", prefix.end()):
            self._unprefixed = prefix.end()
            return 0
        name = _NAME.match(self.text, start)
        assert name
        return name.end()


def declared_prefixes(text: str) -> dict[str, str]:
    """The prefixes of a query, without their colon, and their IRIs."""
    found = {}
    window: list[Token] = []  # PREFIX, the name, the IRI
    for token in tokens(text):
        window = [*window[-2:], token]
        if len(window) == 3 and window[0].text.upper() == "PREFIX" and token.kind == "iri":
            found[window[1].text.removesuffix(":")] = token.text[1:-1]
    return found


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """The place of a code point as people count: from 1."""
    line = text.count("\n", 0, offset) + 1
    return line, offset - text.rfind("\n", 0, offset)
