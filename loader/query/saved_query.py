"""A saved query: its file, its parameters, and the text that results when values are bound."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NoReturn

from loader.query.asked_datasets import check_datasets
from loader.query.habits import in_our_words
from loader.query.header import FaultyQueryFile, header_line, read_header
from loader.query.headline import NO_HEADLINE, Headline, read_headline
from loader.query.open_conditions import OpenCondition, open_conditions
from loader.query.outline import FORMS, GRAPH_FORMS, outline
from loader.query.parameter import Parameter, Values, WrongParameter, parameter_from
from loader.query.tokens import Token, line_and_column, tokens

VIEWS = ("table", "bar", "stacked", "line", "timeline", "map", "network")
MOST_ON_A_PAGE = 1000
TEXTS = ("summary", "summary_ar", "description", "description_ar")


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

    def bind(self, values: Values) -> str:
        """The query with the values of its parameters as terms.

        A parameter that is not given has its default; one without, or given as an empty text, stays open.
        Raises WrongParameter.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values:
            if name not in known:
                allowed = ", ".join(known) or "none"
                shown = name if len(name) <= 60 else name[:60] + "…"
                message = f"{self.name} has no parameter {shown!r}; it has: {allowed}."
                raise WrongParameter(message, shown, allowed=allowed)
        terms = {}
        for parameter in self.parameters:
            if given := parameter.given(values):
                terms[parameter.variable] = parameter.terms(given)
            elif parameter.required:
                raise WrongParameter(f"{self.name} needs a value for {parameter.name}.", parameter.name)
        for parameter in self.parameters:
            if parameter.after:
                parameter.refuse_before(known[parameter.after], values)
        return self._with(terms)

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
        return frozenset(token.text.upper() for token in tokens(self.text) if token.kind == "word")

    @cached_property
    def _places(self) -> tuple[Token, ...]:
        """Where variables stand, but not what looks like one in strings, IRIs and comments."""
        return tuple(token for token in tokens(self.text) if token.kind == "variable")

    @cached_property
    def _conditions(self) -> tuple[OpenCondition, ...]:
        """The conditions that hold by themselves where a parameter of theirs stays open."""
        return tuple(open_conditions(list(tokens(self.text))))

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


def read_saved_query(path: Path) -> SavedQuery:
    """A saved query from its file.

    Raises FaultyQueryFile.
    """
    text = path.read_text(encoding="utf-8").removeprefix("\ufeff")
    header = in_our_words(text, read_header(text))
    for key in ("summary", "summary_ar"):
        if not isinstance(header.get(key), str):
            line = header_line(text, key)
            raise FaultyQueryFile(line, f"The header needs `#+ {key}:` with a question in words.")
    view = str(header.get("view", "table"))
    if view not in VIEWS:
        line = header_line(text, "view")
        raise FaultyQueryFile(line, f"The view {view!r} is none of {', '.join(VIEWS)}.")
    pieces = list(tokens(text))
    # The first of these words is the form: before it stand only declarations, which contain none.
    form = next((t.text.upper() for t in pieces if t.kind == "word" and t.text.upper() in FORMS), "")
    if not form:
        raise FaultyQueryFile(1, "The file holds no SELECT, ASK, CONSTRUCT or DESCRIBE query.")
    parameters = _parameters(text, header, pieces)
    _refuse_projected(text, pieces, parameters)
    _refuse_stranger(text, parameters)
    datasets = _words(text, header, "datasets")
    check_datasets(text, datasets)
    texts = {key: str(header.get(key, "")) for key in TEXTS}
    return SavedQuery(
        name=path.stem,
        text=text,
        form=form,
        parameters=parameters,
        tags=_words(text, header, "tags"),
        view=view,
        datasets=datasets,
        headline=_headline(text, header, parameters),
        pagination=_pagination(text, header),
        **texts,
    )


def read_saved_queries(folder: Path) -> dict[str, SavedQuery]:
    """The saved queries of a folder by name, in the order of their names."""
    return {path.stem: read_saved_query(path) for path in sorted(folder.glob("*.rq"))}


def _pagination(text: str, header: dict[str, object]) -> int:
    rows = header.get("pagination", 0)
    if "pagination" in header and not (isinstance(rows, int) and 1 <= rows <= MOST_ON_A_PAGE):
        sentence = f"`pagination` is the rows of a page, from 1 to {MOST_ON_A_PAGE}."
        raise FaultyQueryFile(header_line(text, "pagination"), sentence)
    return int(str(rows))


def _headline(text: str, header: dict[str, object], parameters: tuple[Parameter, ...]) -> Headline:
    def refuse(key: str, sentence: str) -> NoReturn:
        raise FaultyQueryFile(header_line(text, key), sentence)

    found = outline(text)
    if "counts" in header and found and str(header["counts"]) not in found.projected:
        refuse("counts", f"The column {str(header['counts'])!r} that is counted is not selected.")
    return read_headline(header, {parameter.name for parameter in parameters}, refuse)


def _refuse_stranger(text: str, parameters: tuple[Parameter, ...]) -> None:
    """A parameter may come after another one of its type only."""
    types = {parameter.name: parameter.type for parameter in parameters}
    for parameter in parameters:
        if parameter.after and types.get(parameter.after) != parameter.type:
            sentence = f"{parameter.name} is after {parameter.after!r}, which is no parameter of its type."
            raise FaultyQueryFile(header_line(text, "parameters"), sentence)


def _words(text: str, header: dict[str, object], key: str) -> tuple[str, ...]:
    words = header.get(key, [])
    if not isinstance(words, list):
        raise FaultyQueryFile(header_line(text, key), f"`{key}` is a list of words.")
    return tuple(map(str, words))


def _parameters(text: str, header: dict[str, object], pieces: list[Token]) -> tuple[Parameter, ...]:
    """A parameter for each variable that begins with an underscore, in the order of their first use."""
    line = header_line(text, "parameters")
    declared = _declared(text, header)
    variables = [t.text[1:] for t in pieces if t.kind == "variable" and t.text[1:].startswith("_")]
    found = []
    for variable in dict.fromkeys(variables):
        name = parameter_from(variable, {}, line).name
        found.append(parameter_from(variable, declared.pop(name, {}), line))
    if declared:
        name = next(iter(declared))
        raise FaultyQueryFile(line, f"No variable ?_{name}_… of the query uses the parameter {name!r}.")
    _refuse_clashes(variables)
    return tuple(found)


def _refuse_clashes(variables: list[str]) -> None:
    for variable in set(variables):
        clash = next((other for other in variables if other != variable and other.startswith(variable)), None)
        if clash:
            sentence = f"The name of ?{variable} is the beginning of ?{clash}: grlc would replace both."
            raise FaultyQueryFile(1, sentence)


def _declared(text: str, header: dict[str, object]) -> dict[str, dict[str, object]]:
    entries = header.get("parameters") or []
    if not isinstance(entries, list) or not all(isinstance(e, dict) and "name" in e for e in entries):
        line = header_line(text, "parameters")
        raise FaultyQueryFile(line, "`parameters` is a list of mappings, each with a `name`.")
    return {str(entry["name"]): {str(k): v for k, v in entry.items()} for entry in entries}


def _refuse_projected(text: str, pieces: list[Token], parameters: tuple[Parameter, ...]) -> None:
    """A parameter between SELECT and WHERE cannot be replaced by a term: that is a syntax error."""
    variables = {parameter.variable for parameter in parameters}
    depth, projecting = 0, False
    for token in pieces:
        word = token.text.upper() if token.kind in ("word", "punctuation") else ""
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
