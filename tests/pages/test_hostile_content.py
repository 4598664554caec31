"""What is stored or sent cannot run, hide or lead astray on any page, nor make it wider than a phone."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.cases import by_turns, some
from tests.pages.addresses import KINDS, LANGUAGES
from tests.pages.hostile import DATA, OWN, QUADS
from tests.pages.tabs import PHONE, Tab, new_tab
from tests.queries.page_reading import Page
from tests.server.servers import Server, Start, publish

SAFE = ("/", "#", "?", "http://", "https://")
HIDING = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202a-\u202e\u2066-\u2069\u200b]")
ADDRESSES = (*(kind.address for kind in KINDS), *OWN)


@pytest.fixture(scope="module")
def hostile(store: Path, start: Start, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the project's data, among which somebody has put what would like to run."""
    copy = tmp_path_factory.mktemp("hostile") / "store"
    shutil.copytree(store, copy, symlinks=True)
    publish(copy, QUADS)
    with start(store=copy, token="") as running:
        yield running


@pytest.fixture(scope="module")
def tab(browser: Browser, hostile: Server) -> Tab:
    found = new_tab(browser, hostile, "en")
    found.page.set_viewport_size(PHONE)
    return found


@pytest.mark.parametrize(("address", "language"), by_turns(ADDRESSES, LANGUAGES, of=2))
def test_nothing_stored_becomes_markup_or_a_link_that_runs(
    hostile: Server, address: str, language: str
) -> None:
    page = Page(hostile, address, language)
    assert page.status < 500
    for script in page.all("script"):
        kind, source = script.attributes.get("type") or "", script.attributes.get("src") or ""
        assert kind.endswith("json") or source.startswith("/static/")
    for node in page.all("*"):
        assert not [name for name in node.attributes if name.startswith("on")], node.html
        for name in ("href", "src", "action", "formaction", "xlink:href"):
            link = node.attributes.get(name)
            assert not link or (link.startswith(SAFE) and not link.startswith("//")), link
    assert page.all("main :is(img[onerror], svg[onload], iframe, object, embed, base)") == []


@pytest.mark.parametrize("address", some(ADDRESSES, of=3))
def test_nothing_hides_or_turns_the_direction_of_writing(hostile: Server, address: str) -> None:
    page = Page(hostile, address)
    for node in page.all("script"):
        node.decompose()
    assert not HIDING.search(page.one("html").text())


def test_the_things_are_shown_as_what_they_are_called(hostile: Server) -> None:
    for address in ("/mission/hostile", "/person/hostile"):
        assert Page(hostile, address).text("h1").startswith("<script>window.ran=1</script>")
    assert "</script></title></textarea>" in Page(hostile, "/mission/hostile", "ar").text("title")
    assert "<script>" in Page(hostile, "/ontology").text("#Hostile")
    for address in ("/search?q=window", "/missions", "/sources/key-missions-ar", "/section/2011-rome"):
        assert "<script>window.ran" in Page(hostile, address).text("main"), address


def test_what_would_hide_is_shown_by_its_number(hostile: Server) -> None:
    assert "U+202E" in Page(hostile, "/institution/hostile").text("h1")


@pytest.mark.parametrize("address", DATA)
def test_data_are_never_taken_for_a_page(hostile: Server, address: str) -> None:
    response = hostile.http.get(address)
    assert response.status_code == 200
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "html" not in response.headers["Content-Type"]


@pytest.mark.parametrize("address", some(OWN, of=4))
def test_nothing_runs_in_a_browser_and_nothing_is_wider_than_a_phone(tab: Tab, address: str) -> None:
    assert tab.open(address) < 500
    assert tab.page.evaluate("window.ran") is None
    assert tab.complaints == []
    assert tab.overflow <= 0


def test_nothing_runs_while_one_types(tab: Tab) -> None:
    tab.open("/")
    field = tab.page.locator("form[role=search] input[name=q]").first
    field.press_sequentially("window")
    tab.page.locator("form[role=search] a, [role=option]").first.wait_for()
    assert "<script>" in tab.page.locator("form[role=search]").first.inner_text()
    assert tab.page.evaluate("window.ran") is None
    assert tab.complaints == []
