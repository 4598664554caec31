"""Maps have the land that is built under them, a window that fits their places, and names to be read."""

import json
import math
import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from server.drawings import land as module
from server.drawings.land import BUILT, COUNTRIES, LAND, country, land, middle
from server.drawings.projection import WIDTH, Point, Projection, around
from tests.cases import some
from tests.pages.tabs import PHONE, SMALLEST, WIDE, Tabs
from tests.queries.page_reading import Page
from tests.server.servers import Server

MOST_BYTES = 30_000
built = pytest.mark.skipif(not (BUILT / COUNTRIES).is_file(), reason="the land is not built: make assets")
# An island, a lake in it, and an island far away.
SQUARES = [
    [[0, 0], [20, 0], [20, 10], [0, 10]],
    [[5, 4], [8, 4], [8, 7], [5, 7]],
    [[100, 50], [110, 50], [110, 60]],
]
OVERLAPS = """() => {
  const shown = one => getComputedStyle(one).display !== 'none';
  const names = [...document.querySelectorAll('.map .name')].filter(shown).map(one => one.getBBox());
  return names.filter((one, place) => names.some((other, at) => at > place
    && one.x < other.x + other.width && other.x < one.x + one.width
    && one.y + one.height / 4 < other.y + other.height
    && other.y + other.height / 4 < one.y + one.height)).length;
}"""

# Of the 24 pixels around each dot: how many are no link; whether its middle leads to it, and the list.
HIT = """() => [...document.querySelectorAll('.map svg a.dot')].map(place => {
  place.scrollIntoView({block: 'center'});
  const frame = place.ownerSVGElement.getBoundingClientRect();
  const href = place.getAttribute('href');
  const shown = one => getComputedStyle(one).display !== 'none';
  const links = [...document.querySelectorAll('.map a')].filter(one => one.getAttribute('href') === href);
  const box = place.querySelector('circle:not(.dab)').getBoundingClientRect();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const at = (dx, dy) => document.elementFromPoint(x + dx, y + dy)?.closest('a');
  const inside = (dx, dy) => x + dx > frame.left && x + dx < frame.right - 1
    && y + dy > frame.top && y + dy < frame.bottom - 1;
  const around = [[-11.5, 0], [11.5, 0], [0, -11.5], [0, 11.5], [-8, -8], [8, -8], [-8, 8], [8, 8]];
  return {
    place: place.getAttribute('aria-label'),
    misses: around.filter(([dx, dy]) => inside(dx, dy) && !at(dx, dy)).length,
    isHit: at(0, 0)?.getAttribute('href') === href,
    isNarrow: around.some(([dx, dy]) => inside(dx, dy)
      && at(dx, dy)?.getAttribute('href') !== href && at(dx, dy)?.closest('[data-thing]:not(.area)')),
    isListed: links.some(one => !one.closest('svg') && shown(one.closest('p'))),
  };
})"""

UNNAMED = """() => {
  const shown = one => getComputedStyle(one).display !== 'none';
  const names = [...document.querySelectorAll('.map .name, .map figcaption p')].filter(shown);
  const links = names.flatMap(one => [one.closest('a'), ...one.querySelectorAll('a')]).filter(one => one);
  const named = new Set(links.map(one => one.getAttribute('href')));
  return [...document.querySelectorAll('.map svg a[aria-label]:not([aria-hidden])')]
    .filter(one => !named.has(one.getAttribute('href'))).map(one => one.getAttribute('aria-label'));
}"""


@pytest.fixture
def squares(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An earth with two square islands; the first one is the country 056."""
    (tmp_path / LAND).write_text(json.dumps(SQUARES))
    (tmp_path / COUNTRIES).write_text(json.dumps({"056": SQUARES[:1]}))
    monkeypatch.setattr(module, "BUILT", tmp_path)
    _forget()
    yield
    _forget()


def _forget() -> None:
    for cached in (module._file, land, country, middle):
        cached.cache_clear()


def rings(path: str) -> list[list[Point]]:
    """The corners of the rings of a path."""
    found = []
    for ring in path.split("z")[:-1]:
        x, y = 0.0, 0.0
        points = []
        for pair in re.findall(r"(-?[\d.]+),(-?[\d.]+)", ring):
            x, y = x + float(pair[0]), y + float(pair[1])
            points.append((x, y))
        found.append(points)
    return found


@pytest.mark.usefixtures("squares")
def test_land_in_the_window_is_drawn_where_it_lies() -> None:
    window = around([(-5, -5), (25, 15)])
    island, lake = rings(land(window))
    wanted = [(window.x(x), window.y(y)) for x, y in SQUARES[0]]
    assert [pytest.approx(point, abs=0.1) for point in wanted] == island
    assert len(lake) == 4


@pytest.mark.usefixtures("squares")
def test_land_is_cut_at_the_edge_of_the_window() -> None:
    window = Projection(west=10, north=5, scale=40, squeeze=1, height=400)
    points = [point for ring in rings(land(window)) for point in ring]
    assert points
    assert all(-5 <= x <= WIDTH + 5 and -5 <= y <= window.height + 5 for x, y in points)
    assert land(Projection(west=-150, north=-50, scale=40, squeeze=1, height=400)) == ""


def test_without_the_land_there_is_a_map_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUILT", tmp_path)
    _forget()
    assert land(around([(0, 0)])) == "" == country("056", around([(0, 0)]))
    _forget()


@built
def test_the_land_that_is_built_lies_on_the_earth() -> None:
    earth = json.loads((BUILT / LAND).read_text(encoding="utf-8"))
    assert len(earth) > 100
    for ring in earth:
        assert all(-90 <= y <= 90 and round(x, 2) == x and round(y, 2) == y for x, y in ring)
        leaps = [abs(x - other) for (x, y), (other, _) in pairwise(ring) if y > -90]
        assert max(leaps) < 30
    assert len(land(around([(-180, -90), (180, 90)]))) < MOST_BYTES


@pytest.mark.usefixtures("squares")
def test_a_country_lies_where_its_part_of_the_land_does() -> None:
    window = around([(-5, -5), (25, 15)])

    assert rings(country("056", window)) == rings(land(window))[:1]
    assert middle("056") == (10, 5)
    assert country("999", window) == "" and middle("999") is None


@built
def test_what_m49_counts_by_itself_is_no_part_of_a_country() -> None:
    whole = around([(-180, -90), (180, 90)])

    guiana = whole.x(-50), whole.y(0)
    assert not [p for ring in rings(country("250", whole)) for p in ring if p[0] < guiana[0] and p[1] > 300]
    assert len(rings(country("360", whole))) > 5


@built
@pytest.mark.parametrize("address", ["/", "/places", "/queries/places-visited", "/places?country=belgium"])
def test_a_map_on_a_page_has_land_and_is_small(server: Server, address: str) -> None:
    page = Page(server, address)
    path = page.one(".map path.land").attributes["d"] or ""
    assert 100 < len(path) < MOST_BYTES


def test_a_map_of_one_town_shows_what_is_around_it(server: Server) -> None:
    page = Page(server, "/places?country=nigeria")
    circle = page.one(".map .dot circle:not(.dab)").attributes
    assert float(circle["cx"] or 0) == pytest.approx(WIDTH / 2, abs=1)
    assert len(page.all(".map .grid text")) >= 4


def test_a_window_is_never_nearer_than_a_region_and_holds_all_points() -> None:
    for points in (
        [(7.5, 9.1)],
        [(2.3, 48.9), (4.4, 50.8)],
        [(-77.0, 38.9), (105.8, 21.0)],
        [(0, -89), (9, 89)],
    ):
        window = around(points)
        assert window.height / window.scale >= 18
        for longitude, latitude in points:
            assert 0 < window.x(longitude) < WIDTH and 0 < window.y(latitude) < window.height


@pytest.mark.parametrize("address", ["/", "/places", "/places?region=western-europe"])
@pytest.mark.parametrize("language", some(["ar", "en"]))
def test_no_name_on_a_map_covers_another(tabs: Tabs, language: str, address: str) -> None:
    tab = tabs(language)
    tab.open(address)
    for size in (WIDE, PHONE):
        tab.page.set_viewport_size(size)
        assert tab.page.locator(".map .name:visible").count() > 1
        assert tab.page.evaluate(OVERLAPS) == 0
    tab.page.set_viewport_size(WIDE)


@pytest.mark.parametrize("address", ["/", "/places", "/queries/places-visited", "/mission/2010-west-africa"])
def test_a_finger_on_the_middle_of_a_place_opens_it_and_the_list_has_those_with_little_room(
    tabs: Tabs, address: str
) -> None:
    """axe-core does not look at links in drawings."""
    tab = tabs("en")
    tab.page.set_viewport_size(SMALLEST)
    tab.open(address)
    found = tab.page.evaluate(HIT)
    tab.page.set_viewport_size(WIDE)
    assert found and [one for one in found if one["misses"] or not one["isHit"]] == []
    assert [one for one in found if one["isNarrow"] and not one["isListed"]] == []


@pytest.mark.parametrize(("address", "dot"), [("/", "paris"), ("/queries/places-visited", "brussels")])
def test_a_tap_on_a_phone_opens_the_place_under_the_finger(
    tabs: Tabs, server: Server, address: str, dot: str
) -> None:
    browser = tabs().page.context.browser
    assert browser
    phone = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, base_url=server.url)
    page = phone.new_page()
    page.goto(address)
    circle = page.locator(f".map a.dot[href='/place/{dot}'] circle:not(.dab)")
    circle.scroll_into_view_if_needed()
    box = circle.bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url(f"**/place/{dot}*", timeout=10_000)
    phone.close()


@pytest.mark.parametrize("language", some(["ar", "en"]))
@pytest.mark.parametrize(
    "address", ["/", "/places", "/queries/places-visited", "/embed/queries/places-visited"]
)
def test_every_place_of_a_map_is_named_on_it_or_below(tabs: Tabs, language: str, address: str) -> None:
    tab = tabs(language)
    tab.open(address)
    for size in (WIDE, PHONE, SMALLEST):
        tab.page.set_viewport_size(size)
        assert tab.page.evaluate(UNNAMED) == []
    tab.page.set_viewport_size(WIDE)


@built
@pytest.mark.parametrize(("language", "words"), [("en", "Ghana"), ("ar", "غانا")])
def test_a_country_without_a_point_is_shaded_named_a_link_and_not_called_missing(
    server: Server, language: str, words: str
) -> None:
    page = Page(server, "/", language)

    area = page.one(f'.map a[aria-label="{words}"]')
    assert (area.attributes["href"] or "").startswith("/place/ghana")
    assert area.css_first("path.visited") and words in page.texts(".map .name")
    assert words not in page.text(".map figcaption p:last-child")


@pytest.mark.parametrize("met", ["/group/2010-guinea-civil-society-experts", "/institution/ecowas"])
def test_the_map_of_who_was_met_has_the_places_of_the_meeting_and_not_where_the_mission_went_on(
    server: Server, met: str
) -> None:
    links = Page(server, met).links(".map a")

    assert any("/place/conakry" in link for link in links)
    assert not any("/place/ghana" in link for link in links)


@built
def test_a_country_too_small_for_a_shape_has_a_speck_that_no_shape_covers(server: Server) -> None:
    page = Page(server, "/")

    marks = [mark.attributes["class"] for mark in page.all(".map a.area > :is(.visited, .speck)")]
    assert marks.count("speck") == 1 and marks[-1] == "speck"
    assert page.one(".map a.area:has(> .speck)").attributes["aria-label"] == "Singapore"


@pytest.mark.parametrize("address", ["/", "/places", "/queries/places-visited"])
def test_no_dot_of_a_wide_map_hides_another(server: Server, address: str) -> None:
    circles = [circle.attributes for circle in Page(server, address).all(".map .dot circle:not(.dab)")]
    dots = [tuple(float(circle[name] or 0) for name in ("cx", "cy", "r")) for circle in circles]
    for (x, y, radius), (other_x, other_y, other) in combinations(dots, 2):
        assert math.dist((x, y), (other_x, other_y)) > max(radius, other)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_dot_says_its_numbers_and_leads_to_its_place(server: Server, language: str) -> None:
    page = Page(server, "/queries/places-visited", language)

    for dot in page.all(".map a.dot"):
        assert (dot.attributes["href"] or "").startswith("/place/")
        label = dot.attributes["aria-label"] or ""
        title = dot.css_first("title")
        assert title and title.text() == label and any(map(str.isdigit, label))


def test_a_map_says_what_the_size_of_its_circles_means_and_which_rows_it_cannot_show(server: Server) -> None:
    page = Page(server, "/queries/places-visited")

    assert "Size of the circles: missions, from 1 to 2." in page.text(".map figcaption")
    assert "South-East Asia" in page.text(".map figcaption p:last-child")


def test_degrees_are_read_from_the_right_in_arabic(server: Server) -> None:
    page = Page(server, "/", "ar")

    assert page.all(".map .grid")[1].attributes["direction"] == "rtl"
    assert "30° شمالا" in page.texts(".map .grid text")


def test_the_map_of_a_mission_names_the_places_that_have_no_point(server: Server) -> None:
    page = Page(server, "/mission/2010-west-africa")

    assert "Conakry" in page.texts(".map .name")
    assert not {"Ghana", "غانا"} & set(Page(server, "/place/guinea").texts(".map .name"))
    assert page.texts(".map figcaption a") == ["Forest Guinea"]
