"""The labels and the choices that a page needs from the graph, asked once for each release."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence

from loader.release.parameter import Parameter
from loader.release.releases import Release
from loader.release.terms import WrongValue, as_term
from server.i18n.languages import Text, best
from server.i18n.texts import LANGUAGES
from server.saved.reading import Labels
from server.saved.running import run_table
from server.saved.table import Cell, Table

MOST_TABLES = 400
MOST_THINGS = 500
LABELS = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?label WHERE {{ VALUES ?thing {{ {} }} ?thing rdfs:label ?label }}"""


class Kept:
    """Small tables by release and query, those used last; safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tables: OrderedDict[tuple[str, str], Table] = OrderedDict()

    def get(self, release: Release, text: str, run: Callable[[str, Release], Table] = run_table) -> Table:
        """The rows of a query of ours. Raises EngineFailure."""
        key = (release.id, text)
        with self._lock:
            if key in self._tables:
                self._tables.move_to_end(key)
                return self._tables[key]
        table = run(text, release)
        with self._lock:
            self._tables[key] = table
            while len(self._tables) > MOST_TABLES:
                self._tables.popitem(last=False)
        return table


kept = Kept()


def labels_of(things: Sequence[str], release: Release) -> Labels:
    """The labels of things by language; only of the first few hundred. Raises EngineFailure."""
    terms = [term for thing in things[:MOST_THINGS] if (term := _term(thing))]
    if not terms:
        return {}
    found: dict[str, dict[str, str]] = {}
    for row in run_table(LABELS.format(" ".join(terms)), release).dictionaries():
        found.setdefault(row["thing"].value, {}).setdefault(row["label"].language, row["label"].value)
    return found


def _term(iri: str) -> str:
    try:
        return as_term("iri", iri)
    except WrongValue:
        return ""


def choices_of(parameter: Parameter, release: Release, language: str) -> list[tuple[str, Text]]:
    """The values that a form offers for a parameter, each with its label; none where anything may be given.

    What a query gives in the order of the English labels stands in the order of the reader's.
    """
    if not parameter.choices_query:
        return [(value, Text(value)) for value in parameter.choices]
    rows = [row for row in kept.get(release, parameter.choices_query).dictionaries() if "value" in row]
    in_english = [_label(row, "en").words for row in rows]
    if in_english == sorted(in_english):
        rows.sort(key=lambda row: _label(row, language).words)
    return [(row["value"].value, _label(row, language)) for row in rows]


def _label(row: Mapping[str, Cell], language: str) -> Text:
    labels = {code: row[name].value for code in LANGUAGES if (name := f"label_{code}") in row}
    return best(labels, language, row["value"].value)
