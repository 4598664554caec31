"""Calls of saved queries: their values in whatever words a client has for them, bound into a text."""

from collections.abc import Iterable, Mapping

from rapidfuzz import process

from loader.query.mistakes.mistake import Remark
from loader.query.parameter import Parameter, WrongParameter, wrong_value
from loader.query.saved_query import SavedQuery
from loader.release.namespaces import BASE
from server.asking.asker import RESERVED, Call, asker_of_saved, refuse_absent
from server.asking.labels import choices_of
from server.engine.snapshot import Snapshot
from server.http.parameters import Parameters
from server.i18n.languages import slug
from server.reconcile.catalogue import catalogue_of, resolved
from server.reconcile.identifiers import schemes
from server.refusal import Refused

AN_IRI = Remark("an IRI")
Values = dict[str, tuple[str, ...]]


def call(
    query: SavedQuery, release: Snapshot, parameters: Parameters, beside: Iterable[str] = RESERVED
) -> Call:
    """Binds the values that a request gives; `beside` are the parameters that are none of the query.

    Raises Refused where a value is wrong or a data set is not there.
    """
    refuse_absent(query, asker_of_saved(release))
    given = {name: parameters.all(name) for name in parameters.names() if name not in beside}
    try:
        values = known_values(query, given, release)
        text = query.bind(values)
        return Call(query, release, settled(query, values), text)
    except WrongParameter as error:
        raise Refused("parameter", error.remark, members=error.facts) from None


def known_values(query: SavedQuery, given: Mapping[str, tuple[str, ...]], release: Snapshot) -> Values:
    """The values as the query has them: a thing may also be named by the last part of its address, or by an
    identifier that others gave it.

    Raises WrongParameter where an IRI is asked for and nothing is so called, and Refused.
    """
    known = query.by_name
    return {
        name: tuple(_known(known[name], value, release) for value in values) if name in known else values
        for name, values in given.items()
    }


def settled(query: SavedQuery, values: Values) -> Values:
    """The values, with an empty one for each default that yields to them; they are of their types."""
    return {**values, **dict.fromkeys(query.yielding(values), ("",))}


def is_as_it_is(query: SavedQuery, given: Mapping[str, Iterable[str]]) -> bool:
    """Whether every value is sure to be in the words of the query."""
    return all(
        name in query.by_name and all(_is_sure(query.by_name[name], value) for value in values)
        for name, values in given.items()
    )


def _is_sure(parameter: Parameter, value: str) -> bool:
    if parameter.type == "iri":
        return not value or value.startswith(BASE)
    return not value or parameter.type != "string" or not parameter.choices_query


def _known(parameter: Parameter, value: str, release: Snapshot) -> str:
    """The value itself, or the one thing or code that it stands for."""
    if _is_sure(parameter, value):
        return value
    offered = [choice for choice, _ in choices_of(parameter, release, "en")]
    if value in offered:
        return value
    found = _things(value, offered, release) if parameter.type == "iri" else _codes(value, offered, release)
    if len(found) == 1:
        return found.pop()
    if parameter.type == "iri" and ":" not in value:
        _refuse(parameter, value, offered or _all_things(release))
    return value


def _things(value: str, offered: list[str], release: Snapshot) -> set[str]:
    """The things that a value may mean, of those that are offered where any are."""
    ids = resolved(value, "", catalogue_of(release)) if len(value) < 200 else set()
    things = {f"{BASE}{id_}" for id_ in ids} | {
        thing for thing in offered or _all_things(release) if thing.endswith(f"/{value}")
    }
    return things & set(offered) if offered else things


def _codes(value: str, offered: list[str], release: Snapshot) -> set[str]:
    """The codes on offer of the things that a value may mean."""
    catalogue = catalogue_of(release)
    things = _things(value, [], release)
    entities = [entity for thing in things if (entity := catalogue.get(thing))]
    shown = {
        scheme.shown(identifier)
        for entity in entities
        for identifier in entity.identifiers
        for scheme in schemes().values()
    }
    return shown & set(offered)


def _all_things(release: Snapshot) -> list[str]:
    return [f"{BASE}{id_}" for id_ in catalogue_of(release).entities]


def _refuse(parameter: Parameter, value: str, things: list[str]) -> None:
    """Raises WrongParameter with the nearest name."""
    names = [slug(thing) for thing in things]
    near = process.extractOne(value[:60], names)
    such_as = Remark("an IRI, or a name such as %(name)s", {"name": near[0]}) if near else AN_IRI
    raise wrong_value(parameter.name, value, such_as)
