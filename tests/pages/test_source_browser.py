"""In a browser, choosing words of the source shows what they support, and choosing a fact shows its words."""

import pytest
from playwright.sync_api import Page

from tests.cases import some
from tests.pages.tabs import PHONE, WIDE, Tab, Tabs
from tests.server.servers import SOON, until

ADDRESS = "/sources/key-missions-ar"
OUTER, INNER = "اجتمع المستشار الخاص أداما دينغ مع نائب رئيس الجماعة", "المستشار الخاص أداما دينغ"


@pytest.fixture(params=some(["ar", "en"]))
def tab(tabs: Tabs, request: pytest.FixtureRequest) -> Tab:
    found = tabs(request.param)
    found.page.set_viewport_size(WIDE)
    found.open("/sources")  # so that an address of the page with another anchor is a visit of its own
    assert found.open(ADDRESS) == 200
    return found


def highlighted(page: Page) -> str:
    """The words that are marked; those of two statements that share them stand one within the other."""
    return "".join(page.locator(".is-chosen:not(.is-chosen .is-chosen)").all_text_contents())


def test_choosing_words_shows_everything_that_rests_on_them(tab: Tab) -> None:
    page = tab.page
    panel = page.locator("#chosen")
    assert not panel.is_visible()
    page.locator(".mark", has_text=INNER).first.click()
    assert panel.locator(".quotation").all_text_contents() == [INNER, OUTER]
    assert panel.locator("a[href^='/participation/2012-abuja--adama-dieng--envoy']").is_visible()
    assert INNER in highlighted(page)
    assert page.evaluate("document.activeElement.closest('#chosen') !== null")
    assert tab.complaints == []


def test_the_keyboard_alone_opens_and_closes_and_comes_back(tab: Tab) -> None:
    page = tab.page
    mark = page.locator(".text .mark").first
    mark.focus()
    page.keyboard.press("Enter")
    assert page.locator("#chosen").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#chosen").is_visible()
    assert mark.evaluate("element => element === document.activeElement")


@pytest.mark.matrix
def test_the_address_of_a_statement_shows_its_words_even_where_others_cross_them(tab: Tab) -> None:
    page = tab.page
    words = page.locator(".words", has_text="نائب رئيس الجماعة").filter(has_not_text="اجتمع").first
    slug = words.get_attribute("data-statement")
    assert page.locator(f"[data-statement='{slug}']").count() > 1
    tab.open("/sources")
    tab.open(f"{ADDRESS}#{slug}")
    assert highlighted(page) == "نائب رئيس الجماعة الاقتصادية لدول غرب أفريقيا"
    assert page.locator("#chosen").is_visible()
    in_sight = "document.querySelector('.is-chosen').getBoundingClientRect().top < innerHeight"
    assert until(lambda: page.evaluate(in_sight), SOON)


def test_choosing_a_fact_of_the_list_leads_to_its_words(tab: Tab) -> None:
    page = tab.page
    page.locator(".notes .quotation").nth(150).click()
    chosen = page.locator(".is-chosen").first
    in_sight = (
        "(() => { const at = document.querySelector('.is-chosen')?.getBoundingClientRect().top;"
        " return at > 0 && at < innerHeight })()"
    )
    assert until(lambda: page.evaluate(in_sight), SOON)
    assert chosen.is_visible()


@pytest.mark.matrix
def test_the_panel_of_a_phone_does_not_lie_over_what_was_chosen(tab: Tab) -> None:
    page = tab.page
    page.set_viewport_size(PHONE)
    page.locator(".text .mark").nth(40).click()
    above = (
        "document.querySelector('.is-chosen').getBoundingClientRect().top"
        " < document.querySelector('#chosen').getBoundingClientRect().top"
    )
    assert until(lambda: page.evaluate(above), SOON)
    assert tab.overflow <= 0


@pytest.mark.matrix
@pytest.mark.parametrize("language", some(["ar", "en"]))
def test_without_a_script_marks_lead_to_notes_and_notes_to_marks(tabs: Tabs, language: str) -> None:
    tab = tabs(language, script=False)
    tab.open(ADDRESS)
    page = tab.page
    page.locator(".mark", has_text=INNER).first.click()
    note = page.locator(".notes li:target")
    assert INNER in note.inner_text()
    note.locator(".quotation").click()
    assert page.locator(".words:target").inner_text() == INNER
    assert not page.locator("#chosen").is_visible()


@pytest.mark.matrix
def test_the_text_can_be_read_without_marks_and_with_numbers(tab: Tab) -> None:
    page = tab.page
    line = "getComputedStyle(document.querySelector('.text .mark')).textDecorationLine"
    number = "getComputedStyle(document.querySelector('.note-number')).display"
    assert (page.evaluate(line), page.evaluate(number)) == ("underline", "none")
    page.locator("#with-marks").uncheck()
    page.locator("#with-numbers").check()
    assert (page.evaluate(line), page.evaluate(number)) == ("none", "inline")


@pytest.mark.matrix
def test_on_paper_the_marks_are_lines_and_numbers_without_controls(tab: Tab) -> None:
    page = tab.page
    page.emulate_media(media="print")
    try:
        assert not page.locator(".shown-how").is_visible()
        assert page.evaluate("getComputedStyle(document.querySelector('.note-number')).display") == "inline"
        assert page.locator(".notes").is_visible()
    finally:
        page.emulate_media(media="screen")
