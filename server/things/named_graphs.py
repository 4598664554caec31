"""The named graphs: what they hold, how much, and where their data are."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from loader.query.parameter import WrongParameter
from loader.query.saved_query import SavedQuery
from loader.query.saved_query_file import read_saved_query
from loader.release.namespaces import graph_iri
from server.asking.labels import known_table_of_all
from server.engine.snapshot import Snapshot
from server.things.query_texts import FOLDER

GRAPH = graph_iri("")


@dataclass(frozen=True)
class NamedGraph:
    """A graph of the store; `labels` are empty where it is not one of the project's own."""

    iri: str
    triples: int
    labels: Mapping[str, str]

    @property
    def address(self) -> str:
        """Where the Graph Store Protocol has it."""
        return f"/graphs?{urlencode({'graph': self.iri})}"


def graph_of(iri: str, release: Snapshot) -> NamedGraph | None:
    """The graph of this name, counted once for each release; None for an empty one. Raises Refused."""
    try:
        table = known_table_of_all(release, _size().bind({"graph": iri}))
    except WrongParameter:
        return None
    triples = int(next(table.dictionaries())["number"].value)
    return NamedGraph(iri, triples, _labels().get(iri.removeprefix(GRAPH), {})) if triples else None


@cache
def _size() -> SavedQuery:
    return read_saved_query(FOLDER / "graph-size.rq")


@cache
def _labels() -> Mapping[str, Mapping[str, str]]:
    told: dict[str, dict[str, str]] = tomllib.loads((FOLDER / "named_graphs.toml").read_text("utf-8"))
    return told
