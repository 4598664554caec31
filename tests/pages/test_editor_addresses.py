"""What the editor asks of the server: results to look at, words to complete, links that are never lost."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from server.editor.dated_rows import bounds
from server.editor.short_links import MOST_BYTES, Links
from tests.conftest import Rows
from tests.server.servers import DIGITS, ENDLESS, MILLION, Server, Start, publish, until

HTML = {"Accept": "text/html,*/*;q=0.8"}
HOSTILE = "SELECT ('<script>alert(1)</script> \\u202Egpj' AS ?x) (<javascript:alert%281%29> AS ?y) {}"


def view(server: Server, query: str, **fields: str) -> LexborHTMLParser:
    """The result of a query as the editor gets it."""
    response = server.http.post("/sparql/view", data={"query": query, **fields})
    assert response.status_code == 200, response.text
    return LexborHTMLParser(response.text)


def text(page: LexborHTMLParser, selector: str) -> str:
    return " ".join(node.text() for node in page.css(selector))


def test_a_long_result_shows_some_rows_and_says_how_many_there_are(server: Server) -> None:
    page = view(server, MILLION)
    assert len(page.css(".read tbody tr")) == 500
    assert "1000000 rows" in text(page, ".facts")
    assert "the first 500 of 1000000 rows" in text(page, ".note")


PLACES = """PREFIX unm: <https://w3id.org/un-missions/ontology#>
SELECT ?place ?lat ?long { ?place a unm:Place ; geo:lat ?lat ; geo:long ?long }"""


def test_comments_as_the_users_of_wikidata_write_them_name_and_draw_the_result(server: Server) -> None:
    geo = "PREFIX geo: <http://www.w3.org/2003/01/geo/wgs84_pos#>\n"
    page = view(server, f'#title:Where <b>they</b> were\n#defaultView:Map{{"hide":"?lat"}}\n{geo}{PLACES}')
    assert text(page, "#result-title") == "Where <b>they</b> were"
    assert [node.attributes["value"] for node in page.css("[name=show][checked]")] == ["map"]
    plain = view(server, geo + PLACES)
    assert (text(plain, "#result-title"), text(plain, ".note")) == ("Result", "")
    assert [node.attributes["value"] for node in plain.css("[name=show][checked]")] == ["table"]


def test_a_view_that_is_not_drawn_is_said_to_be_so(server: Server) -> None:
    page = view(server, "#defaultView:ImageGrid\nSELECT ?s { ?s a ?c } LIMIT 2")
    assert "the view “ImageGrid”" in text(page, ".note")
    assert [node.attributes["value"] for node in page.css("[name=show][checked]")] == ["table"]


def test_rows_that_are_too_long_for_a_page_are_counted_all_the_same(server: Server) -> None:
    page = view(server, f"SELECT ('{'x' * 90_000}' AS ?x) {{ VALUES ?d {{ {DIGITS} }} }}")
    assert 0 < len(page.css(".read tbody tr")) < 10
    assert "10 rows" in text(page, ".facts") and "of 10 rows" in text(page, ".note")


@pytest.mark.parametrize(
    ("query", "views"),
    [
        ("SELECT ('a' AS ?name) (1 AS ?x) {}", {"table", "bar", "raw"}),
        (
            "SELECT ('2011-06'^^<http://id.loc.gov/datatypes/edtf/EDTF> AS ?day) {}",
            {"table", "timeline", "raw"},
        ),
        (
            "SELECT ?place (1.5 AS ?lat) (2.5 AS ?long) { BIND(<urn:x> AS ?place) }",
            {"table", "map", "raw"},
        ),
        ("CONSTRUCT { <urn:a> <urn:b> <urn:c> } {}", {"table", "network", "raw"}),
    ],
)
def test_a_result_is_drawn_in_every_way_that_fits_it(server: Server, query: str, views: set[str]) -> None:
    page = view(server, query)
    assert {node.attributes["value"] for node in page.css("[name=show]")} == views
    assert {node.attributes["data-view"] for node in page.css(".panel")} == views


@pytest.mark.parametrize(("query", "words"), [("ASK {}", "yes"), ("ASK { FILTER(false) }", "no")])
def test_a_question_of_yes_or_no_is_answered_in_a_word(server: Server, query: str, words: str) -> None:
    assert text(view(server, query), ".answer") == words


def test_an_empty_result_is_explained(server: Server) -> None:
    page = view(server, "PREFIX unm: <https://w3id.org/un-missions/ontology#> SELECT * { ?m a unm:Misson }")
    assert "unm:Misson" in text(page, ".empty") and "unm:Mission" in text(page, ".empty")


def test_what_is_stored_cannot_run_in_the_page(server: Server) -> None:
    page = view(server, HOSTILE)
    assert page.css("script") == []
    assert not [node for node in page.css("a") if "javascript" in (node.attributes["href"] or "")]
    assert "U+202E" in text(page, ".read") and "U+202E" in text(page, "[data-view=raw]")


def test_a_mistake_is_told_as_a_problem_to_the_script_and_as_a_page_to_a_reader(server: Server) -> None:
    problem = server.http.post("/sparql/view", data={"query": "SELECT *\n{ ?s foo:bar ?o }"})
    assert problem.status_code == 400 and problem.json()["line"] == 2
    page = server.http.get("/sparql", params={"query": "SELECT * { ?s foo:bar }"}, headers=HTML)
    tree = LexborHTMLParser(page.text)
    assert page.status_code == 400 and "foo:" in text(tree, ".wrong")
    assert text(tree, "textarea#query").strip() == "SELECT * { ?s foo:bar }"


@pytest.mark.parametrize("query", ["DELETE WHERE { ?s ?p ?o }", "SELECT * { SERVICE <urn:x> { } }"])
def test_what_the_endpoint_refuses_is_refused_here_too(server: Server, query: str) -> None:
    assert server.http.post("/sparql/view", data={"query": query}).status_code in (400, 403)


def test_a_client_that_leaves_ends_the_query(server: Server) -> None:
    with pytest.raises(httpx.ReadTimeout):
        server.http.post("/sparql/view", data={"query": ENDLESS}, timeout=1)
    assert until(lambda: server.running() == 0, 10)


def test_an_earlier_release_and_a_dataset_are_kept_in_the_result(server: Server) -> None:
    release = server.http.get("/health").json()["release"]
    page = view(server, "ASK {}", **{"release": release, "default-graph-uri": "urn:x"})
    fields = {node.attributes["name"]: node.attributes["value"] for node in page.css(".downloads input")}
    assert fields == {"release": release, "default-graph-uri": "urn:x", "download": "true"}
    programs = page.text()
    assert "\"default-graph-uri\": 'urn:x'" in programs
    assert '`default-graph-uri` = "urn:x"' in programs
    assert server.http.post("/sparql/view", data={"query": "ASK {}", "release": "99"}).status_code == 404


def test_a_download_comes_as_a_file(server: Server) -> None:
    fields = {"query": "SELECT (1 AS ?x) {}", "format": "csv", "download": "true"}
    answer = server.http.post("/sparql", data=fields)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="result.csv"'
    assert answer.text == "x\r\n1\r\n"


def test_the_words_to_complete_are_those_of_the_data_with_labels_and_numbers(
    server: Server, rows: Rows
) -> None:
    answer = server.http.get("/sparql/words.json")
    words = answer.json()
    found = {(term["kind"], term["iri"].rpartition("#")[2]): term for term in words["terms"]}
    assert found["class", "Mission"]["count"] == len(rows("SELECT ?m { ?m a unm:Mission }"))
    assert found["class", "Mission"]["labels"]["ar"] == "بعثة"
    assert found["property", "envoy"]["labels"]["en"] == "envoy"
    assert words["prefixes"]["unm"] == "https://w3id.org/un-missions/ontology#" and words["left_out"] == []
    again = server.http.get("/sparql/words.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_terms_of_loaded_data_are_completed_too_but_not_without_end(start: Start, tmp_path: Path) -> None:
    many = "".join(f"<urn:s> <urn:p{number}> {number} . " for number in range(1100))
    publish(tmp_path / "store", many + "<urn:s> a <urn:Foreign> .")
    with start(store=tmp_path / "store", token="") as foreign:
        words = foreign.http.get("/sparql/words.json").json()
    assert "urn:Foreign" in {term["iri"] for term in words["terms"]}
    assert words["left_out"] == ["properties"]
    assert sum(term["kind"] == "property" for term in words["terms"]) == 1000


def keep(server: Server, query: str, **headers: str) -> httpx.Response:
    return server.http.post("/links", data={"query": query}, headers=headers)


@pytest.fixture(scope="module")
def linked(start: Start) -> Iterator[Server]:
    """A server that keeps three links and no more."""
    with start("--links", 3, token="") as running:
        yield running


def test_a_link_leads_to_its_text_which_is_not_run(server: Server) -> None:
    query = "# سؤال <b>\nSELECT * { ?s ?p ?o }"
    answer = keep(server, query)
    name = answer.json()["id"]
    assert answer.status_code == 201 and answer.headers["Location"] == f"{server.url}/s/{name}"
    page = LexborHTMLParser(server.http.get(f"/s/{name}", headers=HTML).text)
    assert text(page, "textarea#query").strip() == query and page.css(".result") == []
    plain = server.http.get(f"/s/{name}")
    assert plain.text == query and plain.headers["Content-Type"].startswith("application/sparql-query")
    assert keep(server, f"\n{query}\n").json()["id"] == name


def test_a_link_outlives_the_server_and_the_release(start: Start, tmp_path: Path) -> None:
    store = tmp_path / "store"
    publish(store, "<urn:a> <urn:b> 1 .")
    with start(store=store, token="") as first:
        name = keep(first, "ASK {}").json()["id"]
    publish(store, "<urn:a> <urn:b> 2 .")
    with start(store=store, token="") as second:
        assert second.http.get(f"/s/{name}").text == "ASK {}"


def test_links_end_where_there_is_no_room_and_the_kept_ones_stay(linked: Server) -> None:
    names = [keep(linked, f"ASK {{}} #{number}").json()["id"] for number in range(3)]
    full = keep(linked, "ASK {} #3")
    assert full.status_code == 507 and "As many short links" in full.json()["detail"]
    assert keep(linked, "ASK {} #1").status_code == 201
    assert [linked.http.get(f"/s/{name}").text[-1] for name in names] == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 400), ("  \n", 400), ("a\0b", 400), ("x" * (MOST_BYTES + 1), 413), ("x" * MOST_BYTES, 201)],
    ids=["empty", "blank", "null", "too-long", "longest"],
)
def test_only_a_text_of_moderate_length_is_kept(server: Server, query: str, status: int) -> None:
    assert keep(server, query).status_code == status


def test_another_site_cannot_keep_links(server: Server) -> None:
    assert keep(server, "ASK {}", **{"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_nobody_keeps_links_without_a_pause(start: Start) -> None:
    with start(token="") as running:
        answers = [keep(running, f"ASK {{}} #{number}") for number in range(25)]
    assert [answer.status_code for answer in answers[:20]] == [201] * 20
    assert answers[-1].status_code == 429 and int(answers[-1].headers["Retry-After"]) > 0


@pytest.mark.parametrize("name", ["aaaaaaaaaa", "..%2F..%2Fetc", "x" * 60, "AAAAAAAAAA", ".tmp"])
def test_a_link_that_is_not_there_is_said_to_be_so(server: Server, name: str) -> None:
    assert server.http.get(f"/s/{name}").status_code == 404


def test_a_damaged_link_is_not_shown_and_its_text_gets_another_name(tmp_path: Path) -> None:
    links = Links(tmp_path / "links", 10)
    name = links.keep("ASK {}")
    (tmp_path / "links" / name).write_text("DROP ALL")
    assert links.find(name) is None
    other = links.keep("ASK {}")
    assert other != name and links.find(other) == "ASK {}"


def test_many_who_keep_the_same_text_at_once_get_the_same_name(tmp_path: Path) -> None:
    links = Links(tmp_path / "links", 10)
    with ThreadPoolExecutor(8) as threads:
        names = set(threads.map(lambda _: links.keep("ASK {}"), range(32)))
    assert len(names) == 1 and [path.name for path in (tmp_path / "links").iterdir()] == list(names)


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2011", "2011-01-01", "2011-12-31"),
        ("2012-02", "2012-02-01", "2012-02-29"),
        ("2011-11-21/2011-11-24", "2011-11-21", "2011-11-24"),
        ("2010-03-18/..", "2010-03-18", ""),
        ("soon", "", ""),
    ],
)
def test_a_date_has_a_first_and_a_last_day(edtf: str, first: str, last: str) -> None:
    assert bounds(edtf) == (first, last)


def test_the_policy_lets_in_the_styles_of_this_page_alone(server: Server) -> None:
    policies = [server.http.get("/sparql", headers=HTML).headers["Content-Security-Policy"] for _ in range(2)]
    assert policies[0] != policies[1] and all("'nonce-" in policy for policy in policies)
    assert all("unsafe" not in policy for policy in policies)
    assert "nonce" not in server.http.get("/", headers=HTML).headers["Content-Security-Policy"]
