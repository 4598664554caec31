"""The missions in words: name, date, who went and whether that is inferred, where to, and the source."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from loader.release.namespaces import BASE
from server.asking.labels import known_table
from server.engine.snapshot import Snapshot
from server.i18n.spelling import sorting
from server.tables.certainty import STATED, is_inferred
from server.tables.reading import Line, Reading, Shown, read

HERE = Path(__file__).parent
MISSIONS = (HERE / "home_missions.rq").read_text(encoding="utf-8")
PLACES = (HERE / "home_places.rq").read_text(encoding="utf-8")
MOST_NAMED = 2
SECTION, SOURCE = f"{BASE}section/", f"{BASE}source/"


@dataclass(frozen=True)
class EnvoyEntry:
    """Somebody who went, and whether the source does not name them."""

    name: Shown
    is_inferred: bool


@dataclass(frozen=True, kw_only=True)
class MissionEntry:
    """A mission: `places` are its short name, `things` stand for it on the map, `source` is a path."""

    name: Shown
    words: str
    is_date_inferred: bool
    edtf: str
    first: date
    last: date
    envoys: Sequence[EnvoyEntry]
    places: Sequence[Shown]
    things: Sequence[str]
    source: str

    @property
    def short(self) -> str:
        """Where it went, in few words."""
        comma = "، " if any(place.language == "ar" for place in self.places) else ", "
        more = " …" if len(self.places) > MOST_NAMED else ""
        return comma.join(place.words for place in self.places[:MOST_NAMED]) + more


def mission_entries(release: Snapshot, language: str) -> list[MissionEntry]:
    """All that have a date, from the earliest on. Raises Refused."""
    reading = read(known_table(release, MISSIONS), language)
    visits = read(known_table(release, PLACES), language)
    groups = groupby(reading.lines, lambda line: _value(reading, line, "mission"))
    return [_entry(Reading(reading.columns, tuple(lines)), _of_mission(visits, iri)) for iri, lines in groups]


def _of_mission(visits: Reading, iri: str) -> Reading:
    lines = [line for line in visits.lines if _value(visits, line, "mission") == iri]
    return Reading(visits.columns, tuple(lines))


def _entry(reading: Reading, visits: Reading) -> MissionEntry:
    first, countries = reading.lines[0], _by_name(_things(visits, "country"))
    dated = _cell(reading, first, "date")
    return MissionEntry(
        name=_cell(reading, first, "mission") or Shown(words="–", language="", kind="text"),
        words=dated.words if dated else "",
        is_date_inferred=is_inferred(_value(reading, first, "date_certainty")),
        edtf=dated.value if dated else "",
        first=date.fromisoformat(_value(reading, first, "not_before")),
        last=date.fromisoformat(_value(reading, first, "not_after")),
        envoys=_envoys(reading),
        places=countries or _by_name(_things(visits, "place")),
        things=[one.iri for one in (*_things(visits, "place"), *countries)],
        source=_source(_value(reading, first, "source"), _value(reading, first, "section")),
    )


def _envoys(reading: Reading) -> list[EnvoyEntry]:
    """Each once, however many sections tell of them."""
    told = [(_value(reading, line, "envoy"), _value(reading, line, "certainty")) for line in reading.lines]
    stated = {envoy for envoy, certainty in told if certainty == STATED}
    return [EnvoyEntry(one, one.iri not in stated) for one in _things(reading, "envoy")]


def _things(visits: Reading, column: str) -> list[Shown]:
    """What stands in a column, each once."""
    found = (_cell(visits, line, column) for line in visits.lines)
    return [*{one.iri: one for one in found if one is not None}.values()]


def _by_name(things: Sequence[Shown]) -> list[Shown]:
    """In the reader's alphabet, as in the lists."""
    return sorted(things, key=lambda one: sorting(one.words))


def _source(source: str, section: str) -> str:
    """The place in the text where the words of the mission begin."""
    if not (source.startswith(SOURCE) and section.startswith(SECTION)):
        return ""
    return f"/sources/{source.removeprefix(SOURCE)}#{section.removeprefix(SECTION)}"


def _cell(reading: Reading, line: Line, name: str) -> Shown | None:
    place = reading.place(name)
    return None if place is None else line.cells[place]


def _value(reading: Reading, line: Line, name: str) -> str:
    cell = _cell(reading, line, name)
    return cell.value if cell else ""
