"""The data sets that are loaded beside our graphs: their names, and which of them speak of some thing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from loader.query.values import iri_terms
from loader.release.namespaces import BASE
from server.asking.asker import asker_of_all
from server.asking.labels import known_table
from server.engine.snapshot import Snapshot

FOLDER = Path(__file__).parent
NAMES = (FOLDER / "data_sets.rq").read_text(encoding="utf-8")
# Of a few graphs one is asked for the other; a page names no more.
SPEAKERS = "SELECT DISTINCT ?graph {{ GRAPH ?graph {{ {thing} ?property ?value }} }} ORDER BY ?graph LIMIT 20"
DATASET = f"{BASE}dataset/"


@dataclass(frozen=True)
class LoadedData:
    """A data set with its titles by language; its graph holds what it says."""

    iri: str
    graph: str
    labels: Mapping[str, str]

    @property
    def kind(self) -> str:
        """What its things are in a search: the path of its IRI."""
        return self.iri.removeprefix(BASE)


def data_sets(release: Snapshot) -> dict[str, LoadedData]:
    """All of them, by the IRI of their graph. Raises Refused."""
    found: dict[str, LoadedData] = {}
    labels: dict[str, dict[str, str]] = {}
    for row in known_table(release, NAMES).dictionaries():
        iri, graph, name = row["dataset"].value, row["graph"].value, row["name"]
        labels.setdefault(iri, {}).setdefault(name.language, name.value)
        found[graph] = LoadedData(iri, graph, labels[iri])
    return found


def speakers(thing: str, release: Snapshot) -> list[LoadedData]:
    """The data sets that say something of a thing, by name. Raises Refused."""
    known = data_sets(release)
    terms = iri_terms([thing])
    if not known or not terms:
        return []
    rows = asker_of_all(release).table(SPEAKERS.format(thing=terms[0])).dictionaries()
    return _named({row["graph"].value for row in rows}, known)


def _named(graphs: Iterable[str], known: Mapping[str, LoadedData]) -> list[LoadedData]:
    return sorted((known[graph] for graph in graphs if graph in known), key=lambda one: one.iri)


def first_speakers(text: str, release: Snapshot) -> dict[str, str]:
    """By thing, the first graph in which the rows of a query (`?thing`, `?graph`) have it. Raises Refused.

    The text has `GRAPHS` where the graphs of the data sets belong.
    """
    known = data_sets(release)
    if not known:
        return {}
    graphs = " ".join(f"<{graph}>" for graph in sorted(known))
    rows = asker_of_all(release).table(text.replace("GRAPHS", graphs)).dictionaries()
    pairs = sorted((row["thing"].value, row["graph"].value) for row in rows)
    return dict(reversed(pairs))
