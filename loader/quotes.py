"""Finds a quotation: the section in which it is sought, its place there, or what is nearest to it."""

from collections import defaultdict
from dataclasses import dataclass

import pyoxigraph as ox
from rapidfuzz import fuzz

from loader.draft import Draft
from loader.sources import Section, Sources
from loader.terms import PROV, UNM, Term

CONTEXT = 32
# Events are told in sections; entities may as well be derived from them (PROV-O keeps the two apart).
TOLD = (UNM.toldIn, PROV.wasDerivedFrom)


class QuoteNotFound(ValueError):
    """The quotation is not in its section, or is there more than once; the message is a sentence."""


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
    """Knows in which section the quotations of a thing are sought."""

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

    def of(self, thing: Term) -> Section:
        """The section in which a thing is told, its own or that of its meeting or mission.

        Raises QuoteNotFound where there is none, or more than one.
        """
        seen = {thing}
        current = thing
        while current not in self.told and current in self.parent and self.parent[current] not in seen:
            current = self.parent[current]
            seen.add(current)
        sections = self.told.get(current, [])
        if len(sections) != 1:
            raise QuoteNotFound(
                f"It is not known in which section to look for the quotations of {thing}: "
                "write unm:toldIn with one <section/…>."
            )
        return self.sources.sections[sections[0]]


def find_quotation(sources: Sources, section: Section, exact: str, prefix: str = "") -> LocatedQuotation:
    """The one place of a quotation in a section, `prefix` being what stands directly before it.

    Raises QuoteNotFound.
    """
    whole = prefix + exact
    first = section.text.find(whole)
    if not exact or first < 0:
        raise QuoteNotFound(_missing(sources, section, whole))
    # From the next character on, not behind the first find: two places that overlap are two places.
    if section.text.find(whole, first + 1) >= 0:
        raise QuoteNotFound(_ambiguous(section, exact, whole))
    text = sources.texts[section.source]
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


def _missing(sources: Sources, section: Section, wanted: str) -> str:
    for other in sources.sections.values():
        if other.iri != section.iri and wanted and wanted in other.text:
            return f"The quotation «{wanted}» is not in «{section.heading}» but in «{other.heading}»."
    return (
        f"The quotation «{wanted}» is not in the section «{section.heading}»; "
        f"the nearest text there is «{_nearest(section.text, wanted)}»."
    )


def _nearest(text: str, wanted: str) -> str:
    """The passage of the text most like the wanted one, widened to whole words; no quotation spans a line."""
    found = fuzz.partial_ratio_alignment(wanted, text)
    if found is None:
        return ""
    start = text.rfind(" ", 0, found.dest_start + 1) + 1
    end = text.find(" ", found.dest_end)
    passage = text[start : end if end >= 0 else len(text)]
    return max(passage.splitlines(), key=len).strip() if passage else ""


def _ambiguous(section: Section, exact: str, whole: str) -> str:
    starts = [i for i in range(len(section.text)) if section.text.startswith(whole, i)]
    before = " · ".join(f"«{section.text[max(0, i - 12) : i]}»" for i in starts)
    return (
        f"The quotation «{exact}» occurs {len(starts)} times in the section «{section.heading}»: "
        'write unm:quote [ oa:exact "…" ; oa:prefix "…" ] with what stands directly before it, '
        f"one of {before}."
    )
