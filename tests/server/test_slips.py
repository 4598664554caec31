"""Slips that people make in queries: each is told at its place, in a sentence that says what to write."""

import json

import httpx
import pytest
from markupsafe import Markup

from server.prefixes import PREFIXES
from tests.server.servers import Server
from tests.server.test_query_mistakes import BROWSER

UNM = f"<{PREFIXES['unm']}>"
# `¦` stands before the place that the answer names; what is behind it are words of the sentence.
SLIPS = [
    ("SELECT ¦?x (COUNT(?y) AS ?n) { ?x a ?y }", "?x is selected, but neither grouped by"),
    ("SELECT ¦* { ?x a ?y } GROUP BY ?x", "* cannot be combined with GROUP BY"),
    ("SELECT * { ?m a ?t BIND(1 AS ¦?m) }", "?m already has a value"),
    ("SELECT * { <http://ex.org/a¦ b> ?p ?o }", "a space inside an IRI; write %20"),
    ("SELECT * { ?s ?p ¦“Ghana” }", '(U+201C, LEFT DOUBLE QUOTATION MARK); strings go between straight'),
    ("SELECT * {¦\u00a0?s ?p ?o }", "NO-BREAK SPACE (U+00A0)"),
    ("SELECT * { ?s¦\u200b ?p ?o }", "ZERO WIDTH SPACE (U+200B)"),
    ("SELECT * { ¦\u200f?s ?p ?o }", "RIGHT-TO-LEFT MARK (U+200F)"),
    ("SELECT * { ?s ?p ?o¦\u200e }", "LEFT-TO-RIGHT MARK (U+200E)"),
    ("SELECT * ¦{ ?s ?p ?o . OPTIONAL { ?s ?q ?r }", "This { is not closed"),
    ("SELECT * {\n  OPTIONAL ¦{ ?s ?p ?o\n  FILTER(?o > 1)\n}", "This { is not closed"),
    ("SELECT * { ?s ?p ?o FILTER¦(STR(?s = 1) }", "This ( is not closed"),
    ("SELECT * { ?s ¦unm:x ?o }", f"begin the query with PREFIX unm: {UNM}"),
    ("PREFIX exam: <http://ex.org/> SELECT * { ?s ¦exm:x ?o }", "not known here; the nearest is exam:"),
    ("SELECT * { ?s ¦wxyz:x ?o }", "The prefix wxyz: is not declared; begin the query with PREFIX wxyz: <…>"),
    ("SELECT * { ?e ?p ?o FILTER(?e =¦ ) }", "A value is missing after ="),
    ("SELECT * { ?x ?p ?o ¦FILTER ?x > 3 }", "The condition of FILTER goes in brackets"),
    ("¦SELCT * { ?x ?p ?o }", "the nearest that can come here is SELECT"),
    ("SELECT ?a¦, ?b { ?a ?p ?b }", "Variables are not separated by commas"),
    ("SELECT ?x { ?x ?p ?o } ORDER BY ?x ¦DESC", "DESC(?x)"),
    ("SELECT * { ?x ?p ?o } LIMIT 10 OFFSET ¦-1", "OFFSET does not take a number below 0"),
    ("SELECT * { ?x ?p ?o } LIMIT 10 ¦ORDER BY ?x", "ORDER BY comes before LIMIT"),
    ("SELECT * { ?x ?p 'it¦'s' }", "The string ends at this '; within it, write \\'"),
    ('SELECT * { ?x ?p ¦"unfinished }', "The string that begins here does not end"),
    ('SELECT * { ?x ?p "x"¦@en_GB }', "A language tag has hyphens: @en-GB"),
    ('SELECT * { ?x ?p ?o FILTER(¦CONTAIN(?o, "a")) }', "no function CONTAIN; the nearest is CONTAINS"),
    ("SELECT * { ?x ?p ?o FILTER(STRLEN(¦) > 1) }", "STRLEN expects this many arguments: 1"),
    ("SELECT * { ?s ?p ?o ¦?q . }", "The triple is complete before ?q; a full stop or ; is missing"),
    ("SELECT * { ?s ?p ?o . ¦. }", "One full stop is enough"),
    ("¦INSERT DATA { <urn:a> <urn:b> <urn:c> }", "an update, not a query. Updates are sent to /update"),
    ("SELECT * WHERE { ?s ?p ?o } ¦}", "There is one } too many"),
    ('SELECT * { VALUES ?x { "a" ¦, "b" } }', "The values of VALUES are not separated by commas"),
    ("SELECT * { SERVICE ¦<http://ex.org/sparql> { ?s ?p ?o } }", "this server asks no other endpoints"),
    ("SELECT * { ?s ?p ?o FILTER(?s ¦== ?o) }", "Write = in SPARQL, not =="),
    ('SELECT * { ?s ?p ?o FILTER(?o ¦LIKE "a%") }', "There is no LIKE in SPARQL; write CONTAINS"),
    ("SELECT * { ?s ?p ?o FILTER(?s ¦<> ?o) }", "Write != in SPARQL, not <>"),
]  # fmt: skip
# Their relatives.
MORE = [
    ("SELECT ¦?s { ?s ?p ?o } GROUP BY ?p", "add GROUP BY ?s"),
    ("SELECT * { { SELECT ¦?s (MAX(?o) AS ?m) { ?s ?p ?o } } }", "neither grouped by nor aggregated"),
    ("SELECT (STR(¦?s) AS ?t) (COUNT(*) AS ?n) { ?s ?p ?o }", "neither grouped by nor aggregated"),
    ("SELECT (1 AS ¦?y) { ?x a ?y }", "?y already has a value"),
    ("SELECT * { ?x a ?y FILTER(¦COUNT(?x) > 1) }", "write HAVING (…) or a subquery"),
    ("SELECT * { _:a ?p ?o OPTIONAL { ¦_:a ?q ?r } }", "_:a is used in two groups"),
    ("SELECT * { VALUES (?a ?b) { (1 2) ¦(3) } }", "is 2, but the number of values in this row is 1"),
    ("SELECT * { VALUES ?a { ¦(1) } }", "Rows in brackets go with variables in brackets"),
    ("SELECT ?x (?n + 1¦) { ?x ?p ?n }", "The expression needs a name"),
    ("SELECT ¦COUNT(?x) { ?x a ?y }", "(COUNT(…) AS ?name)"),
    ("SELECT (COUNT(?x) ¦?n) { ?x a ?y }", "AS is missing before ?n"),
    ("SELECT ?s { ?s ?p ?o } ORDER BY ¦DESC ?s", "DESC(?s)"),
    ("SELECT * { ?s ?p ?o } LIMIT ¦ten", "LIMIT takes a whole number"),
    ("SELECT ?s { ?s ?p ?o } LIMIT 5¦, 10", "LIMIT 10 OFFSET 5"),
    ("SELECT * { ?s ?p ?o } GROUP ¦?s", "BY is missing after GROUP"),
    ("SELECT * { ?s ?p ?o FILTER(?o ¦AND ?s) }", "Write && in SPARQL, not AND"),
    ("SELECT * { ?s ?p ?o FILTER(¦NOT ?o) }", "Write ! in SPARQL, not NOT"),
    ("SELECT * { ?s ?p ?o FILTER(?o ¦IS NULL) }", "BOUND(?x)"),
    ("SELECT * { { ?s ?p ?o } ¦OR { ?s ?q ?o } }", "write UNION in SPARQL, not OR"),
    ("SELECT ¦TOP 10 ?s { ?s ?p ?o }", "LIMIT 10"),
    ("SELECT * { ?s ?p ?o } ¦SORT BY ?s", "Write ORDER BY in SPARQL, not SORT"),
    ("SELECT * { ?s ?p ?o FILTER(?o IN ¦'a') }", "The values of IN go in brackets"),
    ("SELECT * { ?s ?p ?o FILTER(REGEX(?o, '¦\\d')) }", "\\d is not an escape"),
    ("SELECT * { ?s ?p ?o OPTIONAL ¦?s ?q ?r }", "A group in braces follows OPTIONAL"),
    ("SELECT * { ?s ?p ?o ¦UNION { ?s ?q ?r } }", "Both sides of UNION go in braces"),
    ("PREFIX ¦ex <http://ex.org/> SELECT * {}", "A prefix ends with a colon"),
    ("PREFIX ex: ¦http://ex.org/ SELECT * {}", "goes in angle brackets"),
    ("¦@prefix ex: <http://ex.org/> . SELECT * {}", "SPARQL declares prefixes without @"),
    ("PREFIX ex: <http://ex.org/>¦; SELECT * {}", "A declaration is not followed by ;"),
    ("SELECT * { ?s ?p ¦}", "the third, after ?p, is missing"),
    ("SELECT * { ?s ¦. }", "the property after ?s is missing"),
    ("SELECT * { ?s ¦'a' ?o }", "The property of a triple is an IRI or a variable, not 'a'"),
    ("SELECT * { ?s ?p ?o . ?s ¦= ?o }", "A comparison belongs in FILTER"),
    ("SELECT * { ?s ?p ?o } ¦;", "A query does not end with ;"),
    ("ASK {} ¦ASK {}", "Only one query can be sent at a time"),
    ("SELECT * { ¦<http://ex.org/a ?p ?o }", "The IRI that begins here is not closed with >"),
    ("SELECT * { ?s ?p ?o ¦؛ ?q ?r }", "ARABIC SEMICOLON); SPARQL uses ; instead"),
    ("SELECT * { ?s ?p ?o ; ; } LIMIT¦", "LIMIT takes a whole number"),
    ("SELECT¦", "The text ends too early"),
    ("SELECT * { ?x ?p ¦'''abc }", "does not end; it ends with '''"),
    ("SELECT * { ?s ?p ?o } LIMIT ¦٥", "(U+0665, ARABIC-INDIC DIGIT FIVE); SPARQL uses 5 instead"),
    ("SELECT ?x { ?x a ?y } GROUP BY ¦COUNT(?x)", "one cannot group by it; select (COUNT(…) AS ?name)"),
    ("SELECT (SUM(¦) AS ?x) {}", "SUM expects this many arguments: 1"),
    ("SELECT (AVG(?a¦, ?b) AS ?x) {}", "AVG takes one value, without a comma"),
    ("SELECT (GROUP_CONCAT(?a¦, ';') AS ?x) {}", 'GROUP_CONCAT(?x; SEPARATOR=", ")'),
    ("SELECT ?s ¦AS ?t { ?s ?p ?o }", "goes in brackets: (… AS ?name)"),
    ("SELECT * { ?s ?p ?o ¦LIMIT 10 }", "LIMIT comes after the closing brace"),
    ("SELECT * { ?s ?p ?o ¦ORDER BY ?o }", "ORDER BY comes after the closing brace"),
    ("SELECT * { ?s ?p ¦Ghana }", 'a text is written "Ghana", and a name has a prefix, ex:Ghana'),
    ("SELECT * { ?s ?p ?o FILTER(LANG(?o) = ¦en) }", 'a text is written "en"'),
    ("SELECT * { ?s ?p ¦غانا }", 'a text is written "غانا"'),
    ("SELECT * FROM ¦missions", "or is a whole IRI"),
    ("SELECT * { ?s ?p ¦2012-05-12 }", "A date is written"),
    ("SELECT * { ?s ?p ¦12/05/2012 }", "A date is written"),
    ("SELECT * { ?s ¦?p+ ?o }", "?p cannot be part of one"),
    ("SELECT * { ?s ¦?p*/ex:q ?o }", "?p cannot be part of one"),
]  # fmt: skip


def told(response: httpx.Response) -> tuple[int, int, str]:
    problem = response.json()
    return problem["line"], problem["column"], problem["detail"]


def place(marked: str) -> tuple[int, int]:
    before = marked.partition("¦")[0]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


@pytest.mark.parametrize(("marked", "words"), SLIPS + MORE)
def test_a_slip_is_told_at_its_place_with_what_to_write(server: Server, marked: str, words: str) -> None:
    response = server.ask(marked.replace("¦", ""))
    assert response.status_code in (400, 403)
    line, column, detail = told(response)
    assert words in detail
    assert (line, column) == place(marked)


@pytest.mark.parametrize(
    "query", ["ASK { ?s ?p ?o ; }", "ASK { ?s ?p ?o ; ; . }", "SELECT (COUNT(?x) AS ?n) { ?x a ?y }"]
)
def test_what_looks_like_a_slip_and_is_none_is_answered(server: Server, query: str) -> None:
    assert server.ask(query).status_code == 200


def test_a_term_that_is_not_in_the_graph_is_told_at_its_place_with_the_nearest(server: Server) -> None:
    text = f"PREFIX unm: {UNM}\nSELECT * {{ ?s a unm:Mision }}"
    (unknown,) = server.ask(text, explain="true").json()["unknown_terms"]
    assert (unknown["term"], unknown["line"], unknown["column"]) == ("unm:Mision", 2, 17)
    assert unknown["nearest"][0]["name"] == "unm:Mission"
    page = server.http.get("/sparql", params={"query": text}, headers={"Accept": BROWSER})
    assert '<code dir="ltr">unm:Mission</code>' in page.text


def test_a_page_tells_a_slip_in_the_language_of_its_reader(server: Server) -> None:
    text = "SELECT ?a, ?b { ?a ?p ?b }"
    for language, words in (
        ("en", "Variables are not separated by commas."),
        ("ar", "لا فاصلة بين المتغيرات."),
    ):
        page = server.http.get(
            "/sparql", params={"query": text, "lang": language}, headers={"Accept": BROWSER}
        )
        assert page.status_code == 400
        assert words in page.text


@pytest.mark.parametrize("text", [" ", "# nothing"])
def test_a_text_without_a_query_is_told_in_the_language_of_its_reader(server: Server, text: str) -> None:
    page = server.http.get("/sparql", params={"query": text, "lang": "ar"}, headers={"Accept": BROWSER})
    assert (page.status_code, "There is no SELECT" in page.text) == (400, False)
    assert "The engine says" not in server.ask(text).json()["detail"]


def test_pieces_of_a_query_keep_their_direction_within_arabic_words(server: Server) -> None:
    page = server.http.get(
        "/sparql", params={"query": "SELCT * {}", "lang": "ar"}, headers={"Accept": BROWSER}
    )
    assert '<code dir="ltr">SELCT</code>' in page.text
    assert "‎" not in page.text


def test_the_script_of_the_editor_gets_the_sentence_of_its_page(server: Server) -> None:
    """Programs that ask for data get English, whatever their language."""
    form = {"query": "SELECT ?a, ?b { ?a ?p ?b }"}
    arabic = server.http.post("/sparql/view?lang=ar", data=form)
    assert arabic.headers["Content-Language"] == "ar"
    assert arabic.json()["detail"] == "لا فاصلة بين المتغيرات."
    data = server.http.post("/sparql", data=form, headers={"Accept-Language": "ar", "Accept": "text/csv"})
    assert data.json()["detail"] == "Variables are not separated by commas."


def test_what_a_query_holds_is_no_part_of_the_page(server: Server) -> None:
    page = server.http.get(
        "/sparql", params={"query": "ASK { ?s ?p ?o } <script>x</script>"}, headers={"Accept": BROWSER}
    )
    assert "<script>x" not in page.text
    assert Markup.escape("<script>x")[:4] in page.text


def test_a_slip_in_an_update_is_told_too(writable: Server) -> None:
    for marked, words in (
        ("INSERT DATA { <urn:a> <urn:b> ¦?c }", "Data cannot contain variables"),
        ("DELETE DATA { ¦_:a <urn:b> <urn:c> }", "Blank nodes such as _:a cannot be deleted by name"),
        ("INSRT DATA { <urn:a> <urn:b> <urn:c> }", "INSERT"),
    ):
        line, column, detail = told(writable.update(marked.replace("¦", "")))
        assert words in detail
        assert (line, column) == place(marked if "¦" in marked else "¦" + marked)


@pytest.mark.parametrize(
    "text", ["SELECT * { " * 150, "ASK { FILTER(" + "(" * 150, "'" * 9_000, "a" * 90_000 + ":", "<" * 9_000]
)
def test_a_long_text_of_slips_is_told_in_time(server: Server, text: str) -> None:
    response = server.http.post("/sparql", data={"query": text}, timeout=10)
    assert response.status_code == 400
    assert len(json.dumps(response.json())) < 2_000
