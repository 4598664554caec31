"""A saved query: its file, its parameters, and the text that results when values are bound."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from loader.release.header import FaultyQueryFile, header_line, read_header
from loader.release.terms import TYPES, WrongValue, as_term
from loader.release.tokens import Token, line_and_column, tokens

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


class WrongParameter(ValueError):
    """A call of a saved query with a parameter it does not have, or a value it does not allow."""


@dataclass(frozen=True)
class Parameter:
    """A place in a query for a value: `?_year_integer` is the parameter `year` of type integer."""

    name: str
    type: str
    default: str | None
    required: bool
    variable: str

    def term(self, value: str) -> str:
        """The value as an RDF term.

        Raises WrongParameter with the name, the value and what is allowed.
        """
        try:
            return as_term(self.type, value)
        except WrongValue as error:
            raise WrongParameter(f"{self.name} is {value!r}; it must be {error}.") from error


@dataclass(frozen=True)
class SavedQuery:
    """A query document; `form` is the keyword of its result, SELECT, ASK, CONSTRUCT or DESCRIBE."""

    name: str
    text: str
    summary: str
    summary_ar: str
    form: str
    parameters: tuple[Parameter, ...]

    def bind(self, values: Mapping[str, str]) -> str:
        """The query with the values of its parameters as terms; one without value or default stays open.

        Raises WrongParameter.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values:
            if name not in known:
                allowed = ", ".join(known) or "none"
                raise WrongParameter(f"{self.name} has no parameter {name!r}; it has: {allowed}.")
        terms = {}
        for parameter in self.parameters:
            value = values.get(parameter.name, parameter.default)
            if value is not None:
                terms[parameter.variable] = parameter.term(value)
            elif parameter.required:
                raise WrongParameter(f"{self.name} needs a value for {parameter.name}.")
        return _replace_variables(self.text, terms)


def read_saved_query(path: Path) -> SavedQuery:
    """A saved query from its file.

    Raises FaultyQueryFile.
    """
    text = path.read_text(encoding="utf-8")
    header = read_header(text)
    for key in ("summary", "summary_ar"):
        if not isinstance(header.get(key), str):
            raise FaultyQueryFile(
                header_line(text, key), f"The header needs `#+ {key}:` with a question in words."
            )
    pieces = list(tokens(text))
    form = next((t.text.upper() for t in pieces if t.text.upper() in FORMS), "")
    if not form:
        raise FaultyQueryFile(1, "The file holds no SELECT, ASK, CONSTRUCT or DESCRIBE query.")
    parameters = _parameters(text, header, pieces)
    _refuse_projected(text, pieces, parameters)
    return SavedQuery(path.stem, text, str(header["summary"]), str(header["summary_ar"]), form, parameters)


def read_saved_queries(folder: Path) -> dict[str, SavedQuery]:
    """The saved queries of a folder by name, in the order of their names."""
    return {path.stem: read_saved_query(path) for path in sorted(folder.glob("*.rq"))}


def _parameters(text: str, header: dict[str, object], pieces: list[Token]) -> tuple[Parameter, ...]:
    declared = _declared(text, header)
    found: dict[str, Parameter] = {}
    for token in pieces:
        if token.kind == "variable" and token.text[1:].startswith("_"):
            name, type_ = _name_and_type(token.text[2:])
            facts = declared.get(name, {})
            default = facts.get("default")
            found[token.text[1:]] = Parameter(
                name,
                type_,
                None if default is None else str(default),
                bool(facts.get("required")),
                token.text[1:],
            )
    for name in declared.keys() - {parameter.name for parameter in found.values()}:
        raise FaultyQueryFile(
            header_line(text, "parameters"),
            f"No variable ?_{name}_… of the query uses the parameter {name!r}.",
        )
    for variable in found:
        clash = next((other for other in found if other != variable and other.startswith(variable)), None)
        if clash:
            raise FaultyQueryFile(
                1, f"The name of ?{variable} is the beginning of ?{clash}: grlc would replace both."
            )
    return tuple(found.values())


def _declared(text: str, header: dict[str, object]) -> dict[str, dict[str, object]]:
    entries = header.get("parameters") or []
    if not isinstance(entries, list) or not all(isinstance(e, dict) and "name" in e for e in entries):
        line = header_line(text, "parameters")
        raise FaultyQueryFile(line, "`parameters` is a list of mappings, each with a `name`.")
    return {str(entry["name"]): {str(k): v for k, v in entry.items()} for entry in entries}


def _name_and_type(variable: str) -> tuple[str, str]:
    name, _, type_ = variable.rpartition("_")
    return (name, type_) if name and type_ in TYPES else (variable, "string")


def _refuse_projected(text: str, pieces: list[Token], parameters: tuple[Parameter, ...]) -> None:
    """A parameter between SELECT and WHERE cannot be replaced by a term: that is a syntax error."""
    variables = {parameter.variable for parameter in parameters}
    depth, projecting = 0, False
    for token in pieces:
        word = token.text.upper()
        if word == "SELECT":
            projecting, depth = True, 0
        elif word in ("WHERE", "{", "FROM"):
            projecting = False
        depth += (token.text == "(") - (token.text == ")")
        if projecting and depth == 0 and token.kind == "variable" and token.text[1:] in variables:
            line, _ = line_and_column(text, token.start)
            raise FaultyQueryFile(
                line, f"The parameter {token.text} is projected: write ({token.text} AS ?name)."
            )


def _replace_variables(text: str, terms: Mapping[str, str]) -> str:
    """The text with each variable that has a term replaced by it, but not in strings, IRIs and comments."""
    parts, end = [], 0
    for token in tokens(text):
        if token.kind == "variable" and token.text[1:] in terms:
            parts += [text[end : token.start], terms[token.text[1:]]]
            end = token.end
    return "".join([*parts, text[end:]])
