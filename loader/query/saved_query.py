"""A saved query: its parameters, and the text that results when values are bound."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from loader.query.headline import NO_HEADLINE, Headline
from loader.query.mistakes.mistake import Quoted, Remark
from loader.query.open_conditions import OpenCondition, open_conditions
from loader.query.outline import GRAPH_FORMS
from loader.query.parameter import Parameter, Values, WrongParameter
from loader.query.tokens import Token, tokens


@dataclass(frozen=True, kw_only=True)
class SavedQuery:
    """A query document; `form` is the keyword of its result, SELECT, ASK, CONSTRUCT or DESCRIBE.

    It asks the merge of our own graphs, and beside them the graphs of `datasets`, by name. `pagination` is
    how many rows a page has where nobody says so, 0 where all rows come at once.
    """

    name: str
    text: str
    form: str
    parameters: tuple[Parameter, ...]
    summary: str
    summary_ar: str
    description: str
    description_ar: str
    tags: tuple[str, ...]
    view: str
    datasets: tuple[str, ...]
    headline: Headline = NO_HEADLINE
    pagination: int = 0

    @property
    def is_graph(self) -> bool:
        """Whether the result is triples, not rows."""
        return self.form in GRAPH_FORMS

    @cached_property
    def by_name(self) -> Mapping[str, Parameter]:
        """Its parameters, each by its name."""
        return {parameter.name: parameter for parameter in self.parameters}

    def question(self, language: str) -> str:
        """What it asks, in words."""
        return self.summary_ar if language == "ar" else self.summary

    def bind(self, values: Values) -> str:
        """The query with the values of its parameters as terms.

        A parameter that is not given has its default; one without, or given as an empty text, stays open,
        and so does one whose default contradicts what was given. Raises WrongParameter.
        """
        for name in values:
            if name not in self.by_name:
                raise self._stranger(name if len(name) <= 60 else name[:60] + "…")
        terms, left_open = self._terms(values), self.yielding(values)
        for name in left_open:
            del terms[self.by_name[name].variable]
        for later, earlier in self._ordered():
            later.refuse_before(earlier, {**values, **dict.fromkeys(left_open, "")})
        return self._with(terms)

    def yielding(self, values: Values) -> list[str]:
        """The open parameters whose defaults, which nobody chose, contradict what was chosen.

        The values are of their types.
        """
        return [
            one.name
            for later, earlier in self._ordered()
            if later.contradictions(earlier, values)
            for one, chosen in ((later, earlier), (earlier, later))
            if one.name not in values and chosen.name in values and not one.required
        ]

    def _ordered(self) -> list[tuple[Parameter, Parameter]]:
        """The pairs of parameters of which the second may not come after the first."""
        return [(one, self.by_name[one.after]) for one in self.parameters if one.after]

    def _terms(self, values: Values) -> dict[str, str]:
        """The terms of each variable that has a value. Raises WrongParameter."""
        terms = {}
        for parameter in self.parameters:
            if given := parameter.given(values):
                terms[parameter.variable] = parameter.terms(given)
            elif parameter.required:
                told = {"query": self.name, "name": parameter.name}
                remark = Remark("%(query)s needs a value for %(name)s.", told)
                raise WrongParameter(remark, parameter.name)
        return terms

    def _stranger(self, name: str) -> WrongParameter:
        told = {"query": self.name, "name": Quoted(name)}
        if not self.by_name:
            remark = Remark("%(query)s has no parameter %(name)s; it has none.", told)
            return WrongParameter(remark, name, allowed="none")
        names = ", ".join(self.by_name)
        remark = Remark("%(query)s has no parameter %(name)s; it has: %(names)s.", {**told, "names": names})
        return WrongParameter(remark, name, allowed=names)

    def sought(self, values: Values) -> list[str]:
        """The terms among its values, defaults too, that the graph may lack."""
        return [
            parameter.of_type.term(value)
            for parameter in self.parameters
            if parameter.of_type.is_sought
            for value in parameter.given(values)
        ]

    @cached_property
    def words(self) -> frozenset[str]:
        """Its keywords and names of functions, in capitals; no value of a parameter adds to them."""
        return frozenset(token.text.upper() for token in self._tokens if token.kind == "word")

    @cached_property
    def _tokens(self) -> tuple[Token, ...]:
        return tuple(tokens(self.text))

    @cached_property
    def _places(self) -> tuple[Token, ...]:
        """Where variables stand, but not what looks like one in strings, IRIs and comments."""
        return tuple(token for token in self._tokens if token.kind == "variable")

    @cached_property
    def _conditions(self) -> tuple[OpenCondition, ...]:
        """The conditions that hold by themselves where a parameter of theirs stays open."""
        return tuple(open_conditions(self._tokens))

    def _with(self, terms: Mapping[str, str]) -> str:
        """The text with each variable that has a term replaced by it, and `true` for what is left open."""
        still_open = {parameter.variable for parameter in self.parameters} - terms.keys()
        named = [(token, token.text[1:]) for token in self._places]
        places = [(token.start, token.end, terms[name]) for token, name in named if name in terms]
        places += [(part.start, part.end, "true") for part in self._conditions if part.variables & still_open]
        parts, end = [], 0
        for start, stop, term in sorted(places):
            if start >= end:
                parts += [self.text[end:start], term]
                end = stop
        return "".join([*parts, self.text[end:]])
