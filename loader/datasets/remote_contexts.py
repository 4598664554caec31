"""JSON-LD whose context lies elsewhere: names it, or puts the file that was given for it in its place."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from loader.datasets.content import Content, UnreadableFile

KEY = re.compile(r'"@context"\s*:\s*')


def fill_contexts(content: Content, given: Mapping[str, Path]) -> None:
    """Lets the text be read with the contexts that were given as files, each of its lines where it was.

    Raises UnreadableFile with the first context that lies elsewhere and was not given.
    """
    text = b"".join(iter(content.read, b"")).decode()
    content.rewind()
    parts, end = [], 0
    for start, stop, value in _contexts(text):
        try:
            filled = json.dumps(_filled(value, given))
        except LookupError as error:
            raise _elsewhere(error.args[0], text.count("\n", 0, start) + 1) from None
        parts += [text[end:start], filled, "\n" * text.count("\n", start, stop)]
        end = stop
    if given and parts:
        content.hold("".join([*parts, text[end:]]).encode())


def _elsewhere(url: str, line: int) -> UnreadableFile:
    way = f"give it as a file by --context {url}=FILE"
    return UnreadableFile(f"The context <{url}> lies elsewhere and is not fetched: {way}.", line)


def _contexts(text: str) -> Iterator[tuple[int, int, object]]:
    """Where each context begins and ends, and what it is."""
    decoder = json.JSONDecoder()
    end = 0
    for match in KEY.finditer(text):
        if match.start() >= end:
            try:
                value, end = decoder.raw_decode(text, match.end())
            except ValueError:
                return  # whoever reads it next says what is wrong
            yield match.end(), end, value


def _filled(value: object, given: Mapping[str, Path]) -> object:
    """A context with those in it that lie elsewhere. Raises LookupError with one that was not given."""
    if isinstance(value, list):
        return [_filled(each, given) for each in value]
    if not isinstance(value, str):
        return value
    if value not in given:
        raise LookupError(value)
    return _filled(_context_of(value, given[value]), given)


def _context_of(url: str, path: Path) -> object:
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise UnreadableFile(f"{path}, given for the context <{url}>, is no JSON: {error}.") from None
    if not isinstance(document, dict) or "@context" not in document:
        raise UnreadableFile(f"{path}, given for the context <{url}>, has no `@context`.")
    return document["@context"]
