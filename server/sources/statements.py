"""The statements that rest on a source: what each supports, how surely, and where its words stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from loader.query.saved_query_file import read_saved_query
from loader.release.namespaces import BASE, ONTOLOGY
from server.asking.labels import known_table
from server.asking.statements import position
from server.engine.snapshot import Snapshot
from server.tables.certainty import STATED
from server.tables.table import Cell

QUERY = read_saved_query(Path(__file__).with_name("statements.rq"))
READINGS = read_saved_query(Path(__file__).with_name("readings.rq"))
MOST_ROWS = 6000


@dataclass(kw_only=True)
class SourceStatement:
    """A statement of a thing; `values` are those it supports in particular, each with the property, or "".

    `readings` say, by language, how an office or a group was read that takes part.
    `start` and `end` count code points and are 0 where the source was used as a whole.
    """

    iri: str
    thing: str
    start: int
    end: int
    exact: str
    kinds: set[str] = field(default_factory=set)
    certainty: str = ""
    values: dict[str, str] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        """What it is called in the address of a page."""
        return self.iri.removeprefix(f"{BASE}statement/")

    @property
    def kind(self) -> str:
        """The class of the thing; of several the most general of ours, which comes first in the alphabet."""
        return min(self.kinds, key=lambda kind: (kind.startswith(ONTOLOGY), kind), default="")

    @property
    def is_inferred(self) -> bool:
        """Whether the fact does not simply stand in the words."""
        return self.certainty not in ("", STATED)

    def terms(self) -> Iterable[str]:
        """Everything that a reader wants the label of."""
        return filter(None, (self.thing, self.kind, self.certainty, *self.values, *self.values.values()))


@dataclass(frozen=True)
class FoundStatements:
    """The statements in the order of the text; `is_whole` is False where there are more than can be shown."""

    statements: tuple[SourceStatement, ...]
    is_whole: bool


def find_statements(release: Snapshot, source: str) -> FoundStatements:
    """All statements on a source, up to a number of rows. Raises Refused."""
    table = known_table(release, QUERY.bind({"source": source}))
    found: dict[tuple[str, str], SourceStatement] = {}
    for row in list(table.dictionaries())[:MOST_ROWS]:
        key = (row["statement"].value, row["thing"].value)
        if key not in found:
            found[key] = _statement(row)
        _add(found[key], {name: cell.value for name, cell in row.items()})
    readings = _readings(release, source)
    for one in found.values():
        one.readings = readings.get(one.thing, {})
    return FoundStatements(tuple(found.values()), len(table.rows) <= MOST_ROWS)


def _readings(release: Snapshot, source: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in known_table(release, READINGS.bind({"source": source})).dictionaries():
        found.setdefault(row["thing"].value, {})[row["note"].language] = row["note"].value
    return found


def _statement(row: Mapping[str, Cell]) -> SourceStatement:
    start, end = (position(row[name].value) or 0 if name in row else 0 for name in ("start", "end"))
    exact = row["exact"].value if "exact" in row else ""
    return SourceStatement(
        iri=row["statement"].value, thing=row["thing"].value, start=start, end=end, exact=exact
    )


def _add(statement: SourceStatement, row: Mapping[str, str]) -> None:
    statement.kinds |= {row["kind"]} if "kind" in row else set()
    statement.certainty = row.get("certainty", statement.certainty)
    if "value" in row:
        known = statement.values.get(row["value"], "")
        if not known.startswith(ONTOLOGY):
            statement.values[row["value"]] = row.get("property", known)
