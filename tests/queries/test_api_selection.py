"""`q`, `filter`, `sort` and the part of the rows that an address asks for hold in every format, pages too."""

import io
import re

import openpyxl
import pytest
from selectolax.lexbor import LexborHTMLParser

from server.tables.table import read_table
from tests.queries.asking import csv_rows, problem, run, table
from tests.queries.page_reading import Page
from tests.server.servers import Server

GLANCE = "missions-at-a-glance"


def sheet(content: bytes) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return list(book.worksheets[0].iter_rows(min_row=2, values_only=True))


@pytest.mark.parametrize("suffix", ["csv", "tsv", "json", "xml", "xlsx", "html"])
def test_a_file_has_the_rows_that_its_address_chooses(server: Server, suffix: str) -> None:
    response = run(server, GLANCE, suffix, q="abuja")
    assert response.status_code == 200
    if suffix == "xlsx":
        assert len(sheet(response.content)) == 1
    else:
        assert "Abuja" in response.text and "Rome" not in response.text


def test_a_filter_looks_into_one_column(server: Server) -> None:
    by_envoy = table(server, GLANCE, filter="envoys_en:Dieng")
    assert 0 < len(by_envoy.rows) < len(table(server, GLANCE).rows)
    assert table(server, GLANCE, filter="countries_en:Dieng").rows == ()
    both = server.http.get(f"/queries/{GLANCE}/run.json?filter=envoys_en:Dieng&filter=countries_en:Nigeria")
    assert len(read_table(both.content).rows) == 1


@pytest.mark.parametrize("sort", ["meetings", "-meetings"])
def test_files_and_page_are_sorted_alike(server: Server, sort: str) -> None:
    header, *rows = csv_rows(run(server, GLANCE, "csv", sort=sort))
    meetings = [int(row[header.index("meetings")]) for row in rows]
    assert meetings == sorted(meetings, reverse=sort.startswith("-"))
    page = Page(server, f"/queries/{GLANCE}?sort={sort}")
    assert [row[0] for row in page.rows()] == [row[header.index("mission_en")] for row in rows]
    excel = [row[0] for row in sheet(run(server, GLANCE, "xlsx", sort=sort).content)]
    assert excel == [row[0] for row in page.rows()]


@pytest.mark.parametrize(
    ("given", "nearest"), [({"sort": "-meetngs"}, "meetings"), ({"filter": "mision:Deng"}, "mission")]
)
def test_a_column_that_is_not_there_is_refused_with_the_nearest(
    server: Server, given: dict[str, str], nearest: str
) -> None:
    refused = problem(run(server, GLANCE, "csv", **given))
    assert (refused["status"], refused["nearest"]) == (400, [nearest])
    address = "&".join(f"{name}={value}" for name, value in given.items())
    assert Page(server, f"/queries/{GLANCE}?{address}").status == 400


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            ["Only rows with", "abuja; mission: 2012 (1 of 13)", "Sorted by", "meetings, descending", "Rows"],
        ),
        (
            "ar",
            [
                "الصفوف التي تتضمن",
                "abuja؛ البعثة: 2012 (1 من أصل 13)",
                "الترتيب بحسب",
                "اللقاءات (ترتيب عكسي)",
            ],
        ),
    ],
)
def test_a_filtered_file_says_of_how_many_rows_it_has_some_and_in_which_order(
    server: Server, language: str, lines: list[str]
) -> None:
    asked = {"q": "abuja", "filter": "mission:2012", "sort": "-meetings", "lang": language}
    book = openpyxl.load_workbook(io.BytesIO(run(server, GLANCE, "xlsx", **asked).content))
    said = [cell for row in book.worksheets[1].iter_rows(values_only=True) for cell in row if cell]
    assert " ".join(lines) in re.sub("[\u2068\u2069]", "", " ".join(map(str, said)))
    page = LexborHTMLParser(re.sub("[\u2068\u2069]", "", run(server, GLANCE, "html", **asked).text))
    heads = [words.text() for words in page.css("header p")]
    assert heads[1:] == [f"{lines[0]}: {lines[1]}", f"{lines[2]}: {lines[3]}"]


def test_a_file_from_which_a_filter_left_out_every_row_says_so(server: Server) -> None:
    assert "The filter leaves none of the 13 rows." in run(server, GLANCE, "html", q="zzzz").text


def test_the_files_of_both_languages_lie_beside_each_other(server: Server) -> None:
    for format_, name in (("html", ".ar.html"), ("xlsx", ".ar.xlsx"), ("csv", ".csv")):
        arabic = run(server, GLANCE, format_, lang="ar").headers["Content-Disposition"]
        english = run(server, GLANCE, format_, lang="en").headers["Content-Disposition"]
        assert f'filename="{GLANCE}{name}"' in arabic and f'filename="{GLANCE}.{format_}"' in english


def test_a_column_that_is_near_none_is_told_with_the_heads_of_all(server: Server) -> None:
    refused = problem(run(server, GLANCE, "csv", sort="nope"))
    assert refused["nearest"] == [] and "earliest possible date (not_before)" in str(refused["detail"])
    page = Page(server, f"/queries/{GLANCE}?sort=nope", "ar")
    assert "البعثة (mission)، " in page.text("main") and "هل تقصد" not in page.text("main")


def test_a_filter_without_a_column_is_refused(server: Server) -> None:
    assert problem(run(server, GLANCE, "csv", filter="Deng"))["parameter"] == "filter"


def test_limit_and_offset_cut_out_rows_and_lead_on(server: Server) -> None:
    whole = table(server, GLANCE).rows
    first = run(server, GLANCE, "json", limit="5", offset="3")
    assert read_table(first.content).rows == whole[3:8]
    assert first.headers["X-Total-Count"] == str(len(whole))
    following = server.http.get(first.links["next"]["url"])
    assert read_table(following.content).rows == whole[8:13]
    assert "next" not in server.http.get(first.links["last"]["url"]).links


def test_page_size_may_be_written_as_grlc_writes_it(server: Server) -> None:
    asked = {"page": "2", "sort": "mission"}
    ours = run(server, GLANCE, "csv", page_size="4", **asked)
    assert run(server, GLANCE, "csv", pageSize="4", **asked).content == ours.content
    assert run(server, GLANCE, "csv", limit="4", **asked).content == ours.content


@pytest.mark.parametrize(
    "given",
    [{"page": "2", "offset": "3"}, {"limit": "3", "page_size": "4"}, {"limit": "0"}, {"offset": "-1"}],
)
def test_parts_that_contradict_each_other_are_refused(server: Server, given: dict[str, str]) -> None:
    assert problem(run(server, GLANCE, "csv", **given))["status"] == 400


def test_a_graph_has_no_rows_to_choose_from(server: Server) -> None:
    refused = problem(run(server, "mission-as-rdf", "ttl", q="Rome"))
    assert refused["parameter"] == "q" and "CONSTRUCT" in str(refused["detail"])


@pytest.mark.parametrize("address", ["changes.atom?sort=mission", "run.csv?colour=red"])
def test_what_an_address_does_not_read_is_refused(server: Server, address: str) -> None:
    assert problem(server.http.get(f"/queries/{GLANCE}/{address}"))["status"] == 400


def test_labels_stand_beside_iris(server: Server) -> None:
    header, *rows = csv_rows(run(server, "things-in-wikidata", "csv", labels="true"))
    place = header.index("thing")
    assert header[place + 1] == "thingLabel"
    assert all(row[place + 1] for row in rows)


def test_a_label_is_the_preferred_one_where_there_is_no_other(server: Server) -> None:
    query = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
      PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
      SELECT ?area { ?area skos:prefLabel ?name
      FILTER NOT EXISTS { ?area rdfs:label ?label } } ORDER BY ?area LIMIT 1"""
    [row] = server.ask(query, "application/sparql-results+json", labels="true").json()["results"]["bindings"]
    assert (row["areaLabel"]["xml:lang"], row["areaLabel"]["value"]) == ("en", "World")


@pytest.mark.parametrize("suffix", ["csv", "json", "xlsx", "html"])
def test_every_file_says_how_to_cite_it(server: Server, suffix: str) -> None:
    response = run(server, "missions-by-envoy", suffix)
    cited = response.links["cite-as"]["url"]
    assert f"release={response.headers['UN-Missions-Release']}" in cited
    assert server.http.get(cited).content == response.content
    if suffix == "html":
        assert "Cite as" in response.text
    if suffix == "xlsx":
        about = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[1]
        told = {row[0]: str(row[1]) for row in about.iter_rows(values_only=True)}
        assert response.headers["UN-Missions-Release"] in told["Cite as"]
