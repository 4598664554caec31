"""What Virtuoso 7.2 answers wrongly or never, and how the same is asked so that it answers rightly.

In separators of GROUP_CONCAT it makes `?` of each letter beyond ASCII
(openlink/virtuoso-opensource#609, #1414).
"""

from collections.abc import Iterator, Mapping, Sequence

from loader.query.tokens import Token

Change = tuple[int, int, str]
# Nobody's name.
_NOTHING = " <urn:uuid:6f6c0e2d-7c5b-4b0e-9d4c-2b6a6d1f3c57> "


def asked_otherwise(pieces: Sequence[Token]) -> tuple[list[Change], dict[str, str]]:
    """What changes in a query, and for each separator that is sent the one that was written."""
    found = [*_separators(pieces)]
    sent = {text: f"~;{number};~" for number, text in enumerate(dict.fromkeys(one.text for one in found))}
    changes = [(one.start, one.end, f'"{sent[one.text]}"') for one in found]
    return [*changes, *_filled_values(pieces)], {stand_in: written for written, stand_in in sent.items()}


def without_graph(pieces: Sequence[Token], n: int) -> Change:
    """A group without any solution in place of a graph that is not there, of which it counts one row."""
    return pieces[n - 1].start, pieces[n + 1].end, "{ FILTER(false) "


def separators_as_written(content: bytes, replaced: Mapping[str, bytes]) -> bytes:
    """An answer with the separators that were asked for."""
    for stand_in, separator in replaced.items():
        content = content.replace(stand_in.encode(), separator)
    return content


def _separators(pieces: Sequence[Token]) -> Iterator[Token]:
    """The strings that stand behind `SEPARATOR =`, of those that are not ASCII."""
    for word, sign, text in zip(pieces, pieces[1:], pieces[2:], strict=False):
        if word.text.upper() == "SEPARATOR" and sign.text == "=" and not text.text.isascii():
            yield text


def _filled_values(pieces: Sequence[Token]) -> Iterator[Change]:
    """Puts a name into VALUES that are empty: for what is optional beside them it reads all that there is."""
    for values, variable, begin, end in zip(pieces, pieces[1:], pieces[2:], pieces[3:], strict=False):
        if values.text.upper() == "VALUES" and variable.kind == "variable" and begin.text + end.text == "{}":
            yield begin.end, end.start, _NOTHING
