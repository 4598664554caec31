"""The table of the M49 standard beside the data: codes, the area above, and official names of each area."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from loader.terms import SKOS, Namespace, Triple

TABLE = Path("data/tables/m49.ttl")
M49 = Namespace("https://w3id.org/un-missions/dataset/m49#")


@dataclass(kw_only=True)
class Area:
    """A country or region; a region has no ISO codes, and the world nothing above it."""

    m49: str = ""
    iso3166: str = ""
    alpha3: str = ""
    above: str = ""
    names: dict[str, str] = field(default_factory=dict)
    groups: set[str] = field(default_factory=set)


def m49_triples(root: Path) -> list[Triple]:
    """The table as it stands; none where the project has no table."""
    path = root / TABLE
    if not path.is_file():
        return []
    quads = ox.parse(path=path, format=ox.RdfFormat.TURTLE)
    return [(quad.subject, quad.predicate, quad.object) for quad in quads]


def read_m49(root: Path) -> dict[str, Area]:
    """The areas by their code; none where the project has no table."""
    areas: dict[str, Area] = defaultdict(Area)
    for subject, predicate, value in m49_triples(root):
        if predicate == SKOS.member:
            areas[_code(value)].groups.add(_code(subject))
        elif _code(subject).isdecimal():
            _add(areas[_code(subject)], predicate, value)
    return dict(areas)


def _add(area: Area, predicate: ox.NamedNode, value: object) -> None:
    if predicate == SKOS.broader:
        area.above = _code(value)
    elif isinstance(value, ox.Literal) and predicate == SKOS.prefLabel:
        area.names[value.language or ""] = value.value
    elif isinstance(value, ox.Literal):
        name = {SKOS.notation: "m49", M49.alpha2: "iso3166", M49.alpha3: "alpha3"}[predicate]
        setattr(area, name, value.value)


def _code(term: object) -> str:
    return term.value.rpartition("#")[2] if isinstance(term, ox.NamedNode) else ""
