"""A parameter becomes one term of the query, whatever its text holds; what is not of its type is refused."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader.query.parameter import WrongParameter
from loader.query.saved_query import SavedQuery
from loader.query.saved_query_file import read_saved_query
from loader.query.tokens import Token, tokens
from loader.query.values import TYPES, WrongValue, as_term

HOSTILE = [
    '"',
    '"""',
    "'",
    "\\",
    '\\"',
    '" } ; DROP ALL # ',
    '"@ar . ?s ?p "',
    "a > b",
    "> } UNION { ?s ?p ?o } #",
    "}",
    "# comment\nSELECT * { ?s ?p ?o }",
    "line\nfeed\r\ncarriage\ttab\b\f",
    "\\u003E",
    "\\u0022",
    "\\U00000022 }",
    "\u202egpj.exe",
    "\u200f\u2066دينغ\u2069",
    "?_value_string",
    "\x7f\x80\u2028\ufeff",
    "\U0001f54a",
    "x" * 10_000,
    '"\n' * 5_000,
]
TEXT = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    st.lists(st.sampled_from([*"\"\\'<>{}#?\n\r\tu003E^@._ ", "\u202e"])).map("".join),
).filter(bool)
QUERY = """#+ summary: Is it the value?
#+ summary_ar: هل هي القيمة؟
SELECT (?_value_{0} AS ?value)
WHERE {{ # not ?_value_{0} here
  FILTER(STR(?_value_{0}) != "?_value_{0}")
}}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("queries")


@pytest.fixture(scope="module")
def saved(folder: Path) -> dict[str, SavedQuery]:
    """One saved query for each type of parameter."""
    queries = {}
    for type_ in TYPES:
        path = folder / f"value-{type_}.rq"
        path.write_text(QUERY.format(type_), encoding="utf-8")
        queries[type_] = read_saved_query(path)
    return queries


def answer(text: str) -> object:
    solutions = ox.Store().query(text)
    assert isinstance(solutions, ox.QuerySolutions)
    return next(solutions)[0]


def changed(query: SavedQuery, bound: str) -> list[Token]:
    """The new tokens of a bound query, one for each place of the parameter; all others are as before."""
    before, after = list(tokens(query.text)), list(tokens(bound))
    assert len(before) == len(after)
    pairs = list(zip(before, after, strict=True))
    assert all(new.text == old.text for old, new in pairs if not old.text.startswith("?_value"))
    return [new for old, new in pairs if old.text.startswith("?_value")]


@given(value=TEXT)
def test_a_text_stays_one_string_of_the_query_and_comes_back_as_it_was(
    saved: dict[str, SavedQuery], value: str
) -> None:
    query = saved["string"]
    bound = query.bind({"value": value})

    assert [token.kind for token in changed(query, bound)] == ["string", "string"]
    if value != "?_value_string":
        assert answer(bound) == ox.Literal(value)


@given(value=TEXT.map(lambda text: "http://e.org/" + text))
def test_an_iri_is_bound_whole_or_refused(saved: dict[str, SavedQuery], value: str) -> None:
    query = saved["iri"]
    try:
        bound = query.bind({"value": value})
    except WrongParameter as error:
        assert str(error).endswith(
            "it must be an absolute IRI, such as http://www.wikidata.org/entity/Q7809."
        )
        return

    assert [token.text for token in changed(query, bound)] == [f"<{value}>"] * 2
    assert answer(bound) == ox.NamedNode(value)


@pytest.mark.parametrize(
    "value", [*HOSTILE[:21], "relative", "", "a b:c", "http://e.org/\u202e", "http://e.org/\\u003E"]
)
def test_no_hostile_iri_passes(value: str) -> None:
    with pytest.raises(WrongValue, match="an absolute IRI"):
        as_term("iri", value if value.startswith("http") else value + " ")


@given(type_=st.sampled_from([t for t in TYPES if t not in ("string", "iri")]), value=TEXT)
def test_a_value_of_another_type_is_a_term_or_refused(
    saved: dict[str, SavedQuery], type_: str, value: str
) -> None:
    try:
        bound = saved[type_].bind({"value": value})
    except WrongParameter as error:
        assert str(error).startswith("value is ") and "; it must be " in str(error)
        return

    assert isinstance(answer(bound), ox.Literal)


@pytest.mark.parametrize(
    ("type_", "value", "term"),
    [
        ("integer", "35", '"35"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("integer", "+007", '"7"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("integer", "-1", '"-1"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("decimal", "3.50", '"3.50"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("decimal", ".5", '"0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("boolean", "true", '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
        ("date", "2012-02-29", '"2012-02-29"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("year", "2011", '"2011"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("lang", "AR", '"ar"'),
        ("iri", "https://w3id.org/un-missions/place/abuja", "<https://w3id.org/un-missions/place/abuja>"),
        ("string", "دينغ", '"دينغ"'),
    ],
)
def test_a_value_is_written_as_the_term_of_its_type(type_: str, value: str, term: str) -> None:
    assert as_term(type_, value) == term


@pytest.mark.parametrize(
    ("type_", "value", "allowed"),
    [
        ("integer", "3.5", "a whole number, such as 3"),
        ("integer", "٣", "a whole number, such as 3"),
        ("integer", "1" * 19, "a whole number, such as 3"),
        ("decimal", "1e3", "a decimal number, such as 3.5"),
        ("decimal", "NaN", "a decimal number, such as 3.5"),
        ("boolean", "yes", "true or false"),
        ("date", "2011-02-29", "a day, such as 2011-11-21"),
        ("date", "20111121", "a day, such as 2011-11-21"),
        ("date", "2011-11-21\n", "a day, such as 2011-11-21"),
        ("year", "11", "a year of four digits, such as 2011"),
        ("lang", "*", "a language tag, such as ar"),
        ("string", "\0", "text of Unicode characters"),
        ("string", "\ud800", "text of Unicode characters"),
    ],
)
def test_a_value_that_is_not_of_its_type_is_refused_with_what_would_be(
    type_: str, value: str, allowed: str
) -> None:
    with pytest.raises(WrongValue, match=f"^{allowed}$"):
        as_term(type_, value)


@pytest.mark.parametrize("values", [{}, {"value": ""}])
def test_a_parameter_without_value_or_default_stays_open(
    saved: dict[str, SavedQuery], values: dict[str, str]
) -> None:
    assert saved["string"].bind(values) == saved["string"].text


def test_a_value_is_bound_in_inner_groups_minus_and_subqueries(folder: Path) -> None:
    path = folder / "inner.rq"
    path.write_text(
        "#+ summary: x\n#+ summary_ar: x\nSELECT ?s { ?s ?p ?o MINUS { ?s ?p ?_o_string } "
        "{ SELECT ?s { ?s ?p ?x FILTER NOT EXISTS { ?s ?q $_o_string } } } }",
        encoding="utf-8",
    )
    bound = read_saved_query(path).bind({"o": "x"})

    assert bound.count('"x"') == 2
    assert "_o_string" not in bound
