"""The values of properties of things that were matched, for new columns of a table."""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from server.i18n.dates import is_date
from server.i18n.texts import LANGUAGES
from server.reconcile.batch import read_object, shown
from server.reconcile.catalogue import EntityCatalogue
from server.reconcile.documents import Document
from server.reconcile.entities import Entity
from server.reconcile.identifiers import schemes
from server.reconcile.offer import OfferedProperty, offer
from server.refusal import Refused
from server.tables.table import Cell

MOST_THINGS = 1000
LENGTH_OF_A_DAY = len("2011-11-09")


class Extension(NamedTuple):
    """A property to fetch, in which language and at most how many values; 0 is all."""

    about: OfferedProperty
    language: str
    limit: int


def read_extension(text: str, language: str) -> tuple[list[str], list[Extension]]:
    """The ids and the properties that are asked for. Raises Refused."""
    told = read_object(text, "extend")
    ids, properties = told.get("ids"), told.get("properties")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise Refused("request", f"extend has the ids {shown(ids)}; they must be a list of texts.")
    if not isinstance(properties, list):
        raise Refused("request", f"extend has the properties {shown(properties)}; they must be a list.")
    if len(ids) > MOST_THINGS:
        detail = f"extend has {len(ids)} ids; it may have {MOST_THINGS} at a time."
        raise Refused("too-large", detail)
    return ids, [_extension(one, language) for one in properties]


def _extension(told: object, language: str) -> Extension:
    id_ = told.get("id") if isinstance(told, Mapping) else None
    if not isinstance(told, Mapping) or id_ not in offer().properties:
        listed = ", ".join(offer().properties)
        raise Refused("request", f"extend has the property {shown(told)}; its id must be one of {listed}.")
    settings = told.get("settings") or {}
    if not isinstance(settings, Mapping):
        raise Refused("request", f"The settings of {id_} are {shown(settings)}; they must be an object.")
    return Extension(offer().properties[id_], _language(settings, language), _limit(settings))


def _language(settings: Mapping[str, object], language: str) -> str:
    asked = settings.get("lang") or language
    if asked not in LANGUAGES:
        raise Refused("request", f"lang is {shown(asked)}; it must be one of {', '.join(LANGUAGES)}.")
    return str(asked)


def _limit(settings: Mapping[str, object]) -> int:
    limit = settings.get("limit") or 0
    text = str(limit).removesuffix(".0")
    if isinstance(limit, bool) or not (text.isascii() and text.isdigit()):
        raise Refused("request", f"limit is {shown(limit)}; it must be a number, 0 for all values.")
    return int(text)


def extended(ids: Sequence[str], asked: Sequence[Extension], catalogue: EntityCatalogue) -> Document:
    """The values, under the ids as they were given; what is not known has none."""
    entities = {id_: catalogue.get(id_) for id_ in ids}
    return {
        "meta": [_meta(one) for one in asked],
        "rows": {
            id_: {one.about.id: _values(entity, one, catalogue) for one in asked}
            for id_, entity in entities.items()
        },
    }


def _meta(extension: Extension) -> Document:
    property_ = extension.about
    meta: Document = {"id": property_.id, "name": property_.name(extension.language)}
    if property_.type:
        meta["type"] = {"id": property_.type, "name": offer().types[property_.type].name(extension.language)}
    return meta


def _values(entity: Entity | None, asked: Extension, catalogue: EntityCatalogue) -> list[Document]:
    cells = entity.facts.get(asked.about.id, ()) if entity else ()
    found = [_value(cell, asked, catalogue) for cell in cells if _is_wanted(cell, asked)]
    unlike = {json.dumps(value, sort_keys=True): value for value in found}
    ordered = [unlike[key] for key in sorted(unlike)]
    return ordered[: asked.limit or None]


def _is_wanted(cell: Cell, asked: Extension) -> bool:
    """Texts in the language that is asked for, and those that are in none."""
    return cell.language in ("", asked.language)


def _value(cell: Cell, asked: Extension, catalogue: EntityCatalogue) -> Document:
    if cell.kind == "uri":
        return {"id": cell.value, "name": catalogue.name(cell.value, asked.language).words}
    if asked.about.holds == "date" and len(cell.value) == LENGTH_OF_A_DAY and is_date(cell.value):
        return {"date": f"{cell.value}T00:00:00Z"}
    if asked.about.holds == "number":
        number = float(cell.value)
        return {"int": int(number)} if number.is_integer() and "." not in cell.value else {"float": number}
    if asked.about.holds == "identifier":
        return {"str": schemes()[asked.about.id].shown(cell.value)}
    return {"str": cell.value}
