"""How the data of a release use its terms: counts, examples, and between what a property stands."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from loader.query.values import iri_terms
from loader.release.namespaces import RDFS, SKOS
from server.asking.asker import own_asker
from server.asking.labels import labels_of
from server.engine.snapshot import Snapshot
from server.ontology.terms import OntologyTerms
from server.refusal import Refused
from server.tables.reading import Labels
from server.tables.table import Cell, Table

# Data sets from elsewhere may be large; the page does not wait for their counts as long as a query may take.
MOST_SECONDS = 8.0
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("*.rq")}
Ask = Callable[[str], Table]
Example = tuple[Cell, Cell | None]


@dataclass(frozen=True)
class Count:
    """How many things of a class, or triples with a property and how many of these a rule derived."""

    number: int = 0
    derived: int = 0


@dataclass(frozen=True, kw_only=True)
class Uses:
    """What the data do with the terms, by IRI.

    `is_counted` is false where counting would take too long. An example is a thing of a class, or subject and
    object of a property, one for each language of its texts. `ends` has the classes of what a property comes
    `from` and leads `to`, and for a scheme each `property` that leads to its concepts.
    """

    counts: Mapping[str, Count]
    is_counted: bool
    examples: Mapping[str, tuple[Example, ...]]
    ends: Mapping[tuple[str, str], tuple[str, ...]]
    labels: Labels

    def count(self, iri: str) -> Count:
        return self.counts.get(iri, Count())


def uses_of(terms: OntologyTerms, release: Snapshot) -> Uses:
    """Asks the release. Raises Refused."""
    ask = own_asker(release).table
    examples = _examples(terms, ask)
    ends = _ends(terms, ask)
    cells = [cell for pairs in examples.values() for pair in pairs for cell in pair]
    things = dict.fromkeys(cell.value for cell in cells if cell is not None and cell.kind == "uri")
    labels = labels_of(list(things), release)
    counted = own_asker(release, MOST_SECONDS).table
    try:
        counts = _counts(terms, counted)
        of_concepts = list(_rows("uses-of-concepts", terms.concepts, counted))
    except Refused as failure:
        if failure.kind not in ("timeout", "memory"):
            raise
        return Uses(counts={}, is_counted=False, examples=examples, ends=ends, labels=labels)
    return Uses(
        counts={**counts, **_sums(of_concepts)},
        is_counted=True,
        examples=examples,
        ends={**ends, **_of_schemes(terms, of_concepts)},
        labels=labels,
    )


def _counts(terms: OntologyTerms, ask: Ask) -> dict[str, Count]:
    found = {}
    for name, iris in (
        ("things-of-classes", terms.all_classes),
        ("uses-of-properties", terms.all_properties),
    ):
        for row in _rows(name, iris, ask):
            derived = int(row["derived"].value) if "derived" in row else 0
            found[row["term"].value] = Count(int(row["number"].value), derived)
    return found


def _sums(rows: Iterable[Mapping[str, Cell]]) -> dict[str, Count]:
    """How often each concept is a value, whatever the property."""
    found: dict[str, Count] = {}
    for row in rows:
        before = found.get(row["term"].value, Count())
        found[row["term"].value] = Count(before.number + int(row["number"].value))
    return found


def _of_schemes(
    terms: OntologyTerms, rows: Iterable[Mapping[str, Cell]]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """The properties of ours by which data lead to the concepts of a scheme."""
    found: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        if row["property"].value in terms.properties:
            for scheme in terms.graph.nodes(row["term"].value, SKOS + "inScheme"):
                found.setdefault((scheme, "property"), set()).add(row["property"].value)
    return {key: tuple(sorted(names)) for key, names in found.items()}


def _ends(terms: OntologyTerms, ask: Ask) -> dict[tuple[str, str], tuple[str, ...]]:
    """The classes at both ends of a property."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in _rows("ends-of-properties", terms.all_properties, ask):
        if row["class"].value in terms.all_classes:
            numbers = found.setdefault((row["term"].value, row["end"].value), {})
            numbers[row["class"].value] = int(row["number"].value)
    return {key: tuple(sorted(_narrowest(terms, numbers))) for key, numbers in found.items()}


def _narrowest(terms: OntologyTerms, numbers: Mapping[str, int]) -> Iterator[str]:
    """The classes without those whose things are all of narrower classes, and so say nothing more."""
    for class_, number in numbers.items():
        narrower = terms.graph.subjects(RDFS + "subClassOf", class_)
        if not any(iri in numbers for iri in narrower) or number > sum(numbers.get(n, 0) for n in narrower):
            yield class_


def _examples(terms: OntologyTerms, ask: Ask) -> dict[str, tuple[Example, ...]]:
    found: dict[str, dict[str, Example]] = {}
    for name, iris in (
        ("example-of-a-class", terms.all_classes),
        ("example-of-a-property", terms.all_properties),
    ):
        parts = [TEXTS[name].replace("UNDEF", term) for term in iri_terms(iris)]
        if not parts:
            continue
        for row in ask("SELECT * WHERE {\n" + "UNION\n".join(parts) + "}").in_order().dictionaries():
            object_ = row.get("object")
            by_language = found.setdefault(row["term"].value, {})
            by_language.setdefault(object_.language if object_ else "", (row["subject"], object_))
    return {iri: tuple(pairs.values()) for iri, pairs in found.items()}


def _rows(name: str, iris: Iterable[str], ask: Ask) -> Iterator[dict[str, Cell]]:
    return ask(TEXTS[name].replace("UNDEF", " ".join(iri_terms(iris)))).dictionaries()
