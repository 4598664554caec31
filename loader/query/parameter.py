"""A parameter of a saved query: what its header says of it, and the terms its values become."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NoReturn

from loader.query.header import FaultyQueryFile
from loader.query.mistakes.listed import listed
from loader.query.mistakes.mistake import Quoted, Remark
from loader.query.values import OF_GRLC, TYPES, ParameterType, WrongValue

Values = Mapping[str, str | Sequence[str]]
ONE_VALUE = Remark("one value")
TEXTS = ("label", "label_ar", "help", "help_ar")
FACTS = ("name", "type", "default", "required", "many", "choices", "min", "max", "after", *TEXTS)


class WrongParameter(ValueError):
    """A call of a saved query with a parameter it does not have, or a value it does not allow.

    `name`, `value` and `allowed` are parts of the `remark`, for programs; `after` is the parameter whose
    value it may not come before. What does not apply is empty.
    """

    def __init__(
        self, remark: Remark, name: str = "", value: str = "", allowed: Remark | str = "", after: str = ""
    ) -> None:
        super().__init__(str(remark))
        self.remark, self.name, self.value, self.allowed, self.after = remark, name, value, allowed, after

    @property
    def facts(self) -> dict[str, str]:
        """The parts that apply, as they stand in a problem."""
        parts = {"parameter": self.name, "value": self.value, "allowed": str(self.allowed)}
        return {part: said for part, said in parts.items() if said}


def wrong_value(name: str, value: str, allowed: Remark, after: str = "") -> WrongParameter:
    """What is told of a value that a parameter cannot have."""
    shown = value if len(value) <= 60 else value[:60] + "…"
    told = {"name": name, "value": Quoted(shown), "allowed": allowed}
    remark = Remark("%(name)s is %(value)s; it must be %(allowed)s.", told)
    return WrongParameter(remark, name, shown, allowed, after)


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A place in a query for a value: `?_year_integer` is the parameter `year` of type integer.

    `texts` has label and help, each also with `_ar`. `choices` are the only values allowed; `choices_query`
    is a SELECT of ?value ?label_en ?label_ar for a form to offer. `minimum` and `maximum` are values of the
    type; `after` is a parameter whose value this one's may not come before.
    """

    name: str
    type: str
    variable: str
    default: str | None = None
    required: bool = False
    many: bool = False
    choices: tuple[str, ...] = ()
    choices_query: str = ""
    minimum: str | None = None
    maximum: str | None = None
    after: str = ""
    texts: tuple[tuple[str, str], ...] = ()

    def text(self, name: str, language: str) -> str:
        """The `label` or `help` in a language, else in the other, else the name or nothing."""
        texts = dict(self.texts)
        ours, other = (f"{name}_ar", name) if language == "ar" else (name, f"{name}_ar")
        return texts.get(ours) or texts.get(other) or (self.name if name == "label" else "")

    @property
    def of_type(self) -> ParameterType:
        """What its type says of its values."""
        return TYPES[self.type]

    def given(self, values: Values) -> tuple[str, ...]:
        """Its values among those of a call, else its default; none where it is given as an empty text."""
        if self.name not in values:
            return () if self.default is None else (self.default,)
        value = values[self.name]
        return tuple(text for text in ([value] if isinstance(value, str) else value) if text)

    def terms(self, values: Sequence[str]) -> str:
        """The values as RDF terms, as they stand in a list.

        Raises WrongParameter with the name, the value and what is allowed.
        """
        if len(values) > 1 and not self.many:
            told = {"name": self.name, "times": len(values)}
            remark = Remark("%(name)s is given %(times)s times; it takes one value.", told)
            raise WrongParameter(remark, self.name, allowed=ONE_VALUE)
        return ", ".join(self._term(value) for value in values)

    def refuse_before(self, other: "Parameter", values: Values) -> None:
        """Raises WrongParameter where its value comes before that of the other."""
        for low, high in self.contradictions(other, values):
            allowed = Remark("%(bound)s or later", {"bound": low})
            raise wrong_value(self.name, high, allowed, after=other.name)

    def contradictions(self, other: "Parameter", values: Values) -> list[tuple[str, str]]:
        """Each value of the other with one of its own that comes before it."""
        pairs = product(other.given(values), self.given(values))
        return [(low, high) for low, high in pairs if self._is_less(high, low)]

    def _term(self, value: str) -> str:
        if self.choices and value not in self.choices:
            self._refuse(value, Remark("one of %(choices)s", {"choices": listed(self.choices)}))
        try:
            term = self.of_type.term(value)
        except WrongValue as error:
            self._refuse(value, Remark(str(error)))
        if self.minimum is not None and self._is_less(value, self.minimum):
            self._refuse(value, Remark("%(bound)s or more", {"bound": self.minimum}))
        if self.maximum is not None and self._is_less(self.maximum, value):
            self._refuse(value, Remark("%(bound)s or less", {"bound": self.maximum}))
        return term

    def _is_less(self, value: str, other: str) -> bool:
        order = self.of_type.order
        return order is not None and order(value) < order(other)

    def _refuse(self, value: str, allowed: Remark) -> NoReturn:
        raise wrong_value(self.name, value, allowed)


def parameter_from(variable: str, facts: dict[str, object], line: int) -> Parameter:
    """The parameter of a variable (without its mark) by what the header says.

    Raises FaultyQueryFile, which names the `line` of the header.
    """
    name, type_ = name_and_type(variable)
    if foreign := re.search(r"_xsd_\w+$", name):
        known = ", ".join(end for end in OF_GRLC if "_xsd_" in end)
        raise FaultyQueryFile(line, f"?{variable} ends in {foreign[0]}, which is none of {known}.")
    # To every program that reads the variable, grlc too, a year is a whole number.
    type_ = "year" if (type_, facts.get("type")) == ("integer", "year") else type_
    _check_facts(name, type_, facts, line)
    choices = facts.get("choices")
    parameter = Parameter(
        name=name,
        type=type_,
        variable=variable,
        default=_value(facts.get("default")),
        required=bool(facts.get("required")),
        many=bool(facts.get("many")),
        choices=tuple(str(_value(c)) for c in choices) if isinstance(choices, list) else (),
        choices_query=str(choices["query"]) if isinstance(choices, dict) else "",
        minimum=_value(facts.get("min")),
        maximum=_value(facts.get("max")),
        after=str(facts.get("after", "")),
        texts=tuple((key, str(facts[key])) for key in TEXTS if key in facts),
    )
    _check_values(parameter, line)
    return parameter


def name_and_type(variable: str) -> tuple[str, str]:
    """`_year_integer` is `year` of type `integer`; a name without a type is a string.

    grlc has names of its own for some types, and writes `__` where a value is not needed.
    """
    whole = variable.lstrip("_")
    for end, type_ in OF_GRLC.items():
        if whole.endswith(end) and whole != end:
            return whole.removesuffix(end), type_
    name, _, type_ = whole.rpartition("_")
    return (name, type_) if name and type_ in TYPES else (whole, "string")


def _check_facts(name: str, type_: str, facts: dict[str, object], line: int) -> None:
    unknown = [key for key in facts if key not in FACTS]
    if unknown:
        raise FaultyQueryFile(
            line, f"The parameter {name} has {unknown[0]!r}, which is none of {', '.join(FACTS)}."
        )
    if facts.get("type", type_) != type_:
        raise FaultyQueryFile(
            line, f"The parameter {name} is said to be {facts['type']}, its variable says {type_}."
        )
    choices = facts.get("choices")
    if isinstance(choices, dict) and "query" not in choices:
        raise FaultyQueryFile(line, f"The choices of {name} are a list, or a mapping with `query`.")
    if {"min", "max", "after"} & set(facts) and TYPES[type_].order is None:
        raise FaultyQueryFile(line, f"The parameter {name} of type {type_} can have no range.")


def _check_values(parameter: Parameter, line: int) -> None:
    """The ends of the range must be of the type, and the default must itself be allowed."""
    for bound in filter(None, (parameter.minimum, parameter.maximum)):
        try:
            parameter.of_type.term(bound)
        except WrongValue as error:
            raise FaultyQueryFile(
                line, f"The range of {parameter.name} ends in {bound!r}; it must be {error}."
            ) from None
    if parameter.default is not None:
        try:
            parameter.terms([parameter.default])
        except WrongParameter as error:
            raise FaultyQueryFile(line, f"The default is not allowed: {error}") from None


def _value(fact: object) -> str | None:
    """A value as a person would type it; YAML may have made a date, a number or a boolean of it."""
    if fact is None or isinstance(fact, str):
        return fact
    return str(fact).lower() if isinstance(fact, bool) else str(fact)
