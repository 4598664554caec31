"""XML that every parser reads: what XML 1.0 cannot hold is refused, and a carriage return is not lost."""

import re
from typing import IO

from loader.query.mistakes.mistake import Remark
from server.refusal import Refused

MEDIA_TYPES = ("application/sparql-results+xml", "application/rdf+xml")
# XML 1.0, section 2.2: no control characters but three, no U+FFFE and U+FFFF.
_IMPOSSIBLE = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
# How Oxigraph writes a predicate whose IRI has no part that can be a name of XML.
_NAMELESS = re.compile(rb'<oxprefix: xmlns:oxprefix="([^"]{0,500})')
# Words of an older RDF/XML, which Oxigraph writes and other parsers must refuse (RDF/XML, section 5.1).
_WITHDRAWN = re.compile(rb"<rdf:(bagID|aboutEachPrefix|aboutEach)[ >]")
_OVERLAP = 4096  # more than what is named in a message


class XmlOutput:
    """Passes on what is written, and raises Refused `not-acceptable` at what no parser would read."""

    def __init__(self, output: IO[bytes]) -> None:
        self._output, self._before, self._rows = output, b"", 0

    def write(self, piece: bytes, /) -> int:
        seen = self._before + piece
        self._check(seen)
        self._rows += piece.count(b"<result>")
        self._before = seen[-_OVERLAP:]
        self._output.write(piece.replace(b"\r", b"&#xD;"))  # section 2.11: a bare one is read as a line feed
        return len(piece)

    def flush(self) -> None:
        """What is written is passed on at once."""
        self._output.flush()

    def _check(self, seen: bytes) -> None:
        if found := _IMPOSSIBLE.search(seen):
            code = ord(found[0].decode())
            row = self._rows + seen.count(b"<result>", len(self._before), found.start())
            told = {"row": row, "code": f"U+{code:04X}"}
            of_row = "A value of row %(row)s has the character %(code)s, which XML cannot hold. JSON can."
            of_graph = "A value has the character %(code)s, which XML cannot hold. Turtle can."
            raise Refused("not-acceptable", Remark(of_row, told) if row else Remark(of_graph, told))
        if found := _NAMELESS.search(seen):
            iri = found[1].decode(errors="replace")
            message = "The property %(iri)s does not end with a name; Turtle can write it, RDF/XML cannot."
            raise Refused("not-acceptable", Remark(message, {"iri": f"<{iri}>"}))
        if found := _WITHDRAWN.search(seen):
            message = "The property %(name)s is no longer allowed in RDF/XML; Turtle can write it."
            raise Refused("not-acceptable", Remark(message, {"name": f"rdf:{found[1].decode()}"}))
