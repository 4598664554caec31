"""The page of the ontology: what its template shows, for a release and a language."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Response, render_template
from markupsafe import Markup

from loader.release.namespaces import ONTOLOGY, OWL
from server.engine.snapshot import Snapshot
from server.i18n.languages import Text, language
from server.i18n.spelling import sorting
from server.ontology.diagram import box_names, diagram
from server.ontology.entries import TermEntry
from server.ontology.graph import OntologyGraph
from server.ontology.texts import DEFINITIONS, texts_of
from server.ontology.vocabulary import Vocabulary, vocabulary_of
from server.page.links import carried
from server.page.render import page, unchanged
from server.prefixes import anchor, full

GROUPS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("groups.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Rule:
    """A shape that is for no class: where it stands on the page, and its sentences."""

    anchor: str
    sentences: list[Text]


@dataclass(frozen=True, kw_only=True)
class Listed:
    """The terms under the headings of the page, in their order."""

    classes: list[TermEntry]
    groups: dict[str, list[TermEntry]]
    schemes: list[TermEntry]
    outside_classes: list[TermEntry]
    outside_properties: list[TermEntry]
    rules: list[Rule]


def ontology_page(release: Snapshot) -> Response:
    """The ontology of a release for a browser. Raises Refused."""
    if same := unchanged(release):
        return same
    vocabulary, chosen = vocabulary_of(release), language()
    terms = vocabulary.terms

    def entries(kind: str, iris: Iterable[str]) -> list[TermEntry]:
        return [TermEntry(vocabulary, iri, kind, chosen) for iri in iris]

    listed = Listed(
        classes=_in_reading_order(entries("class", terms.classes)),
        groups={name: entries("property", iris) for name, iris in _groups(terms.properties)},
        schemes=_by_name(entries("scheme", terms.schemes)),
        outside_classes=_by_name(entries("class", terms.outside_classes)),
        outside_properties=_by_name(entries("property", terms.outside_properties)),
        rules=list(_rules(vocabulary, chosen)),
    )
    return page(
        "ontology.html",
        release,
        cacheable=vocabulary.uses.is_counted,
        counted_on=release.id,
        namespace=ONTOLOGY,
        ontology=TermEntry(vocabulary, terms.ontology, "ontology", chosen),
        version=_version(terms.graph, terms.ontology),
        diagram=diagram(vocabulary, chosen),
        is_counted=vocabulary.uses.is_counted,
        listed=listed,
        terms=_terms(vocabulary, listed),
    )


def _terms(vocabulary: Vocabulary, listed: Listed) -> Markup:
    """The terms as HTML, made once for readers of a language."""
    key = language(), tuple(carried())
    if key not in vocabulary.shown:
        html = render_template("ontology_terms.html", listed=listed, is_counted=vocabulary.uses.is_counted)
        vocabulary.shown[key] = Markup(html)
    return vocabulary.shown[key]


def _version(graph: OntologyGraph, ontology: str) -> str:
    return next((cell.value for cell in graph.cells(ontology, OWL + "versionInfo")), "")


def _by_name(entries: list[TermEntry]) -> list[TermEntry]:
    return sorted(entries, key=lambda entry: (sorting(entry.label.words), entry.iri))


def _in_reading_order(classes: list[TermEntry]) -> list[TermEntry]:
    """First those of the diagram as that tells them, then the others by name."""
    order = {full(name): place for place, name in enumerate(box_names())}
    return sorted(_by_name(classes), key=lambda entry: order.get(entry.iri, len(order)))


def _groups(properties: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """The properties under their headings, empty ones left out."""
    named = {ONTOLOGY + name for names in GROUPS.values() for name in names}
    for heading, names in GROUPS.items():
        if found := [ONTOLOGY + name for name in names if ONTOLOGY + name in properties]:
            yield heading, found
    if found := [iri for iri in properties if iri not in named]:
        yield "further", found


def _rules(vocabulary: Vocabulary, language: str) -> Iterator[Rule]:
    """What the shapes demand of everything, and the parts that several shapes share."""
    for iri in vocabulary.terms.further_shapes:
        if sentences := texts_of(vocabulary.terms.graph, iri, DEFINITIONS, language):
            yield Rule(anchor(iri), sentences)
