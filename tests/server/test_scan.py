"""The one look at a query before anything parses it: what it lets through, and what it refuses where."""

import time
from dataclasses import replace

import pytest

from server.engine.query_limits import Limits
from server.engine.scan import scan
from server.refusal import Refused
from tests.programs.w3c import DEFAULT_SUITE

NOTHING = Limits()


class Everywhere(frozenset[str]):
    """Every address there is."""

    def __contains__(self, address: object) -> bool:
        return True


def refusal(text: str, limits: Limits = NOTHING) -> Refused:
    with pytest.raises(Refused) as caught:
        scan(text, limits)
    return caught.value


@pytest.mark.skipif(not DEFAULT_SUITE.is_dir(), reason=f"The W3C suite is not there: {DEFAULT_SUITE}")
def test_no_text_of_the_w3c_suite_is_refused() -> None:
    files = [file for ending in ("rq", "ru") for file in DEFAULT_SUITE.rglob(f"*.{ending}")]
    assert len(files) > 400
    for file in files:
        scan(file.read_text(encoding="utf-8"), Limits(services=Everywhere()))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("prefix ask: <urn:ask> # select\n construct {} {}", "CONSTRUCT"),
        ("BASE <urn:select> DESCRIBE <x>", "DESCRIBE"),
        ("ASK { { SELECT * {} } }", "ASK"),
        ("INSERT DATA {}", "UPDATE"),
        ("", "UPDATE"),
    ],
)
def test_the_form_is_the_first_keyword_of_the_four(text: str, form: str) -> None:
    assert scan(text, NOTHING).form == form


@pytest.mark.parametrize("name", ["now", "RAND", "Uuid", "struuid", "BNODE"])
def test_what_changes_by_itself_is_volatile(name: str) -> None:
    assert scan(f"SELECT ({name}() AS ?x) {{}}", NOTHING).is_volatile
    assert not scan(f"SELECT ('{name}()' AS ?x) {{ <urn:{name}> ?{name} 1 }} # {name}()", NOTHING).is_volatile


def test_depth_is_allowed_to_the_limit_and_refused_one_beyond() -> None:
    limits = Limits(depth=5)
    scan("ASK " + "{" * 5 + "}" * 5, limits)
    failure = refusal("ASK \n" + "{" * 6 + "}" * 6, limits)
    assert (failure.kind, failure.line, failure.column) == ("too-complex", 2, 6)


@pytest.mark.parametrize(
    "text", ["ASK { '((((((((' }", 'ASK { """{{{{{{""" }', "ASK { } # ((((((((", "<((((((((>"]
)
def test_brackets_in_strings_addresses_and_comments_are_not_nested(text: str) -> None:
    scan(text, Limits(depth=2))


def test_operands_are_counted_for_each_group_alone() -> None:
    limits = Limits(operands=3)
    scan("ASK { ?a ?b ?c . ?d ?e ?f { ?a ?b ?c . ?d ?e ?f } }", limits)
    assert refusal("ASK { ?a ?b ?c . ?a ?b ?c ; ?b ?c , ?d , ?e }", limits).kind == "too-complex"


@pytest.mark.parametrize(
    "text",
    [
        "VALUES ?x { 1 2 3 4 5 6 7 8 }",
        "FILTER(?x IN (1, 2, 3, 4, 5, 6))",
        "VALUES (?x ?y) { (1 2) (3 4) (5 6) }",
    ],
)
def test_data_and_lists_of_values_are_not_operands(text: str) -> None:
    scan(f"ASK {{ {text} }}", Limits(operands=3))


def test_inserted_data_may_be_as_many_as_one_likes() -> None:
    scan("INSERT DATA { " + "<urn:s> <urn:p> 1 . " * 1000 + "}", NOTHING)


def test_words_and_signs_are_counted_too() -> None:
    scan("ASK { }", Limits(tokens=3))
    assert refusal("ASK { } }", Limits(tokens=3)).kind == "too-complex"


def test_length_is_counted_in_bytes() -> None:
    scan("ASK {}#ب", Limits(bytes=9))
    assert refusal("ASK {}#بب", Limits(bytes=9)).kind == "too-large"


@pytest.mark.parametrize(
    "data",
    ["?x { 1 'two'@en <urn:3> }", "(?x ?y) { (1 2) (UNDEF -4) ('5'^^<urn:t> 6) }", "?x { -1 true 'c'^^u:t }"],
)
def test_the_data_of_values_count_by_themselves(data: str) -> None:
    text = f"PREFIX u: <urn:> ASK {{ VALUES {data} }}"
    inside = len(data.partition("{")[2]) - 1
    exact = Limits(bytes=len(text) - inside, values_bytes=inside, rows=3, tokens=14)
    scan(text, exact)
    assert refusal(text, replace(exact, rows=2)).kind == "too-complex"
    assert refusal(text, replace(exact, values_tokens=3)).kind == "too-complex"
    assert refusal(text, replace(exact, bytes=exact.bytes - 1)).kind == "too-large"
    assert refusal(text + " ", exact).kind == "too-large"


def test_no_other_block_is_taken_for_data() -> None:
    many = "?a ?b ?c . " * 5
    for text in (f"ASK {{ VALUES ?x {{ 1 }} {many} }}", f"ASK {{ ?x ?values ?y {{ {many} }} }}"):
        assert refusal(text, Limits(tokens=20)).kind == "too-complex"


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("SERVICE <urn:a> {}", True),
        ("SERVICE SILENT <urn:a> {}", True),
        ("SERVICE u:a {}", True),
        ("SERVICE <urn:b> {}", False),
        ("SERVICE <urn:a/more> {}", False),
        ("SERVICE v:a {}", False),
        ("SERVICE ?a {}", False),
        ("SERVICE silent ?a {}", False),
    ],
)
def test_service_needs_a_constant_address_on_the_list(text: str, allowed: bool) -> None:
    query, limits = f"PREFIX u: <urn:> ASK {{ {text} }}", Limits(services={"urn:a"})
    if allowed:
        scan(query, limits)
    else:
        assert refusal(query, limits).kind == "forbidden"


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["'", '"""', "<", "((((", "\\", "{", "# ", "a:", "!", "é'\n"])
def test_the_longest_query_of_anything_is_looked_at_in_seconds(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    began = time.process_time()
    scan(text, Limits(bytes=1 << 30, depth=1 << 30, operands=1 << 30, tokens=1 << 30))
    assert time.process_time() - began < 10
