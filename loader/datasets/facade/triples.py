"""Writes the triples of Facade-X as N-Triples, which the engine reads faster than terms one by one."""

from dataclasses import dataclass, field
from urllib.parse import quote

FX = "http://sparql.xyz/facade-x/ns/"
XYZ = "http://sparql.xyz/facade-x/data/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = f"<{RDF}type>"
# What may stand in an IRI as it is; letters of every script may.
_SAFE = "-._~!$&'()*+,;=:@/?#"
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


@dataclass(slots=True)
class Piece:
    """The triples of one piece of a file, and the line on which it begins."""

    line: int
    lines: list[str] = field(default_factory=list)

    def add(self, subject: str, predicate: str, value: str) -> None:
        """A triple of terms as N-Triples writes them."""
        self.lines.append(f"{subject} {predicate} {value} .\n")

    def begin(self, file: str, root: str = "_:root") -> None:
        """The root, which is of its class and says which file this is."""
        self.add(root, TYPE, f"<{FX}root>")
        self.add(root, f"<{FX}fileName>", literal(file))

    @property
    def text(self) -> bytes:
        return "".join(self.lines).encode()


def literal(text: str, datatype: str = "") -> str:
    """A literal as N-Triples writes it."""
    written = f'"{text.translate(_ESCAPES)}"'
    return f"{written}^^<{XSD}{datatype}>" if datatype else written


def named(name: str, space: str = XYZ) -> str:
    """The IRI of a column, a key, an attribute or an element: what no IRI may hold is percent-encoded."""
    return f"<{space}{''.join(c if ord(c) > 127 or c.isalnum() or c in _SAFE else quote(c) for c in name)}>"


def member(number: int) -> str:
    """The property of the item with this number, from 1."""
    return f"<{RDF}_{number}>"
