"""Whether the codes of places are theirs, and what is above them, by the table of the M49 standard."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from loader.draft import Draft
from loader.folding import fold
from loader.m49 import Area, read_m49
from loader.problems import Problem
from loader.terms import RDF, RDFS, SKOS, UNM, Subject, Term, in_brackets

_NO_AREA = "The table of M49 has no {}: correct the code."
_OF_ANOTHER = (
    "The M49 code {} is that of {}, and no name of this place is: correct the code, "
    "or write the official name as skos:altLabel."
)
_NOT_ITS_CODE = "{} is not the code of {}, which is {}: correct it."
_NOT_ABOVE = "By M49, {} is not within {}: correct unm:within."
_NAMES = (RDFS.label, SKOS.prefLabel, SKOS.altLabel)


@dataclass
class _Place:
    iri: Subject
    values: dict[ox.NamedNode, Term] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def text(self, predicate: ox.NamedNode) -> str:
        value = self.values.get(predicate)
        return value.value if value is not None else ""


def code_problems(draft: Draft, root: Path) -> Iterator[Problem]:
    """A problem for each code, and each larger place, that is not a place's own; none without a table."""
    areas = read_m49(root)
    places = _places(draft) if areas else {}
    for place in places.values():
        for predicate, sentence in _wrong(place, places, areas):
            shown = f"{in_brackets(place.iri)}: {sentence}"
            yield Problem(draft.place_of(place.iri, predicate, place.values[predicate]), shown)


def _places(draft: Draft) -> dict[Term, _Place]:
    kinds = {s for s, p, o in draft.graphs["reference"] if p == RDF.type and o == UNM.Place}
    places: dict[Term, _Place] = {}
    for graph in ("reference", "links"):
        for subject, predicate, value in draft.graphs.get(graph, {}):
            if subject in kinds:
                place = places.setdefault(subject, _Place(subject))
                place.values[predicate] = value
                place.names |= {fold(value.value)} if predicate in _NAMES else set()
    return places


def _wrong(
    place: _Place, places: dict[Term, _Place], areas: dict[str, Area]
) -> Iterator[tuple[ox.NamedNode, str]]:
    """The properties that are not right, each with a sentence; what follows from a wrong code is not told."""
    code = place.text(UNM.m49)
    if not code:
        yield from _unknown_iso(place, areas)
        return
    area = areas.get(code)
    if area is None:
        yield UNM.m49, _NO_AREA.format(code)
    elif not place.names & {fold(name) for name in area.names.values()}:
        yield UNM.m49, _OF_ANOTHER.format(code, area.names["en"])
    else:
        for predicate, right in ((UNM.iso3166, area.iso3166), (UNM.iso3166Alpha3, area.alpha3)):
            if place.text(predicate) not in ("", right):
                wrong = place.text(predicate)
                yield predicate, _NOT_ITS_CODE.format(wrong, area.names["en"], right or "none")
        yield from _not_above(place, area, places, areas)


def _unknown_iso(place: _Place, areas: dict[str, Area]) -> Iterator[tuple[ox.NamedNode, str]]:
    iso = place.text(UNM.iso3166)
    if iso and iso not in {area.iso3166 for area in areas.values()}:
        yield UNM.iso3166, _NO_AREA.format(iso)


def _not_above(
    place: _Place, area: Area, places: dict[Term, _Place], areas: dict[str, Area]
) -> Iterator[tuple[ox.NamedNode, str]]:
    """The next place above that has a code of M49 is above by M49 too."""
    larger = places.get(place.values[UNM.within]) if UNM.within in place.values else None
    if larger is None or not (code := larger.text(UNM.m49)) or code not in areas:
        return
    above = area.above
    while above and above != code:
        above = areas[above].above
    if not above:
        yield UNM.within, _NOT_ABOVE.format(area.names["en"], areas[code].names["en"])
