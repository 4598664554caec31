"""Refuses XML that is not well-formed, and entities that could grow without bound or lie elsewhere."""

from functools import partial
from xml.parsers import expat

from loader.datasets.content import Content, UnreadableFile

LONGEST = 512


def check_xml(content: Content) -> None:
    """Reads all of it once: the engine passes over a file that ends too soon. Raises UnreadableFile."""
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.EntityDeclHandler = partial(_check_entity, content)
    try:
        while piece := content.read():
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        reason = expat.errors.messages[error.code]
        sentence = f"Parser error at line {error.lineno} column {error.offset + 1}: {reason}."
        raise UnreadableFile(sentence, error.lineno) from None
    content.rewind()


def _check_entity(content: Content, name: str, is_parameter: bool, value: str | None, *_: object) -> None:
    if value is None or is_parameter:
        raise UnreadableFile(f"The entity {name!r} lies elsewhere: it is not read.", content.line)
    if len(value) > LONGEST or "&" in value:
        sentence = f"The entity {name!r} is longer than {LONGEST} characters or holds others."
        raise UnreadableFile(sentence, content.line)
