"""The labels and the choices that a page needs from the graph, asked once for each release."""

from collections.abc import Mapping, Sequence

from loader.query.parameter import Parameter
from loader.query.values import iri_terms
from loader.release.namespaces import is_own_thing
from server.asking.asker import Asker, asker_of_all, asker_of_saved, own_asker
from server.engine.snapshot import Snapshot
from server.http.state import state
from server.i18n.languages import Text, best
from server.i18n.spelling import sorting
from server.i18n.texts import LANGUAGES
from server.tables.reading import Labels
from server.tables.table import Cell, Table

MOST_TABLES = 400
MOST_THINGS = 500
# What a thing is called: its rdfs:label, else, in a language in which it has none, its skos:prefLabel.
LABELS = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?label WHERE {{
  VALUES ?thing {{ {} }}
  VALUES (?property ?rank) {{ (rdfs:label 1) (skos:prefLabel 2) }}
  ?thing ?property ?label
}} ORDER BY ?rank ?label"""


def known_table(release: Snapshot, text: str) -> Table:
    """The rows of a query of ours about our own graphs, asked once for each release. Raises Refused."""
    return state().memory.get(release.id, "table", text, lambda: own_asker(release).table(text), MOST_TABLES)


def known_table_of_all(release: Snapshot, text: str) -> Table:
    """The same about all graphs. Raises Refused."""
    asker, memory = asker_of_all(release), state().memory
    return memory.get(release.id, "table of all", text, lambda: asker.table(text), MOST_TABLES)


def labels_of(things: Sequence[str], release: Snapshot, most: int = MOST_THINGS) -> Labels:
    """What our own graphs call things, by language, of the first `most` of them. Raises Refused."""
    return _labels(things[:most], own_asker(release))


def labels_of_all(things: Sequence[str], release: Snapshot, most: int = MOST_THINGS) -> Labels:
    """The same where things from elsewhere stand beside ours: those as they are called there."""
    ours = [thing for thing in things[:most] if is_own_thing(thing)]
    others = [thing for thing in things[:most] if not is_own_thing(thing)]
    return {**_labels(ours, own_asker(release)), **_labels(others, asker_of_all(release))}


def _labels(things: Sequence[str], asker: Asker) -> Labels:
    """A few hundred are asked for at a time."""
    terms = iri_terms(things)
    found: dict[str, dict[str, str]] = {}
    for start in range(0, len(terms), MOST_THINGS):
        text = LABELS.format(" ".join(terms[start : start + MOST_THINGS]))
        for row in asker.table(text).dictionaries():
            found.setdefault(row["thing"].value, {}).setdefault(row["label"].language, row["label"].value)
    return found


def choices_of(parameter: Parameter, release: Snapshot, language: str) -> list[tuple[str, Text]]:
    """The values that a form offers for a parameter, each with its label; none where anything may be given.

    What a query gives in the order of the English labels stands in the order of the reader's.
    """
    if not parameter.choices_query:
        return [(value, Text(value)) for value in parameter.choices]
    rows = [row for row in _choices(parameter, release).dictionaries() if "value" in row]
    in_english = [_label(row, "en").words for row in rows]
    if in_english == sorted(in_english):
        rows.sort(key=lambda row: sorting(_label(row, language).words))
    return [(row["value"].value, _label(row, language)) for row in rows]


def _choices(parameter: Parameter, release: Snapshot) -> Table:
    """What the query of a parameter offers, which may name the graph of a data set, as a saved query may."""
    asker, text = asker_of_saved(release), parameter.choices_query
    return state().memory.get(release.id, "choices", text, lambda: asker.table(text), MOST_TABLES)


def _label(row: Mapping[str, Cell], language: str) -> Text:
    labels = {code: row[name].value for code in LANGUAGES if (name := f"label_{code}") in row}
    return best(labels, language, row["value"].value)
