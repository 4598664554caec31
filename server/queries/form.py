"""The form of a saved query: a control for each parameter, with what may be chosen and what was."""

from collections.abc import Sequence
from dataclasses import dataclass

from loader.query.parameter import Parameter
from loader.query.saved_query import SavedQuery
from loader.query.values import WrongValue
from server.asking.labels import choices_of
from server.engine.snapshot import Snapshot
from server.i18n.languages import Text
from server.queries.form_values import GivenValues
from server.tables.reading import truth


@dataclass(frozen=True)
class Option:
    """A value that may be chosen, and what it is called."""

    value: str
    label: Text
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class Field:
    """A control: `control` is select, checkboxes, date, number or text; `error` says what is wrong.

    `values` are those that it shows; for many values there is an empty one at the end to fill in.
    """

    parameter: Parameter
    label: str
    help: str
    control: str
    options: tuple[Option, ...]
    values: tuple[str, ...]
    error: str

    @property
    def id(self) -> str:
        return f"parameter-{self.parameter.name}"


def fields(query: SavedQuery, given: GivenValues, release: Snapshot, language: str) -> list[Field]:
    """The fields of a form with the values given; nothing is chosen in advance. Raises Refused."""
    return [_field(parameter, given, release, language) for parameter in query.parameters]


def _field(parameter: Parameter, given: GivenValues, release: Snapshot, language: str) -> Field:
    values = tuple(value for value in given.values.get(parameter.name, ()) if value)
    options = tuple(_options(parameter, values, release, language))
    control = _control(parameter, bool(options))
    if control not in ("select", "checkboxes"):
        control = control if _are_of_type(parameter, values) else "text"
        values = (*values, "") if parameter.many or not values else values
    return Field(
        parameter=parameter,
        label=parameter.text("label", language),
        help=parameter.text("help", language),
        control=control,
        options=options,
        values=values,
        error=given.errors.get(parameter.name, ""),
    )


def _control(parameter: Parameter, has_options: bool) -> str:
    if has_options:
        return "checkboxes" if parameter.many else "select"
    return parameter.of_type.control


def _are_of_type(parameter: Parameter, values: Sequence[str]) -> bool:
    """Whether a field of this kind can show the values: browsers leave a date that is none empty."""
    try:
        return bool([parameter.of_type.term(value) for value in values]) or not values
    except WrongValue:
        return False


def _options(parameter: Parameter, values: Sequence[str], release: Snapshot, language: str) -> list[Option]:
    """What is offered, and what was given although it is not."""
    choices = choices_of(parameter, release, language)
    if parameter.of_type.control == "truth":
        choices = [(value, Text(truth(value, language))) for value in ("true", "false")]
    if not choices:
        return []
    offered = {value for value, _ in choices}
    choices += [(value, Text(value)) for value in values if value not in offered]
    return [Option(value, label, value in values) for value, label in choices]
