"""With `evidence=true` each row has the words that support it, and where they stand in the source."""

from pathlib import Path
from urllib.parse import quote

import pytest

from loader.query.saved_query import SavedQuery
from loader.release.namespaces import BASE
from tests.queries.asking import SELECTS, csv_rows, name, run, table
from tests.queries.page_reading import Page
from tests.server.servers import Server

Member = dict[str, object]
WORDS = "أجرى المستشار الخاص فرانسيس دينغ مشاورات"


@pytest.fixture(scope="module")
def texts(inputs: Path) -> dict[str, str]:
    """The source texts by their names."""
    files = (inputs / "data/sources").glob("*.txt")
    return {path.stem: path.read_text(encoding="utf-8") for path in files}


def evidence(server: Server, query: str, **parameters: str) -> list[list[Member]]:
    found = run(server, query, "json", evidence="true", **parameters).json()["evidence"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("query", SELECTS, ids=name)
def test_every_query_has_a_list_for_each_row_and_every_quotation_is_in_the_source(
    server: Server, query: SavedQuery, texts: dict[str, str]
) -> None:
    plain, found = table(server, query.name), evidence(server, query.name)
    assert len(found) == len(plain.rows)
    for row, quotations in zip(plain.rows, found, strict=True):
        things = {cell.value for cell in row if cell is not None}
        for one in quotations:
            assert one["thing"] in things
            slug = str(one["source"]).removeprefix(f"{BASE}source/")
            if "quotation" in one:
                assert texts[slug][int(str(one["start"])) : int(str(one["end"]))] == one["quotation"]
            assert str(one["address"]).startswith(f"{server.url}/sources/{slug}#")


def test_a_meeting_is_supported_by_the_words_of_that_meeting(server: Server) -> None:
    rows = table(server, "who-met-whom", year="2011")
    found = evidence(server, "who-met-whom", year="2011")
    congress = f"{BASE}institution/united-states-congress"
    place = next(n for n, row in enumerate(rows.rows) if congress in {cell.value for cell in row if cell})
    words = {one["thing"]: one["quotation"] for one in found[place]}
    assert words[congress] == "مشاورات في الكونغرس"
    assert all(quotations for quotations in found)


def test_a_row_has_no_quotations_of_the_same_thing_elsewhere(server: Server) -> None:
    """Francis Deng went on many missions; a row about one of them quotes what is said of that one."""
    found = evidence(server, "who-met-whom", envoy=f"{BASE}person/francis-deng")
    of_deng = [
        tuple(one["start"] for one in row if str(one["thing"]).endswith("francis-deng")) for row in found
    ]
    assert len(set(of_deng)) > 5 and max(map(len, of_deng)) <= 3


def test_a_value_is_supported_by_what_names_it(server: Server) -> None:
    first = evidence(server, "topics-by-frequency")[0]
    assert len(first) > 3 and {one["thing"] for one in first} == {first[0]["thing"]}


def test_a_source_from_outside_is_named_without_words(server: Server) -> None:
    found = [one for row in evidence(server, "envoys-and-tenures") for one in row]
    assert any("quotation" not in one for one in found)


def test_files_have_columns_for_the_words_and_their_places(server: Server) -> None:
    header, *rows = csv_rows(run(server, "who-met-whom", "csv", evidence="true", year="2011"))
    assert header[-4:] == ["evidence", "evidence_place", "evidence_sentence", "evidence_translation"]
    for row in rows:
        quotations, places = row[-4].split(" | "), row[-3].split(" | ")
        assert len(quotations) == len(places) > 0
        assert all(place.startswith("key-missions-ar ") and "–" in place for place in places)


def test_every_quotation_can_be_read_without_arabic(server: Server) -> None:
    rows = csv_rows(run(server, "what-is-said-of-an-institution", "csv", evidence="true"))[1:]
    found = evidence(server, "what-is-said-of-an-institution")
    place = next(n for n, row in enumerate(found) if row[0]["language"] == "ar")
    one, row = found[place][0], rows[place]
    translations = one["translations"]

    assert one["language"] == "ar" and str(one["quotation"]) in str(one["sentence"])
    assert (
        isinstance(translations, dict) and "Economic Community of West African States" in translations["en"]
    )
    assert one["sentence"] in row[-2].split(" | ") and translations["en"] in row[-1].split(" | ")


@pytest.mark.parametrize("suffix", ["tsv", "xml", "xlsx", "html"])
def test_every_format_has_the_evidence(server: Server, suffix: str) -> None:
    plain, more = run(server, "who-met-whom", suffix), run(server, "who-met-whom", suffix, evidence="true")
    assert (more.status_code, len(more.content) > len(plain.content)) == (200, True)
    if suffix != "xlsx":
        assert WORDS in more.text and WORDS not in plain.text


def test_evidence_goes_with_pages_and_languages(server: Server) -> None:
    response = run(server, "who-met-whom", "json", evidence="true", page="2", page_size="3", lang="ar").json()
    assert len(response["evidence"]) == len(response["results"]["bindings"]) == 3
    assert response["evidence"] == evidence(server, "who-met-whom")[3:6]


def test_a_query_without_rows_has_no_evidence(server: Server) -> None:
    assert evidence(server, "things-by-name", name="no such thing") == []


ROME = f"<{BASE}mission/2011-rome>"


def test_a_graph_brings_the_statements_of_its_things(server: Server) -> None:
    text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {ROME} }} ?s a ?o . ?s ?p ?o }}"
    plain, more = (
        server.ask(text, "application/n-triples", evidence=is_on).text for is_on in ("false", "true")
    )
    assert set(plain.splitlines()) < set(more.splitlines())
    assert f"{ROME} <{BASE}ontology#evidence>" in more and "<http://www.w3.org/ns/oa#exact>" in more


@pytest.mark.parametrize("suffix", ["ttl", "nt", "jsonld", "rdf", "trig", "nq"])
def test_a_saved_graph_has_its_evidence_in_every_format(server: Server, suffix: str) -> None:
    plain, more = (
        run(server, "mission-as-rdf", suffix),
        run(server, "mission-as-rdf", suffix, evidence="true"),
    )
    assert more.status_code == 200 and len(more.content) > len(plain.content)


def test_a_yes_has_the_words_about_what_was_asked(server: Server) -> None:
    answer = server.ask(f"ASK {{ {ROME} ?p ?o }}", "application/sparql-results+json", evidence="true").json()
    assert answer["boolean"] is True
    assert {one["thing"] for one in answer["evidence"][0]} == {f"{BASE}mission/2011-rome"}


@pytest.mark.parametrize("suffix", ["json", "csv", "tsv", "xml", "xlsx", "html"])
def test_a_saved_yes_or_no_takes_evidence_in_every_format(server: Server, suffix: str) -> None:
    assert run(server, "every-fact-has-evidence", suffix, evidence="true").status_code == 200


def test_rows_at_the_endpoint_have_their_evidence(server: Server) -> None:
    query = f"SELECT ?m {{ VALUES ?m {{ {ROME} }} }}"
    lines = server.ask(query, "text/csv", evidence="true").text.splitlines()
    assert lines[0] == "m,evidence,evidence_place,evidence_sentence,evidence_translation"
    assert "key-missions-ar " in lines[1]
    page = Page(server, f"/sparql?evidence=true&query={quote(query)}")
    assert "2011: البعثة الموفدة إلى إيطاليا" in page.texts("blockquote")
    hidden = page.one(".downloads input[name=evidence]")
    assert hidden.attributes["value"] == "true"


def test_no_file_that_a_page_with_evidence_offers_is_refused(server: Server) -> None:
    for query in ("network-of-envoys-and-institutions", "every-fact-has-evidence", "missions-by-year"):
        for address in Page(server, f"/queries/{query}?evidence=true").links(".downloads a"):
            assert server.http.get(address).status_code == 200, address
