"""What completes the words that somebody types: things, types and properties."""

from collections.abc import Iterable
from typing import TypeVar

from server.asking.paging import whole_number
from server.http.parameters import Parameters
from server.i18n.spelling import spelling
from server.reconcile.catalogue import EntityCatalogue
from server.reconcile.documents import Document, type_document
from server.reconcile.entities import Entity
from server.reconcile.offer import Offered, OfferedProperty, offer
from server.reconcile.wording import description
from server.reconcile.words import compared

MOST, USUAL, MOST_CURSOR = 100, 20, 10_000
FIRST, ELSEWHERE, NOWHERE = range(3)
Suggestion = TypeVar("Suggestion")


def suggested_entities(parameters: Parameters, catalogue: EntityCatalogue, language: str) -> Document:
    """The things one of whose names begins with what is typed, or has all its words; or whose id it is."""
    typed, types = parameters.one("prefix") or "", set(filter(None, parameters.all("type")))
    known = catalogue.get(typed) if typed.strip() else None
    of_types = (one for one in catalogue.entities.values() if not types or one.type in types)
    ranked = sorted((_rank(typed, one), one.name(language).words, one.id) for one in of_types)
    found = [known.id] if known else [id_ for rank, _, id_ in ranked if rank < NOWHERE]
    entities = (catalogue.entities[id_] for id_ in _cut(found, parameters))
    return {"result": [_suggested(one, catalogue, language) for one in entities]}


def suggested_types(parameters: Parameters, language: str) -> Document:
    """The types with such a name."""
    types = _typed(parameters, offer().types.values())
    return {"result": [{"id": one.id, "name": one.name(language)} for one in types]}


def suggested_properties(parameters: Parameters, language: str) -> Document:
    """The properties with such a name."""
    properties = _typed(parameters, offer().properties.values())
    return {"result": [property_document(one, language) for one in properties]}


def proposed_properties(parameters: Parameters, language: str) -> Document:
    """The properties that things of a type may have, for a column to be filled."""
    type_ = parameters.one("type") or ""
    found = [one for one in offer().properties.values() if one.is_of(type_)]
    limit = whole_number(parameters, "limit", len(offer().properties), MOST)
    return {
        "type": type_,
        "limit": limit,
        "properties": [property_document(one, language) for one in found[:limit]],
    }


def property_document(property_: OfferedProperty, language: str) -> Document:
    """A property, with what it means where the name does not say it."""
    about = property_.about(language)
    named = {"id": property_.id, "name": property_.name(language)}
    return {**named, "description": about} if about else {**named}


def _suggested(entity: Entity, catalogue: EntityCatalogue, language: str) -> Document:
    return {
        "id": entity.id,
        "name": entity.name(language).words,
        "description": description(entity, catalogue, language),
        "notable": [type_document(entity, language)],
    }


def _rank(typed: str, entity: Entity) -> int:
    """How well the best of its names continues what is typed."""
    asked = compared(typed)
    if not asked.joined:
        return NOWHERE
    names = [name.compared for name in entity.names]
    if any(name.joined.startswith(asked.joined) for name in names):
        return FIRST
    *whole, last = asked.in_order
    fits = (set(whole) <= set(name.words) and any(w.startswith(last) for w in name.words) for name in names)
    return ELSEWHERE if any(fits) else NOWHERE


Named = TypeVar("Named", bound=Offered)


def _typed(parameters: Parameters, offered: Iterable[Named]) -> list[Named]:
    """Those whose id or name in either language has what is typed in it."""
    typed = spelling(parameters.one("prefix") or "")
    fits = [one for one in offered if any(typed in spelling(text) for text in (one.id, one.en, one.ar))]
    return _cut(fits, parameters)


def _cut(found: list[Suggestion], parameters: Parameters) -> list[Suggestion]:
    """As many as are wanted, from where the client says."""
    is_first = parameters.one("cursor") in (None, "", "0")
    cursor = 0 if is_first else whole_number(parameters, "cursor", 0, MOST_CURSOR)
    return found[cursor : cursor + whole_number(parameters, "limit", USUAL, MOST)]
