"""Cuts a text at every boundary of a quotation, so that quotations may overlap, nest, and share words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from server.sources.residue import WORDS
from server.sources.statements import SourceStatement

# Lines that follow each other without an empty one between them, or with one that a dead link left behind.
_BLOCK = re.compile(rf"[^\n]*\S[^\n]*(?:(?:\n|(?<={re.escape(WORDS)})\n+)[^\n]*\S[^\n]*)*")
Span = tuple[int, int]


@dataclass(frozen=True)
class Mark:
    """A piece of the text that one or more statements quote; numbered as footnotes are, by where they end."""

    number: int
    start: int
    end: int
    statements: tuple[SourceStatement, ...]

    @property
    def length(self) -> int:
        return self.end - self.start


@dataclass(frozen=True)
class Segment:
    """A piece of the text without a boundary inside; `marks` cover it, the shortest first."""

    start: int
    end: int
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Paragraph:
    """A heading or a paragraph."""

    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        return "".join(segment.text for segment in self.segments)

    @property
    def span(self) -> Span:
        """Where it begins and ends."""
        return self.segments[0].start, self.segments[-1].end


@dataclass(frozen=True, kw_only=True)
class TextPart:
    """A section, which begins with its heading, or what stands outside of all (`iri` is empty)."""

    iri: str
    start: int
    end: int
    heading: Paragraph | None
    blocks: tuple[Paragraph, ...]


def misplaced(text: str, statements: Iterable[SourceStatement]) -> list[SourceStatement]:
    """The statements whose words do not stand where they say."""
    return [one for one in statements if not one.exact or text[one.start : one.end] != one.exact]


def marks_of(statements: Iterable[SourceStatement]) -> list[Mark]:
    """The pieces of a text that are quoted, in the order of their numbers."""
    by_place: dict[Span, list[SourceStatement]] = defaultdict(list)
    for one in statements:
        by_place[one.start, one.end].append(one)
    places = sorted(by_place, key=lambda place: (place[1], -place[0]))
    return [Mark(n, *place, tuple(by_place[place])) for n, place in enumerate(places, 1)]


def quoted_length(marks: Iterable[Mark]) -> int:
    """How many code points are quoted at least once."""
    quoted = reached = 0
    for mark in sorted(marks, key=lambda mark: mark.start):
        quoted += max(0, mark.end - max(reached, mark.start))
        reached = max(reached, mark.end)
    return quoted


def parts_of(text: str, sections: Sequence[tuple[str, int, int]], marks: Sequence[Mark]) -> list[TextPart]:
    """The whole text in its order: what is in sections, given as IRI, start and end, and what is not."""
    tiles = _tiled(sections, len(text))
    spans = [(iri, start, end, _blocks(text, start, end, bool(iri))) for iri, start, end in tiles]
    edges = {edge for _, _, _, blocks in spans for block in blocks for edge in block}
    segments = list(_segments(text, marks, edges))
    found, place = [], 0
    for iri, start, end, spans_of_blocks in spans:
        blocks = []
        for first, last in spans_of_blocks:
            while segments[place].start < first:
                place += 1
            begin = place
            while place < len(segments) and segments[place].end <= last:
                place += 1
            blocks.append(Paragraph(tuple(segments[begin:place])))
        heading = blocks.pop(0) if iri and blocks else None
        found.append(TextPart(iri=iri, start=start, end=end, heading=heading, blocks=tuple(blocks)))
    return found


def _tiled(sections: Sequence[tuple[str, int, int]], length: int) -> Iterator[tuple[str, int, int]]:
    """The sections, and the gaps between them; where two overlap, the second begins behind the first."""
    reached = 0
    for iri, start, end in sections:
        start, end = max(start, reached), min(end, length)
        if start >= end:
            continue
        if reached < start:
            yield "", reached, start
        yield iri, start, end
        reached = end
    if reached < length:
        yield "", reached, length


def _blocks(text: str, start: int, end: int, has_heading: bool) -> list[Span]:
    """Where the blocks stand; a heading is one line, whether or not an empty one follows."""
    line = text.find("\n", start, end) if has_heading else start
    edges = [start, end if line < 0 else line, end]
    return [match.span() for first, last in pairwise(edges) for match in _BLOCK.finditer(text, first, last)]


def _segments(text: str, marks: Sequence[Mark], edges: Iterable[int]) -> Iterator[Segment]:
    """One walk through the text; `edges` are further places to cut at."""
    starting: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        starting[mark.start].append(mark)
    ends = (mark.end for mark in marks)
    cuts = sorted({0, len(text), *edges, *starting, *ends})
    active: list[Mark] = []
    for start, end in pairwise(cuts):
        active = [one for one in active if one.end > start] + starting[start]
        covering = tuple(sorted(active, key=lambda one: (one.length, one.number)))
        yield Segment(start, end, text[start:end], covering)
