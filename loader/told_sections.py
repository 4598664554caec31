"""The sections in which the quotations of a thing are sought, and what is said of those that are in none."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from loader.draft import Draft
from loader.problems import Location, Problem
from loader.quotes import QuoteNotFound, headings
from loader.sources import Section, Sources
from loader.terms import PROV, UNM, Term, in_brackets

# Events are told in sections; entities may as well be derived from them (PROV-O keeps the two apart).
TOLD = (UNM.toldIn, PROV.wasDerivedFrom)
# So many quotations that all stand in one other section are one mistake: the section.
_SEVERAL = 3
_OTHER_SECTION = "{}: None of its {} quotations is in {}, and all are in «{}»: is unm:toldIn {} meant?"


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
        seen = self._up(thing)
        told = dict.fromkeys(iri for one in seen for iri in sorted(self.told.get(one, []), key=str))
        if not told:
            raise QuoteNotFound(
                f"It is not known in which section to look for the quotations of {thing}: "
                "write unm:toldIn with one <section/…> or several."
            )
        return [self.sources.sections[iri] for iri in told]

    def told_by(self, thing: Term) -> Term:
        """What says in which sections a thing is told: its mission mostly, or itself."""
        return next((one for one in reversed(self._up(thing)) if one in self.told), thing)

    def _up(self, thing: Term) -> list[Term]:
        """A thing, its meeting and its mission."""
        seen = [thing]
        while self.parent.get(thing, thing) not in seen:
            thing = self.parent[thing]
            seen.append(thing)
        return seen


@dataclass
class SoughtQuotations:
    """What came of the quotations of a mission, or of another thing that says where it is told."""

    found: int = 0
    missing: list[tuple[Location, QuoteNotFound]] = field(default_factory=list)

    def problems(self, draft: Draft, told_by: Term, sections: SectionFinder) -> Iterator[Problem]:
        """One for each that is missing; one for all where they only name the wrong section."""
        elsewhere = {error.elsewhere for _, error in self.missing}
        meant = next(iter(elsewhere), None) if len(elsewhere) == 1 else None
        if meant and not self.found and len(self.missing) >= _SEVERAL and isinstance(told_by, ox.NamedNode):
            sentence = _wrong_section(told_by, len(self.missing), sections.of(told_by), meant)
            yield Problem(draft.place_of(told_by, UNM.toldIn), sentence)
        else:
            yield from (Problem(location, str(error)) for location, error in self.missing)


def _wrong_section(told_by: ox.NamedNode, count: int, sections: Sequence[Section], meant: Section) -> str:
    shown = (in_brackets(told_by), count, headings(sections), meant.heading, in_brackets(meant.iri))
    return _OTHER_SECTION.format(*shown)
