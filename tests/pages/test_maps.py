"""Maps have the land that is built under them, a window that fits their places, and names to be read."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from server.drawings import land as module
from server.drawings.land import FILE, land
from server.drawings.projection import WIDTH, Point, Projection, around
from tests.pages.tabs import Tabs
from tests.queries.page_reading import Page
from tests.server.servers import Server

MOST_BYTES = 30_000
built = pytest.mark.skipif(not FILE.is_file(), reason="the land is not built: make assets")
# An island, a lake in it, and an island far away.
SQUARES = [
    [[0, 0], [20, 0], [20, 10], [0, 10]],
    [[5, 4], [8, 4], [8, 7], [5, 7]],
    [[100, 50], [110, 50], [110, 60]],
]
OVERLAPS = """() => {
  const names = [...document.querySelectorAll('.map .name')].map(one => one.getBBox());
  return names.filter((one, place) => names.some((other, at) => at > place
    && one.x < other.x + other.width && other.x < one.x + one.width
    && one.y + 3 < other.y + other.height && other.y + 3 < one.y + one.height)).length;
}"""


@pytest.fixture
def squares(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An earth with two square islands."""
    file = tmp_path / "land.json"
    file.write_text(json.dumps(SQUARES))
    monkeypatch.setattr(module, "FILE", file)
    _forget()
    yield
    _forget()


def _forget() -> None:
    module._rings.cache_clear()
    land.cache_clear()


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
    monkeypatch.setattr(module, "FILE", tmp_path / "nothing.json")
    _forget()
    assert land(around([(0, 0)])) == ""
    _forget()


@built
def test_the_land_that_is_built_lies_on_the_earth() -> None:
    earth = json.loads(FILE.read_text(encoding="utf-8"))
    assert len(earth) > 100
    for ring in earth:
        assert all(-90 <= y <= 90 and round(x, 2) == x and round(y, 2) == y for x, y in ring)
        leaps = [abs(x - other) for (x, y), (other, _) in pairwise(ring) if y > -90]
        assert max(leaps) < 30
    assert len(land(around([(-180, -90), (180, 90)]))) < MOST_BYTES


@built
@pytest.mark.parametrize("address", ["/", "/places", "/queries/places-visited", "/places?country=belgium"])
def test_a_map_on_a_page_has_land_and_is_small(server: Server, address: str) -> None:
    page = Page(server, address)
    path = page.one(".map path.land").attributes["d"] or ""
    assert 100 < len(path) < MOST_BYTES


def test_a_map_of_one_town_shows_what_is_around_it(server: Server) -> None:
    page = Page(server, "/places?country=nigeria")
    circle = page.one(".map circle").attributes
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
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_name_on_a_map_covers_another(tabs: Tabs, language: str, address: str) -> None:
    tab = tabs(language)
    tab.open(address)
    assert tab.page.locator(".map .name").count() > 1
    assert tab.page.evaluate(OVERLAPS) == 0
