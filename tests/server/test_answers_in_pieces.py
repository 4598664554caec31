"""Rows of another engine come as ours, however its JSON is spaced and wherever it is cut into pieces."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader.release.namespaces import XSD
from server.engine.remote.release_names import ReleaseNames
from server.engine.remote.renamed_answer import AnswerNames, RenamedAnswer

NAMES = ReleaseNames("7-abc")
BOOLEAN = f"{XSD}boolean"
# Texts that look like the end of a term and the beginning of the next.
HOSTILE = [
    '},"x":{',
    '},{"s":{"type":"uri","value":"',
    '"},',
    "},",
    "\\",
    '\\"}',
    "{",
    NAMES.ending,
    "é،",
    "1",
]
TEXTS = st.lists(st.sampled_from(HOSTILE), max_size=4).map("".join)
# What is sent, and what it should become.
TERMS = st.one_of(
    TEXTS.map(lambda text: ({"type": "literal", "value": f"{text}."},) * 2),
    st.just(({"type": "uri", "value": f"{NAMES.blank}a"}, {"type": "bnode", "value": "a"})),
    st.just(({"type": "uri", "value": NAMES.there("urn:g")}, {"type": "uri", "value": "urn:g"})),
    st.just(tuple({"type": "literal", "value": value, "datatype": BOOLEAN} for value in ("1", "true"))),
)
ROWS = st.lists(st.dictionaries(st.sampled_from(["s", "thing", "ы"]), TERMS, min_size=1), max_size=12)


class InPieces(io.BytesIO):
    """An answer of which so many bytes come at once."""

    piece = 1

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(self.piece)


@given(ROWS, st.sampled_from([(",", ":"), (", ", ": "), (" ,\n ", " : ")]), st.integers(1, 400))
def test_every_term_comes_back_as_it_is_called_here(
    rows: list[dict[str, tuple[dict[str, str], dict[str, str]]]], separators: tuple[str, str], piece: int
) -> None:
    sent, ours = ([{name: term[side] for name, term in row.items()} for row in rows] for side in (0, 1))
    body = InPieces(json.dumps({"results": {"bindings": sent}}, separators=separators).encode())
    body.piece = piece
    read = io.BufferedReader(RenamedAnswer(body, AnswerNames(NAMES), is_graph=False)).read()
    assert json.loads(read) == {"results": {"bindings": ours}}


@pytest.mark.parametrize("length", [1, 5_000, 200_000])
def test_a_term_may_be_longer_than_a_piece(length: int) -> None:
    long = {"type": "literal", "value": "x" * length}
    sent = {"results": {"bindings": [{"a": long, "b": {"type": "uri", "value": NAMES.blank + "n"}}] * 3}}
    body = io.BytesIO(json.dumps(sent).encode())
    read = io.BufferedReader(RenamedAnswer(body, AnswerNames(NAMES), is_graph=False)).read()
    assert json.loads(read)["results"]["bindings"] == [{"a": long, "b": {"type": "bnode", "value": "n"}}] * 3
