"""Whatever a value holds, it stays one term of the query: in every saved query, and over HTTP."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loader.query.parameter import Parameter, WrongParameter
from loader.query.saved_query import SavedQuery
from loader.query.tokens import tokens
from loader.release.namespaces import BASE
from tests.cases import some
from tests.queries.asking import QUERIES, problem, run
from tests.server.servers import Server

HOSTILE = [
    '"', "'", '"""', "\\", '\\"', ">", "}", "{", ")", "#", "\n", "\r\n", "\t", "\0", "\u202e", "\u2066",
    "\\u003E", "\\u0022", "\\U0000003E", "%22", "%3E", "\ufeff", "\x7f", "\u2028", "\ud800", "?_name", "$x",
    "@ar", '" } UNION { ?s ?p ?o } #', '") || true || ("', "1) || (1=1", "> } ; DROP ALL ; # ", "2011 # ",
    "2011-11-21\n}", '"^^<urn:x>', "true) FILTER(true", "<urn:a>", "urn:a> <urn:b", "http://e.org/\\u003E",
]  # fmt: skip
LONG = ["x" * 10_000, '"}' * 5_000, "\u200f" * 3_400, "http://e.org/" + "a" * 10_000, "urn:>" + "a" * 10_000]
SENT = [text for text in (*HOSTILE, *LONG) if text != "\ud800"]
PARAMETERS = [(query, parameter) for query in QUERIES.values() for parameter in query.parameters]
FITTING = {
    "iri": "urn:fitting", "string": "fitting", "integer": "3", "decimal": "3.5", "boolean": "true",
    "folded": "fitting", "date": "2011-11-21", "year": "2011", "lang": "ar",
}  # fmt: skip
TEXT = st.one_of(
    st.sampled_from(HOSTILE + LONG),
    st.text(),
    st.lists(st.sampled_from(HOSTILE)).map("".join),
    st.sampled_from(["2011", "2011-11-21", "true", "ar", "3.5", f"{BASE}person/francis-deng"]).flatmap(
        lambda value: st.sampled_from(HOSTILE).map(lambda more: value + more)
    ),
).filter(bool)


@settings(max_examples=4 * settings().max_examples)
@given(st.sampled_from(PARAMETERS), st.lists(TEXT, min_size=1, max_size=3))
def test_a_value_never_changes_a_saved_query(chosen: tuple[SavedQuery, Parameter], values: list[str]) -> None:
    query, parameter = chosen
    others = {p.name: p.default or FITTING[p.type] for p in query.parameters if p is not parameter}
    try:
        bound = query.bind({**others, parameter.name: values})
    except WrongParameter:
        return
    harmless = query.bind({**others, parameter.name: FITTING[parameter.type]})

    assert _skeleton(bound, len(values)) == _skeleton(harmless, 1)


def _skeleton(text: str, values: int) -> list[str]:
    """The tokens of a query without its terms; a list of so many terms counts as one."""
    kinds = [token.text if token.kind not in ("string", "iri") else "term" for token in tokens(text)]
    joined = " ".join(kinds)
    for kind in ("term ^ ^ term", "term"):
        joined = joined.replace(" , ".join([kind] * values), kind) if values > 1 else joined
    return joined.split()


def test_the_places_of_a_value_hold_one_term_each() -> None:
    query = QUERIES["who-met-whom"]
    bound = query.bind({"envoy": "urn:a", "year": ["2011", "2012"]})
    kinds = [(token.kind, token.text) for token in tokens(bound)]
    assert kinds.count(("iri", "<urn:a>")) == 1
    assert [text for kind, text in kinds if kind == "string" and text.startswith('"201')] == [
        '"2011"',
        '"2012"',
    ]


@pytest.mark.parametrize("value", [text for text in SENT if text != "\0"])
def test_a_hostile_text_is_one_string_over_http(server: Server, value: str) -> None:
    response = server.http.get("/queries/things-by-name.rq", params={"name": value})
    assert response.status_code == 200
    strings = [token for token in tokens(response.text) if token.kind == "string"]
    file = [token for token in tokens(QUERIES["things-by-name"].text) if token.kind == "string"]
    assert len(strings) == len(file) + 2, "it is compared twice"
    assert response.text == QUERIES["things-by-name"].bind({"name": value})


@pytest.mark.parametrize("value", some(SENT, of=3))
@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("who-met-whom", "envoy"), ("who-met-whom", "year"), ("things-by-name", "name"),
        ("meetings-in-a-period", "from"), ("meetings-in-a-period", "certain"),
        ("institutions-consulted", "country"), ("mission-as-rdf", "mission"),
    ],
)  # fmt: skip
def test_a_hostile_value_is_refused_or_finds_nothing(
    server: Server, query: str, parameter: str, value: str
) -> None:
    response = run(server, query, "nt" if query == "mission-as-rdf" else "csv", **{parameter: value})
    if response.status_code == 200:
        assert len(response.text.splitlines()) <= 1 or query == "things-by-name"
    else:
        assert response.status_code in (400, 413, 414)
        assert problem(response)["parameter"] == parameter


def test_half_a_character_is_refused(server: Server) -> None:
    for value in ("%ED%A0%80", "%FF", "%C3"):
        response = server.http.get(f"/queries/things-by-name/run.csv?name={value}")
        assert (response.status_code, problem(response)["title"]) == (400, "The request is wrong")


def test_the_text_that_was_looked_for_is_found(server: Server) -> None:
    """A quotation mark is a quotation mark, not the end of the text."""
    assert len(run(server, "things-by-name", "csv", name='R2P"').text.splitlines()) == 1
    assert len(run(server, "things-by-name", "csv", name="(EU)").text.splitlines()) > 1
