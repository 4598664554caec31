"""Finds a quotation: its place in one of the sections in which it is sought, or what is nearest to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from loader.sources import Section, Sources
from loader.terms import in_brackets

CONTEXT = 32


class QuoteNotFound(ValueError):
    """The quotation is in none of its sections, or there more than once; the message is a sentence.

    `elsewhere` is the section, not one of those, in which the words are.
    """

    def __init__(self, sentence: str, elsewhere: Section | None = None) -> None:
        super().__init__(sentence)
        self.elsewhere = elsewhere


@dataclass(frozen=True, kw_only=True)
class LocatedQuotation:
    """A passage of a source: the words, 32 code points on either side, and its place.

    `start` and `end` count code points of the source file; `end` is the first one behind the passage.
    """

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    section: Section


def find_quotation(
    sources: Sources, sections: Sequence[Section], exact: str, prefix: str = ""
) -> LocatedQuotation:
    """The one place of a quotation in one of the sections, `prefix` being what stands directly before it.

    Raises QuoteNotFound.
    """
    whole = prefix + exact
    places = [(section, start) for section in sections for start in _starts(section.text, whole)]
    if not exact or not places:
        elsewhere = _elsewhere(sources, sections, whole)
        raise QuoteNotFound(_missing(sections, whole, elsewhere), elsewhere)
    if len(places) > 1:
        raise QuoteNotFound(_ambiguous(places, exact))
    section, first = places[0]
    text = sources.texts[section.source].text
    start = section.start + first + len(prefix)
    end = start + len(exact)
    # A longer prefix, which a curator needed to make the place the only one, is kept whole.
    before = max(0, start - max(CONTEXT, len(prefix)))
    return LocatedQuotation(
        exact=exact,
        prefix=text[before:start],
        suffix=text[end : end + CONTEXT],
        start=start,
        end=end,
        section=section,
    )


def _starts(text: str, words: str) -> Iterator[int]:
    """Every place of some words, also where two overlap."""
    start = text.find(words) if words else -1
    while start >= 0:
        yield start
        start = text.find(words, start + 1)


def _elsewhere(sources: Sources, sections: Sequence[Section], wanted: str) -> Section | None:
    """The first other section that has the words."""
    others = (one for one in sources.sections.values() if one not in sections)
    return next((one for one in others if wanted and wanted in one.text), None)


def _missing(sections: Sequence[Section], wanted: str, elsewhere: Section | None) -> str:
    if elsewhere:
        return f"The quotation «{wanted}» is not in {headings(sections)} but in «{elsewhere.heading}»."
    nearest = max((_nearest(section.text, wanted) for section in sections), key=lambda near: near[1])
    if len(sections) == 1:
        where, there = f"not in the section {headings(sections)}", "there"
    else:
        where, there = f"in none of the sections {headings(sections)}", "in them"
    return f"The quotation «{wanted}» is {where}; the nearest text {there} is «{nearest[0]}»."


def headings(sections: Sequence[Section]) -> str:
    """Sections by their headings, as messages show them."""
    return ", ".join(f"«{section.heading}»" for section in sections)


def _nearest(text: str, wanted: str) -> tuple[str, float]:
    """The passage most like the wanted one, in whole words of one line, and how like it is."""
    found = fuzz.partial_ratio_alignment(wanted, text)
    if found is None:
        return "", 0
    start = text.rfind(" ", 0, found.dest_start + 1) + 1
    end = text.find(" ", found.dest_end)
    passage = text[start : end if end >= 0 else len(text)]
    return max(passage.splitlines(), key=len).strip() if passage else "", found.score


def _ambiguous(places: Sequence[tuple[Section, int]], exact: str) -> str:
    sections = list(dict.fromkeys(section for section, _ in places))
    starts = (section.text[max(0, i - 12) : i].rpartition("\n")[2] for section, i in places)
    before = " · ".join(f"«{start}»" for start in starts)
    where = "section" if len(sections) == 1 else "sections"
    first = in_brackets(sections[0].iri)
    choice = f", or name the section: prov:wasDerivedFrom {first}" if len(sections) > 1 else ""
    return (
        f"The quotation «{exact}» occurs {len(places)} times in the {where} {headings(sections)}: "
        'write unm:quote [ oa:exact "…" ; oa:prefix "…" ] with what stands directly before it, '
        f"one of {before}{choice}."
    )
