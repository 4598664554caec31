"""What data sets that were loaded say of a thing of ours: each under its name, apart from what we say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from loader.release.namespaces import BUILT_IN, graph_iri
from server.asking.asker import asker_of_all
from server.asking.data_sets import LoadedData, data_sets
from server.asking.placeholders import fill
from server.engine.snapshot import Snapshot
from server.i18n.languages import Text, best
from server.page.links import thing_link
from server.tables.table import Cell
from server.things.names import TermNames
from server.things.numbers import in_words
from server.things.query_texts import text_of
from server.things.values import Reader, Value

SAID = text_of("said-by-others")
# So many are shown of all of them together, as said-by-others.rq has it, which reads one more.
MOST = 100
OURS = frozenset(graph_iri(f"dataset/{slug}") for slug in BUILT_IN)
Rows = list[tuple[str, str, Cell]]


@dataclass(frozen=True)
class OtherWords:
    """What one data set says of a thing: its name, its page, and values by property."""

    name: Text
    address: str
    rows: tuple[tuple[Text, tuple[Value, ...]], ...]


@dataclass(frozen=True)
class SaidByOthers:
    """What all of them say, of much only the beginning."""

    data_sets: tuple[OtherWords, ...]
    is_cut: bool


def said_by_others(thing: str, release: Snapshot, terms: TermNames, reader: Reader) -> SaidByOthers:
    """Asks only where something was loaded. Raises Refused."""
    known = {graph: one for graph, one in data_sets(release).items() if graph not in OURS}
    rows = _read(thing, known, release) if known else []
    by_graph: dict[str, dict[str, list[Value]]] = {}
    for graph, property_, cell in rows[:MOST]:
        by_graph.setdefault(graph, {}).setdefault(property_, []).append(
            in_words(reader.value(cell), property_)
        )
    told = (_told(known[graph], said, terms, reader) for graph, said in by_graph.items())
    return SaidByOthers(tuple(told), len(rows) > MOST)


def _read(thing: str, known: Mapping[str, LoadedData], release: Snapshot) -> Rows:
    table = asker_of_all(release).table(fill(SAID, graph=known, thing=[thing]))
    return [(row["graph"].value, row["property"].value, row["value"]) for row in table.dictionaries()]


def _told(
    data_set: LoadedData, said: Mapping[str, list[Value]], terms: TermNames, reader: Reader
) -> OtherWords:
    def rows() -> Iterator[tuple[Text, tuple[Value, ...]]]:
        for property_, values in said.items():
            yield terms.name(property_, reader.language, reader.labels), tuple(values)

    return OtherWords(best(data_set.labels, reader.language), thing_link(data_set.iri), tuple(rows()))
