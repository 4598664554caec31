"""The front page: what it counts, shows and leads to."""

from urllib.parse import urlsplit

import pytest

from tests.conftest import Rows
from tests.pages.tabs import Tabs
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
    years = Page(server, "/").texts(".lanes .years text")

    assert f"{years[0]} to {years[-1]}." in Page(server, "/").text(".lead")
    assert f"{years[0]}–{years[-1]}." in server.http.get("/llms.txt").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_missions_stand_in_time_in_a_lane_for_each_envoy(
    server: Server, rows: Rows, language: str
) -> None:
    page, missions = Page(server, "/", language), len(rows("SELECT ?m { ?m a unm:Mission }"))
    years = page.texts(".lanes .years text")
    assert years[:3] == ["2010", "2011", "2012"] and years == sorted(years)
    lanes = page.all(".lanes .lane:has(.stay)")
    assert len(lanes) == 3 and len(page.all(".lanes .stay")) == missions
    for lane in lanes:
        places = [float((bar.attributes["x"] or "").rstrip("%")) for bar in lane.css(".stay rect")]
        assert places == sorted(places, reverse=language == "ar")
    assert page.links(".missions h3 a")[0].startswith("/mission/2010-west-africa")
    facts = page.texts(".missions li .facts")
    assert all(name in facts[0] for name in (["Francis Deng", "Guinea"] if language == "en" else ["غينيا"]))


def test_the_lines_of_the_years_are_mirrored_in_arabic_as_the_strips_are(server: Server) -> None:
    def places(language: str) -> list[float]:
        lines = Page(server, "/", language).all(".lanes .years line")
        return [float((line.attributes["x1"] or "").rstrip("%")) for line in lines]

    assert places("ar") == [round(100 - place, 2) for place in places("en")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_strip_has_a_name_that_fits_a_phone(server: Server, language: str) -> None:
    page = Page(server, "/", language)
    assert len(page.all(".stay text:not(.long)")) == len(page.all(".stay"))


@pytest.mark.parametrize(("language", "sign"), [("en", "inferred"), ("ar", "مستنتج")])
def test_an_envoy_whom_the_text_does_not_name_is_said_to_be_inferred(
    server: Server, language: str, sign: str
) -> None:
    facts = Page(server, "/", language).texts(".missions li .facts")
    marked = [fact for fact in facts if sign in fact]
    assert marked and len(marked) < len(facts)
    assert sign in next(fact for fact in facts if "21–24" in fact)


def test_what_is_pointed_at_lights_up_on_the_map_in_its_lane_and_in_the_list(tabs: Tabs) -> None:
    tab = tabs()
    tab.open("/")
    tab.page.locator(".missions h3 a", has_text="Mission to Italy").focus()
    assert tab.page.locator(".stay.is-lit").get_attribute("href") == "/mission/2011-rome"
    assert tab.page.locator(".map .dot.is-lit").get_attribute("href") == "/place/rome"
    tab.page.locator(".map .dot[href='/place/brussels']").focus()
    assert tab.page.locator(".missions li.is-lit").count() == 2 == tab.page.locator(".stay.is-lit").count()


@pytest.mark.matrix
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_span_of_time_leaves_the_other_missions_pale(tabs: Tabs, rows: Rows, language: str) -> None:
    """The span begins in 2010 and ends with the year of the newest mission."""
    years = [int(day[:4]) for (day,) in rows("SELECT ?day { ?m a unm:Mission ; unm:notBefore ?day }")]
    late = sum(year >= 2012 for year in years)
    told = {
        "en": f"January 2012 – December {max(years)}: {late} missions",
        "ar": f"كانون الثاني/يناير 2012 – كانون الأول/ديسمبر {max(years)}: {late} بعثات",
    }[language]
    tab = tabs(language)
    tab.open("/")
    tab.page.locator("input[name=from]").fill("24")
    assert tab.page.locator(".between output").inner_text() == told
    begin_said = tab.page.locator("input[name=from]").get_attribute("aria-valuetext")
    assert begin_said == told.partition(" – ")[0]
    assert tab.page.locator(".missions li:not(.is-out)").count() == late
    axis = tab.page.locator(".lanes .axis").bounding_box()
    assert axis
    last = 0.9 / (max(years) - 2009)
    begin, end = (0.01, last) if language == "en" else (0.99, 1 - last)
    tab.page.mouse.move(axis["x"] + begin * axis["width"], axis["y"] + 5)
    tab.page.mouse.down()
    tab.page.mouse.move(axis["x"] + end * axis["width"], axis["y"] + 5)
    tab.page.mouse.up()
    assert tab.page.locator(".missions li:not(.is-out) h3").first.inner_text().endswith("2010")
    assert tab.page.locator(".missions li:not(.is-out)").count() == years.count(2010)


def test_what_is_pointed_at_is_not_pale_outside_the_span(tabs: Tabs) -> None:
    tab = tabs()
    tab.open("/")
    tab.page.locator("input[name=from]").fill("24")
    italy = tab.page.locator(".missions li", has_text="Mission to Italy")
    assert italy.evaluate("one => getComputedStyle(one).opacity") == "0.25"
    italy.hover()
    for one in (italy, tab.page.locator(".map .dot[href='/place/rome']")):
        assert one.evaluate("one => getComputedStyle(one).opacity") == "1"


@pytest.mark.parametrize(("language", "city"), [("en", "Brussels"), ("ar", "بروكسل")])
def test_the_cities_visited_stand_on_a_map(server: Server, rows: Rows, language: str, city: str) -> None:
    page = Page(server, "/", language)
    assert len(page.all(".map .dot")) == len(rows(CITIES)) and city in page.texts(".map .name")


def test_the_newest_release_is_named_with_its_day(server: Server) -> None:
    page = Page(server, "/")
    assert page.response.headers["UN-Missions-Release"] in page.text(".newest")
    assert page.text(".newest p").startswith(page.texts("footer p")[0].removeprefix("Release "))


def test_each_mission_leads_to_whom_it_met_and_to_its_words(server: Server) -> None:
    page = Page(server, "/", "ar")
    words, met = page.links(".missions > li:first-child .more a")
    assert Page(server, met, "ar").rows()
    text, _, section = words.partition("#")
    assert text.startswith("/sources/") and Page(server, text, "ar").all(f"section[id='{section}']")


def test_an_earlier_release_has_its_own_front_page(server: Server) -> None:
    release = server.http.get("/").headers["UN-Missions-Release"]
    assert Page(server, f"/?release={release}").response.headers["UN-Missions-Release"] == release
    assert Page(server, "/?release=999").status == 404
