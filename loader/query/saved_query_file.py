"""A saved query as its file has it: the header and the text, read and checked."""

from pathlib import Path
from typing import NoReturn

from loader.query.asked_datasets import check_datasets
from loader.query.habits import in_our_words
from loader.query.header import FaultyQueryFile, header_line, read_header
from loader.query.headline import Headline, read_headline
from loader.query.outline import FORMS, outline
from loader.query.parameter import Parameter, parameter_from
from loader.query.saved_query import SavedQuery
from loader.query.tokens import Token, line_and_column, tokens

VIEWS = ("table", "bar", "stacked", "line", "timeline", "map", "network")
MOST_ON_A_PAGE = 1000
TEXTS = ("summary", "summary_ar", "description", "description_ar")


def read_saved_query(path: Path) -> SavedQuery:
    """A saved query from its file.

    Raises FaultyQueryFile.
    """
    text = path.read_text(encoding="utf-8").removeprefix("\ufeff")
    header = _header(text)
    view, pieces = _view(text, header), list(tokens(text))
    form = _form(pieces)
    parameters = _parameters(text, header, pieces)
    _refuse_projected(text, pieces, parameters)
    _refuse_stranger(text, parameters)
    datasets = _words(text, header, "datasets")
    check_datasets(text, datasets)
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
        **{key: str(header.get(key, "")) for key in TEXTS},
    )


def read_saved_queries(folder: Path) -> dict[str, SavedQuery]:
    """The saved queries of a folder by name, in the order of their names."""
    return {path.stem: read_saved_query(path) for path in sorted(folder.glob("*.rq"))}


def _header(text: str) -> dict[str, object]:
    """The header in our own words, with what every query is called."""
    header = in_our_words(text, read_header(text))
    for key in ("summary", "summary_ar"):
        if not isinstance(header.get(key), str):
            line = header_line(text, key)
            raise FaultyQueryFile(line, f"The header needs `#+ {key}:` with a question in words.")
    return header


def _view(text: str, header: dict[str, object]) -> str:
    view = str(header.get("view", "table"))
    if view not in VIEWS:
        line = header_line(text, "view")
        raise FaultyQueryFile(line, f"The view {view!r} is none of {', '.join(VIEWS)}.")
    return view


def _form(pieces: list[Token]) -> str:
    """The first of these words is the form: before it stand only declarations, which contain none."""
    form = next((t.text.upper() for t in pieces if t.kind == "word" and t.text.upper() in FORMS), "")
    if not form:
        raise FaultyQueryFile(1, "The file holds no SELECT, ASK, CONSTRUCT or DESCRIBE query.")
    return form


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
