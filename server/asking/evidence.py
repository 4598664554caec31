"""The quotations that support what a row of a result says, with their places in the source.

The things of a row are its IRIs of ours. For each there are up to three kinds of statement: those that are
about the thing itself (`unm:evidence`); those that name it as a value of an event (`unm:supports`), such as a
topic of a meeting; and those of its participations in an event. A row says what it says about the event it
names, so of the last two only those count that are about an event of the row, or about a meeting of the
mission of the row where it names no meeting; a row that names no event at all has them all. Of the statements
about a thing itself, those for values that the row does not name are left out where others remain.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from loader.release.namespaces import BASE
from server.asking.statements import Statement, read_statements, statements_query
from server.tables.quotation import Quotation, unrepeated
from server.tables.table import Cell, Table

MEETING = f"{BASE}meeting/"
EVENTS = tuple(f"{BASE}{kind}/" for kind in ("mission", "meeting", "participation", "document", "tenure"))
JOINED = " | "
COLUMNS = ("evidence", "evidence_place", "evidence_sentence", "evidence_translation")
_LEFT_OUT = tuple(
    f"{BASE}{kind}/" for kind in ("role", "certainty", "graph", "queries", "statement", "section")
)


@dataclass(frozen=True)
class RowEvidence:
    """What supports each row of a table, in the order of its columns and of the source."""

    rows: tuple[tuple[Statement, ...], ...]

    @property
    def quotations(self) -> list[list[Quotation]]:
        """Only the words of each row, with their places."""
        return [[one.quotation for one in row] for row in self.rows]

    def members(self, server: str) -> list[list[dict[str, object]]]:
        """For JSON: a list for each row; `server` is its address."""
        return [[_member(one, server) for one in row] for row in self.rows]

    def columns(self, table: Table) -> Table:
        """The table with the columns for evidence, several quotations joined by ` | `."""
        quoted = (unrepeated(one.quotation for one in found) for found in self.rows)
        rows = ((*row, *_columns(found)) for row, found in zip(table.rows, quoted, strict=True))
        return Table((*table.columns, *COLUMNS), tuple(rows))


def evidence_of(table: Table, ask: Callable[[str], Table]) -> RowEvidence:
    """What supports each row of the table; `ask` answers the one query for its things."""
    things, by_thing = _things_of(table), dict[str, list[Statement]]()
    for one in read_statements(ask(statements_query(things))) if things else ():
        by_thing.setdefault(one.thing, []).append(one)
    return RowEvidence(tuple(tuple(_of_row(row, by_thing)) for row in table.rows))


def _things_of(table: Table) -> list[str]:
    """The IRIs of ours in a table that may have evidence, in order."""
    return sorted(filter(may_have_evidence, table.things()))


def may_have_evidence(iri: str) -> bool:
    """Whether it is a thing of ours of which a source says something."""
    return iri.startswith(BASE) and "#" not in iri and not iri.startswith(_LEFT_OUT)


def _of_row(row: tuple[Cell | None, ...], by_thing: Mapping[str, list[Statement]]) -> list[Statement]:
    things = dict.fromkeys(cell.value for cell in row if cell is not None and cell.kind == "uri")
    fitting = (one for thing in things for one in _fitting(by_thing.get(thing, []), set(things)))
    places: dict[tuple[str, str, str, int | None], Statement] = {}
    for one in fitting:
        words = one.quotation
        places.setdefault((one.thing, words.text, words.source, words.start), one)
    return list(places.values())


def _fitting(found: list[Statement], things: set[str]) -> list[Statement]:
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


def _member(one: Statement, server: str) -> dict[str, object]:
    """What a program reads; a source from outside has no quotation and no place."""
    words = one.quotation
    place = {} if words.start is None else {"quotation": words.text, "start": words.start, "end": words.end}
    address = f"{server}{words.page}" if words.page else words.source
    members = {"thing": one.thing, **place, "source": words.source, "address": address}
    read = {"language": words.language, "sentence": words.sentence, "translations": words.translations}
    return members | {name: value for name, value in read.items() if value}


def _columns(found: list[Quotation]) -> Iterator[Cell | None]:
    """The words and their places, one for one; then each sentence and its translation into English once."""
    yield _joined(one.text for one in found)
    yield _joined(one.short_place for one in found)
    yield _joined(dict.fromkeys(one.sentence for one in found))
    yield _joined(dict.fromkeys(one.translation("en").words for one in found))


def _joined(texts: Iterable[str]) -> Cell | None:
    text = JOINED.join(filter(None, texts))
    return Cell("literal", text) if text else None
