"""The words that the editor completes: prefixes, classes and properties of a release with their labels."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from loader.release.namespaces import BASE
from server.asking.data_sets import LoadedData, first_speakers
from server.asking.labels import known_table, known_table_of_all, labels_of, labels_of_all
from server.engine.snapshot import Snapshot
from server.i18n.texts import LANGUAGES
from server.prefixes import PREFIXES
from server.refusal import Refused
from server.tables.table import Table

FOLDER = Path(__file__).parent
TEXTS = {kind: (FOLDER / f"{kind}.rq").read_text("utf-8") for kind in ("classes", "properties")}
KINDS = {"classes": "class", "properties": "property"}
ORIGINS = {kind: (FOLDER / f"{name}-origins.rq").read_text("utf-8") for kind, name in KINDS.items()}
MOST = 1000
Counted = list[tuple[str, int]]


def words(release: Snapshot) -> dict[str, object]:
    """All of them; `left_out` names the kinds of which there are more, or which took too long to count.

    The terms of our graphs come first, counted there, whatever is loaded beside. Raises Refused.
    """
    terms: list[dict[str, object]] = []
    left_out: list[str] = []
    for kind in TEXTS:
        own = _pairs(known_table(release, TEXTS[kind]))
        others = _others(kind, {iri for iri, _ in own}, release)
        if others is None or len(own) + len(others) > MOST:
            left_out.append(kind)
        terms += _own_terms(KINDS[kind], own[:MOST], release)
        terms += _other_terms(kind, (others or [])[: max(MOST - len(own), 0)], release)
    return {"base": BASE, "prefixes": PREFIXES, "terms": terms, "left_out": left_out}


def _others(kind: str, own: set[str], release: Snapshot) -> Counted | None:
    """The terms that only others use; None where counting them takes more than a query may."""
    try:
        return [pair for pair in _pairs(known_table_of_all(release, TEXTS[kind])) if pair[0] not in own]
    except Refused as failure:
        if failure.kind not in ("timeout", "memory"):
            raise
        return None


def _pairs(table: Table) -> Counted:
    return [(row["term"].value, int(row["number"].value)) for row in table.dictionaries()]


def _own_terms(kind: str, counted: Counted, release: Snapshot) -> Iterator[dict[str, object]]:
    labels = labels_of([iri for iri, _ in counted], release, MOST)
    for iri, number in counted:
        yield _term(kind, iri, number, labels.get(iri, {}))


def _other_terms(kind: str, counted: Counted, release: Snapshot) -> Iterator[dict[str, object]]:
    """What others use, with the data set that does."""
    if not counted:
        return
    labels = labels_of_all([iri for iri, _ in counted], release, MOST)
    origins = _origins(kind, release)
    for iri, number in counted:
        yield {**_term(KINDS[kind], iri, number, labels.get(iri, {})), **_origin(origins.get(iri))}


def _origins(kind: str, release: Snapshot) -> Mapping[str, LoadedData]:
    """By term the data set that uses it; none where finding that takes more than a query may."""
    try:
        return first_speakers(ORIGINS[kind], release)
    except Refused:
        return {}


def _origin(data_set: LoadedData | None) -> dict[str, object]:
    return {"dataset": {"iri": data_set.iri, "labels": dict(data_set.labels)}} if data_set else {}


def _term(kind: str, iri: str, number: int, labels: Mapping[str, str]) -> dict[str, object]:
    ours = {code: words for code, words in labels.items() if code in LANGUAGES}
    return {"iri": iri, "kind": kind, "count": number, "labels": ours}
