"""What a value rests on: the quotations that say it, or why it is believed though none does."""

from dataclasses import dataclass

from loader.release.namespaces import BASE
from server.tables.certainty import STATED
from server.things.neighbours import Around
from server.things.property_iris import CAPACITY, CERTAINTY, DERIVED, EVIDENCE, PARTICIPANT, PARTICIPATION
from server.things.quotations import Quotations
from server.things.values import Reader, Value

NAMED, INFERRED, COMPUTED, UNSAID = "named", "inferred", "computed", ""
TENURE = f"{BASE}tenure/"
BY_POST = "inferred-from-post-and-date"


@dataclass(frozen=True, kw_only=True)
class Support:
    """The numbers of the quotations, and how sure it is.

    `reason` is the name of the certainty, or `name` where the text has only a name that several people
    have; the post and the tenure are those by which somebody was found.
    """

    numbers: tuple[int, ...] = ()
    state: str = UNSAID
    reason: str = ""
    who: Value | None = None
    post: Value | None = None
    tenure: Value | None = None

    @property
    def is_inferred(self) -> bool:
        return self.state == INFERRED


@dataclass(frozen=True)
class Supporter:
    """Finds what supports the values of one page."""

    told: Around
    quoted: Quotations
    reader: Reader

    def of_value(self, event: str, value: str, certainty: str = "") -> Support:
        """A value of an event, such as a place or a topic; `certainty` is the property that says how sure."""
        own = self.told.things(event, EVIDENCE)
        numbers = self.quoted.of_value(own, value) or self.quoted.of_nothing_else(own, event)
        return self._as_sure_as(event, certainty, numbers)

    def of_date(self, event: str, certainty: str) -> Support:
        """The date of an event; it has no statement of its own but stands in those for the whole event."""
        own = self.told.things(event, EVIDENCE)
        return self._as_sure_as(event, certainty, self.quoted.of_nothing_else(own, event))

    def of_participation(self, node: str) -> Support:
        """That somebody took part."""
        numbers = self.quoted.numbers(self.told.things(node, EVIDENCE))
        found = self._as_sure_as(node, CERTAINTY, numbers)
        return self._by_post(node, found) if found.reason == BY_POST else found

    def by_rule(self, event: str) -> Support:
        """That something has to do with an event, which follows from what is said of that."""
        participations = self.told.things(event, PARTICIPATION)
        own = [one for thing in (event, *participations) for one in self.told.things(thing, EVIDENCE)]
        numbers = self.quoted.numbers(own)
        return Support(numbers=numbers, state=COMPUTED if numbers else UNSAID)

    @staticmethod
    def named(numbers: tuple[int, ...]) -> Support:
        """What stands in the words of quotations, if there are any."""
        return Support(numbers=numbers, state=NAMED if numbers else UNSAID)

    def _as_sure_as(self, thing: str, property_: str, numbers: tuple[int, ...]) -> Support:
        cell = self.told.one(thing, property_) if property_ else None
        if cell is None or cell.value == STATED:
            return self.named(numbers)
        return Support(numbers=numbers, state=INFERRED, reason=cell.value.rpartition("/")[2])

    def _by_post(self, node: str, found: Support) -> Support:
        who = self.told.one(node, PARTICIPANT)
        post, tenures = self.told.one(node, CAPACITY), self.told.things(node, DERIVED)
        is_named = who is not None and self._has_a_name_of(who.value, found.numbers)
        return Support(
            numbers=found.numbers,
            state=INFERRED,
            reason="name" if is_named else BY_POST,
            who=self.reader.value(who) if who else None,
            post=self.reader.value(post) if post else None,
            tenure=next((self.reader.thing(one) for one in tenures if one.startswith(TENURE)), None),
        )

    def _has_a_name_of(self, who: str, numbers: tuple[int, ...]) -> bool:
        """Whether the last word of somebody's name stands in the words of quotations."""
        names = {label.split()[-1] for label in self.reader.labels.get(who, {}).values() if label.split()}
        texts = (one.quotation.text for one in self.quoted.quoted if one.number in numbers)
        return any(name in text for text in texts for name in names)
