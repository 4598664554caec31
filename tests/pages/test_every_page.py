"""What holds for a page of every kind: status, language, heading, width, hosts, no complaint, no script."""

import pytest

from tests.cases import by_turns, some
from tests.pages.addresses import KINDS, LANGUAGES, Kind
from tests.pages.tabs import SMALLEST, WIDE, Tabs
from tests.queries.page_reading import Page
from tests.server.servers import Server

# Pages that differ only in what was chosen on them.
SAME_PLACE = ({"missions", "missions-of-a-year"}, {"editor", "editor-result"})
HEAD = """() => ({
  lang: document.documentElement.lang,
  dir: document.documentElement.dir,
  title: document.title,
  headings: document.querySelectorAll('h1').length,
  main: document.querySelectorAll('main').length,
  heading: document.querySelector('h1')?.innerText.trim(),
  alternates: [...document.querySelectorAll('link[rel=alternate][hreflang]')].map(l => l.hreflang).sort(),
  others: [...document.querySelectorAll('a[hreflang]')].filter(a => a.offsetParent).map(a => a.hreflang),
})"""


@pytest.mark.parametrize(("kind", "language"), by_turns(KINDS, LANGUAGES, of=20))
def test_a_page_is_whole_in_its_language_and_fits_a_phone(tabs: Tabs, kind: Kind, language: str) -> None:
    tab = tabs(language)
    tab.page.set_viewport_size(WIDE)
    assert tab.open(kind.address) == kind.status
    head = tab.page.evaluate(HEAD)
    assert (head["lang"], head["dir"]) == (language, LANGUAGES[language])
    assert head["title"] and head["heading"] and head["headings"] == head["main"] == 1
    assert head["alternates"] == sorted(LANGUAGES)
    assert set(head["others"]) == set(LANGUAGES) - {language}
    assert tab.overflow <= 0
    tab.page.set_viewport_size(SMALLEST)
    assert tab.overflow <= 0
    assert tab.hosts == {tab.server.url.removeprefix("http://")}
    assert tab.complaints == []


@pytest.mark.parametrize("kind", some(KINDS, of=10), ids=lambda kind: kind.name)
def test_a_page_can_be_read_without_a_script(tabs: Tabs, kind: Kind) -> None:
    tab = tabs("ar", script=False)
    assert tab.open(kind.address) == kind.status
    assert tab.page.locator("h1").inner_text().strip()
    assert len(tab.page.locator("main").inner_text()) > 40
    assert tab.page.locator("main :is(a[href], button)").count() > 0
    assert tab.page.locator("main [hidden]:visible").count() == 0


@pytest.mark.parametrize("kind", some(KINDS, of=3), ids=lambda kind: kind.name)
def test_a_page_as_it_is_sent_has_neither_script_nor_style_in_it(server: Server, kind: Kind) -> None:
    page = Page(server, kind.address)
    assert page.status == kind.status
    assert page.all("script:not([src]):not([type$=json]), style, [style], [onclick], base, iframe") == []


def test_pages_are_told_apart_by_their_titles(server: Server) -> None:
    titles: dict[str, str] = {}
    for kind in KINDS:
        if kind.status == 200:
            other = titles.setdefault(Page(server, kind.address).text("head > title"), kind.name)
            assert other == kind.name or {other, kind.name} in SAME_PLACE


def test_forms_and_downloads_work_without_a_script(tabs: Tabs, server: Server) -> None:
    tab = tabs("en", script=False)
    tab.open("/")
    tab.page.locator("form[role=search] input[name=q]").first.fill("داكار")
    tab.page.locator("form[role=search] button").first.click()
    tab.page.locator("main a", has_text="Dakar").first.click()
    assert "Dakar" in tab.page.locator("h1").inner_text()
    tab.open("/queries/who-met-whom")
    tab.page.locator(".another > summary").click()
    tab.page.locator("form.query input[value='2010']").check()
    tab.page.locator("form.query button:not([name])").click()
    assert "year=2010" in tab.page.url
    rows = tab.page.locator("table tbody").all_inner_texts()
    assert rows and all("2010" in row for row in rows)
    with tab.page.expect_download() as download:
        tab.page.locator(".downloads a", has_text="CSV").click()
    assert "2010" in download.value.path().read_text("utf-8")
    tab.open("/sparql")
    tab.page.locator("textarea").fill("SELECT ?word { VALUES ?word { 'asked-without-a-script' } }")
    tab.page.locator("main form button").first.click()
    assert "asked-without-a-script" in tab.page.locator("main").inner_text()


def test_what_keeps_words_apart_is_not_seen_on_any_page_in_arabic(server: Server) -> None:
    pages = {kind.name: Page(server, kind.address, "ar") for kind in KINDS}
    assert {name for name, page in pages.items() if page.all(".unseen")} == set()
