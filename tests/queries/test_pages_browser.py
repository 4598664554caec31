"""The pages in a real browser: the journey of three clicks, nothing from elsewhere, no error, no script."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.cases import some
from tests.pages.tabs import Tab
from tests.server.servers import Server

LANGUAGES = ("en", "ar")
VIEWS = {
    "home": "/",
    "list": "/queries",
    "table": "/queries/who-met-whom?evidence=true",
    "bar": "/queries/missions-by-country",
    "timeline": "/queries/timeline-of-events",
    "map": "/queries/places-visited",
    "network": "/queries/co-participation-network",
    "graph": "/queries/mission-as-rdf",
    "empty": "/queries/things-by-name?name=qqq",
    "editor": "/sparql",
}
MOST_UNLIKE = ("network",)


class Visit(Tab):
    """A tab that notes every error and warning, of all its pages."""

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def go(self, address: str) -> Page:
        self.page.goto(self.server.url + address)
        return self.page


Visiting = Callable[..., Visit]


@pytest.fixture
def visiting(browser: Browser, server: Server) -> Iterator[Visiting]:
    """Opens tabs; when the test is over, none of them may have asked another host or complained."""
    visits: list[Visit] = []

    def begin(language: str = "en", width: int = 1280, scheme: str = "light", script: bool = True) -> Visit:
        context = browser.new_context(
            locale=language,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=script,
        )
        visit = Visit(context.new_page(), server)
        visit.page.on("request", visit.see)
        visit.page.on("console", visit.hear)
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        visits.append(visit)
        return visit

    yield begin
    for visit in visits:
        visit.page.context.close()
        assert visit.hosts <= {urlsplit(server.url).netloc}
        assert visit.complaints == []


@pytest.mark.parametrize(
    ("language", "mission", "met", "show", "whom", "quotation"),
    some([
        (
            "en", "Mission to Brussels, 2011", "Who was met", "Show where the source says so",
            "Subcommittee on Human Rights of the European Parliament (DROI)", "المستشار الخاص فرانسيس دينغ",
        ),
        (
            "ar", "البعثة الموفدة إلى بروكسل، 2011", "من التقاهم", "إظهار موضع ذلك في المصدر",
            "اللجنة الفرعية للبرلمان الأوروبي المعنية بحقوق الإنسان",
            "المستشار الخاص فرانسيس دينغ",
        ),
    ]),
)  # fmt: skip
@pytest.mark.parametrize("script", some([True, False]), ids=["script", "no-script"])
def test_whom_the_adviser_met_in_brussels_and_where_it_says_so_is_three_clicks_from_home(
    visiting: Visiting,
    script: bool,
    language: str,
    mission: str,
    met: str,
    show: str,
    whom: str,
    quotation: str,
) -> None:
    page = visiting(language, script=script).go("/")
    page.locator(".missions > li", has_text=mission).get_by_text(met).click()
    assert whom in page.locator("table").inner_text()
    page.get_by_role("link", name=show).click()
    row = page.locator("tbody", has_text="(DROI)" if language == "en" else "حقوق الإنسان").first
    assert row.locator("blockquote").first.is_visible()
    assert quotation in " ".join(page.locator("blockquote").all_text_contents())


@pytest.mark.parametrize(
    "address",
    [
        pytest.param(address, id=name, marks=[] if name in MOST_UNLIKE else pytest.mark.matrix)
        for name, address in VIEWS.items()
    ],
)
@pytest.mark.parametrize("language", some(["ar", "en"]))
def test_no_page_is_wider_than_a_phone_or_asks_another_host(
    visiting: Visiting, language: str, address: str
) -> None:
    for width, scheme in [(390, "light"), (1280, "dark")]:
        visit = visiting(language, width, scheme)
        visit.go(address)
        assert visit.overflow <= 0
        visit.page.evaluate("document.fonts.ready.then(() => null)")
        assert visit.page.evaluate("document.querySelectorAll('link[rel=stylesheet]').length") == 1


@pytest.mark.matrix
@pytest.mark.parametrize("language", some(["ar", "en"]))
def test_the_form_works_without_a_script(visiting: Visiting, language: str) -> None:
    page = visiting(language, script=False).go("/queries/who-met-whom")
    page.locator(".another > summary").click()
    page.locator("form.query input[value='2010']").check()
    page.locator("form.query button:not([name])").click()
    assert "year=2010" in page.url
    rows = page.locator("table tbody").all_inner_texts()
    assert rows and all("2010" in row and "2011" not in row for row in rows)


def test_a_keyboard_alone_reaches_the_content_first(visiting: Visiting) -> None:
    page = visiting().go("/queries/who-met-whom")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_reading_goes_from_right_to_left_in_arabic(visiting: Visiting) -> None:
    page = visiting("ar").go("/queries/missions-by-country")
    label, bar = (
        page.locator(".drawing li .label").first.bounding_box(),
        page.locator(".drawing ol rect").first.bounding_box(),
    )
    assert label and bar and label["x"] > bar["x"]


@pytest.mark.matrix
def test_a_button_copies_the_lines(visiting: Visiting) -> None:
    visit = visiting()
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.go("/queries/missions-by-year")
    page.locator("details", has=page.locator("h4")).locator("summary").click()
    page.get_by_role("button", name="Copy", exact=True).first.click()
    page.get_by_role("button", name="Copied").first.wait_for()
    assert "curl --get" in page.evaluate("navigator.clipboard.readText()")
    page.get_by_role("button", name="Copy the citation").click()
    page.get_by_role("button", name="Copied").first.wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith(
        "Missions of the Special Advisers. How many"
    )


@pytest.mark.matrix
@pytest.mark.parametrize("language", some(["ar", "en"]))
def test_the_files_of_a_question_are_in_the_first_screen(visiting: Visiting, language: str) -> None:
    for address in ("/queries/meetings-in-a-period", "/queries/missions-to-a-region?m49=150&evidence=true"):
        page = visiting(language, 1280).go(address)
        place = page.locator(".downloads a").first.bounding_box()
        assert place and place["y"] + place["height"] < 800


@pytest.mark.parametrize("language", some(["ar", "en"]))
@pytest.mark.parametrize("query", some(["who-met-whom", "timeline-of-events", "missions-at-a-glance"]))
def test_a_wide_window_has_room_for_every_column(visiting: Visiting, query: str, language: str) -> None:
    page = visiting(language, 1280).go(f"/queries/{query}?evidence=true")
    assert page.locator(".scroll").first.evaluate("table => table.scrollWidth <= table.clientWidth")


def test_days_stay_with_their_month_and_years_are_whole_lines(visiting: Visiting) -> None:
    table = visiting("en", 1280).go("/queries/who-met-whom?year=2011").locator("td.days bdi").first
    assert table.evaluate("days => days.offsetHeight < 2.5 * parseFloat(getComputedStyle(days).lineHeight)")
    strips = visiting("en", 1280).go("/queries/timeline-of-events").locator(".timeline li")
    first, second = (strips.nth(place).locator("line").first.bounding_box() for place in (2, 3))
    assert first and second and abs(first["y"] + first["height"] - second["y"]) < 2


def test_on_a_phone_a_column_of_short_words_leaves_room_for_the_next(visiting: Visiting) -> None:
    page = visiting("en", 390).go("/queries/mission-as-rdf")
    box = page.locator("thead th").nth(2).bounding_box()
    assert box and box["x"] < 330


@pytest.mark.matrix
def test_on_a_phone_the_first_column_stays_and_says_what_repeats(visiting: Visiting) -> None:
    page = visiting("en", 390).go("/queries/missions-to-a-region?m49=150")
    second = page.locator("table tbody").nth(1).locator("td").first
    before = second.bounding_box()
    page.locator(".grouped").evaluate("box => box.scrollLeft = 200")
    assert second.bounding_box() == before
    words = second.locator("bdi").bounding_box()
    assert second.inner_text() == "Europe" and words and words["width"] > 20
