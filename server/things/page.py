"""The page of a thing: everything that its template shows, from six queries at most."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from flask import Response
from markupsafe import Markup

from loader.release.namespaces import BASE, is_own_graph, is_own_thing
from server.asking.data_sets import speakers
from server.engine.snapshot import Snapshot
from server.http.state import state
from server.i18n.languages import Text, best, language
from server.i18n.texts import LANGUAGES
from server.page.links import link, thing_link
from server.page.render import page, unchanged
from server.tables.reading import named
from server.things.addresses import Addresses, add_thing_links
from server.things.blocks import PropertyRow, kinds, sort
from server.things.editor_links import editor_address
from server.things.facts import OUT, ThingFacts
from server.things.identifiers import identifiers
from server.things.named_graphs import NamedGraph
from server.things.names import TermNames, terms_of, wording
from server.things.neighbours import Around
from server.things.participations import holds, is_event, parts
from server.things.place_map import places_on_a_map
from server.things.property_iris import EVENT, OBJECT, PARTICIPANT, ROLE, SUBJECT
from server.things.reading import ThingReading, read_thing
from server.things.region_paths import region_paths
from server.things.report_link import report_address
from server.things.said_by_others import said_by_others
from server.things.schema_org import describe, in_script
from server.things.story.mission_story import event_story
from server.things.story.row_supports import RowSupports
from server.things.story.siblings import known_missions
from server.things.story.supporter import Supporter
from server.things.story.thing_story import thing_story
from server.things.values import Reader

SOURCE = f"{BASE}source/"


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
    reading, addresses = read_thing(iri, release), Addresses.of(iri)
    response = page("thing.html", release, 200, True, **_shown(addresses, reading, release))
    add_thing_links(response, addresses)
    return response


def _shown(addresses: Addresses, reading: ThingReading, release: Snapshot) -> dict[str, object]:
    """What the template shows."""
    iri, chosen, facts, quoted = addresses.iri, language(), reading.facts, reading.quoted
    terms, known = terms_of(release), known_missions(release)
    beside = reading.beside.with_more(known)
    reader = Reader(chosen, beside, {**quoted.labels, **beside.labels})
    labels, lines = _labels(facts, reading.graph), parts(iri, facts, reader)
    supporter, classes = Supporter(beside, quoted, reader), kinds(facts, terms)
    heading = _heading(iri, labels, classes, terms, reader)
    return {
        "iri": iri,
        "addresses": addresses,
        "speakers": [] if is_own_thing(iri) else _speakers(iri, release),
        "others": said_by_others(iri, release, terms, reader) if _is_told_by_us(iri, facts) else None,
        "heading": heading,
        "facts": sort(facts, terms, reader, labels),
        "unread": facts.unread,
        "parts": lines,
        "is_event": is_event(facts),
        "holds_posts": holds(facts),
        "quotations": quoted,
        "said_for": {one.number: [*_supported(one.about, iri, reader)] for one in quoted.quoted},
        "story": event_story(reading.events, supporter, release) if reading.events else None,
        "about": thing_story(iri, facts, lines.tenures, known, supporter),
        "supports": RowSupports(iri, supporter),
        "region_paths": lambda row: region_paths(row, known),
        "identifiers": identifiers(facts, terms, reader),
        "map": places_on_a_map(iri, reading, release, chosen),
        "graph": reading.graph,
        "is_used": reading.is_used,
        "report": report_address(iri, heading.first.words, quoted, release.id),
        "source_page": _source_page(iri, facts),
        "all_of": _lister(iri, chosen),
        "uses": editor_address("see-uses", property=iri),
        "sparql": editor_address("see", thing=iri, language=chosen),
        "description": in_script(_description(iri, classes, labels, facts, beside, addresses)),
    }


def _speakers(iri: str, release: Snapshot) -> list[tuple[str, Text]]:
    """The data sets that say what stands on this page, with their pages."""
    return [(thing_link(one.iri), best(one.labels, language())) for one in speakers(iri, release)]


def _is_told_by_us(iri: str, facts: ThingFacts) -> bool:
    """Whether the facts of a page are ours; those of a thing of which only others speak are theirs."""
    graphs = (graph for fact in facts.facts for graph in fact.graphs)
    return is_own_thing(iri) and any(map(is_own_graph, graphs))


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
    names = ((terms.name(one, reader.language, reader.labels), _list_of(one)) for one in classes)
    # Two vocabularies may have one name for what a thing is.
    once = {name.words: (name, address) for name, address in names}
    return Heading(first, other, tuple(once.values()))


def _list_of(class_: str) -> str:
    """Where the things of a class are listed, or else what the class is."""
    path = wording().lists.get(class_, "")
    return link(path) if path else thing_link(class_)


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


def _supported(about: tuple[str, ...], iri: str, reader: Reader) -> Iterator[Markup]:
    """What a quotation supports, without what stands in a participation or a fact that is told anyway.

    Who took part in several events as the same is named once, with all of them.
    """
    ends = (PARTICIPANT, EVENT, SUBJECT, OBJECT)
    within = {end.value for one in about for name in ends if (end := reader.around.one(one, name))}
    found: dict[Markup, list[Markup]] = {}
    for first, *more in (_said_for(one, iri, reader) for one in about if one not in within):
        found.setdefault(first, []).extend(more)
    between = Markup("، " if reader.language == "ar" else ", ")
    for first, events in found.items():
        yield Markup("\u00a0· ").join(filter(None, [first, between.join(events)]))


def _said_for(thing: str, iri: str, reader: Reader) -> list[Markup]:
    """What a quotation supports: of a participation who it is and at what, without what the page is about."""
    said = [reader.around.one(thing, name) for name in (PARTICIPANT, EVENT, ROLE)]
    others = [reader.value(cell).linked for cell in said[:2] if cell and cell.value != iri]
    if not others:
        return [reader.thing(thing).linked]
    role = Markup(" ({})").format(reader.value(said[2]).plain) if said[2] else Markup("")
    return [others[0] + role, *others[1:]]


def _lister(iri: str, chosen: str) -> Callable[[PropertyRow], str]:
    """Gives the address of the query that lists all values of a row."""

    def address(row: PropertyRow) -> str:
        name = "see-back" if row.is_back else "see-out"
        return editor_address(name, thing=iri, property=row.predicate, language=chosen)

    return address
