"""Regions as a path: from the widest to the narrowest, each within the one before."""

from server.things.blocks import PropertyRow
from server.things.names import iri
from server.things.neighbours import Around
from server.things.values import Value

REGION, WITHIN = iri("unm:region"), iri("unm:within")
Path = tuple[Value, ...]


def region_paths(row: PropertyRow, known: Around) -> list[Path]:
    """A path for every region of a row that holds no other of them; nothing for another property."""
    if row.predicate != REGION or row.is_back:
        return []
    regions = {value.iri: value for value in row.values}
    around = {region: places_around(region, known) for region in regions}
    holding = {wider for found in around.values() for wider in found}
    return [
        tuple(regions[one] for one in (*reversed(around[region]), region) if one in regions)
        for region in regions
        if region not in holding
    ]


def places_around(place: str, known: Around) -> list[str]:
    """The places around a place, the narrowest first."""
    seen = [place]
    while (above := known.one(seen[-1], WITHIN)) and above.value not in seen:
        seen.append(above.value)
    return seen[1:]
