"""The table of the M49 standard beside the data: codes, the area above, and official names of each area."""

from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from loader.terms import SKOS, UNM

TABLE = Path("data/tables/m49.ttl")


@dataclass(kw_only=True)
class Area:
    """A country or region; a region has no ISO codes, and the world nothing above it."""

    m49: str = ""
    iso3166: str = ""
    alpha3: str = ""
    above: str = ""
    names: dict[str, str] = field(default_factory=dict)


def read_m49(root: Path) -> dict[str, Area]:
    """The areas by their code; none where the project has no table."""
    path = root / TABLE
    areas: dict[str, Area] = {}
    if path.is_file():
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            _add(areas.setdefault(_code(quad.subject), Area()), quad.predicate, quad.object)
    return areas


def _add(area: Area, predicate: ox.NamedNode, value: object) -> None:
    if predicate == SKOS.broader:
        area.above = _code(value)
    elif isinstance(value, ox.Literal) and predicate == SKOS.prefLabel:
        area.names[value.language or ""] = value.value
    elif isinstance(value, ox.Literal):
        name = {UNM.m49: "m49", UNM.iso3166: "iso3166", UNM.iso3166Alpha3: "alpha3"}[predicate]
        setattr(area, name, value.value)


def _code(term: object) -> str:
    return term.value.rpartition("#")[2] if isinstance(term, ox.NamedNode) else ""
