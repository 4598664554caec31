"""What a result was asked for, in words: its headline, and a chip for each value that was chosen."""

from collections.abc import Mapping
from dataclasses import dataclass

from babel.lists import format_list

from loader.query.parameter import Parameter
from loader.query.saved_query import SavedQuery
from server.asking.labels import choices_of, labels_of_all
from server.engine.snapshot import Snapshot
from server.i18n.dates import date_text
from server.i18n.languages import Text, best
from server.i18n.texts import texts
from server.page.links import changed
from server.queries.form_values import GivenValues
from server.tables.reading import truth

# Lists without a comma before the last, as the texts of the site have them.
LISTS = {"en": "en_GB", "ar": "ar"}


@dataclass(frozen=True)
class Chip:
    """A value and its parameter in words; `without` is the address without it, empty for an example.

    `is_preset`: nobody chose it, though others were chosen.
    """

    label: str
    value: Text
    without: str
    is_preset: bool


def chips(query: SavedQuery, given: GivenValues, release: Snapshot, language: str) -> list[Chip]:
    """One for each value that holds, those of an example too."""
    return [
        Chip(
            label=parameter.text("label", language),
            value=name,
            without=_without(parameter, given, value),
            is_preset=not given.is_example and parameter.name not in given.values,
        )
        for parameter in query.parameters
        for value, name in _named(parameter, parameter.given(given.values), release, language)
    ]


def headline(query: SavedQuery, given: GivenValues, release: Snapshot, language: str) -> str:
    """What was asked, with its values in words; empty where the query has none of its own."""
    values = {}
    for parameter in query.parameters:
        named = _named(parameter, parameter.given(given.values), release, language)
        if named:
            values[parameter.name] = format_list([name.words for _, name in named], locale=LISTS[language])
    return query.headline.said(language, values)


def left_open(query: SavedQuery, given: GivenValues, release: Snapshot, language: str) -> list[str]:
    """A sentence for each parameter whose default, which nobody chose, contradicts what was chosen."""
    message = texts(language).gettext(
        "“%(label)s” was left open: its preset value (%(value)s) does not go with what you chose."
    )
    return [
        message % {"label": parameter.text("label", language), "value": name.words}
        for parameter in map(query.by_name.__getitem__, given.left_open)
        for _, name in _named(parameter, parameter.given({}), release, language)
    ]


def _named(
    parameter: Parameter, values: tuple[str, ...], release: Snapshot, language: str
) -> list[tuple[str, Text]]:
    """The values, each as a reader calls it."""
    offered = dict(choices_of(parameter, release, language)) if values else {}
    others = [value for value in values if value not in offered]
    labels = labels_of_all(others, release) if parameter.type == "iri" else {}
    return [(value, offered.get(value) or _name(parameter, value, labels, language)) for value in values]


def _name(parameter: Parameter, value: str, labels: Mapping[str, Mapping[str, str]], language: str) -> Text:
    if labels.get(value):
        return best(labels[value], language, value)
    if parameter.type == "boolean":
        return Text(truth(value, language), language)
    if parameter.type == "date":
        return Text(date_text(value, language), language)
    return Text(value)


def _without(parameter: Parameter, given: GivenValues, value: str) -> str:
    """The address without the value; a field that is left empty stays open."""
    if given.is_example:
        return ""
    left = [other for other in given.values.get(parameter.name, ()) if other and other != value]
    return changed({parameter.name: left or ([] if parameter.required else [""]), "page": [], "offset": []})
