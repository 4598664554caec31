"""The labels and the choices that a page needs from the graph, asked once for each release."""

from collections.abc import Callable, Mapping, Sequence

from loader.query.parameter import Parameter
from loader.query.values import iri_terms
from server.asking.asker import run_table
from server.engine.snapshot import Snapshot
from server.http.state import state
from server.i18n.languages import Text, best
from server.i18n.texts import LANGUAGES
from server.tables.reading import Labels
from server.tables.table import Cell, Table

Run = Callable[[str, Snapshot], Table]
MOST_TABLES = 400
MOST_THINGS = 500
LABELS = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?label WHERE {{ VALUES ?thing {{ {} }} ?thing rdfs:label ?label }}"""


def known_table(release: Snapshot, text: str) -> Table:
    """The rows of a query of ours, asked once for each release. Raises Refused."""
    return state().memory.get(release.id, "table", text, lambda: run_table(text, release), MOST_TABLES)


def labels_of(
    things: Sequence[str], release: Snapshot, most: int = MOST_THINGS, run: Run = run_table
) -> Labels:
    """The labels of things by language, of the first `most` of them; a few hundred are asked for at a time.

    Raises Refused.
    """
    terms = iri_terms(things[:most])
    found: dict[str, dict[str, str]] = {}
    for start in range(0, len(terms), MOST_THINGS):
        text = LABELS.format(" ".join(terms[start : start + MOST_THINGS]))
        for row in run(text, release).dictionaries():
            found.setdefault(row["thing"].value, {}).setdefault(row["label"].language, row["label"].value)
    return found


def choices_of(parameter: Parameter, release: Snapshot, language: str) -> list[tuple[str, Text]]:
    """The values that a form offers for a parameter, each with its label; none where anything may be given.

    What a query gives in the order of the English labels stands in the order of the reader's.
    """
    if not parameter.choices_query:
        return [(value, Text(value)) for value in parameter.choices]
    rows = [row for row in known_table(release, parameter.choices_query).dictionaries() if "value" in row]
    in_english = [_label(row, "en").words for row in rows]
    if in_english == sorted(in_english):
        rows.sort(key=lambda row: _label(row, language).words)
    return [(row["value"].value, _label(row, language)) for row in rows]


def _label(row: Mapping[str, Cell], language: str) -> Text:
    labels = {code: row[name].value for code in LANGUAGES if (name := f"label_{code}") in row}
    return best(labels, language, row["value"].value)
