"""The page of a mission or a meeting tells it first, and every value has the words of the source at hand."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, ViewportSize
from selectolax.lexbor import LexborHTMLParser

from server.app import create_app
from server.engine.local.engine import LocalEngine
from server.settings import Settings
from tests.cases import some
from tests.pages.tabs import PHONE, Tabs
from tests.queries.page_reading import Page, words
from tests.server.servers import Server

ROME, ABUJA, PARIS = "/mission/2011-rome", "/mission/2012-abuja", "/mission/2012-paris"
IN_FOCUS = "element => element === document.activeElement"
# The commas and semicolons of a thing that stand where a line begins.
BEGINNINGS = """() => {
  const found = [], texts = document.createTreeWalker(document.querySelector('.thing'), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) for (const {index} of texts.currentNode.data.matchAll(/[,،;؛]/g)) {
    const around = texts.currentNode.parentElement.closest('p, li'), letter = new Range();
    letter.setStart(texts.currentNode, index);
    letter.setEnd(texts.currentNode, index + 1);
    const [own, all] = [letter.getBoundingClientRect(), around?.getBoundingClientRect()];
    const isRtl = around && getComputedStyle(around).direction === 'rtl';
    const before = all && (isRtl ? all.right - own.right : own.left - all.left);
    if (own.width && all && before < 3) found.push(around.textContent);
  }
  return found;
}"""
BY_POST = "inferred from post and date"
COUNTED = {
    "en": re.compile(r" In these data: (\d+ missions? and \d+ meetings?|\d+ meetings? on \d+ missions?)\."),
    "ar": re.compile(r" في هذه البيانات: (.*بعث.* و.*لقاء.*|.*لقاء.* ضمن .*بعث.*)\."),
}


def sentence(page: Page) -> str:
    return page.text(".told").replace(" .", ".").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("address", "language", "told"),
    [
        (
            ROME, "en",
            f"Francis Deng {BY_POST} was in Rome from 21 to 24 November 2011 and met the Minister for "
            "Foreign Affairs of Italy and other senior government officials.",
        ),
        (
            ROME, "ar",
            "كان فرانسيس دينغ مستنتج من المنصب والتاريخ في روما في الفترة من 21 إلى 24 "
            "تشرين الثاني/نوفمبر 2011، "
            "وكان ممن التقاهم وزير الخارجية الإيطالي وعدد آخر من كبار المسؤولين الحكوميين.",
        ),
        (
            "/mission/2011-berlin", "en",
            "Edward Luck was in Berlin on 9 November 2011 and spoke to the Foreign Affairs Committee of the "
            "German Bundestag.",
        ),
        (
            "/mission/2010-west-africa", "en",
            "Francis Deng was in Ghana and Guinea from 18 to 26 March 2010 and met religious leaders, "
            "councils of elders from the four regions, civil society experts and 6 others.",
        ),
        (
            "/meeting/2012-abuja-ecowas", "en",
            "Adama Dieng met the Vice-President of the Economic Community of West African States in Abuja on "
            "14 December 2012.",
        ),
        (
            "/meeting/2012-abuja-ecowas", "ar",
            "شارك في هذا اللقاء أداما دينغ في أبوجا في 14 كانون الأول/ديسمبر 2012، وكان ممن التقاهم "
            "نائب رئيس الجماعة الاقتصادية لدول غرب أفريقيا.",
        ),
    ],
)  # fmt: skip
def test_an_event_is_told_in_one_sentence(server: Server, address: str, language: str, told: str) -> None:
    assert sentence(Page(server, address, language)) == told


def test_why_somebody_was_inferred_is_said_with_the_words_and_their_translation(server: Server) -> None:
    page = Page(server, ROME)
    assert "The text names only the post, Special Adviser" in page.text(".telling > .why")
    assert "29 May 2007 – July 2012" in page.text(".telling > .why").replace("\u00a0", " ")
    mark = page.all(".told .said.is-inferred")[0]
    quotation = page.one(mark.attributes["href"] or "")
    assert words(quotation.css("blockquote")[0]) == "المستشار الخاص المعني بمنع الإبادة الجماعية"
    sentences = page.texts(f".of-sentence:has({mark.attributes['href']}) .translation")
    assert [
        "The Special Adviser on the Prevention of Genocide held meetings" in one for one in sentences
    ] == [True]
    (why, *_) = Page(server, PARIS).texts(".telling > .why")
    assert why.startswith("The text has only a name that more than one Special Adviser had")
    assert BY_POST in Page(server, PARIS).text(".told")


def test_who_is_named_is_not_marked_as_inferred(server: Server) -> None:
    page = Page(server, ABUJA)
    envoy = page.all(".told .said")[0]
    assert "is-named" in (envoy.attributes["class"] or "")
    quotation = page.one(envoy.attributes["href"] or "")
    assert any(name in words(quotation.css("blockquote")[0]) for name in ("أداما دينغ", "Adama Dieng"))


def test_meetings_are_cards_with_who_in_what_role_about_what(server: Server) -> None:
    cards = Page(server, ABUJA).all(".meetings > li")
    assert [words(card.css("h3")[0]) for card in cards] == [
        "Meeting with the Vice-President of ECOWAS",
        "Meeting with the Permanent Secretary of the Ministry of the Interior of Nigeria",
        "Briefing of heads of departments of various government bodies",
    ]
    first = words(cards[0])
    assert first.startswith("14 December 2012 · Abuja")
    assert "interlocutor" in first and "About: " in first
    assert "word for word “the permanent Nigerian Minister of the Interior”" in words(cards[1])


@pytest.mark.parametrize(
    "address", [ROME, ABUJA, PARIS, "/meeting/2011-rome-government", "/person/francis-deng"]
)
def test_every_mark_leads_to_a_quotation_of_the_page(server: Server, address: str) -> None:
    page = Page(server, address, "ar")
    marks = page.all(".said")
    assert len(marks) > 5
    there = {node.attributes["id"] for node in page.all(".quotations > li")}
    for mark in marks:
        named = {f"said-{number}" for number in (mark.attributes["data-said"] or "").split()}
        assert named and named <= there


def test_the_passage_is_the_source_as_it_stands_with_its_translation(server: Server) -> None:
    english, arabic = Page(server, ROME), Page(server, ROME, "ar")
    source = server.http.get("/sources/key-missions-ar.txt").text
    told = [node.text() for node in english.all(".passage p[lang=ar]")]
    assert len(told) == 2 and all(paragraph in source for paragraph in told)
    assert "held meetings from 21 to 24 November" in " ".join(english.texts(".passage .translated"))
    assert arabic.all(".passage .translated") == []


def test_a_mission_leads_to_those_before_and_after_and_beside_it(server: Server) -> None:
    page = Page(server, ROME)
    beside = page.one(".siblings")
    assert words(beside).startswith("Previous mission: Mission to Viet Nam, 2011")
    assert "Next mission: Mission to the United Kingdom, 2011" in words(beside)
    assert "Other missions of the envoy: Francis Deng" in words(beside)
    assert "Other missions in the region: Europe" in words(beside)


@pytest.mark.parametrize(
    ("address", "language", "paths"),
    [
        (ABUJA, "en", ["Africa › Sub-Saharan Africa › West Africa"]),
        ("/meeting/2012-abuja-ecowas", "ar", ["أفريقيا › أفريقيا جنوب الصحراء الكبرى › غرب أفريقيا"]),
        ("/mission/2010-south-east-asia", "en", ["Asia › South-East Asia"]),
    ],
)
def test_regions_stand_as_a_path(server: Server, address: str, language: str, paths: list[str]) -> None:
    assert Page(server, address, language).texts(".row .path") == paths


def test_something_wrong_is_reported_with_the_thing_the_release_and_the_words(server: Server) -> None:
    page = Page(server, ABUJA)
    lines = page.text(".wrong-here pre")
    assert "https://w3id.org/un-missions/mission/2012-abuja" in lines
    assert page.response.headers["UN-Missions-Release"] in lines
    assert page.texts(".quotations blockquote")[0] in lines


@pytest.mark.parametrize(
    ("contact", "beginning"),
    [
        ("https://example.org/issues/new", "?title=Mission+to+Abuja%2C+Nigeria%2C+2012&body="),
        ("mailto:somebody@example.org", "?subject=Mission%20to%20Abuja%2C%20Nigeria%2C%202012&body="),
    ],
)
def test_where_errors_are_reported_it_is_filled_in(store: Path, contact: str, beginning: str) -> None:
    app = create_app(LocalEngine(store), Settings(store=store, contact=contact))
    html = app.test_client().get(ABUJA, headers={"Accept": "text/html", "Accept-Language": "en"}).text
    address, *_ = LexborHTMLParser(html).css(".wrong-here a")

    assert (address.attributes["href"] or "").startswith(contact + beginning)
    assert "mission/2012-abuja" in unquote(address.attributes["href"] or "")


@pytest.mark.parametrize(
    ("address", "language", "told"),
    [
        (
            "/person/francis-deng", "en",
            "Francis Deng was Special Adviser on the Prevention of Genocide from 29 May 2007 to July 2012.",
        ),
        ("/person/jean-marie-dore", "ar", "وردت مشاركة جان ماري دوريه بصفة رئيس وزراء غينيا."),
        ("/place/abuja", "en", "City. In Nigeria, West Africa, Sub-Saharan Africa, Africa."),
        ("/place/washington-dc", "en", "City. In the United States, Northern America, the Americas."),
        ("/institution/ecowas", "ar", "منظمة إقليمية."),
        (
            "/post/president-of-senegal", "en",
            "The source names this post and not who held it. Country or place: Senegal.",
        ),
        (
            "/post/special-adviser-prevention-of-genocide", "ar",
            "شغله فرانسيس دينغ من 29 أيار/مايو 2007 إلى تموز/يوليه 2012، ثم أداما دينغ من "
            "17 تموز/يوليه 2012 إلى 2020. "
            "الجهة التابع لها: مكتب المستشار الخاص المعني بمنع الإبادة الجماعية.",
        ),
    ],
)  # fmt: skip
def test_what_is_no_event_is_told_too(server: Server, address: str, language: str, told: str) -> None:
    beginning, counted = sentence(Page(server, address, language))[: len(told)], COUNTED[language]

    assert beginning == told
    assert counted.fullmatch(sentence(Page(server, address, language))[len(told) :])


@pytest.mark.parametrize(
    ("address", "language", "told"),
    [
        (
            "/tenure/adama-dieng-special-adviser-prevention-of-genocide", "en",
            "Adama Dieng held the post of Special Adviser on the Prevention of Genocide from 17 July 2012 to "
            "2020.",
        ),
        (
            "/participation/2010-south-east-asia--francis-deng--envoy", "ar",
            "شارك فرانسيس دينغ مستنتج من المنصب والتاريخ في «البعثة الموفدة إلى جنوب شرق آسيا، 2010» بدور "
            "مبعوث وبصفة المستشار الخاص المعني بمنع الإبادة الجماعية.",
        ),
        (
            "/section/2011-brussels", "en",
            "This section of “Key missions (page in Arabic)” tells of “Mission to Brussels, 2011” and "
            "“Follow-up visit to Brussels, 2011”.",
        ),
        (
            "/passage/key-missions-ar-48", "en",
            "“2011: Mission to Brussels” stands in Section “2011: Mission to Brussels”.",
        ),
        (
            "/source/gaamac-2020-dieng", "ar",
            "صفحة خارج هذا الموقع، أُخذ منها ما يلي: «أداما دينغ، المستشار الخاص المعني بمنع الإبادة "
            "الجماعية، 2012–2020».",
        ),
        ("/role/envoy", "ar", "المبعوث هو من يقوم ببعثة أو يعمل في لقاء باسم المكتب."),
    ],
)  # fmt: skip
def test_what_only_says_something_of_others_is_told_too(
    server: Server, address: str, language: str, told: str
) -> None:
    assert sentence(Page(server, address, language)) == told


def test_who_took_part_in_several_roles_stands_once(server: Server) -> None:
    (first, *_) = Page(server, PARIS).all(".meetings > li")
    officials, envoy = (words(one) for one in first.css(".people li"))
    assert officials.endswith("interlocutor, informed party, briefer") and envoy.startswith("Adama Dieng")


@pytest.mark.parametrize("address", [ABUJA, "/section/2011-brussels", "/person/francis-deng"])
def test_a_sentence_stands_once_among_the_quotations(server: Server, address: str) -> None:
    sentences = Page(server, address).texts(".where-said .translation")
    assert sentences and len(sentences) == len(set(sentences))


@pytest.mark.parametrize(
    ("language", "date"), [("en", "17 July 2012"), ("ar", "17 تموز/يوليه 2012"), ("ar", "آب/أغسطس 2020")]
)
def test_a_date_within_a_sentence_stays_in_one_line(server: Server, language: str, date: str) -> None:
    page = Page(server, "/tenure/adama-dieng-special-adviser-prevention-of-genocide", language)
    assert date in page.texts(".passage .one-line") and date in page.texts(".record .one-line")


def test_who_is_quoted_for_several_events_is_named_once_for_them(server: Server) -> None:
    supports = [text for text in Page(server, ABUJA).texts(".where-said .place") if text.startswith("For:")]
    assert not [text for text in supports if text.count("Adama Dieng (envoy)") > 1]
    assert any("(envoy) · Briefing of heads" in text and ", Meeting with" in text for text in supports)


def test_arabic_names_stand_in_their_order_without_the_article(server: Server) -> None:
    rows = Page(server, "/meeting/2012-abuja-ecowas", "ar").all(".row")
    (topics,) = [row.css("dd li") for row in rows if words(row.css("dt")[0]) == "الموضوع الذي نوقش"]
    firsts = [words(topic.css("a")[0]).removeprefix("ال")[0] for topic in topics]
    assert len(firsts) == 8 and firsts == sorted(firsts, key="أتجحخعم".index)


def test_where_somebody_appears_stands_in_time_each_meeting_under_its_mission(server: Server) -> None:
    missions = Page(server, "/person/francis-deng").all(".appearances > li")
    assert [words(one.css("a")[0]) for one in missions][:2] == [
        "Mission to West Africa, 2010",
        "Mission to South-East Asia, 2010",
    ]
    assert [words(one.css("a")[0]) for one in missions[0].css("ul > li")] == [
        "Consultations with key actors in Conakry and Forest Guinea",
        "Discussion of the situation with the Transitional Government of Guinea",
    ]


@pytest.mark.parametrize("address", ["/institution/unesco", "/place/italy", "/place/europe"])
def test_what_no_words_name_has_those_from_which_it_follows(server: Server, address: str) -> None:
    page = Page(server, address)
    assert page.texts(".quotations blockquote")
    assert page.all(".appearances .said.is-computed")


def test_how_a_title_was_read_is_said_where_it_is_shown(server: Server) -> None:
    address = "/post/permanent-secretary-of-the-ministry-of-the-interior-of-nigeria"
    for language, told in (
        ("en", "is read as a rendering of “Permanent Secretary”"),
        ("ar", "رئيس موظفي الوزارة لا وزيرها"),
    ):
        note = Page(server, address, language).one(".how-read span")
        assert told in words(note) and note.attributes["lang"] == language


def test_the_source_too_says_how_a_title_was_read(server: Server) -> None:
    readings = Page(server, "/sources/key-missions-ar").texts(".notes .reading")
    assert any("is read as a rendering of “Permanent Secretary”" in one for one in readings)


def test_no_page_speaks_of_the_machinery(server: Server) -> None:
    for address in (
        "/institution/ecowas",
        "/institution/european-union",
        "/certainty/stated",
        "/mission/2011-berlin",
    ):
        page = Page(server, address)
        assert not [
            text for text in page.texts(".back dt, .kinds, .block dt") if "sh:" in text or "skos:" in text
        ]


@pytest.mark.parametrize("language", some(["ar", "en"]))
def test_pointing_at_a_value_shows_its_words_and_lights_them_in_the_passage(
    tabs: Tabs, language: str
) -> None:
    tab = tabs(language)
    tab.page.set_viewport_size({"width": 1280, "height": 800})
    assert tab.open(ROME) == 200
    first = tab.page.locator(".passage .mark").first.bounding_box()
    assert first and first["y"] + first["height"] < 800
    tab.page.locator(".told .said").first.hover()
    sheet = tab.page.locator("#evidence")
    assert "المستشار الخاص المعني بمنع الإبادة الجماعية" in sheet.inner_text()
    assert tab.page.locator(".passage .mark.is-lit").first.inner_text().startswith("المستشار الخاص")
    tab.page.keyboard.press("Escape")
    assert not sheet.is_visible()
    tab.page.locator(".passage .mark", has_text="في روما").hover()
    assert tab.page.locator(".told .said.is-lit").count() == 1
    assert tab.complaints == []


def test_on_a_phone_the_words_come_from_below_and_go_again(tabs: Tabs) -> None:
    tab = tabs("ar")
    tab.page.set_viewport_size(PHONE)
    assert tab.open(ABUJA) == 200 and tab.overflow == 0
    mark = tab.page.locator(".told .said").first
    mark.focus()
    box = tab.page.locator("#evidence").bounding_box()
    assert box and box["x"] == 0 and round(box["y"] + box["height"]) == PHONE["height"]
    tab.page.locator("#evidence .close").click()
    assert not tab.page.locator("#evidence").is_visible()
    assert mark.evaluate("element => element === document.activeElement")


@pytest.mark.parametrize("height", [200, 700])
def test_the_first_tap_on_a_mark_opens_its_words_wherever_it_stands(
    browser: Browser, server: Server, height: int
) -> None:
    page = browser.new_context(viewport=PHONE, has_touch=True, locale="en").new_page()
    page.goto(server.url + ROME)
    at = page.locator(".meetings .said").first.evaluate(
        "(mark, height) => { scrollBy(0, mark.getBoundingClientRect().top - height);"
        " const box = mark.getBoundingClientRect();"
        " return [box.x + box.width / 2, box.y + box.height / 2]; }",
        height,
    )
    page.touchscreen.tap(*at)
    page.wait_for_timeout(400)
    assert page.locator("#evidence").is_visible()
    page.context.close()


def test_pointing_at_a_value_itself_lights_its_words_which_come_into_sight(tabs: Tabs) -> None:
    tab = tabs("en")
    tab.page.set_viewport_size({"width": 1280, "height": 800})
    assert tab.open("/mission/2012-paris") == 200
    values = tab.page.locator(".meetings a:not(.said):has(+ .said)")
    values.last.hover()
    lit = tab.page.locator(".passage .mark.is-lit").first
    box = lit.bounding_box()
    assert box and box["y"] >= 0 and box["y"] + box["height"] <= 800
    assert not tab.page.locator("#evidence").is_visible()


@pytest.mark.parametrize(
    "address", some(["/person/francis-deng", "/institution/european-union", "/topic/genocide"])
)
def test_beside_what_is_no_event_values_and_quotations_light_each_other(tabs: Tabs, address: str) -> None:
    tab = tabs("en")
    tab.page.set_viewport_size({"width": 1280, "height": 800})
    assert tab.open(address) == 200
    mark = tab.page.locator(".appearances .said").last
    mark.scroll_into_view_if_needed()
    scrolled = tab.page.evaluate("scrollY")
    mark.hover()
    quotation = tab.page.locator(".passage .quotations > li.is-lit").first
    box = quotation.bounding_box()
    assert box and 0 <= box["y"] < 800 and tab.page.evaluate("scrollY") == scrolled
    number = (mark.get_attribute("data-said") or "").split()[0]
    tab.page.keyboard.press("Escape")
    tab.page.locator(f".passage #said-{number} blockquote").hover()
    assert "is-lit" in (mark.get_attribute("class") or "")
    assert tab.complaints == []


def test_words_within_words_light_the_values_of_both(tabs: Tabs) -> None:
    tab = tabs("en")
    assert tab.open(ROME) == 200
    tab.page.locator(".passage .mark", has_text="اجتماعات").first.hover()
    for place in (".told", ".meetings .when"):
        lit = tab.page.locator(f"{place} .said.is-lit").first
        assert "21–24 November 2011" in (lit.get_attribute("aria-label") or "")


def test_tab_passes_the_words_of_a_mark_by_and_enter_goes_into_them(tabs: Tabs) -> None:
    tab = tabs("en")
    assert tab.open(ROME) == 200
    marks, keys, sheet = tab.page.locator(".told .said"), tab.page.keyboard, tab.page.locator("#evidence")
    marks.first.focus()
    assert sheet.is_visible()
    keys.press("Tab")
    assert tab.page.locator(".told > a").nth(2).evaluate(IN_FOCUS)
    for enter in ("Enter", "ArrowDown"):
        marks.nth(1).focus()
        keys.press(enter)
        assert sheet.evaluate(IN_FOCUS) and marks.nth(1).get_attribute("aria-expanded") == "true"
        keys.press("Tab")
        assert sheet.locator(".close").evaluate(IN_FOCUS)
        keys.press("Escape")
        assert not sheet.is_visible() and marks.nth(1).evaluate(IN_FOCUS)


@pytest.mark.parametrize("size", some([PHONE, {"width": 800, "height": 390}]))
def test_the_words_cover_no_value_whose_mark_was_tapped(
    browser: Browser, server: Server, size: ViewportSize
) -> None:
    page = browser.new_context(viewport=size, has_touch=True, locale="en").new_page()
    page.goto(server.url + ABUJA)
    mark = page.locator(".meetings .said").nth(4)
    mark.evaluate(
        "(mark, height) => scrollBy(0, mark.getBoundingClientRect().bottom - height)", size["height"] - 100
    )
    mark.tap()
    box, sheet = mark.bounding_box(), page.locator("#evidence").bounding_box()
    assert box and sheet and box["y"] >= 0 and box["y"] + box["height"] <= sheet["y"]
    page.context.close()


@pytest.mark.parametrize("language", some(["ar", "en"]))
@pytest.mark.parametrize("width", some([1280, 390, 320]))
def test_no_line_begins_with_a_comma_or_a_semicolon(tabs: Tabs, language: str, width: int) -> None:
    tab = tabs(language)
    tab.page.set_viewport_size({"width": width, "height": 800})
    for address in (ABUJA, PARIS, "/person/francis-deng"):
        assert tab.open(address) == 200
        assert tab.page.evaluate(BEGINNINGS) == []


@pytest.mark.matrix
def test_without_script_a_mark_is_a_link_to_its_quotation(tabs: Tabs) -> None:
    tab = tabs("en", script=False)
    assert tab.open(ROME) == 200
    tab.page.locator(".told .said").first.click()
    assert "#said-" in tab.page.url
    assert tab.page.locator(".quotations > li:target blockquote").is_visible()
