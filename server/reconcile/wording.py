"""What tells candidates apart, in words: tenures, dates, kinds, countries."""

from collections.abc import Iterable

from server.i18n.dates import date_text
from server.i18n.texts import texts
from server.reconcile.catalogue import EntityCatalogue
from server.reconcile.entities import MISSION_DATE, Entity
from server.reconcile.matching import Scored

_NBSP = "\u00a0"  # what keeps a date together on a page is only in the way in a table
NEXT_LARGER = "next-larger"
BETWEEN = {"en": ", ", "ar": "، "}


def description(entity: Entity, catalogue: EntityCatalogue, language: str) -> str:
    """A line about a thing beside its name; empty where there is nothing to tell."""
    if entity.type == "person" and (tenures := _tenures(entity, catalogue, language)):
        return tenures.replace(_NBSP, " ")
    parts = _named(entity, ("kind", "mission", "body"), catalogue, language)
    if dates := entity.values("date") or entity.values(MISSION_DATE):
        parts.append(BETWEEN[language].join(date_text(edtf, language) for edtf in dates))
    parts += _named(entity, (NEXT_LARGER if entity.type == "place" else "country",), catalogue, language)
    return BETWEEN[language].join(dict.fromkeys(parts)).replace(_NBSP, " ")


def why_not(scored: Scored, language: str) -> str:
    """What speaks against a candidate whose name fits; empty where nothing does."""
    translate = texts(language).gettext
    said = {
        "date": translate("not at that date"),
        "country": translate("of another country"),
        "identifier": translate("has another identifier"),
    }
    against = [id_ for id_, value in scored.features.items() if value is False and id_ != "type"]
    return BETWEEN[language].join(said.get(id_, translate("another value of a property")) for id_ in against)


def _tenures(entity: Entity, catalogue: EntityCatalogue, language: str) -> str:
    held = [one for one in catalogue.tenures if one.person == entity.id]
    told = (f"{catalogue.name(one.post, language).words} ({date_text(one.edtf, language)})" for one in held)
    return "; ".join(told) if language == "en" else "؛ ".join(told)


def _named(entity: Entity, what: Iterable[str], catalogue: EntityCatalogue, language: str) -> list[str]:
    return [catalogue.name(id_, language).words for one in what for id_ in entity.values(one)]
