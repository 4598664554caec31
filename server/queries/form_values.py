"""What the form of a saved query was sent with: the values, the text bound with them, and what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loader.query.mistakes.mistake import Remark
from loader.query.parameter import ONE_VALUE, WrongParameter
from loader.query.saved_query import SavedQuery
from server.asking.asker import RESERVED
from server.engine.snapshot import Snapshot
from server.http.parameters import Parameters
from server.i18n.texts import texts
from server.queries.calls import known_values, settled


@dataclass(frozen=True)
class GivenValues:
    """`text` is empty where nothing can be run; `errors` are sentences by the name of their parameter.

    `left_open` are the parameters whose defaults contradict what was chosen.
    """

    values: Mapping[str, tuple[str, ...]]
    text: str
    errors: Mapping[str, str]
    left_open: Sequence[str] = ()

    @property
    def is_example(self) -> bool:
        """Whether nothing was chosen, so that the values are those of an example."""
        return not self.values and not self.errors

    def of_call(self, query: SavedQuery) -> dict[str, tuple[str, ...]]:
        """Every value that holds, those of an example too; empty where one was left open on purpose."""
        held = {parameter: parameter.given(self.values) for parameter in query.parameters}
        is_said = {p: bool(values) or p.default is not None for p, values in held.items()}
        return {p.name: values or ("",) for p, values in held.items() if is_said[p]}

    def strangers(self, query: SavedQuery) -> list[str]:
        """The sentences about parameters that the query does not have."""
        return [sentence for name, sentence in self.errors.items() if name not in query.by_name]


def asked(query: SavedQuery, release: Snapshot, parameters: Parameters, language: str) -> GivenValues:
    """Binds what an address gives; a first visit without what is required is no mistake yet."""
    names = [name for name in parameters.names() if name not in RESERVED]
    values = {name: parameters.all(name) for name in names}
    try:
        values = known_values(query, values, release)
        text = query.bind(values)
        held = settled(query, values)
        return GivenValues(held, text, {}, [name for name in held if name not in values])
    except WrongParameter as error:
        return GivenValues(values, "", {error.name: _sentence(query, error, language)} if values else {})


def _sentence(query: SavedQuery, error: WrongParameter, language: str) -> str:
    """What is wrong, in the reader's language and by the labels that the form shows."""
    translate = texts(language).gettext
    labels = {parameter.name: parameter.text("label", language) for parameter in query.parameters}
    label = labels.get(error.name, error.name)
    if error.after and isinstance(error.allowed, Remark):
        facts = {**error.allowed.values, "label": label, "value": error.value, "other": labels[error.after]}
        return translate("“%(label)s” (%(value)s) must not come before “%(other)s” (%(bound)s).") % facts
    if error.value and isinstance(error.allowed, Remark):
        facts = {"label": label, "value": error.value, "allowed": error.allowed.said(translate, str)}
        return translate("%(label)s is “%(value)s”; it must be %(allowed)s.") % facts
    if error.allowed == ONE_VALUE:
        return translate("%(label)s takes one value.") % {"label": label}
    if error.allowed:
        return translate("There is no parameter “%(name)s” here.") % {"name": error.name}
    return translate("%(label)s needs a value.") % {"label": label}
