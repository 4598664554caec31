"""The lists and their facets: what they show, count and refuse, and in which order."""

import csv
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from loader.release.namespaces import BASE
from server.i18n.spelling import sorting
from tests.conftest import Rows
from tests.queries.page_reading import Page, words
from tests.server.servers import Server, Start, publish

LANGUAGES = ("en", "ar")
LISTS = ("missions", "meetings", "people", "institutions", "places", "topics")
CLASSES = {
    "missions": "Mission",
    "meetings": "Meeting",
    "institutions": "Institution",
    "places": "Place",
    "topics": "Topic",
}
ARABIC = "SELECT ?l { ?t <http://www.w3.org/2000/01/rdf-schema#label> ?l FILTER(LANG(?l) = 'ar') }"
HOSTILE = f"""
PREFIX unm: <{BASE}ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
<{BASE}graph/missions> {{
  <{BASE}mission/hostile> a unm:Mission ; rdfs:label "<b>Hostile</b> \\u202egpj"@en ;
    unm:envoy <javascript:alert%281%29> .
  <{BASE}mission/nameless> a unm:Mission ; unm:envoy <http://example.org/?a=1&year=2> .
}}
"""


def total(page: Page) -> int:
    return int(page.text("#found").split()[0])


def things(page: Page) -> list[str]:
    return [urlsplit(link).path for link in page.links(".list h3 a")]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_every_thing_by_its_label_in_the_language_of_the_reader(server: Server, name: str) -> None:
    pages = {language: Page(server, f"/{name}", language) for language in LANGUAGES}
    assert sorted(things(pages["en"])) == sorted(things(pages["ar"]))
    assert len({*things(pages["en"])}) == total(pages["en"]) > 10
    if name in CLASSES:
        rows = server.rows(f"SELECT ?t {{ ?t a <{BASE}ontology#{CLASSES[name]}> }}")
        assert {BASE + thing[1:] for thing in things(pages["en"])} == {*rows}
    labels = server.rows(ARABIC)
    assert {*pages["ar"].texts(".list h3")} <= {" ".join(label.strip('"').split()) for label in labels}


@pytest.mark.parametrize(
    ("address", "last"),
    [
        ("/missions?page=99", "1"),
        ("/search?q=meeting&page=99", "4"),
        ("/queries/who-met-whom?offset=9900", "1"),
    ],
)
def test_behind_the_last_page_a_reader_is_told_so(server: Server, address: str, last: str) -> None:
    page, arabic = (Page(server, address, language) for language in LANGUAGES)
    [number] = {*re.findall(r"There is no page (\d+)\.", page.text("main"))}
    assert f"لا توجد صفحة رقم {number}." in arabic.text("main")
    assert parse_qs(urlsplit(page.link("To the last page")).query)["page"] == [last]
    assert "Nothing matches" not in page.text("main")


@pytest.mark.parametrize("name", LISTS)
def test_a_facet_leads_to_as_many_things_as_it_says(server: Server, name: str) -> None:
    page = Page(server, f"/{name}")
    choices = page.all(".facets li")
    assert len(choices) > 5
    for choice in choices:
        link, number = choice.css_first("a"), choice.css_first(".count")
        assert link is not None and number is not None
        chosen = Page(server, link.attributes["href"] or "")
        assert total(chosen) == int(words(number)) > 0
        assert len(chosen.all(".facets [aria-current]")) == 1


def test_a_topic_that_was_not_discussed_says_who_is_in_charge_of_it(server: Server) -> None:
    for language, said in (("en", "in charge of it:"), ("ar", "المعنيون به:")):
        lines = [words(line) for line in Page(server, "/topics", language).all(".list .facts")]
        assert len(lines) == total(Page(server, "/topics"))
        assert len([line for line in lines if line.startswith(said)]) == 2


def test_facets_are_combined_and_each_can_be_taken_back(server: Server) -> None:
    one = Page(server, "/missions?year=2011")
    both = Page(server, "/missions?year=2011&envoy=edward-luck")
    assert (total(one), total(both)) == (8, 4)
    assert {*things(both)} < {*things(one)}
    assert total(Page(server, "/missions?year=2011&year=2012")) == 11
    back = [urlsplit(link) for link in both.links(".chosen a")]
    assert [parse_qs(link.query) for link in back] == [{"envoy": ["edward-luck"]}, {"year": ["2011"]}, {}]
    assert "2011" in both.text("title") and "Edward Luck" in both.text("title")


def test_what_nothing_has_together_is_said_with_a_way_back(server: Server) -> None:
    page = Page(server, "/missions?year=2010&envoy=adama-dieng&sort=name")
    assert page.status == 200 and total(page) == 0
    assert "/missions?sort=name" in page.links(".empty a")


@pytest.mark.parametrize(
    ("address", "value", "allowed"),
    [
        ("/missions?year=1999", "1999", "2010, 2011, 2012"),
        ("/missions?envoy=kofi-annan", "kofi-annan", "adama-dieng, edward-luck, francis-deng"),
        ("/missions?region=world", "world", "africa"),
        ("/places?kind=planet", "planet", "area, city, country, region"),
        ("/topics?sort=colour", "colour", "-meetings, name, -missions"),
        ("/people?page=0", "0", "from 1"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(
    server: Server, address: str, value: str, allowed: str
) -> None:
    refused = server.http.get(address)
    assert refused.status_code == 400
    assert value in refused.json()["detail"] and allowed in refused.json()["allowed"]


def test_an_empty_value_chooses_nothing(server: Server, rows: Rows) -> None:
    missions = rows("SELECT ?m { ?m a unm:Mission }")

    assert total(Page(server, "/missions?year=&envoy=&sort=")) == len(missions)


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_in_the_order_of_the_readers_alphabet(server: Server, language: str) -> None:
    names = Page(server, "/institutions", language).texts(".list h3")
    assert names == sorted(names, key=sorting)
    assert any(name.startswith("ال") for name in names[:-5]) == (language == "ar")


def test_other_orders_go_by_what_they_say(server: Server, rows: Rows) -> None:
    newest, oldest = (things(Page(server, f"/missions?sort={sort}")) for sort in ("-date", "date"))
    last = rows("SELECT (MAX(?day) AS ?last) { ?m a unm:Mission ; unm:notBefore ?day }")
    assert rows(f"SELECT ?day {{ <{newest[0][1:]}> unm:notBefore ?day }}") == last
    assert oldest[0] == "/mission/2010-west-africa" and things(Page(server, "/missions")) == newest
    assert things(Page(server, "/places"))[0] == "/place/brussels"
    marked = Page(server, "/missions?sort=date").texts(".orders [aria-current]")
    assert marked == ["oldest first"]


def test_a_line_says_when_who_and_where_in_both_languages(server: Server) -> None:
    for language, said in [
        ("en", ["18–26 March 2010", "Francis Deng", "Ghana, Guinea", "fact-finding mission", "2 meetings"]),
        ("ar", ["18–26 آذار/مارس 2010", "فرانسيس دينغ", "غانا، غينيا", "بعثة تقصي حقائق", "لقاءان"]),
    ]:
        line = Page(server, "/missions?sort=date", language).all(".list li")[0]
        facts = [words(fact).replace("\u00a0", " ") for fact in line.css(".fact")]
        assert facts == said


@pytest.mark.parametrize(
    ("language", "by_post", "by_context"),
    [("en", "inferred from post and date", "inferred from context"),
     ("ar", "مستنتج من المنصب والتاريخ", "مستنتج من السياق")],
)  # fmt: skip
def test_what_no_words_of_a_source_say_is_marked_in_a_list_with_the_reason(
    server: Server, language: str, by_post: str, by_context: str
) -> None:
    lines = {
        line.css("h3 a")[0].attributes["href"]: line
        for line in Page(server, "/missions", language).all(".list > li")
    }
    marks = {address: [words(one) for one in line.css(".inferred")] for address, line in lines.items()}
    assert marks["/mission/2011-rome"] == [by_post]
    assert marks["/mission/2012-paris"] == [by_context, by_post]
    assert marks["/mission/2011-brussels"] == []
    bodies = Page(server, "/institutions", language)
    assert bodies.all(".list .inferred") and len(bodies.all(".list .inferred")) < len(
        bodies.all(".list > li")
    )


@pytest.mark.parametrize(
    ("query", "mission"),
    [
        ("missions-at-a-glance", "mission"),
        ("missions-to-a-region?m49=150", "mission"),
        ("meetings-in-a-period?from=2011-11-21&to=2011-11-24", "mission"),
        ("who-met-whom?year=2011", "meeting"),
    ],
)
def test_the_files_of_a_list_say_how_sure_it_is_who_went(server: Server, query: str, mission: str) -> None:
    name, _, asked = query.partition("?")
    answer = server.http.get(f"/queries/{name}/run.csv?{asked}")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    sure = {row["envoy_certainty_en"] for row in rows if "2011-rome" in row[mission]}
    assert sure == {"inferred from post and date"}
    assert "stated" in {row["envoy_certainty_en"] for row in rows} or len(rows) < 4


def test_an_envoy_has_the_missions_that_he_went_on_and_no_other(server: Server, rows: Rows) -> None:
    def went(who: str) -> str:
        return str(len(rows(f"SELECT ?m {{ ?m a unm:Mission ; unm:envoy <person/{who}> }}")))

    lines = {
        words(line.css("h3")[0]): words(line) for line in Page(server, "/people?kind=envoy").all(".list li")
    }
    assert {name: line.partition(" mission")[0][-1] for name, line in lines.items()} == {
        "Adama Dieng": went("adama-dieng"),
        "Francis Deng": went("francis-deng"),
        "Edward Luck": went("edward-luck"),
    }


@pytest.mark.parametrize(
    "address",
    ["/missions", "/missions?year=2011", "/missions?envoy=edward-luck", "/meetings", "/places"],
)
def test_the_question_beside_a_list_has_the_same_things(server: Server, address: str) -> None:
    page = Page(server, address)
    question = urlsplit(page.links(".kin a")[0])
    rows = server.http.get(f"{question.path}/run.json?{question.query}").json()["results"]["bindings"]
    kind = urlsplit(address).path[1:].removesuffix("s")
    assert {row[kind]["value"] for row in rows} == {BASE + thing[1:] for thing in things(page)}


def test_where_no_question_fits_none_is_linked(server: Server) -> None:
    assert Page(server, "/missions?region=africa&year=2012").links(".kin a") == []


def test_places_stand_on_a_map_those_that_are_left(server: Server, rows: Rows) -> None:
    cities = rows("SELECT ?p { ?p unm:placeKind <place-kind/city> }")
    assert len(Page(server, "/places").all(".map .dot")) == len(cities)
    assert Page(server, "/places?country=nigeria").texts(".map text.on-large") == ["Abuja"]
    assert Page(server, "/places?kind=region").all(".map") == []


def test_language_and_release_go_along(server: Server) -> None:
    release = server.http.get("/missions").headers["UN-Missions-Release"]
    page = Page(server, f"/missions?lang=ar&release={release}&year=2011")
    ours = [parse_qs(urlsplit(link).query) for link in page.links("main a") if link.startswith("/")]
    assert len(ours) > 30
    assert all(one["lang"] == ["ar"] and one["release"] == [release] for one in ours)
    tag = {"If-None-Match": page.response.headers["ETag"]}
    assert Page(server, f"/missions?lang=ar&release={release}&year=2011", **tag).status == 304


@pytest.fixture(scope="module")
def beside(store: Path, start: Start, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the project's data, with a mission that would like to run and one without a name."""
    copy = tmp_path_factory.mktemp("beside") / "store"
    shutil.copytree(store, copy, symlinks=True)
    publish(copy, HOSTILE)
    with start(store=copy, token="") as running:
        yield running


@pytest.mark.matrix
def test_what_is_written_into_our_graphs_is_listed_and_cannot_run(beside: Server, rows: Rows) -> None:
    page, missions = Page(beside, "/missions", "ar"), len(rows("SELECT ?m { ?m a unm:Mission }"))
    assert total(page) == missions + 2 and page.all(".list b") == []
    hostile = next(line for line in page.all(".list li") if "Hostile" in words(line))
    assert words(hostile.css("h3")[0]) == "<b>Hostile</b> U+202Egpj"
    assert hostile.css("h3 bdi")[0].attributes["lang"] == "en"
    assert "nameless" in page.texts(".list h3")
    strange = [link for link in page.links(".facets a") if "example.org" in link]
    assert len(strange) == 1 and total(Page(beside, strange[0])) == 1
    assert not [link for link in page.links() if link.startswith("javascript:")]


@pytest.mark.parametrize("name", LISTS)
def test_without_data_of_ours_a_list_is_empty(writable: Server, name: str) -> None:
    page = Page(writable, f"/{name}")
    assert page.status == 200 and total(page) == 0
