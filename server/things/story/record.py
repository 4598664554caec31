"""What pages of tenures, participations and sections tell: who held a post, who took part, what is told."""

from dataclasses import dataclass

from server.things.facts import BACK, OUT, ThingFacts
from server.things.names import iri
from server.things.participations import Tenure, tenure
from server.things.property_iris import EDTF, EVENT
from server.things.story.date_phrase import DatePhrase, date_phrase
from server.things.story.events import PartTaken, part_taken
from server.things.story.support import Support
from server.things.story.supporter import Supporter
from server.things.story.telling import MISSION
from server.things.values import Value

PART_OF, TOLD_IN = iri("dcterms:isPartOf"), iri("unm:toldIn")


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


@dataclass(frozen=True)
class SectionTold:
    """A section of a source, and the missions of which it tells."""

    source: Value
    missions: tuple[Value, ...]


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


def own_section(facts: ThingFacts, supporter: Supporter) -> SectionTold | None:
    """The section that a page is about, if it says of which source."""
    source = next(iter(facts.values(OUT, PART_OF)), "")
    missions = (one for one in facts.values(BACK, TOLD_IN) if one.startswith(MISSION))
    read = sorted(map(supporter.reader.thing, missions), key=lambda one: one.order)
    return SectionTold(supporter.reader.thing(source), tuple(read)) if source else None
