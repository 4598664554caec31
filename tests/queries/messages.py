"""Finds the texts of the interface where they are used: in templates and in code."""

import ast
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract

from loader.inputs import PROJECT
from loader.query.saved_query_file import VIEWS, read_saved_queries
from loader.query.values import TYPES, WrongValue, as_term
from server.exports.files import EXPORTS
from server.formats import GRAPHS
from server.refusal import KINDS

Message = tuple[str, str]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "translate": None,
    "in_context": ((1, "c"), 2),
}
# The functions of our code whose first or second argument is a message.
SAYING_FIRST, SAYING_SECOND = ("Remark", "NoReleaseThen"), ("says",)
OPTIONS = {"trimmed": "true", "extensions": "jinja2.ext.i18n"}


def used() -> set[Message]:
    """Every text, as its context (mostly empty) and its words."""
    return {*_written(), *_computed()}


def _written() -> Iterator[Message]:
    """The texts that stand in a template or a module."""
    templates = PROJECT / "server/templates"
    for path in sorted(path for kind in ("html", "atom", "svg") for path in templates.rglob(f"*.{kind}")):
        yield from _in_file("jinja2.ext:babel_extract", path)
    for path in sorted((PROJECT / "server").rglob("*.py")):
        yield from _in_file("python", path)


def _in_file(method: str, path: Path) -> Iterator[Message]:
    found = extract(method, BytesIO(path.read_bytes()), KEYWORDS, options=OPTIONS)
    for _, message, _, context in found:
        first = message[0] if isinstance(message, tuple) else message
        yield context or "", first


def _computed() -> Iterator[Message]:
    """The texts that are put together or come from elsewhere in the code."""
    queries = read_saved_queries(PROJECT / "queries").values()
    yield from (("tag", tag) for tag in {"other", *(tag for query in queries for tag in query.tags)})
    yield from (("view", view) for view in VIEWS)
    yield from (("format", name) for name in (format_.name for format_ in (*EXPORTS, *GRAPHS)))
    yield from (("", title) for _, title in KINDS.values())
    yield from (("", words) for words in _types())
    yield from (("", message) for message in _sentences())


def _types() -> Iterator[str]:
    """What each type of parameter says that it allows."""
    for type_ in TYPES:
        try:
            as_term(type_, "\0 ")
        except WrongValue as wrong:
            yield str(wrong)


def _sentences() -> Iterator[str]:
    """What is told of mistakes in queries and calls, as sentences and by `says`, itself or by a `message`."""
    mistakes = sorted((PROJECT / "loader/query").rglob("*.py"))
    releases = PROJECT / "loader/release/releases.py"
    for node in _nodes([*mistakes, releases, *sorted((PROJECT / "server").rglob("*.py"))]):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[_, ast.Constant(value=str(message)), *_]) if (
                name in SAYING_SECOND
            ):
                yield message
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(message)), *_]) if (
                name in SAYING_FIRST
            ):
                yield message
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield from _said_by_name(node)


def _said_by_name(function: ast.AST) -> Iterator[str]:
    """The texts of names that a function hands to `Remark` or `says`."""
    named: set[str] = set()
    for node in ast.walk(function):
        match node:
            case ast.Call(func=ast.Name(id="Remark"), args=[ast.Name(id=name), *_]):
                named.add(name)
            case ast.Call(func=ast.Name(id="says"), args=[_, ast.Name(id=name), *_]):
                named.add(name)
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(message))):
                if name in named:
                    yield message


def _nodes(modules: Iterable[Path]) -> Iterator[ast.AST]:
    return (node for path in modules for node in ast.walk(ast.parse(path.read_text("utf-8"))))
