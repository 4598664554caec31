"""Pages are parts of one total order: together they are the whole, and links lead from each to the others."""

import shutil
from pathlib import Path

import pytest

from loader.query.outline import outline
from loader.query.saved_query import SavedQuery
from server.app import create_app
from server.asking.paging import Page, count_text, page_text
from server.engine.local.engine import LocalEngine
from server.settings import Settings
from server.tables.table import read_table
from tests.queries.asking import QUERIES, SELECTS, name, run, table
from tests.server.servers import Server


@pytest.mark.parametrize("query", SELECTS, ids=name)
def test_the_pages_of_a_query_are_together_its_rows(server: Server, query: SavedQuery) -> None:
    whole = table(server, query.name)
    response = run(server, query.name, "json", page_size="20")
    rows = list(read_table(response.content).rows)
    while "next" in response.links:
        response = server.http.get(response.links["next"]["url"])
        rows += read_table(response.content).rows
    assert tuple(rows) == whole.rows
    assert int(response.headers["X-Total-Count"]) == len(rows)


def test_links_lead_to_the_first_previous_next_and_last_page_with_all_parameters(server: Server) -> None:
    given = {"year": "2011", "lang": "ar", "evidence": "true", "page": "2", "page_size": "5"}
    response = run(server, "who-met-whom", "csv", **given)
    total = int(response.headers["X-Total-Count"])
    links = {relation: link["url"] for relation, link in response.links.items() if "page=" in link["url"]}
    last = -(-total // 5)

    assert links.keys() == {"first", "prev", "next", "last", "version-of", "cite-as"}
    for relation, number in {"first": 1, "prev": 1, "next": 3, "last": last}.items():
        assert f"page={number}&" in links[relation]
        assert links[relation].startswith(f"{server.url}/queries/who-met-whom/run.csv?")
        for kept in ("year=2011", "lang=ar", "evidence=true", "page_size=5"):
            assert kept in links[relation]
        assert server.http.get(links[relation]).status_code == 200


def test_followed_links_stay_on_one_release(server: Server) -> None:
    response = run(server, "who-met-whom", "csv", page_size="5")
    assert f"release={response.headers['UN-Missions-Release']}" in response.links["next"]["url"]


def test_the_first_page_has_nothing_before_it_and_the_last_nothing_after(server: Server) -> None:
    first = run(server, "who-met-whom", "csv", page_size="5")
    last = server.http.get(first.links["last"]["url"])
    assert "prev" not in first.links and "next" not in last.links


def test_a_page_beyond_the_end_is_empty_and_leads_back(server: Server) -> None:
    number = len(read_table(run(server, "missions-by-year", "json").content).rows)
    response = run(server, "missions-by-year", "json", page="70", page_size="2")
    assert response.status_code == 200
    assert read_table(response.content).rows == ()
    assert response.headers["X-Total-Count"] == str(number)
    last = f"page={-(-number // 2)}&"
    assert last in response.links["prev"]["url"] and "next" not in response.links


def test_a_query_without_rows_has_one_empty_page(server: Server) -> None:
    response = run(server, "things-by-name", "json", page="1", name="no such thing")
    assert (response.headers["X-Total-Count"], read_table(response.content).rows) == ("0", ())


def test_a_page_has_a_hundred_rows_unless_said(server: Server) -> None:
    assert len(read_table(run(server, "outside-identifiers", "json", page="1").content).rows) == 100


@pytest.mark.parametrize("suffix", ["csv", "tsv", "xml", "xlsx", "html"])
def test_every_format_has_pages(server: Server, suffix: str) -> None:
    first = run(server, "missions-by-year", suffix, page_size="1")
    second = run(server, "missions-by-year", suffix, page_size="1", page="2")
    number = len(read_table(run(server, "missions-by-year", "json").content).rows)
    assert first.headers["X-Total-Count"] == second.headers["X-Total-Count"] == str(number)
    assert first.content != second.content


def test_a_page_is_cut_by_the_engine_where_the_query_lets_it() -> None:
    text = "SELECT ?a ?b WHERE { ?a ?p ?b } ORDER BY DESC(?a) # the end"
    paged = page_text(text, Page(3, 10))
    assert paged is not None and paged.split("\n") == [
        "SELECT ?a ?b WHERE { ?a ?p ?b } ORDER BY DESC(?a)", "?a ?b", "LIMIT 10 OFFSET 20", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?a { ?a ?p ?b } LIMIT 5",
        "SELECT ?a { ?a ?p ?b } ORDER BY ?a OFFSET 5",
        "ASK { ?a ?p ?b }",
        "DESCRIBE <urn:a>",
        "not a query",
    ],
)
def test_a_query_that_limits_itself_is_not_changed(text: str) -> None:
    assert page_text(text, Page(1, 10)) is None and count_text(text) is None


def test_limits_in_inner_queries_and_words_in_strings_do_not_count() -> None:
    text = 'SELECT ?a WHERE { { SELECT ?a { ?a ?p "LIMIT" } ORDER BY ?a LIMIT 3 } } VALUES ?a { <urn:a> }'
    found = outline(text)
    assert found is not None and found.clauses.keys() == {"VALUES"}
    assert page_text(text, Page(1, 2)) == (
        'SELECT ?a WHERE { { SELECT ?a { ?a ?p "LIMIT" } ORDER BY ?a LIMIT 3 } }\n'
        "ORDER BY ?a\nLIMIT 2 OFFSET 0\nVALUES ?a { <urn:a> }"
    )


@pytest.mark.parametrize("query", QUERIES.values(), ids=name)
def test_the_outline_of_a_query_names_its_form_and_its_group(query: SavedQuery) -> None:
    found = outline(query.text)
    assert found is not None and found.form == query.form
    assert query.text[found.group[0] - 1] == "{" and query.text[found.group[1]] == "}"


def test_a_file_of_one_page_says_which_page_it_is(server: Server) -> None:
    page = run(server, "missions-by-year", "html", page="2", page_size="5").text

    assert "/queries/missions-by-year/run?page=2&amp;page_size=5&amp;release=" in page


def test_a_query_may_say_its_page_size_as_grlc_does(store: Path, tmp_path: Path) -> None:
    copy = tmp_path / "store"
    shutil.copytree(store, copy, symlinks=True)
    folder = LocalEngine(copy).snapshot().files / "queries"
    text = (folder / "missions-by-year.rq").read_text(encoding="utf-8")
    (folder / "paged.rq").write_text(text.replace("#+ tags:", "#+ pagination: 2\n#+ tags:"), encoding="utf-8")
    client = create_app(LocalEngine(copy), Settings(store=copy)).test_client()

    first = client.get("/queries/paged/run.csv")
    assert len(first.text.splitlines()) == 1 + 2
    assert any(
        "page=2&page_size=2" in link and 'rel="next"' in link for link in first.headers.getlist("Link")
    )
    assert len(client.get("/queries/paged/run.csv?page_size=100").text.splitlines()) > 1 + 2
