"""What Virtuoso 7.2 answers wrongly or never, and how the same is asked so that it answers rightly."""

from collections.abc import Iterator, Sequence

from loader.query.tokens import Token

Change = tuple[int, int, str]
# Nobody's name.
_NOTHING = " <urn:uuid:6f6c0e2d-7c5b-4b0e-9d4c-2b6a6d1f3c57> "


def filled_values(pieces: Sequence[Token]) -> Iterator[Change]:
    """Puts a name into VALUES that are empty: for what is optional beside them it reads all that there is."""
    for values, variable, begin, end in zip(pieces, pieces[1:], pieces[2:], pieces[3:], strict=False):
        if values.text.upper() == "VALUES" and variable.kind == "variable" and begin.text + end.text == "{}":
            yield begin.end, end.start, _NOTHING


def without_graph(pieces: Sequence[Token], n: int) -> Change:
    """A group without any solution in place of a graph that is not there, of which it counts one row."""
    return pieces[n - 1].start, pieces[n + 1].end, "{ FILTER(false) "
