"""Finds a quotation: the sections in which it is sought, its place in one, or what is nearest to it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from rapidfuzz import fuzz

from loader.draft import Draft
from loader.sources import Section, Sources
from loader.terms import PROV, UNM, Term, in_brackets

CONTEXT = 32
# Events are told in sections; entities may as well be derived from them (PROV-O keeps the two apart).
TOLD = (UNM.toldIn, PROV.wasDerivedFrom)


class QuoteNotFound(ValueError):
    """The quotation is in none of its sections, or there more than once; the message is a sentence."""


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


class SectionFinder:
    """Knows in which sections the quotations of a thing are sought."""

    def __init__(self, draft: Draft, sources: Sources) -> None:
        self.sources = sources
        self.told: dict[Term, list[ox.NamedNode]] = defaultdict(list)
        self.parent: dict[Term, Term] = {}
        for s, p, o in draft.all():
            if p in TOLD and o in sources.sections and isinstance(o, ox.NamedNode):
                self.told[s].append(o)
            # Both directions are written by hand here; the rules that complete them run later.
            elif p in (UNM.participationIn, UNM.partOfMission):
                self.parent[s] = o
            elif p in (UNM.hasParticipation, UNM.hasMeeting):
                self.parent[o] = s

    def of(self, thing: Term) -> list[Section]:
        """All sections in which a thing is told: its own, then those of its meeting and its mission.

        Raises QuoteNotFound where there is none.
        """
        seen = dict.fromkeys([thing])
        while self.parent.get(thing, thing) not in seen:
            thing = self.parent[thing]
            seen[thing] = None
        told = dict.fromkeys(iri for one in seen for iri in sorted(self.told.get(one, []), key=str))
        if not told:
            raise QuoteNotFound(
                f"It is not known in which section to look for the quotations of {next(iter(seen))}: "
                "write unm:toldIn with one <section/…> or several."
            )
        return [self.sources.sections[iri] for iri in told]


def find_quotation(
    sources: Sources, sections: Sequence[Section], exact: str, prefix: str = ""
) -> LocatedQuotation:
    """The one place of a quotation in one of the sections, `prefix` being what stands directly before it.

    Raises QuoteNotFound.
    """
    whole = prefix + exact
    places = [(section, start) for section in sections for start in _starts(section.text, whole)]
    if not exact or not places:
        raise QuoteNotFound(_missing(sources, sections, whole))
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


def _missing(sources: Sources, sections: Sequence[Section], wanted: str) -> str:
    for other in sources.sections.values():
        if other not in sections and wanted and wanted in other.text:
            return f"The quotation «{wanted}» is not in {_headings(sections)} but in «{other.heading}»."
    nearest = max((_nearest(section.text, wanted) for section in sections), key=lambda near: near[1])
    if len(sections) == 1:
        where, there = f"not in the section {_headings(sections)}", "there"
    else:
        where, there = f"in none of the sections {_headings(sections)}", "in them"
    return f"The quotation «{wanted}» is {where}; the nearest text {there} is «{nearest[0]}»."


def _headings(sections: Sequence[Section]) -> str:
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
        f"The quotation «{exact}» occurs {len(places)} times in the {where} {_headings(sections)}: "
        'write unm:quote [ oa:exact "…" ; oa:prefix "…" ] with what stands directly before it, '
        f"one of {before}{choice}."
    )
