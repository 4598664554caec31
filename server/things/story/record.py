"""What pages of tenures, participations and parts of sources tell: who held a post, took part, is told of."""

from dataclasses import dataclass

from server.i18n.languages import Text, best
from server.things.facts import BACK, OUT, ThingFacts
from server.things.names import iri
from server.things.participations import Tenure, tenure
from server.things.property_iris import DERIVED, EDTF, EVENT, EVIDENCE
from server.things.quotations import STATEMENT
from server.things.story.date_phrase import DatePhrase, date_phrase
from server.things.story.events import PartTaken, part_taken
from server.things.story.support import Support
from server.things.story.supporter import Supporter
from server.things.story.telling import MISSION
from server.things.values import Value

PART_OF, FILE = iri("dcterms:isPartOf"), iri("unm:file")
WORDS = iri("rdf:value"), iri("unm:translation")
# What leads to a thing of each kind from what it tells of or supports.
TELLS = {"section": (iri("unm:toldIn"),), "statement": (EVIDENCE,), "source": (DERIVED,)}


@dataclass(frozen=True)
class TenureTold:
    """Somebody who held a post, from when to when, and what says so."""

    tenure: Tenure
    dates: DatePhrase | None
    support: Support


@dataclass(frozen=True)
class PartTold:
    """Somebody who took part, and at what."""

    part: PartTaken
    event: Value


@dataclass(frozen=True, kw_only=True)
class SourceTold:
    """A source or what belongs to it: of what it is a part, its words, what it tells of or supports."""

    whole: Value | None
    words: Text
    things: tuple[Value, ...]
    is_kept: bool


def tenure_told(found: Tenure, supporter: Supporter) -> TenureTold:
    """A tenure with its dates and what says so."""
    edtf = supporter.told.one(found.node.iri, EDTF)
    dates = date_phrase(edtf.value, supporter.reader.language) if edtf else None
    return TenureTold(found, dates, supporter.of_participation(found.node.iri))


def own_tenure(thing: str, supporter: Supporter) -> tuple[TenureTold, ...]:
    """The tenure that a page is about, if it says who held what."""
    found = tenure(thing, thing, supporter.reader)
    return (tenure_told(found, supporter),) if found.who and found.post else ()


def own_part(thing: str, supporter: Supporter) -> PartTold | None:
    """The participation that a page is about, if it says who took part in what."""
    part, event = part_taken(thing, supporter), supporter.told.one(thing, EVENT)
    return PartTold(part, supporter.reader.value(event)) if part and event else None


def own_source(kind: str, facts: ThingFacts, supporter: Supporter) -> SourceTold:
    """The source, section, sentence or statement that a page is about."""
    reader, whole = supporter.reader, next(iter(facts.values(OUT, PART_OF)), "")
    words = {fact.value.language: fact.value.value for fact in facts.of(OUT, *WORDS)}
    found = (one for one in facts.values(BACK, *TELLS.get(kind, ())) if not one.startswith(STATEMENT))
    things = (one for one in found if kind != "section" or one.startswith(MISSION))
    return SourceTold(
        whole=reader.thing(whole) if whole else None,
        words=best(words, reader.language) if words else Text(""),
        things=tuple(sorted(map(reader.thing, things), key=lambda one: one.order)),
        is_kept=bool(facts.of(OUT, FILE)),
    )
