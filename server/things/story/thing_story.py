"""The story of a thing that is no event, such as a person or a place: what it is, and where it appears."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from loader.release.namespaces import kind_of
from server.i18n.languages import Text, best
from server.things.facts import BACK, OUT, Fact, ThingFacts
from server.things.names import iri
from server.things.neighbours import Around
from server.things.participations import Tenure
from server.things.property_iris import NOTE, PART_OF_BODY
from server.things.region_paths import WITHIN, places_around
from server.things.story.appearances import Appearances, appearances
from server.things.story.record import (
    PartTold,
    SourceTold,
    TenureTold,
    own_part,
    own_source,
    own_tenure,
    tenure_told,
)
from server.things.story.support import SupportedValue
from server.things.story.supporter import Supporter
from server.things.values import Value

KINDS = ("person", "institution", "post", "group", "place", "topic", "document")
RECORDS = ("tenure", "participation", "concept")
OF_SOURCES = ("source", "section", "passage", "statement")
TYPE, IS_CONCEPT = iri("rdf:type"), iri("skos:Concept")
KIND_OF = tuple(iri(f"unm:{name}") for name in ("institutionKind", "postKind", "groupKind", "placeKind"))
PLACES, CREATOR = (iri("unm:jurisdiction"),), iri("dcterms:creator")
VISITED = tuple(iri(f"unm:{name}") for name in ("place", "country", "region"))
DEFINITIONS = (iri("skos:definition"), iri("dcterms:description"))


@dataclass(frozen=True, kw_only=True)
class ThingStory:
    """What the page of a thing tells first; `around` are the places around it, the nearest first.

    A place where nobody `is_visited` is only named.
    """

    kind: str
    kinds: tuple[Value, ...]
    part_of: tuple[SupportedValue, ...]
    places: tuple[SupportedValue, ...]
    authors: tuple[SupportedValue, ...]
    around: tuple[Value, ...]
    definition: Text
    notes: tuple[Text, ...]
    tenures: tuple[TenureTold, ...]
    part: PartTold | None
    source: SourceTold | None
    appearances: Appearances
    is_visited: bool

    @property
    def is_record(self) -> bool:
        """Whether it is no thing of the world, but says something of others, or is a concept of ours."""
        return self.kind not in KINDS

    @property
    def has_words_below(self) -> bool:
        """Whether the words of the source are what it is about: they stand below it and not beside."""
        return self.source is not None

    @property
    def capacities(self) -> tuple[Value, ...]:
        """In which capacities somebody took part, each once."""
        return _each_once(one.capacities for one in self.appearances.all)

    @property
    def holders(self) -> tuple[Value, ...]:
        """Who took part in a post, each once."""
        return _each_once(one.who for one in self.appearances.all)


def thing_story(
    thing: str, facts: ThingFacts, tenures: tuple[Tenure, ...], known: Around, supporter: Supporter
) -> ThingStory | None:
    """The story of a thing of ours that has one, else None."""
    kind = _kind(thing, facts)
    if kind not in (*KINDS, *RECORDS, *OF_SOURCES):
        return None

    def supported(found: Iterable[Fact]) -> tuple[SupportedValue, ...]:
        once = {one.value.value: one for one in found if one.value.kind == "uri"}
        return tuple(_supported(thing, one, supporter) for one in once.values())

    return ThingStory(
        kind=kind,
        kinds=tuple(map(supporter.reader.thing, facts.values(OUT, *KIND_OF))),
        part_of=supported(_bodies(facts)),
        places=supported(facts.of(OUT, *PLACES)),
        authors=supported(facts.of(OUT, CREATOR)),
        around=tuple(_around(thing, known, supporter)),
        definition=next(_texts(facts, supporter, *DEFINITIONS), Text("")),
        notes=tuple(_texts(facts, supporter, NOTE)),
        tenures=tuple(tenure_told(one, supporter) for one in tenures) or own_tenure(thing, supporter),
        part=own_part(thing, supporter),
        source=own_source(kind, facts, supporter) if kind in OF_SOURCES else None,
        appearances=appearances(thing, facts, supporter),
        is_visited=bool(facts.of(BACK, *VISITED)),
    )


def _kind(thing: str, facts: ThingFacts) -> str:
    """The kind of a thing by its address; the concepts of our schemes but the topics are of one kind."""
    kind = kind_of(thing) if "#" not in thing else ""
    is_concept = kind not in (*KINDS, "", "dataset") and IS_CONCEPT in facts.values(OUT, TYPE)
    return "concept" if is_concept else kind


def _each_once(found: Iterable[tuple[Value, ...]]) -> tuple[Value, ...]:
    return tuple({value.iri: value for values in found for value in values}.values())


def _supported(thing: str, fact: Fact, supporter: Supporter) -> SupportedValue:
    support = supporter.of_fact(thing, fact.predicate, fact.value.value)
    return SupportedValue(supporter.reader.value(fact.value), support)


def _bodies(facts: ThingFacts) -> list[Fact]:
    """Those to which it belongs as was written: what follows from that says them again, and those above."""
    found = facts.of(OUT, *PART_OF_BODY)
    return [fact for fact in found if not fact.is_derived] or found


def _around(place: str, known: Around, supporter: Supporter) -> Iterator[Value]:
    for one in places_around(place, known):
        if known.one(one, WITHIN):  # that it is in the world need not be said
            yield supporter.reader.thing(one)


def _texts(facts: ThingFacts, supporter: Supporter, *properties: str) -> Iterator[Text]:
    """The words of each property in the reader's language."""
    for property_ in properties:
        found = {fact.value.language: fact.value.value for fact in facts.of(OUT, property_)}
        if found:
            yield best(found, supporter.reader.language)
