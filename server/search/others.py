"""The names that data sets give, read from the release by one process for any number of others."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from server.asking.asker import asker_of_all
from server.asking.data_sets import first_speakers
from server.engine.snapshot import Snapshot
from server.tables.table import Cell, Table

FOLDER = Path(__file__).parent
ALL = (FOLDER / "all.rq").read_text(encoding="utf-8")
ORIGINS = (FOLDER / "origins.rq").read_text(encoding="utf-8")
# What is loaded beside our graphs may have millions of names; an entry takes about a kilobyte.
MOST_NAMES = 50_000


@dataclass(frozen=True, kw_only=True)
class NamesOfOthers:
    """So many names of the merge as are read at most, ours among them, and by thing the graph that names it.

    `are_all` says whether there are no more.
    """

    table: Table
    graphs: Mapping[str, str]
    are_all: bool

    @classmethod
    def read(cls, release: Snapshot) -> "NamesOfOthers":
        """Those of a release. Raises Refused."""
        found = asker_of_all(release).table(f"{ALL}LIMIT {MOST_NAMES + 1}")
        graphs = first_speakers(f"{ORIGINS}LIMIT {MOST_NAMES}", release)
        return cls(table=found, graphs=graphs, are_all=len(found.rows) <= MOST_NAMES)

    def packed(self) -> bytes:
        """The same for another process."""
        table = self.table
        return json.dumps([table.columns, table.rows, dict(self.graphs), self.are_all]).encode()

    @classmethod
    def unpacked(cls, content: bytes) -> "NamesOfOthers":
        columns, rows, graphs, are_all = json.loads(content)
        cells = tuple(tuple(cell and Cell(*cell) for cell in row) for row in rows)
        return cls(table=Table(tuple(columns), cells), graphs=graphs, are_all=are_all)
