"""The page of a thing: everything that its template shows, from four queries at most."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Response
from markupsafe import Markup

from loader.release.namespaces import BASE, is_own_thing
from server.asking.asker import Asker, asker_of_all, own_asker
from server.asking.data_sets import speakers
from server.asking.placeholders import fill
from server.engine.snapshot import Snapshot
from server.http.state import state
from server.i18n.languages import Text, best, language
from server.i18n.texts import LANGUAGES
from server.page.html import words
from server.page.links import thing_link
from server.page.render import page, unchanged
from server.tables.reading import named
from server.things.addresses import Addresses, add_thing_links
from server.things.blocks import PropertyRow, kinds, sort
from server.things.editor_links import editor_address
from server.things.facts import OUT, ThingFacts, outline
from server.things.identifiers import identifiers
from server.things.named_graphs import GRAPH, NamedGraph, graph_of
from server.things.names import TermNames, terms_of, wording
from server.things.neighbours import Around, around
from server.things.not_found import unknown
from server.things.participations import Participations, holds, is_event, parts
from server.things.place_map import places_on_a_map
from server.things.query_texts import text_of
from server.things.quotations import quotations
from server.things.schema_org import describe, in_script
from server.things.values import Reader

SOURCE = f"{BASE}source/"
USED = text_of("used")


@dataclass(frozen=True)
class Heading:
    """What a thing is called in the reader's language, in the other, and what it is."""

    first: Text
    second: Text | None
    kinds: tuple[tuple[Text, str], ...]


def thing_page(iri: str, release: Snapshot) -> Response:
    """The page of any IRI that occurs in the store.

    Raises Refused, with the nearest names, where nothing is said of it, and Refused.
    """
    if same := unchanged(release):
        return same
    asker, facts = _outline(iri, release)
    graph = graph_of(iri, release) if iri.startswith(GRAPH) or not facts.facts else None
    is_used = not facts.facts and graph is None and asker.ask(fill(USED, property=[iri]))
    if not (facts.facts or graph or is_used):
        raise unknown(iri, release)
    addresses = Addresses.of(iri)
    shown = {"is_used": is_used, **_shown(addresses, facts, graph, release, asker)}
    response = page("thing.html", release, 200, True, **shown)
    add_thing_links(response, addresses)
    return response


def _outline(iri: str, release: Snapshot) -> tuple[Asker, ThingFacts]:
    """What is said of a thing, of ours what we say unless only others do; and who to ask for more."""
    if is_own_thing(iri):
        asker = own_asker(release)
        if (facts := outline(iri, asker)).facts:
            return asker, facts
    asker = asker_of_all(release)
    return asker, outline(iri, asker)


def _shown(
    addresses: Addresses, facts: ThingFacts, graph: NamedGraph | None, release: Snapshot, asker: Asker
) -> dict[str, object]:
    """What the template shows."""
    iri, chosen = addresses.iri, language()
    terms, beside = terms_of(release), around(addresses.iri, facts, asker)
    support = quotations(iri, facts, beside, asker)
    reader = Reader(chosen, beside, {**support.labels, **beside.labels})
    labels, lines = _labels(facts, graph), parts(iri, facts, reader)
    classes = kinds(facts, terms)
    return {
        "iri": iri,
        "addresses": addresses,
        "speakers": [] if is_own_thing(iri) else _speakers(iri, release),
        "heading": _heading(iri, labels, classes, terms, reader),
        "facts": sort(facts, terms, reader, labels),
        "unread": facts.unread,
        "parts": lines,
        "is_event": is_event(facts),
        "holds_posts": holds(facts),
        "quotations": support,
        "said_for": {one: _said_for(one, lines, reader) for _, found in support.supports for one in found},
        "identifiers": identifiers(facts, terms, reader),
        "map": places_on_a_map(iri, facts, beside, release, chosen),
        "graph": graph,
        "source_page": _source_page(iri, facts),
        "all_of": _lister(iri, chosen),
        "uses": editor_address("see-uses", property=iri),
        "sparql": editor_address("see", thing=iri, language=chosen),
        "description": in_script(_description(iri, classes, labels, facts, beside, addresses)),
    }


def _speakers(iri: str, release: Snapshot) -> list[tuple[str, Text]]:
    """The data sets that say what stands on this page, with their pages."""
    return [(thing_link(one.iri), best(one.labels, language())) for one in speakers(iri, release)]


def _labels(facts: ThingFacts, graph: NamedGraph | None) -> dict[str, str]:
    """The names of a thing by language, those of the stronger properties first."""
    found: dict[str, str] = {}
    for property_ in wording().labels:
        for fact in facts.of(OUT, property_):
            found.setdefault(fact.value.language, fact.value.value)
    return found or dict(graph.labels if graph else {})


def _heading(
    iri: str, labels: Mapping[str, str], classes: list[str], terms: TermNames, reader: Reader
) -> Heading:
    first = best(labels, reader.language) if labels else named(iri, reader.language, {})
    other = next((Text(labels[c], c) for c in LANGUAGES if c in labels and c != first.language), None)
    names = ((terms.name(one, reader.language, reader.labels), thing_link(one)) for one in classes)
    return Heading(first, other, tuple(names))


def _source_page(iri: str, facts: ThingFacts) -> str:
    """Where the text of a source is read, if it is kept here."""
    is_kept = facts.of(OUT, f"{BASE}ontology#file")
    return f"/sources/{iri.removeprefix(SOURCE)}" if is_kept and iri.startswith(SOURCE) else ""


def _description(
    iri: str,
    classes: list[str],
    labels: Mapping[str, str],
    facts: ThingFacts,
    beside: Around,
    addresses: Addresses,
) -> dict[str, object]:
    return describe(iri, classes, labels, facts, beside, state().settings.address + addresses.path)


def _said_for(thing: str, lines: Participations, reader: Reader) -> Markup:
    """What a quotation supports: of a participation what its line says first, and the role."""
    part = lines.of(thing)
    if part is None:
        return reader.thing(thing).html
    role = part.role and words(part.role.shown.words, part.role.shown.language)
    first = (part.event or part.who or part.node).html
    return Markup(f"{first} ({role})") if role else first


def _lister(iri: str, chosen: str) -> Callable[[PropertyRow], str]:
    """Gives the address of the query that lists all values of a row."""

    def address(row: PropertyRow) -> str:
        name = "see-back" if row.is_back else "see-out"
        return editor_address(name, thing=iri, property=row.predicate, language=chosen)

    return address
