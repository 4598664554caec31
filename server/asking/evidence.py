"""The quotations that support what a row of a result says, with their places in the source.

The things of a row are its IRIs of ours. For each there are up to three kinds of statement: those that are
about the thing itself (`unm:evidence`); those that name it as a value of an event (`unm:supports`), such as a
topic of a meeting; and those of its participations in an event. A row says what it says about the event it
names, so of the last two only those count that are about an event of the row, or about a meeting of the
mission of the row where it names no meeting; a row that names no event at all has them all. Of the statements
about a thing itself, those for values that the row does not name are left out where others remain.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from loader.release.namespaces import BASE
from server.tables.quotation import Quotation
from server.tables.table import Cell, Table

MEETING = f"{BASE}meeting/"
EVENTS = tuple(f"{BASE}{kind}/" for kind in ("mission", "meeting", "participation", "document", "tenure"))
JOINED = " | "
_LEFT_OUT = tuple(
    f"{BASE}{kind}/" for kind in ("role", "certainty", "graph", "queries", "statement", "section")
)
QUERY = Path(__file__).with_suffix(".rq").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Support:
    """A quotation, and the thing of a row that it supports."""

    thing: str
    quotation: Quotation

    def address(self, server: str) -> str:
        """Where a person reads it: the page of the source, at its words; else the source itself."""
        page = self.quotation.page
        return f"{server}{page}" if page else self.quotation.source

    def place(self) -> str:
        """The source and the characters, short and in no language."""
        one = self.quotation
        return _slug(one.source) if one.start is None else f"{_slug(one.source)} {one.start}–{one.end}"

    def member(self, server: str) -> dict[str, object]:
        """What a program reads; a source from outside has no quotation and no place."""
        one = self.quotation
        words = {} if one.start is None else {"quotation": one.text, "start": one.start, "end": one.end}
        return {"thing": self.thing, **words, "source": one.source, "address": self.address(server)}


@dataclass(frozen=True)
class RowEvidence:
    """What supports each row of a table, in the order of its columns and of the source."""

    rows: tuple[tuple[Support, ...], ...]

    def members(self, server: str) -> list[list[dict[str, object]]]:
        """For JSON: a list for each row; `server` is its address."""
        return [[support.member(server) for support in row] for row in self.rows]

    def columns(self, table: Table) -> Table:
        """The table with the columns `evidence` and `evidence_place`, several quotations joined by ` | `."""
        rows = (
            (*row, _joined(one.quotation.text for one in found), _joined(one.place() for one in found))
            for row, found in zip(table.rows, map(_unrepeated, self.rows), strict=True)
        )
        return Table((*table.columns, "evidence", "evidence_place"), tuple(rows))


@dataclass
class _Found:
    """A statement for one thing; `values` are what it supports, `about` the event it is about, if another."""

    support: Support
    about: str
    mission: str
    values: set[str]


def things_of(table: Table) -> list[str]:
    """The IRIs of ours in a table that may have evidence, in order."""
    ours = (thing for thing in table.things() if thing.startswith(BASE) and "#" not in thing)
    return sorted(thing for thing in ours if not thing.startswith(_LEFT_OUT))


def evidence_query(things: Iterable[str]) -> str:
    """The one query for everything that supports these things."""
    return QUERY.replace("UNDEF", " ".join(f"<{thing}>" for thing in things))


def read_evidence(table: Table, answer: Table) -> RowEvidence:
    """What supports each row of the table, from the answer to the query for its things."""
    by_thing: dict[str, list[_Found]] = {}
    for found in _found(answer):
        by_thing.setdefault(found.support.thing, []).append(found)
    return RowEvidence(tuple(tuple(_of_row(row, by_thing)) for row in table.rows))


def _found(answer: Table) -> Iterable[_Found]:
    """One for each thing, event and statement; a statement for several values is one."""
    found: dict[tuple[str, str, str], _Found] = {}
    for row in answer.dictionaries():
        text = {name: cell.value for name, cell in row.items()}
        about = text.get("about", "")
        key = (text["thing"], about, text["statement"])
        if key not in found:
            support = Support(text["thing"], _quotation(text))
            found[key] = _Found(support, about, text.get("mission", ""), set())
        found[key].values |= {text["value"]} if "value" in text else set()
    return found.values()


def _quotation(text: Mapping[str, str]) -> Quotation:
    has_place = "start" in text and "end" in text
    return Quotation(
        text=text.get("quotation", ""),
        heading=text.get("heading", ""),
        source=text["source"],
        source_en=text.get("source_en", ""),
        source_ar=text.get("source_ar", ""),
        address=text.get("address", ""),
        start=int(text["start"]) if has_place else None,
        end=int(text["end"]) if has_place else None,
        statement=text["statement"],
    )


def _of_row(row: tuple[Cell | None, ...], by_thing: Mapping[str, list[_Found]]) -> list[Support]:
    things = dict.fromkeys(cell.value for cell in row if cell is not None and cell.kind == "uri")
    fitting = (one for thing in things for one in _fitting(by_thing.get(thing, []), set(things)))
    places: dict[tuple[str, str, str, int | None], Support] = {}
    for one in fitting:
        words = one.support.quotation
        places.setdefault((one.support.thing, words.text, words.source, words.start), one.support)
    return list(places.values())


def _fitting(found: list[_Found], things: set[str]) -> list[_Found]:
    """Those that say something about this row; see above."""
    itself = [one for one in found if not one.about]
    fitting = [one for one in itself if not one.values or one.values & things] or itself
    events = {thing for thing in things if thing.startswith(EVENTS)}
    is_of_mission = not any(thing.startswith(MEETING) for thing in events)
    for one in found:
        of_mission = is_of_mission and one.mission in events
        if one.about and (not events or one.about in events or of_mission):
            fitting.append(one)
    return fitting


def _unrepeated(row: tuple[Support, ...]) -> list[Support]:
    """Each place once, though it supports several things of a row."""
    places = {(one.quotation.text, one.quotation.source, one.quotation.start): one for one in reversed(row)}
    return list(reversed(places.values()))


def _slug(iri: str) -> str:
    return iri.rpartition("/")[2]


def _joined(texts: Iterable[str]) -> Cell | None:
    text = JOINED.join(filter(None, texts))
    return Cell("literal", text) if text else None
