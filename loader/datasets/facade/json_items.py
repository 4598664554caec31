"""JSON as triples: an object is a node with its keys as properties, an array one with its items."""

import json
from collections.abc import Iterator
from itertools import count, islice

from loader.datasets.content import Content, UnreadableFile
from loader.datasets.facade.layout import FileLayout
from loader.datasets.facade.triples import Piece, literal, member, named


class Number(str):
    """A number as it is written, so that no digit is lost."""


def json_pieces(content: Content, layout: FileLayout) -> Iterator[Piece]:
    """So many items of the array at a time that the mapping names by its keys, else of the whole."""
    text = b"".join(iter(content.read, b"")).decode()
    try:
        value = json.loads(text, parse_int=Number, parse_float=Number)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise UnreadableFile(f"This is no JSON: {error}.", line) from None
    path = layout.piece.split(".") if layout.piece else []
    items = _at(value, path)
    if layout.whole or not isinstance(items, list):
        piece = Piece(1)
        piece.begin(content.path.name)
        _JsonWriter(piece).describe("_:root", value)
        yield piece
        return
    numbered = enumerate(items, 1)
    while some := list(islice(numbered, layout.rows)):
        yield _piece(content.path.name, path, some)


def _at(value: object, path: list[str]) -> object:
    for key in path:
        if not isinstance(value, dict) or key not in value:
            raise UnreadableFile(f"There is no {'.'.join(path)!r} in this JSON to make pieces of.")
        value = value[key]
    return value


def _piece(file: str, path: list[str], items: list[tuple[int, object]]) -> Piece:
    """Some items where they are in the whole, without what else is in it."""
    piece, writer = Piece(1), None
    piece.begin(file)
    writer = _JsonWriter(piece)
    node = "_:root"
    for key in path:
        inner = writer.new()
        piece.add(node, named(key), inner)
        node = inner
    for number, item in items:
        writer.value(node, member(number), item)
    return piece


class _JsonWriter:
    """Adds values to a piece, each container as a node of its own."""

    def __init__(self, piece: Piece) -> None:
        self._piece, self._numbers = piece, count(1)

    def new(self) -> str:
        return f"_:n{next(self._numbers)}"

    def value(self, subject: str, predicate: str, value: object) -> None:
        """Null says nothing."""
        if isinstance(value, dict | list):
            node = self.new()
            self._piece.add(subject, predicate, node)
            self.describe(node, value)
        elif value is not None:
            self._piece.add(subject, predicate, _literal(value))

    def describe(self, node: str, value: object) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                self.value(node, named(key), inner)
        elif isinstance(value, list):
            for number, inner in enumerate(value, 1):
                self.value(node, member(number), inner)
        else:
            self.value(node, member(1), value)


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return literal(str(value).lower(), "boolean")
    if not isinstance(value, Number):
        return literal(str(value))
    is_exponential = "e" in value.lower()
    return literal(value, "double" if is_exponential else "decimal" if "." in value else "integer")
