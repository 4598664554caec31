"""The front page: what it counts, shows and leads to."""

from urllib.parse import urlsplit

import pytest

from tests.conftest import Rows
from tests.queries.page_reading import Page
from tests.server.servers import Server

LANGUAGES = ("en", "ar")
CITIES = "SELECT DISTINCT ?p { ?event unm:place ?p . ?p unm:placeKind <place-kind/city> }"
WAYS = (
    "/missions", "/meetings", "/people", "/institutions", "/places", "/topics", "/sources",
    "/sources/key-missions-ar", "/ontology", "/sparql", "/queries", "/data/",
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_of_the_site_is_one_click_away(server: Server, language: str) -> None:
    page = Page(server, f"/?lang={language}")
    paths = {urlsplit(link).path for link in page.links("main a")}
    assert paths >= {*WAYS}
    for address in page.links(".counts a") + page.links(".newest a") + page.links(".cards a"):
        assert Page(server, address).status == 200


def test_a_number_is_that_of_the_list_behind_it(server: Server) -> None:
    page = Page(server, "/")
    for link, number in zip(page.links(".counts dt a"), page.texts(".counts dd"), strict=True):
        if not link.startswith("/sources"):
            assert Page(server, link).text("#found").split()[0] == number


def test_the_years_are_those_of_the_first_and_the_last_mission(server: Server) -> None:
    years = Page(server, "/").texts(".glance .years text")

    assert f"{years[0]} to {years[-1]}." in Page(server, "/").text(".lead")
    assert f"{years[0]}–{years[-1]}." in server.http.get("/llms.txt").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_missions_stand_on_a_line_in_time_from_the_earliest_on(
    server: Server, rows: Rows, language: str
) -> None:
    page, missions = Page(server, "/", language), len(rows("SELECT ?m { ?m a unm:Mission }"))
    years = page.texts(".glance .years text")
    assert years[:3] == ["2010", "2011", "2012"] and years == sorted(years)
    places = [float((rect.attributes["x"] or "").rstrip("%")) for rect in page.all(".glance rect")]
    assert len(places) == missions and places == sorted(places, reverse=language == "ar")
    assert page.links(".glance h3 a")[0].startswith("/mission/2010-west-africa")
    facts = page.texts(".glance li .facts")
    assert all(name in facts[0] for name in (["Francis Deng", "Guinea"] if language == "en" else ["غينيا"]))


@pytest.mark.parametrize(("language", "city"), [("en", "Brussels"), ("ar", "بروكسل")])
def test_the_cities_visited_stand_on_a_map(server: Server, rows: Rows, language: str, city: str) -> None:
    page = Page(server, "/", language)
    assert len(page.all(".map circle")) == len(rows(CITIES)) and city in page.texts(".map .name")


def test_the_newest_release_is_named_with_its_day(server: Server) -> None:
    page = Page(server, "/")
    assert page.response.headers["UN-Missions-Release"] in page.text(".newest")
    assert page.text(".newest p").startswith(page.texts("footer p")[0].removeprefix("Release "))


def test_each_mission_leads_to_whom_it_met_and_to_its_words(server: Server) -> None:
    page = Page(server, "/", "ar")
    for address in page.links(".missions > li:first-child .more a"):
        assert Page(server, address, "ar").rows()


def test_an_earlier_release_has_its_own_front_page(server: Server) -> None:
    release = server.http.get("/").headers["UN-Missions-Release"]
    assert Page(server, f"/?release={release}").response.headers["UN-Missions-Release"] == release
    assert Page(server, "/?release=999").status == 404
