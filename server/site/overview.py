"""The missions at one look: each with its strip in time and what stands beside it, and where they went."""

from collections.abc import Sequence
from dataclasses import dataclass

from server.asking.labels import known_table
from server.drawings.map import Map, world
from server.drawings.timeline import Strip, Tick, timeline
from server.engine.snapshot import Snapshot
from server.tables.reading import Reading, Shown, read

MISSIONS, PLACES = "missions-at-a-glance", "places-visited"
BESIDE = ("envoys", "countries")


@dataclass(frozen=True)
class MissionRow:
    """A mission: its name, date and strip, and who went and where to, so far as that is told."""

    strip: Strip
    beside: Sequence[Shown]


@dataclass(frozen=True)
class Overview:
    """All missions, from the earliest to the latest."""

    ticks: tuple[Tick, ...]
    rows: tuple[MissionRow, ...]
    map: Map | None


def overview_of(release: Snapshot, language: str) -> Overview | None:
    """What the saved queries of a release give; None where it has no missions. Raises Refused."""
    missions, places = _reading(MISSIONS, release, language), _reading(PLACES, release, language)
    drawing = timeline(missions, language) if missions else None
    if missions is None or drawing is None:
        return None
    beside = _beside(missions)
    rows = tuple(MissionRow(strip, beside.get(strip.name.iri, ())) for strip in drawing.strips)
    return Overview(drawing.ticks, rows, world(_cities(places), language) if places else None)


def _reading(query: str, release: Snapshot, language: str) -> Reading | None:
    found = release.queries.get(query)
    return read(known_table(release, found.bind({})), language, query) if found else None


def _beside(missions: Reading) -> dict[str, list[Shown]]:
    """What stands in the columns of interest, by the IRI of the mission."""
    named, places = missions.place("mission"), [missions.place(name) for name in BESIDE]
    found = {}
    for line in missions.lines:
        name = None if named is None else line.cells[named]
        if name is not None:
            cells = (line.cells[place] for place in places if place is not None)
            found[name.iri] = [cell for cell in cells if cell is not None]
    return found


def _cities(places: Reading) -> Reading:
    """Those with coordinates: the countries and regions of the others stand beside the missions."""
    lat = places.place("lat")
    lines = (line for line in places.lines if lat is not None and line.cells[lat] is not None)
    return Reading(places.columns, tuple(lines))
