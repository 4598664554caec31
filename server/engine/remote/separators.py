"""Separators of GROUP_CONCAT in ASCII for an engine that spoils others, and put back into what it answers.

Virtuoso makes `?` of each letter beyond ASCII there (openlink/virtuoso-opensource#609, #1414).
"""

from collections.abc import Iterator, Mapping, Sequence

from loader.query.tokens import Token


def separators(pieces: Sequence[Token]) -> Iterator[Token]:
    """The strings that stand behind `SEPARATOR =`, of those that are not ASCII."""
    for word, sign, text in zip(pieces, pieces[1:], pieces[2:], strict=False):
        if word.text.upper() == "SEPARATOR" and sign.text == "=" and not text.text.isascii():
            yield text


def stand_ins(pieces: Sequence[Token]) -> dict[str, str]:
    """For each such string, as it is written in the query, what is sent in its place."""
    written = dict.fromkeys(token.text for token in separators(pieces))
    return {text: f"~;{number};~" for number, text in enumerate(written)}


def put_back(content: bytes, replaced: Mapping[str, bytes]) -> bytes:
    """An answer with the separators that were asked for."""
    for stand_in, separator in replaced.items():
        content = content.replace(stand_in.encode(), separator)
    return content
