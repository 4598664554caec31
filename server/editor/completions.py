"""The words that the editor completes: prefixes, classes and properties of a release with their labels."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from loader.release.namespaces import BASE, RDF, VOID, graph_iri
from server.asking.data_sets import LoadedData, data_sets
from server.asking.labels import known_table, known_table_of_all, labels_of, labels_of_all
from server.engine.snapshot import Snapshot
from server.i18n.texts import LANGUAGES
from server.prefixes import PREFIXES
from server.refusal import Refused
from server.tables.table import Table
from server.things.names import wording

FOLDER = Path(__file__).parent
KINDS = {"classes": "class", "properties": "property"}
TEXTS = {kind: (FOLDER / f"{kind}.rq").read_text("utf-8") for kind in KINDS}
OF_OTHERS = {kind: (FOLDER / f"{kind}-of-others.rq").read_text("utf-8") for kind in KINDS}
ARE_THERE = f"""ASK {{ GRAPH <{graph_iri("void")}> {{
  <{BASE}dataset/un-missions> <{VOID}distinctSubjects> ?number }} }}"""
HELD = [(FOLDER / f"properties-of-{kind}.rq").read_text("utf-8") for kind in ("classes", "values")]
MOST = 1000
Counted = list[tuple[str, int]]
Origins = Mapping[str, LoadedData]


def words(release: Snapshot) -> dict[str, object]:
    """All of them; `left_out` names the kinds of which there are more, or which took too long to count.

    The terms of our graphs come first, counted there, whatever is loaded beside. Raises Refused.
    """
    terms: list[dict[str, object]] = []
    left_out: list[str] = []
    for kind in TEXTS:
        own = counted(known_table(release, TEXTS[kind]))
        others, origins = _others(kind, {iri for iri, _ in own}, release)
        if others is None or len(own) + len(others) > MOST:
            left_out.append(kind)
        terms += _own_terms(KINDS[kind], own[:MOST], release)
        terms += _other_terms(KINDS[kind], (others or [])[: max(MOST - len(own), 0)], origins, release)
    _tell_properties(terms, release)
    return {"base": BASE, "prefixes": PREFIXES, "terms": terms, "left_out": left_out}


def _tell_properties(terms: list[dict[str, object]], release: Snapshot) -> None:
    """Gives each class, and each property, the places among all properties of those that its things have, or
    the things to which it leads, in our graphs; last what only programs compute with."""
    known = {term["iri"]: term for term in terms}
    properties = (term["iri"] for term in terms if term["kind"] == "property")
    places = {iri: place for place, iri in enumerate(properties)}
    held: dict[str, list[str]] = {}
    for text in HELD:
        for row in known_table(release, text).dictionaries():
            if row["of"].value in known and row["term"].value in places:
                held.setdefault(row["of"].value, []).append(row["term"].value)
    for iri, found in held.items():
        known[iri]["properties"] = [places[term] for term in sorted(found, key=_is_for_programs)]


def _is_for_programs(property_: str) -> bool:
    """A page folds it away, or SPARQL has a word for it."""
    return property_ in wording().folded or property_ == f"{RDF}type"


def _others(kind: str, own: set[str], release: Snapshot) -> tuple[Counted | None, Origins]:
    """The terms that only others use, with the data set that does; none where that takes too long.

    They are counted only where a release has no statistics, as one that a build has never made.
    """
    if known_table_of_all(release, ARE_THERE).is_true:
        table = known_table_of_all(release, OF_OTHERS[kind])
        return _without(own, table), _origins(table, release)
    try:
        return _without(own, known_table_of_all(release, TEXTS[kind])), {}
    except Refused as failure:
        if failure.kind not in ("timeout", "memory"):
            raise
        return None, {}


def _without(own: set[str], table: Table) -> Counted:
    return [pair for pair in counted(table) if pair[0] not in own]


def _origins(table: Table, release: Snapshot) -> Origins:
    """By term the data set that uses it, where that has a name."""
    known = {one.iri: one for one in data_sets(release).values()}
    rows = ((row["term"].value, row["first"].value) for row in table.dictionaries())
    return {term: known[first] for term, first in rows if first in known}


def counted(table: Table, column: str = "term") -> Counted:
    """The IRIs of a column, each with its number."""
    return [(row[column].value, int(row["number"].value)) for row in table.dictionaries()]


def of_languages(labels: Mapping[str, str]) -> dict[str, str]:
    """The labels in the languages of the editor."""
    return {code: words for code, words in labels.items() if code in LANGUAGES}


def _own_terms(kind: str, pairs: Counted, release: Snapshot) -> Iterator[dict[str, object]]:
    labels = labels_of([iri for iri, _ in pairs], release, MOST)
    for iri, number in pairs:
        yield _term(kind, iri, number, labels.get(iri, {}))


def _other_terms(
    kind: str, pairs: Counted, origins: Origins, release: Snapshot
) -> Iterator[dict[str, object]]:
    """What others use, with the data set that does."""
    labels = labels_of_all([iri for iri, _ in pairs], release, MOST) if pairs else {}
    for iri, number in pairs:
        yield {**_term(kind, iri, number, labels.get(iri, {})), **_origin(origins.get(iri))}


def _origin(data_set: LoadedData | None) -> dict[str, object]:
    return {"dataset": {"iri": data_set.iri, "labels": dict(data_set.labels)}} if data_set else {}


def _term(kind: str, iri: str, number: int, labels: Mapping[str, str]) -> dict[str, object]:
    return {"iri": iri, "kind": kind, "count": number, "labels": of_languages(labels)}
