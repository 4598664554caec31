"""The sentences of a source text, each with its place; a translation has one line for each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# A full stop behind one of these, or behind a single letter, ends no sentence.
_ABBREVIATION = re.compile(
    r"\w|mm|mme|mlle|mr|mrs|ms|dr|prof|ste?|art|cf|fig|gen|nos?|sen|vol|pp|vs", re.IGNORECASE
)
_END = re.compile(r"[.!?؟。]+[\"'’”“»)\]]*(?=\s)")
_LAST_WORD = re.compile(r"\w+$")


@dataclass(frozen=True)
class Passage:
    """A sentence of a text, or what a line break leaves of it; `number` counts from 1.

    `start` and `end` count code points of the source file; `end` is the first one behind the sentence.
    """

    number: int
    start: int
    end: int


def passages_of(text: str) -> list[Passage]:
    """The sentences of a whole text in its order; whatever is no white space is in exactly one."""
    spans = (span for line in re.finditer(r"[^\n]*\S[^\n]*", text) for span in _sentences(text, *line.span()))
    return [Passage(number, start, end) for number, (start, end) in enumerate(spans, 1)]


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the sentences of one line stand, without the spaces between them."""
    for found in _END.finditer(text, start, end):
        if not _is_abbreviation(text[start : found.start()], found[0]):
            yield _trimmed(text, start, found.end())
            start = found.end()
    if text[start:end].strip():
        yield _trimmed(text, start, end)


def _is_abbreviation(before: str, mark: str) -> bool:
    word = _LAST_WORD.search(before)
    return mark == "." and word is not None and _ABBREVIATION.fullmatch(word[0]) is not None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
