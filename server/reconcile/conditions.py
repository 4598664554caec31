"""What else is asked of a thing beside its name, and whether it is so."""

from collections.abc import Collection
from dataclasses import dataclass

from server.reconcile.catalogue import EntityCatalogue, resolved
from server.reconcile.entities import Entity
from server.reconcile.identifiers import schemes
from server.reconcile.offer import OfferedProperty, offer
from server.reconcile.spans import Span, span
from server.reconcile.words import compared


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A property that is asked for, with the values in the forms in which they are compared."""

    about: OfferedProperty
    spans: tuple[Span, ...]
    values: frozenset[str]

    def holds_for(self, entity: Entity) -> bool | None:
        """Whether one of the values is so; None where that is not known of the thing."""
        if self.about.holds == "date":
            return _any_meets(self.spans, entity.spans) if self.spans and entity.spans else None
        known = entity.values(self.about.id)
        return not self.values.isdisjoint(_forms(known)) if known else None

    @property
    def feature(self) -> str:
        """The id of what it adds to a score."""
        return "identifier" if self.about.holds == "identifier" else self.about.id


def conditions_of(
    asked: Collection[tuple[str, tuple[str, ...]]], catalogue: EntityCatalogue
) -> list[Condition]:
    """What is asked; properties without a value, and dates that are none, ask for nothing."""
    found = (_condition(offer().properties[id_], values, catalogue) for id_, values in asked if values)
    return [one for one in found if one.spans or one.about.holds != "date"]


def _condition(property_: OfferedProperty, values: tuple[str, ...], catalogue: EntityCatalogue) -> Condition:
    spans = (span(value) for value in values) if property_.holds == "date" else ()
    return Condition(
        about=property_,
        spans=tuple(one for one in spans if one),
        values=frozenset(form for value in values for form in _asked_forms(property_, value, catalogue)),
    )


def _asked_forms(property_: OfferedProperty, value: str, catalogue: EntityCatalogue) -> set[str]:
    if property_.holds == "identifier":
        return {schemes()[property_.id].read(value, True)} - {""}
    if property_.holds == "entity":
        return resolved(value, property_.type, catalogue) | _concepts(value, catalogue)
    return _forms([value])


def _concepts(value: str, catalogue: EntityCatalogue) -> set[str]:
    """The ids of kinds of things: by name, by id or by the last part of that."""
    asked = compared(value).joined
    return {
        id_
        for id_, labels in catalogue.labels.items()
        if "-kind/" in id_ and (value in (id_, id_.partition("/")[2]) or asked in _names(labels.values()))
    }


def _names(labels: Collection[str]) -> set[str]:
    return {compared(label).joined for label in labels}


def _forms(values: Collection[str]) -> set[str]:
    """Values as they are and as they are compared."""
    return {*values, *_names(values)}


def _any_meets(asked: Collection[Span], known: Collection[Span]) -> bool:
    return any(one.meets(other) for one in asked for other in known)
