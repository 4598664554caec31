"""One linear pass over SPARQL text that tells strings, IRIs and comments from the rest."""

import re
from collections.abc import Iterator
from typing import NamedTuple

# SPARQL 1.1, section 19.8: the terminals that matter here; anything else is one character of punctuation.
_TOKENS = re.compile(
    r"""
    (?P<space>[ \t\r\n]+)
  | (?P<comment>\#[^\r\n]*)
  | (?P<string>
        \"\"\"(?:\"{0,2}(?:[^\"\\]|\\.))*+\"\"\" | '''(?:'{0,2}(?:[^'\\]|\\.))*+'''
      | "(?:[^"\\\r\n]|\\.)*+" | '(?:[^'\\\r\n]|\\.)*+' )
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<variable>[?$][\w\u00B7]+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<pname>(?:[^\W\d_][\w.\-]*)?:(?:[\w:%\\.\-]*[\w:%\-])?)
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<word>[^\W\d]\w*)
  | (?P<punctuation>.)
    """,
    re.VERBOSE | re.DOTALL,
)


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
    for match in _TOKENS.finditer(text):
        kind = match.lastgroup or "punctuation"
        if kind not in ("space", "comment"):
            yield Token(kind, match[0], match.start())


def declared_prefixes(text: str) -> dict[str, str]:
    """The prefixes of a query, without their colon, and their IRIs."""
    found = {}
    window: list[Token] = []
    for token in tokens(text):
        window = [*window[-2:], token]
        if len(window) == 3 and window[0].text.upper() == "PREFIX" and token.kind == "iri":
            found[window[1].text.removesuffix(":")] = token.text[1:-1]
    return found


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """The place of a code point as people count: from 1."""
    line = text.count("\n", 0, offset) + 1
    return line, offset - text.rfind("\n", 0, offset)
