"""The missions as one instrument: where on a map, when and by whom in lanes on an axis, and in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from server.asking.labels import known_table
from server.drawings.lanes import Stay, TimeLane, lanes
from server.drawings.map import Map, world
from server.drawings.rows import Tick
from server.drawings.timeline import TimeScale, is_exact, scale_of, ticks
from server.engine.snapshot import Snapshot
from server.site.mission_entries import MissionEntry, mission_entries
from server.tables.reading import read

PLACES = "places-visited"


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """All missions, from the earliest to the latest."""

    map: Map | None
    scale: TimeScale
    ticks: Sequence[Tick]
    lanes: Sequence[TimeLane]
    missions: Sequence[MissionEntry]

    @property
    def months(self) -> int:
        """How many the axis has."""
        first, last = self.scale.first, self.scale.last
        return (last.year - first.year) * 12 + last.month - first.month + 1

    @property
    def month_dates(self) -> Sequence[str]:
        """Each of them as EDTF."""
        begin = self.scale.first.year * 12 + self.scale.first.month - 1
        return [f"{month // 12}-{month % 12 + 1:02}" for month in range(begin, begin + self.months)]


def instrument_of(release: Snapshot, language: str) -> Instrument | None:
    """What a release tells of its missions; None where it has none with a date. Raises Refused."""
    missions = mission_entries(release, language)
    if not missions:
        return None
    scale = scale_of(min(one.first for one in missions), max(one.last for one in missions), language)
    return Instrument(
        map=_map(release, language),
        scale=scale,
        ticks=tuple(ticks(scale, language)),
        lanes=lanes([stay for one in missions for stay in _stays(one)], scale),
        missions=missions,
    )


def _map(release: Snapshot, language: str) -> Map | None:
    """The places of the saved query; none where a release has no such query."""
    found = release.queries.get(PLACES)
    if found is None:
        return None
    return world(read(known_table(release, found.bind({})), language, PLACES), language, "meetings")


def _stays(mission: MissionEntry) -> Iterator[Stay]:
    for envoy in mission.envoys:
        yield Stay(
            who=envoy.name,
            name=mission.name,
            short=mission.short,
            words=mission.words,
            first=mission.first,
            last=mission.last,
            is_exact=is_exact(mission.edtf),
        )
