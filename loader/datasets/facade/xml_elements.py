"""XML as triples: an element is a node of the type of its name, with attributes and children."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from loader.datasets.content import Content
from loader.datasets.facade.layout import FileLayout
from loader.datasets.facade.triples import TYPE, XYZ, Piece, literal, member, named
from loader.datasets.xml_check import check_xml


@dataclass(slots=True)
class OpenElement:
    """An element that has begun: its node, what it says of itself, how many members it has yet."""

    node: str
    triples: list[str]
    members: int = 0
    text: list[str] = field(default_factory=list)


def xml_pieces(content: Content, layout: FileLayout) -> Iterator[Piece]:
    """So many elements at a time that have the name which the mapping gives, else the whole."""
    check_xml(content)
    builder = _Builder(content.path.name, "" if layout.whole else layout.piece)
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: builder.start(name, attributes, content.line)
    parser.EndElementHandler = lambda name: builder.end()
    parser.CharacterDataHandler = builder.text
    while part := content.read():
        parser.Parse(part, False)
        if builder.finished >= layout.rows:
            yield builder.take()
    parser.Parse(b"", True)
    if builder.has_more:
        yield builder.take()


class _Builder:
    """Follows the elements; what is finished is taken, with the elements around it each time."""

    def __init__(self, file: str, piece: str) -> None:
        self._file, self._name = file, piece
        self._open: list[OpenElement] = []
        self._depth = 0  # of the one that is open within an element that is a piece, from 1
        self._number = self._line = 0
        self._begun: list[str] = []
        self._done: list[str] = []
        self._around: dict[str, list[str]] = {}
        self._taken = False
        self.finished = 0

    @property
    def has_more(self) -> bool:
        """Whether something is there that was not taken: a file without any such element is one piece."""
        return bool(self.finished) or not self._taken

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        self._line, self._number = self._line or line, self._number + 1
        element = OpenElement(f"_:e{self._number}" if self._open else "_:root", [])
        if self._open:
            self._flush_text()
            element.triples.append(self._member(element.node))
        element.triples.append(f"{element.node} {TYPE} {_iri(name)} .\n")
        for key, value in attributes.items():
            element.triples.append(f"{element.node} {_iri(key)} {literal(value)} .\n")
        self._open.append(element)
        if self._depth or not self._name or name.rpartition(" ")[2] == self._name:
            self._depth += 1
            self._begun += element.triples

    def end(self) -> None:
        self._flush_text()
        self._open.pop()
        if self._depth:
            self._depth -= 1
            if not self._depth:
                self._finish()

    def text(self, text: str) -> None:
        self._open[-1].text.append(text)

    def take(self) -> Piece:
        """What is finished, within the elements around it."""
        piece = Piece(max(1, self._line))
        piece.begin(self._file)
        for triples in self._around.values():
            piece.lines += triples
        piece.lines += self._done
        self._done, self._around, self._line, self.finished, self._taken = [], {}, 0, 0, True
        return piece

    def _finish(self) -> None:
        self.finished += 1
        self._done += self._begun
        self._begun = []
        for element in self._open:
            self._around[element.node] = element.triples

    def _member(self, value: str) -> str:
        parent = self._open[-1]
        parent.members += 1
        return f"{parent.node} {member(parent.members)} {value} .\n"

    def _flush_text(self) -> None:
        """Text is a member too, unless it is all white space; outside of pieces it is dropped."""
        parent = self._open[-1]
        text, parent.text = "".join(parent.text).strip(), []
        if text and self._depth:
            self._begun.append(self._member(literal(text)))


def _iri(name: str) -> str:
    """The IRI of an element or attribute, in its namespace where it has one."""
    space, _, local = name.rpartition(" ")
    if space and not space.endswith(("#", "/")):
        space += "#"
    return named(local, space or XYZ)
