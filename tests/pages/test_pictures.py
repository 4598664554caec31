"""Drawings of results: offered where they suit, taken along as pictures, framed elsewhere."""

import hashlib
import re
from base64 import b64encode
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from tests.pages.tabs import SMALLEST, WIDE, Tabs
from tests.queries.page_reading import Page, words
from tests.server.servers import Server

VIEWS = {
    "places-visited": "map",
    "missions-by-country": "bar",
    "coverage-of-the-data": "stacked",
    "missions-by-year": "line",
    "timeline-of-events": "timeline",
    "co-participation-network": "network",
}
LATITUDES = "SELECT ?place ?lat { ?place <http://www.w3.org/2003/01/geo/wgs84_pos#lat> ?lat }"
SVG = "{http://www.w3.org/2000/svg}"

# The letters of each name that are not cut off.
SEEN = """() => [...document.querySelectorAll('.network .label')].map(label => {
  const [range, end] = [document.createRange(), label.getBoundingClientRect().bottom + 4];
  const texts = document.createTreeWalker(label, NodeFilter.SHOW_TEXT);
  let seen = '';
  while (texts.nextNode()) [...texts.currentNode.data].forEach((letter, at) => {
    range.setStart(texts.currentNode, at);
    range.setEnd(texts.currentNode, at + 1);
    if (range.getBoundingClientRect().bottom <= end) seen += letter;
  });
  return seen;
})"""

# How far the ties that are lit begin and end from the middle of a name that is lit, in pixels.
FOLLOWED = """network => {
  const middles = [...network.querySelectorAll('[data-node].is-lit')].map(one => one.getBoundingClientRect())
    .map(box => box.top + box.height / 2);
  const lit = [...network.querySelectorAll('.tie.is-lit')];
  return lit.filter(tie => tie.ownerSVGElement.clientHeight).flatMap(tie => {
    const box = tie.ownerSVGElement.getBoundingClientRect();
    const scale = box.height / tie.ownerSVGElement.viewBox.baseVal.height;
    return [0, tie.getTotalLength()].map(at => box.top + tie.getPointAtLength(at).y * scale)
      .map(y => Math.min(...middles.map(middle => Math.abs(middle - y))));
  });
}"""


def texts(picture: ElementTree.Element) -> list[str]:
    return ["".join(node.itertext()) for node in picture.iter(f"{SVG}text")]


def test_bars_are_sorted_thick_and_have_their_number_at_the_end(server: Server) -> None:
    page = Page(server, "/queries/meetings-by-kind")

    bars = page.all(".rows.bar .track rect")
    first = [
        float((bar.attributes["width"] or "").rstrip("%"))
        for bar in bars
        if bar.attributes["class"] == "series-0"
    ]
    assert len(first) > 2 and first == sorted(first, reverse=True)
    values = page.all(".rows.bar .track text")
    assert [value.attributes["x"] for value in values] == [bar.attributes["width"] for bar in bars]
    assert {bar.attributes["height"] for bar in bars} == {"18"}


def test_parts_of_a_whole_fill_the_width_and_the_whole_is_none_of_them(server: Server) -> None:
    page = Page(server, "/queries/coverage-of-the-data")

    assert page.texts(".stacked .legend li") == ["known", "unknown"]
    for track in page.all(".stacked .track"):
        widths = [float((rect.attributes["width"] or "").rstrip("%")) for rect in track.css("rect")]
        assert sum(widths) == pytest.approx(100, abs=0.1)


def test_years_are_points_on_lines_in_their_order(server: Server) -> None:
    english, arabic = (Page(server, "/queries/missions-by-year", language) for language in ("en", "ar"))

    for page, is_mirrored in ((english, False), (arabic, True)):
        places = [float((c.attributes["cx"] or "").rstrip("%")) for c in page.all(".chart circle.series-0")]
        assert len(places) >= 3 and places == sorted(places, reverse=is_mirrored)
    assert "2011" in english.texts(".chart text")


def test_envoys_face_the_bodies_and_the_kinds_of_ties_are_told_apart(server: Server) -> None:
    page = Page(server, "/queries/co-participation-network")
    assert {"Francis Deng", "Edward Luck", "Adama Dieng"} <= set(page.texts(".network .near .label"))
    assert "European Union (EU)" in page.texts(".network .far .label")

    bodies = Page(server, "/queries/envoys-and-bodies").texts(".network .far li")
    assert bodies.index("European Union (EU)") < bodies.index("Others")
    assert any("(DROI)" in name for name in bodies[: bodies.index("Others")])

    typed = Page(server, "/queries/network-of-envoys-and-institutions")
    assert len(typed.all(".network .legend li")) == 3 == len(typed.all(".network .far .parent"))


@pytest.mark.parametrize(("query", "view"), VIEWS.items())
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_drawing_is_a_picture_of_its_own_with_its_source(
    server: Server, language: str, query: str, view: str
) -> None:
    answer = server.http.get(f"/embed/queries/{query}.svg?lang={language}")
    assert answer.headers["Content-Type"] == "image/svg+xml; charset=utf-8"

    picture = ElementTree.fromstring(answer.text)
    assert picture.attrib["class"] == f"drawing {view}"
    assert (picture.findtext(f"{SVG}title") or "") == Page(server, f"/queries/{query}", language).text("h1")
    assert answer.headers["UN-Missions-Release"] in " ".join(texts(picture)[-2:])
    links = [link.attrib["href"] for link in picture.iter(f"{SVG}a") if "href" in link.attrib]
    assert links and all(link.startswith(server.url) for link in links)
    style = (picture.findtext(f"{SVG}style") or "").encode()
    assert b64encode(hashlib.sha256(style).digest()).decode() in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(("query", "view"), VIEWS.items())
def test_a_drawing_may_be_framed_anywhere_and_has_its_rows_behind_it(
    server: Server, query: str, view: str
) -> None:
    page = Page(server, f"/embed/queries/{query}")

    assert "frame-ancestors *" in page.response.headers["Content-Security-Policy"]
    assert page.one("base").attributes == {"target": "_blank"}
    number = int(server.http.get(f"/queries/{query}/run.csv?page=1").headers["X-Total-Count"])
    assert page.all("figure.drawing svg") and len(page.rows()) == min(300, number)


def test_only_embedded_pages_may_be_framed(server: Server) -> None:
    for address in ("/", "/queries/places-visited", "/sparql", "/mission/2011-rome"):
        assert "frame-ancestors 'none'" in Page(server, address).response.headers["Content-Security-Policy"]


def test_another_view_is_drawn_where_it_suits_and_else_those_that_do_are_named(server: Server) -> None:
    assert Page(server, "/embed/queries/places-visited?view=bar").all("figure.rows.bar")

    problem = server.http.get("/embed/queries/places-visited?view=line").json()
    assert problem["status"] == 400 and problem["value"] == "line" and "map" in problem["detail"]
    nothing = server.http.get(f"/embed/sparql?query={quote(LATITUDES)}").json()
    assert nothing["status"] == 400 and "nothing in these rows that could be drawn" in nothing["detail"]


def test_the_result_of_any_query_is_a_picture_too(server: Server) -> None:
    text = "SELECT ?name ?number { VALUES (?name ?number) { ('a' 1) ('b' 3) } }"
    answer = server.http.get("/embed/sparql.svg", params={"query": text, "view": "bar", "title": "Letters"})

    picture = ElementTree.fromstring(answer.text)
    assert picture.findtext(f"{SVG}title") == "Letters"
    assert [text[0] for text in texts(picture)[2:6]] == ["b", "3", "a", "1"]
    assert "SELECT" in Page(server, f"/embed/sparql?query={quote(text)}").links(".facts a")[0]


@pytest.mark.parametrize("what", ["latitudes", "repeated", "negative"])
def test_no_bars_are_offered_of_what_has_no_length(server: Server, what: str) -> None:
    rows = {
        "latitudes": "SELECT ?name ?lat { VALUES (?name ?lat) { ('a' 1) ('b' 3) } }",
        "repeated": "SELECT ?name ?number { VALUES (?name ?number) { ('a' 1) ('a' 3) } }",
        "negative": "SELECT ?name ?number { VALUES (?name ?number) { ('a' -1) ('b' 3) } }",
    }
    page = Page(server, f"/sparql?query={quote(rows[what])}")
    shown = [radio.attributes["value"] for radio in page.all("input[name=show]")]
    assert shown == ["table", "raw"]


def test_what_a_page_offers_to_take_is_the_drawing_that_it_shows(server: Server) -> None:
    page = Page(server, "/queries/meetings-in-a-period?from=2011-01-01&to=2011-12-31")

    picture = page.one(".take a").attributes["href"] or ""
    assert "from=2011-01-01" in picture and server.http.get(picture).status_code == 200
    frame = re.search(r'src="([^"]+)"', words(page.one(".take code")))
    assert frame and len(Page(server, frame[1].removeprefix(server.url)).all(".rows li")) == len(
        page.all(".rows > ol > li")
    )


def test_a_picture_is_saved_as_png_by_its_button(tabs: Tabs) -> None:
    tab = tabs()
    tab.open("/queries/missions-by-year")
    with tab.page.expect_download() as download:
        tab.page.get_by_role("button", name="PNG").click()
    assert download.value.suggested_filename == "missions-by-year.png"
    content = download.value.path().read_bytes()
    assert content.startswith(b"\x89PNG") and int.from_bytes(content[16:20], "big") == 1800
    assert tab.complaints == []


@pytest.mark.matrix
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_network_shows_the_ties_of_what_is_pointed_at_or_focused(tabs: Tabs, language: str) -> None:
    tab = tabs(language)
    tab.open("/queries/co-participation-network")
    tab.page.locator(".near a[href*='adama-dieng']").focus()
    lit = tab.page.locator(".wide .tie.is-lit").count()
    assert lit == int(
        tab.page.locator(".near li:has(a[href*='adama-dieng']) .degree").inner_text().split()[-1]
    )
    tab.page.locator("h1").hover()
    tab.page.locator(".far a").first.hover()
    assert 0 < tab.page.locator(".wide .tie.is-lit").count() != lit


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_tap_on_a_name_leaves_its_ties_and_another_opens_it(
    tabs: Tabs, server: Server, language: str
) -> None:
    browser = tabs().page.context.browser
    assert browser
    phone = browser.new_context(viewport=SMALLEST, has_touch=True, is_mobile=True, base_url=server.url)
    page = phone.new_page()
    page.goto(f"/queries/envoys-and-bodies?lang={language}")
    assert page.locator(".by-touch").is_visible() and not page.locator(".by-pointer").is_visible()
    names, luck = page.locator(".network li[data-node]:visible"), page.locator(".near a[href*='edward-luck']")
    everything = names.count()
    luck.tap()
    assert 1 < names.count() < everything and page.url.split("?")[0].endswith("/envoys-and-bodies")
    ends = page.locator(".network").evaluate(FOLLOWED)
    assert ends and max(ends) < 2
    page.locator(".network .legend").tap()
    assert names.count() == everything
    luck.tap()
    luck.tap()
    page.wait_for_url("**/person/edward-luck*")
    phone.close()


def test_a_network_says_what_its_numbers_and_lines_mean(server: Server) -> None:
    told = Page(server, "/queries/institutions-hierarchy").texts(".network .help")[0]
    assert told.startswith(
        "The number beside a name counts its ties. Thickness of the lines: depth, from 1 to"
    )


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_number_on_a_line_stands_above_the_line_of_zero(tabs: Tabs, language: str) -> None:
    tab = tabs(language)
    tab.open("/queries/missions-by-year")
    assert tab.page.evaluate("""() => {
      const lowest = Math.max(...[...document.querySelectorAll('.lines .level')].map(one => one.getBBox().y));
      return [...document.querySelectorAll('.lines .value')].every(one => one.getBBox().y + 14 < lowest);
    }""")


def test_a_network_begins_on_the_first_page_of_paper(tabs: Tabs) -> None:
    tab = tabs()
    tab.open("/queries/network-of-envoys-and-institutions")
    tab.page.set_viewport_size({"width": 680, "height": 1009})
    tab.page.emulate_media(media="print")
    box = tab.page.locator(".network").bounding_box()
    tab.page.emulate_media(media="screen")
    tab.page.set_viewport_size(WIDE)
    assert box and box["y"] + box["height"] < 1009


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_two_names_of_a_network_look_the_same_on_a_small_phone(tabs: Tabs, language: str) -> None:
    tab = tabs(language)
    tab.page.set_viewport_size(SMALLEST)
    tab.open("/queries/envoys-and-bodies")
    seen = tab.page.evaluate(SEEN)
    tab.page.set_viewport_size(WIDE)
    assert len(seen) > 40 and len(set(seen)) == len(seen)
