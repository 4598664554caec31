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
from tests.queries.file_samples import opened
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
    assert "1,000,000 rows" in text(page, ".facts")
    assert "Rows 1–500 of 1,000,000" in text(page, ".pages")
    last = view(server, MILLION, offset="999500")
    assert "Rows 999,501–1,000,000 of 1,000,000" in text(last, ".pages")
    assert len(last.css(".read tbody tr")) == 500


HUNDREDS = f"SELECT ?n {{ VALUES ?a {{ {DIGITS} }} VALUES ?b {{ {DIGITS} }} VALUES ?c {{ {DIGITS} }} \
BIND(100 * ?a + 10 * ?b + ?c AS ?n) }}"


def numbers(page: LexborHTMLParser) -> list[int]:
    return [int(node.text()) for node in page.css(".read tbody td")]


def test_every_row_is_on_one_page_also_where_they_are_sorted(server: Server) -> None:
    pages = [numbers(view(server, HUNDREDS, offset=str(start))) for start in (0, 500)]
    assert sorted(pages[0] + pages[1]) == list(range(1000))
    down = [numbers(view(server, HUNDREDS, offset=str(start), sort="-n")) for start in (0, 500)]
    assert down[0] + down[1] == list(range(1000))[::-1]


def test_rows_are_chosen_by_words_among_all_of_them(server: Server) -> None:
    page = view(server, HUNDREDS, q="99")
    found = {number for number in range(1000) if "99" in str(number)}
    assert set(numbers(page)) == found
    assert f"{len(found)} of them match the filter" in text(page, ".facts")
    assert "No row contains these words." in text(view(server, HUNDREDS, q="none"), ".note")
    raw = text(view(server, HUNDREDS, q="999"), "[data-view=raw] code")
    assert raw == "?n\n999"


@pytest.mark.matrix
def test_where_there_are_too_many_rows_to_sort_it_is_said_how_many_were(server: Server) -> None:
    page = view(server, MILLION, sort="-d5")
    assert "Only the first 10,000 of 1,000,000 rows are sorted" in text(page, ".note")
    assert "of 10,000" in text(page, ".pages")


def test_a_heading_sorts_up_then_down_then_not_at_all(server: Server) -> None:
    query = "SELECT ?x { VALUES ?x { 2 3 1 } }"
    for sort, order in (("x", [1, 2, 3]), ("-x", [3, 2, 1]), ("", [2, 3, 1])):
        page = view(server, query, sort=sort)
        assert numbers(page) == order
        (button,) = page.css(".read th button")
        assert f"sort={'-x' if sort == 'x' else 'x'}" in str(button.attributes["formaction"]) or sort == "-x"


def test_with_quotations_every_form_of_query_says_what_supports_it(server: Server) -> None:
    rome = "<https://w3id.org/un-missions/mission/2011-rome>"
    for query in (
        f"SELECT * {{ VALUES ?m {{ {rome} }} }}",
        f"CONSTRUCT {{ {rome} ?p ?o }} {{ {rome} ?p ?o }}",
        f"ASK {{ {rome} ?p ?o }}",
    ):
        page = view(server, query, evidence="true")
        assert "إيطاليا" in text(page, "blockquote"), query
        assert "Hide the quotations" in text(page, "#rows button")
        for node in page.css(".take a"):
            address = node.attributes["href"] or ""
            assert server.http.get(address).status_code == 200, address


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
    shown = len(page.css(".read tbody tr"))
    assert 0 < shown < 10 and "10 rows" in text(page, ".facts")
    after = view(server, f"SELECT ('{'x' * 90_000}' AS ?x) {{ VALUES ?d {{ {DIGITS} }} }}", offset=str(shown))
    assert f"Rows {shown + 1}–10 of 10" in text(after, ".pages")


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
    assert fields == {
        "release": release,
        "default-graph-uri": "urn:x",
        "download": "true",
        "lang": "en",
    }
    programs = page.text()
    assert "\"default-graph-uri\": 'urn:x'" in programs
    assert '`default-graph-uri` = "urn:x"' in programs
    assert server.http.post("/sparql/view", data={"query": "ASK {}", "release": "99"}).status_code == 404


def test_a_download_comes_as_a_file(server: Server) -> None:
    fields = {"query": "SELECT (1 AS ?x) {}", "format": "csv", "download": "true"}
    answer = server.http.post("/sparql", data=fields)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="result.csv"'
    assert answer.text == "x\r\n1\r\n"


def test_a_workbook_names_the_things_and_holds_the_query(server: Server) -> None:
    fields = {"format": "xlsx", "download": "true", "lang": "ar"}
    query = "# أين كانت البعثات؟\nSELECT * { ?mission <https://w3id.org/un-missions/ontology#place> ?place }"
    answer = server.http.post("/sparql", data={"query": query, **fields})
    assert 'filename="result.xlsx"' in answer.headers["Content-Disposition"]
    rows, about = (list(sheet.values) for sheet in opened(answer.content).worksheets)
    assert "البعثة" in str(rows[0][0]) and "روما" in {row[1] for row in rows}
    told = {str(row[0]): str(row[1]) for row in about}
    assert told["السؤال"] == "أين كانت البعثات؟" and told["الاستعلام"] == query
    assert told["عنوان هذه الصفوف"].startswith(f"{server.url}/sparql?query=")


def test_columns_of_a_query_that_names_none_stand_as_in_its_text(server: Server) -> None:
    answer = server.http.get("/sparql", params={"query": "SELECT * { ?z ?a ?m } LIMIT 1", "format": "csv"})
    assert answer.text.splitlines()[0] == "z,a,m"


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


def test_a_class_comes_with_the_properties_of_its_things(server: Server) -> None:
    terms = server.http.get("/sparql/words.json").json()["terms"]
    (mission,) = (term for term in terms if term["iri"].endswith("ontology#Mission"))
    properties = [term["iri"] for term in terms if term["kind"] == "property"]
    held = [properties[place].rpartition("#")[2] for place in mission["properties"]]
    assert "missionKind" in held and "role" not in held
    assert held.index("envoy") < held.index("followUpOf") < held.index("foldedLabel")


def test_a_property_comes_with_the_properties_of_that_to_which_it_leads(server: Server) -> None:
    terms = server.http.get("/sparql/words.json").json()["terms"]
    (place,) = (term for term in terms if term["iri"].endswith("ontology#place"))
    properties = [term["iri"] for term in terms if term["kind"] == "property"]
    led = [properties[number].rpartition("#")[2] for number in place["properties"]]
    assert led[0] == "placeKind" and led.index("lat") < led.index("foldedLabel") and "role" not in led


@pytest.mark.parametrize(
    ("property_", "first"),
    [("missionKind", "mission-kind/mission"), ("role", "role/envoy"), ("notBefore", None)],
)
def test_a_property_has_the_things_to_which_it_leads_and_texts_are_none(
    server: Server, property_: str, first: str | None
) -> None:
    iri = f"https://w3id.org/un-missions/ontology#{property_}"
    found = server.http.get("/sparql/values.json", params={"property": iri}).json()
    assert found["more"] is False
    assert [value["iri"] for value in found["values"]][:1] == (
        [f"https://w3id.org/un-missions/{first}"] if first else []
    )


def test_what_is_no_property_is_refused(server: Server) -> None:
    assert server.http.get("/sparql/values.json", params={"property": "x y"}).status_code == 400
    assert server.http.get("/sparql/values.json").status_code == 400


def test_the_line_for_an_undeclared_prefix_is_told_apart_and_is_a_link_without_script(server: Server) -> None:
    query = "SELECT * { ?s rdfs:label ?o } LIMIT 1"
    line = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
    asked = {"query": query}
    assert server.http.get("/sparql", params=asked).json()["declaration"] == line
    page = LexborHTMLParser(server.http.get("/sparql", params=asked, headers=HTML).text)
    (link,) = page.css(".wrong a")
    mended = LexborHTMLParser(server.http.get(link.attributes["href"] or "", headers=HTML).text)
    assert text(mended, "textarea#query").strip() == f"{line}\n{query}"


def test_the_nearest_known_names_are_alike_by_their_letters_and_in_the_language_of_the_page(
    server: Server,
) -> None:
    query = "PREFIX unm: <https://w3id.org/un-missions/ontology#> SELECT * { ?m a unm:Mision }"
    asked = {"query": query, "lang": "ar"}
    page = LexborHTMLParser(server.http.get("/sparql", params=asked, headers=HTML).text)
    told = text(page, ".empty li")
    assert "بعثة unm:Mission" in told and "mission unm:Mission" not in told and "datePrecision" not in told


def test_all_known_prefixes_that_are_missing_are_declared_at_once(server: Server) -> None:
    query = "SELECT * { ?s rdfs:label ?o ; skos:note ?n ; rdfs:seeAlso ?x }"
    problem = server.http.get("/sparql", params={"query": query}).json()
    lines = problem["declaration"].split("\n")
    assert [line.split()[1] for line in lines] == ["rdfs:", "skos:"]
    assert "rdfs:, skos:" in problem["detail"] and all(line in problem["detail"] for line in lines)
    assert server.http.get("/sparql", params={"query": "\n".join([*lines, query])}).status_code == 200


@pytest.mark.matrix
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


@pytest.mark.matrix
def test_links_end_where_there_is_no_room_and_the_kept_ones_stay(linked: Server) -> None:
    names = [keep(linked, f"ASK {{}} #{number}").json()["id"] for number in range(3)]
    full = keep(linked, "ASK {} #3")
    assert full.status_code == 507 and "as many short links" in full.json()["detail"]
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


@pytest.mark.matrix
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
