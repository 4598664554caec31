"""The tokeniser reads any text, loses nothing of it, and tells strings, IRIs and comments from the rest."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader.query.tokens import declared_prefixes, line_and_column, tokens

PIECES = [
    "?x",
    "$y",
    " ",
    "\n",
    "#",
    '"',
    "'",
    '"""',
    "'''",
    "\\",
    "<",
    ">",
    "{",
    "}",
    "a:b",
    "@ar",
    "1.5e3",
    "é",
    ".",
]
SPARQL_LIKE = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3))).map("".join)
BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\r\n]*)*")


@given(st.one_of(st.text(), SPARQL_LIKE))
def test_every_text_has_tokens_and_nothing_but_space_and_comments_lies_between(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert BLANK.fullmatch(text, end, token.start)
        assert text[token.start : token.end] == token.text != ""
        end = token.end
    assert BLANK.fullmatch(text, end)


@given(st.one_of(st.text(), SPARQL_LIKE))
def test_a_word_too_long_to_be_read_quickly_changes_nothing_behind_it(text: str) -> None:
    long = "x" * 100 + "\n"
    behind = [(kind, words, start - len(long)) for kind, words, start in tokens(long + text)][1:]
    assert behind == [tuple(token) for token in tokens(text)]


@given(st.one_of(st.text(), SPARQL_LIKE), st.text())
def test_a_variable_is_never_found_within_a_string_that_ends(text: str, words: str) -> None:
    quoted = '"' + re.sub(r'["\\\n\r]', "", words) + ' ?hidden "'

    found = [token for token in tokens(f"{quoted} . {text}")]

    assert found[0].kind == "string" and found[0].text == quoted


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("?x $y", ["variable", "variable"]),
        ('"a ?x" \'b\' """c\n"?x" d""" \'\'\'e\n\'\'\'', ["string"] * 4),
        ("<http://e.org/?x> # ?x", ["iri"]),
        ("?x < ?y > 3", ["variable", "punctuation", "variable", "punctuation", "number"]),
        ('"x"@ar-EG', ["string", "language"]),
        ("unm:place : :a a.b:c%20d a:b.c", ["pname"] * 5),
        (r"a:b\'c a:\#d # e", ["pname"] * 2),
        (r"<http://e.org/\u0061#b> ?x", ["iri", "variable"]),
        ("true.FILTER(?x)", ["word", "punctuation", "word", "punctuation", "variable", "punctuation"]),
        ('"""x" ?y', ["string", "string", "variable"]),
        ("SELECT نص", ["word", "word"]),
        ('"never ends', ["punctuation", "word", "word"]),
        ("?دينغ", ["variable"]),
    ],
)  # fmt: skip
def test_a_token_has_the_kind_of_the_sparql_grammar(text: str, kinds: list[str]) -> None:
    assert [token.kind for token in tokens(text)] == kinds


@pytest.mark.parametrize(
    "piece",
    ['"', "'", '\\"', "\\'", '"""\n\\', "'''\n\\", "<", "<a", "?", "a.", "a-", "a:\\", ":.", "1.", "@a-"],
)
def test_a_hostile_text_is_read_in_linear_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    began = time.process_time()

    assert 0 < sum(len(token.text) for token in tokens(text)) <= len(text)
    assert time.process_time() - began < 3


def test_the_prefixes_of_a_query_are_known() -> None:
    text = """# PREFIX no: <http://e.org/no#>
PREFIX a: <http://e.org/a#> prefix : <http://e.org/> ASK { ?s a:p "PREFIX b: <x>" }"""

    assert declared_prefixes(text) == {"a": "http://e.org/a#", "": "http://e.org/"}


@given(st.text("ab\n"), st.data())
def test_line_and_column_count_from_one(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    line, column = line_and_column(text, offset)

    assert sum(len(part) + 1 for part in text.split("\n")[: line - 1]) + column - 1 == offset
