"""On a phone the words of the source are a sheet from below that a bar at the foot of the window opens."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.pages.tabs import PHONE, WIDE, Tabs
from tests.server.servers import Server

ROME, DENG = "/mission/2011-rome", "/person/francis-deng"
CASES = {"en": (ROME, "The words of the source"), "ar": (DENG, "أين يقول المصدر ذلك")}
IN_FOCUS = "element => element === document.activeElement"


@pytest.fixture(params=list(CASES))
def phone(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Page]:
    """A page under a finger; its bar is named as the words are."""
    address, title = CASES[request.param]
    context = browser.new_context(
        viewport=PHONE, has_touch=True, locale=request.param, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(server.url + address)
    assert page.locator(".opener").inner_text() == title
    yield page
    context.close()


def test_the_bar_opens_the_words_and_focus_goes_in_and_back(phone: Page) -> None:
    words, bar = phone.locator(".passage"), phone.locator(".opener button")
    closings: list[Callable[[], None]] = [
        phone.locator(".passage .close").tap,
        lambda: phone.keyboard.press("Escape"),
    ]
    for close in closings:
        assert not words.is_visible()
        bar.tap()
        box = words.bounding_box()
        assert box and round(box["y"] + box["height"]) == PHONE["height"]
        assert 100 < box["height"] <= PHONE["height"] * 0.6 + 1
        assert words.evaluate(IN_FOCUS)
        close()
        assert bar.evaluate(IN_FOCUS)


def test_the_bar_covers_nothing_and_is_neither_printed_nor_on_wide_windows(phone: Page) -> None:
    phone.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    last, bar = (phone.locator(one).bounding_box() for one in ("footer.site", ".opener"))
    assert last and bar and last["y"] + last["height"] <= bar["y"] + 1
    for size, is_paper in ((WIDE, False), (WIDE, True), (PHONE, True)):
        phone.set_viewport_size(size)
        phone.emulate_media(media="print" if is_paper else "screen")
        assert phone.locator(".passage").is_visible()
        assert not phone.locator(".opener").is_visible()


def test_a_tap_on_words_in_the_sheet_lights_their_value_in_sight(browser: Browser, server: Server) -> None:
    page = browser.new_context(viewport=PHONE, has_touch=True, locale="en").new_page()
    page.goto(server.url + ROME)
    page.locator(".opener button").tap()
    page.locator(".passage a.mark", has_text="في روما").first.tap()
    page.wait_for_timeout(200)
    assert "#" not in page.url
    lit, sheet = (
        page.locator(".story .said.is-lit").first.bounding_box(),
        page.locator(".passage").bounding_box(),
    )
    assert lit and sheet and lit["y"] >= 0 and lit["y"] + lit["height"] <= sheet["y"]
    page.context.close()


def test_the_heading_and_its_button_stay_above_the_words_that_are_scrolled(phone: Page) -> None:
    phone.locator(".opener button").tap()
    phone.locator(".passage").evaluate("words => { words.scrollTop = 150; }")
    head, sheet = phone.locator(".passage .head"), phone.locator(".passage")
    box, around = head.bounding_box(), sheet.bounding_box()
    assert box and around and box["y"] == around["y"] and box["width"] == around["width"]
    assert head.locator("h2").is_visible() and head.locator(".close").is_visible()
    ground = "one => getComputedStyle(one).backgroundColor"
    assert head.evaluate(ground) == sheet.evaluate(ground)


def test_tab_past_its_end_and_a_tap_beside_it_close_the_sheet(phone: Page) -> None:
    words, bar = phone.locator(".passage"), phone.locator(".opener button")
    bar.tap()
    words.locator("a, summary").last.focus()
    phone.keyboard.press("Tab")
    assert not words.is_visible() and not phone.locator("body").evaluate(IN_FOCUS)
    bar.tap()
    assert words.is_visible()
    phone.touchscreen.tap(200, 100)
    assert not words.is_visible()


def test_without_script_the_words_stand_in_the_column(tabs: Tabs) -> None:
    tab = tabs("en", script=False)
    tab.page.set_viewport_size(PHONE)
    assert tab.open(ROME) == 200
    assert tab.page.locator(".passage").is_visible()
    assert tab.page.locator(".passage").evaluate("one => getComputedStyle(one).position") == "static"
