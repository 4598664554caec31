"""The story of a thing that is no event, such as a person or a place: what it is, and where it appears."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from loader.release.namespaces import kind_of
from server.i18n.languages import Text, best
from server.things.facts import OUT, ThingFacts
from server.things.names import iri
from server.things.neighbours import Around
from server.things.participations import Tenure
from server.things.property_iris import EDTF, NOTE, PART_OF_BODY
from server.things.region_paths import WITHIN, places_around
from server.things.story.appearances import Appearances, appearances
from server.things.story.date_phrase import DatePhrase, date_phrase
from server.things.story.support import Support, Supporter
from server.things.values import Value

KINDS = ("person", "institution", "post", "group", "place", "topic", "document")
KIND_OF = tuple(iri(f"unm:{name}") for name in ("institutionKind", "postKind", "groupKind", "placeKind"))
PLACES, CREATOR = (iri("unm:jurisdiction"),), iri("dcterms:creator")
DEFINITIONS = (iri("skos:definition"), iri("dcterms:description"))


@dataclass(frozen=True)
class TenureTold:
    """Somebody who held a post, from when to when, and what says so."""

    tenure: Tenure
    dates: DatePhrase | None
    support: Support


@dataclass(frozen=True, kw_only=True)
class ThingStory:
    """What the page of a thing tells first; `around` are the places around it, the nearest first."""

    kind: str
    kinds: tuple[Value, ...]
    part_of: tuple[Value, ...]
    places: tuple[Value, ...]
    authors: tuple[Value, ...]
    around: tuple[Value, ...]
    definition: Text
    notes: tuple[Text, ...]
    tenures: tuple[TenureTold, ...]
    appearances: Appearances

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
    kind = kind_of(thing)
    if kind not in KINDS:
        return None

    def values(*properties: str) -> tuple[Value, ...]:
        return tuple(map(supporter.reader.thing, facts.values(OUT, *properties)))

    return ThingStory(
        kind=kind,
        kinds=values(*KIND_OF),
        part_of=tuple(_bodies(facts, supporter)),
        places=values(*PLACES),
        authors=values(CREATOR),
        around=tuple(_around(thing, known, supporter)),
        definition=next(_texts(facts, supporter, *DEFINITIONS), Text("")),
        notes=tuple(_texts(facts, supporter, NOTE)),
        tenures=tuple(_told(one, supporter) for one in tenures),
        appearances=appearances(thing, facts, supporter),
    )


def _each_once(found: Iterable[tuple[Value, ...]]) -> tuple[Value, ...]:
    return tuple({value.iri: value for values in found for value in values}.values())


def _bodies(facts: ThingFacts, supporter: Supporter) -> Iterator[Value]:
    """Those to which it belongs as was written: what follows from that says them again, and those above."""
    found = facts.of(OUT, *PART_OF_BODY)
    written = [fact for fact in found if not fact.is_derived] or found
    for body in dict.fromkeys(fact.value.value for fact in written if fact.value.kind == "uri"):
        yield supporter.reader.thing(body)


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


def _told(tenure: Tenure, supporter: Supporter) -> TenureTold:
    edtf = supporter.told.one(tenure.node.iri, EDTF)
    dates = date_phrase(edtf.value, supporter.reader.language) if edtf else None
    return TenureTold(tenure, dates, supporter.of_participation(tenure.node.iri))
