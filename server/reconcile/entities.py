"""The things that can be matched, each with its names, times, countries, identifiers and other facts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from loader.release.namespaces import BASE
from server.i18n.languages import Text, best
from server.reconcile.identifiers import known_identifier, scheme_of
from server.reconcile.offer import offer
from server.reconcile.spans import Span, span
from server.reconcile.words import Compared, compared, shorter, wordings
from server.tables.table import Cell, Table

NAMES = ("name", "other", "m49-name")
MISSION_DATE = "mission-date"


class Held(NamedTuple):
    """That a person held a post, and when, as the data say it."""

    person: str
    post: str
    edtf: str


class KnownName(NamedTuple):
    """A name to compare; `is_own` says that by itself it is a name of the thing, not only in a context."""

    compared: Compared
    is_own: bool


@dataclass(frozen=True, kw_only=True)
class Entity:
    """A thing as reconciliation knows it; `facts` are values by property, things among them as ids."""

    id: str
    type: str
    labels: Mapping[str, str]
    names: frozenset[KnownName]
    facts: Mapping[str, tuple[Cell, ...]]
    identifiers: frozenset[str]
    spans: tuple[Span, ...]

    def values(self, property_: str) -> list[str]:
        return [cell.value for cell in self.facts.get(property_, ())]

    def name(self, language: str) -> Text:
        return best(self.labels, language, self.id)


def entities_of(facts: Table, tenures: Iterable[Held]) -> list[Entity]:
    """The things of the offered types, in the order of their ids."""
    by_thing: dict[str, dict[str, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    for row in facts.dictionaries():
        by_thing[row["thing"].value][row["what"].value].append(_short(row["value"]))
    things = {iri: facts for iri, facts in sorted(by_thing.items()) if type_of(iri) in offer().types}
    in_places = _place_names(by_thing)
    return [_entity(iri, facts, in_places) for iri, facts in things.items()]


def id_of(iri: str) -> str:
    """An id as the service gives it; what is not ours keeps its IRI."""
    return iri.removeprefix(BASE)


def type_of(iri: str) -> str:
    """The type of a thing of ours, else an empty string."""
    kind, slash, slug = id_of(iri).partition("/")
    return kind if slash and slug and iri.startswith(BASE) else ""


def _short(cell: Cell) -> Cell:
    return cell._replace(value=id_of(cell.value)) if cell.kind == "uri" else cell


def _place_names(by_thing: Mapping[str, Mapping[str, list[Cell]]]) -> dict[str, list[str]]:
    """The names of places by their ids, for missions are called by where they went."""
    names = {
        id_of(iri): [cell.value for what in NAMES for cell in facts.get(what, ())]
        for iri, facts in by_thing.items()
        if type_of(iri) == "place"
    }
    return names


def _entity(iri: str, facts: Mapping[str, list[Cell]], in_places: Mapping[str, list[str]]) -> Entity:
    identifiers = frozenset(filter(None, (known_identifier(c.value, True) for c in facts["identifier"])))
    given = [cell.value for what in ("date", MISSION_DATE) for cell in facts.get(what, ())]
    type_ = type_of(iri)
    return Entity(
        id=id_of(iri),
        type=type_,
        labels={cell.language: cell.value for cell in reversed(facts["name"])},
        names=frozenset(_names(type_, facts, in_places)),
        facts={what: tuple(cells) for what, cells in facts.items()} | _by_scheme(identifiers),
        identifiers=identifiers,
        spans=tuple(found for text in given if (found := span(text))),
    )


def _by_scheme(identifiers: Iterable[str]) -> dict[str, tuple[Cell, ...]]:
    schemes: dict[str, tuple[Cell, ...]] = {}
    for canonical in sorted(identifiers):
        scheme = scheme_of(canonical)
        schemes[scheme] = (*schemes.get(scheme, ()), Cell("literal", canonical))
    return schemes


def _names(
    type_: str, facts: Mapping[str, list[Cell]], in_places: Mapping[str, list[str]]
) -> Iterable[KnownName]:
    """All names: labels, other names, family names of people, and where missions went."""
    for cell in (cell for what in NAMES for cell in facts.get(what, ())):
        for form in shorter(cell.value) if type_ != "person" else (cell.value,):
            name = compared(form)
            yield KnownName(name, name.in_order not in wordings().in_context)
        if type_ == "person":
            yield KnownName(compared(name.in_order[-1]), False)
    for place in facts.get("place", ()) if type_ == "mission" else ():
        yield from (KnownName(compared(name), False) for name in in_places.get(place.value, ()))
