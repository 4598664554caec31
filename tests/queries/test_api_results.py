"""Each saved query is a result at an address of its own, in every format of its form."""

import csv
import io
import json
from xml.etree import ElementTree

import httpx
import pyoxigraph as ox
import pytest

from loader.query.saved_query import SavedQuery
from server.tables.csv_safety import read_term, restored
from server.tables.table import read_table
from server.tables.writers import as_json, as_tsv, as_xml
from tests.cases import some
from tests.queries.asking import FORMATS, QUERIES, SELECTS, csv_rows, name, problem, run, table
from tests.server.servers import Server

MEDIA_TYPES = {
    "json": "application/sparql-results+json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xml": "application/sparql-results+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "trig": "application/trig",
    "nq": "application/n-quads",
}
BOUND = {"year": "2011"}


@pytest.mark.parametrize("query", some(QUERIES.values(), of=3), ids=name)
def test_every_query_answers_in_every_format_by_suffix_and_by_accept(
    server: Server, query: SavedQuery
) -> None:
    for format_ in FORMATS[query.form]:
        by_suffix = run(server, query.name, format_)
        assert by_suffix.status_code == 200, by_suffix.text
        assert by_suffix.headers["Content-Type"].partition(";")[0] == MEDIA_TYPES[format_]
        assert by_suffix.content
        if format_ not in ("html", "xlsx"):
            accept = {"Accept": MEDIA_TYPES[format_]}
            by_accept = server.http.get(f"/queries/{query.name}/run", headers=accept)
            assert by_accept.content == by_suffix.content
            assert run(server, query.name, format=format_).content == by_suffix.content


@pytest.mark.parametrize("query", SELECTS, ids=name)
def test_all_formats_of_a_query_hold_the_same_rows(server: Server, query: SavedQuery) -> None:
    rows = table(server, query.name)
    tsv = run(server, query.name, "tsv")
    lines = [line.split("\t") for line in tsv.text.split("\n")[1:-1]]
    terms = [[read_term(cell).value if cell else "" for cell in line] for line in lines]
    values = [[cell.value if cell else "" for cell in row] for row in rows.rows]

    assert terms == values
    assert as_tsv(rows) == tsv.content
    assert [
        [restored(cell) for cell in row] for row in csv_rows(run(server, query.name, "csv"))[1:]
    ] == values
    assert _xml(as_xml(rows)) == _xml(run(server, query.name, "xml").content)
    assert json.loads(as_json(rows)) == run(server, query.name, "json").json()


def _xml(content: bytes) -> list[tuple[str, dict[str, str], str]]:
    root = ElementTree.fromstring(content)
    return [(element.tag, element.attrib, element.text or "") for element in root.iter()]


@pytest.mark.parametrize("suffix", ["json", "xml", "tsv"])
def test_unchanged_rows_are_those_of_the_endpoint_to_the_byte(server: Server, suffix: str) -> None:
    text = server.http.get("/queries/who-met-whom.rq", params=BOUND).text
    same = server.ask(text, MEDIA_TYPES[suffix])
    assert run(server, "who-met-whom", suffix, **BOUND).content == same.content


@pytest.mark.parametrize("suffix", FORMATS["CONSTRUCT"])
def test_a_graph_is_the_same_triples_in_every_format(server: Server, suffix: str) -> None:
    def triples(format_: str) -> set[str]:
        rdf_format = ox.RdfFormat.from_media_type(MEDIA_TYPES[format_])
        content = run(server, "mission-as-rdf", format_).content
        return {str(quad.triple) for quad in ox.parse(content, format=rdf_format)}

    assert triples(suffix) == triples("nt") != set()


def test_a_truth_value_is_the_standard_document(server: Server) -> None:
    assert run(server, "every-fact-has-evidence", "json").json()["boolean"] is True
    assert run(server, "every-fact-has-evidence", "csv").text == "true"


def test_the_text_is_the_file_and_with_values_what_is_run(server: Server) -> None:
    query = QUERIES["who-met-whom"]
    plain = server.http.get("/queries/who-met-whom.rq")
    bound = server.http.get("/queries/who-met-whom.rq", params=BOUND)

    assert plain.headers["Content-Type"] == "application/sparql-query; charset=utf-8"
    assert plain.text == query.text
    assert bound.text == query.bind(BOUND)


def test_values_choose_the_rows(server: Server) -> None:
    years = {row["not_before"].value[:4] for row in table(server, "who-met-whom", **BOUND).dictionaries()}
    assert years == {"2011"}


def test_an_answer_says_its_release_and_is_not_sent_twice(server: Server) -> None:
    for suffix in ("json", "csv", "xlsx", "html"):
        first = run(server, "missions-by-year", suffix)
        condition = {"If-None-Match": first.headers["ETag"]}
        again = server.http.get(f"/queries/missions-by-year/run.{suffix}", headers=condition)
        unseen = {**condition, "Accept-Language": f"x-{suffix}"}
        uncached = server.http.get(f"/queries/missions-by-year/run.{suffix}", headers=unseen)

        assert first.headers["UN-Missions-Release"] in first.headers["Link"]
        assert first.headers["Cache-Control"] == "public, no-cache"
        assert (again.status_code, again.content) == (304, b"")
        assert (uncached.status_code, uncached.content) == (304, b"")


def test_each_question_has_a_tag_of_its_own(server: Server) -> None:
    asked: list[dict[str, str]] = [
        {},
        BOUND,
        {"lang": "ar"},
        {"page": "1"},
        {"evidence": "true"},
        {"page": "2"},
    ]
    tags = {run(server, "who-met-whom", "json", **given).headers["ETag"] for given in asked}
    assert len(tags) == len(asked)


def test_the_second_answer_comes_from_the_cache(server: Server) -> None:
    run(server, "missions-by-country", "csv", lang="ar")
    before = server.metric("unmissions_cache_hits_total")
    run(server, "missions-by-country", "csv", lang="ar")
    assert server.metric("unmissions_cache_hits_total") == before + 1


@pytest.mark.parametrize("address", ["/run", "/run.csv", "/run.xlsx", ".rq", ""])
def test_head_says_what_get_would(server: Server, address: str) -> None:
    got = server.http.get(f"/queries/missions-by-year{address}")
    head = server.http.head(f"/queries/missions-by-year{address}")
    assert (head.status_code, head.content) == (200, b"")
    assert {head.headers[n] == got.headers[n] for n in ("ETag", "Content-Type", "UN-Missions-Release")} == {
        True
    }


def test_an_earlier_release_is_asked_by_name(server: Server) -> None:
    release = run(server, "missions-by-year").headers["UN-Missions-Release"]
    named = run(server, "missions-by-year", "csv", release=release)
    assert named.content == run(server, "missions-by-year", "csv").content
    assert run(server, "missions-by-year", "csv", release="999").status_code == 404


@pytest.mark.parametrize(
    ("query", "column", "known"),
    [
        ("envoys-and-tenures", "date_certainty", {"background"}),
        ("post-holders-on-a-day", "date_certainty", {"background"}),
        ("findings", "certainty", {"stated"}),
        ("what-is-said-on-a-topic", "certainty", {"stated"}),
        ("missions-of-an-envoy", "date_certainty", {"inferred-from-context"}),
        ("missions-to-a-region", "place_certainty", {"stated"}),
        ("participants-in-a-role", "certainty", {"stated", "inferred-from-context"}),
        ("envoys-and-bodies", "body_certainty", {"background", "inferred-from-context"}),
        (
            "envoys-and-bodies",
            "envoy_certainty",
            {"stated", "inferred-from-context", "inferred-from-post-and-date"},
        ),
        ("meetings-with-an-institution", "envoy_certainty", {"stated"}),
        ("meetings-with-an-institution", "institution_certainty", {"background"}),
    ],
)
def test_rows_tell_how_it_is_known_what_they_say(
    server: Server, query: str, column: str, known: set[str]
) -> None:
    rows = table(server, query).dictionaries()
    assert {row[column].value.rpartition("/")[2] for row in rows if column in row} == known


def test_that_a_body_belongs_to_another_is_called_background_where_no_words_say_so(
    server: Server,
) -> None:
    eu = {
        row["participant_en"].value: row
        for row in table(server, "meetings-with-an-institution").dictionaries()
    }
    sure = {name for name, row in eu.items() if "institution_certainty_en" in row}
    assert sure and all("European Parliament" in name for name in sure)
    assert {eu[name]["institution_certainty_en"].value for name in sure} == {"background knowledge"}


def test_files_are_saved_under_the_name_of_the_query(server: Server) -> None:
    saved = ("csv", "tsv", "xlsx", "html")
    for query in ("missions-by-year", "mission-as-rdf"):
        for suffix in FORMATS[QUERIES[query].form]:
            # By the short way and by the long one.
            for given in ({}, {"timeout": "5"}):
                disposition = run(server, query, suffix, **given).headers["Content-Disposition"]
                way = "attachment" if suffix in saved else "inline"
                assert disposition == f'{way}; filename="{query}.{suffix}"'


def test_a_browser_gets_a_page(server: Server) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    for address in ("/queries", "/queries/missions-by-year", "/queries/missions-by-year/run"):
        response = server.http.get(address, headers=browser)
        assert response.status_code == 200 and response.headers["Content-Type"].startswith("text/html")
    as_csv = server.http.get("/queries/missions-by-year/run?format=csv", headers=browser)
    assert as_csv.headers["Content-Type"].startswith("text/csv")


@pytest.mark.parametrize("address", ["", ".rq", "/run", "/run.csv", "/changes.atom"])
def test_an_unknown_name_is_not_found_and_near_ones_are_named(server: Server, address: str) -> None:
    found = problem(server.http.get(f"/queries/who-met-who{address}"))
    assert found["status"] == 404
    assert isinstance(found["nearest"], list) and found["nearest"][0] == "who-met-whom"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..%2f..%2fetc%2fpasswd", "who-met-whom%00", "%ff", "x" * 5000]
)
def test_no_name_reaches_the_file_system(server: Server, name: str) -> None:
    assert server.http.get(f"/queries/{name}/run.csv").status_code in (400, 404)


@pytest.mark.parametrize(
    ("query", "parameter", "value", "allowed"),
    [
        ("who-met-whom", "year", "soon", "a year of four digits"),
        ("who-met-whom", "envoy", "Deng", "an IRI, or a name such as adama-dieng"),
        ("who-met-whom", "jahr", "2011", "envoy, year"),
        ("meetings-in-a-period", "certain", "maybe", "true or false"),
        ("meetings-in-a-period", "from", "2011-02-30", "a day"),
        ("co-participation-network", "minimum", "0", "1 or more"),
        ("who-met-whom", "page", "0", "from 1"),
        ("who-met-whom", "page", "two", "from 1"),
        ("who-met-whom", "page", "1.5", "from 1"),
        ("who-met-whom", "page", "٢", "from 1"),
        ("who-met-whom", "page_size", "1001", "from 1 to 1000"),
        ("who-met-whom", "page_size", "-1", "from 1 to 1000"),
        ("who-met-whom", "lang", "fr", "ar or en"),
        ("who-met-whom", "evidence", "maybe", "true or false"),
        ("who-met-whom", "explain", "1", "true or false"),
        ("who-met-whom", "timeout", "-1", "above 0"),
    ],
)
def test_a_wrong_parameter_is_named_with_its_value_and_what_is_allowed(
    server: Server, query: str, parameter: str, value: str, allowed: str
) -> None:
    found = problem(run(server, query, "json", **{parameter: value}))
    assert (found["status"], found["parameter"]) == (400, parameter)
    assert allowed in str(found["allowed"]) and allowed in str(found["detail"])
    assert parameter == "jahr" or found["value"] == value


def test_a_parameter_that_takes_one_value_is_not_given_twice(server: Server) -> None:
    response = server.http.get("/queries/meetings-in-a-period/run.csv?from=2011-01-01&from=2012-01-01")
    assert (problem(response)["parameter"], response.status_code) == ("from", 400)


def test_a_parameter_that_takes_many_values_has_the_rows_of_each(server: Server) -> None:
    both = csv_rows(server.http.get("/queries/who-met-whom/run.csv?year=2011&year=2012"))
    each = [csv_rows(run(server, "who-met-whom", "csv", year=year)) for year in ("2011", "2012")]
    assert both == each[0] + each[1][1:]


@pytest.mark.parametrize("query", ["mission-as-rdf", "every-fact-has-evidence"])
def test_what_has_no_rows_has_no_pages(server: Server, query: str) -> None:
    response = run(server, query, page="1")
    assert (problem(response)["parameter"], response.status_code) == ("page", 400)


@pytest.mark.parametrize("suffix", ["ttl", "pdf", "csv.gz"])
def test_a_format_that_does_not_fit_is_refused_with_those_that_do(server: Server, suffix: str) -> None:
    response = run(server, "missions-by-year", suffix)
    assert response.status_code == 406 and " csv, " in str(problem(response)["detail"])


def test_what_nobody_accepts_is_refused(server: Server) -> None:
    response = server.http.get("/queries/missions-by-year/run", headers={"Accept": "image/png"})
    assert response.status_code == 406


def test_other_methods_are_not_allowed(server: Server) -> None:
    response = server.http.post("/queries/missions-by-year/run?asked=by-post")
    assert (response.status_code, "GET" in response.headers["Allow"]) == (405, True)


def test_a_time_limit_of_the_client_counts(server: Server) -> None:
    assert run(server, "missions-by-year", "csv", timeout="20").status_code == 200
    slow = run(server, "who-met-whom", "tsv", timeout="0.000001")
    assert (slow.status_code, str(problem(slow)["type"]).rpartition("/")[2]) == (503, "timeout")


def test_a_stream_of_csv_is_read_line_by_line(server: Server) -> None:
    with server.http.stream("GET", "/queries/what-the-source-does-not-say/run.csv") as response:
        content = b"".join(response.iter_bytes())
    rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
    assert len({len(row) for row in rows}) == 1


def test_pages_of_other_origins_may_read_the_headers(server: Server) -> None:
    headers: httpx.Headers = run(server, "missions-by-year", "csv").headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert {"Link", "X-Total-Count", "ETag"} <= set(headers["Access-Control-Expose-Headers"].split(", "))


def test_a_result_in_json_is_a_table(server: Server) -> None:
    content = run(server, "missions-by-year", "json").content
    assert read_table(content).columns[0] == "year"
