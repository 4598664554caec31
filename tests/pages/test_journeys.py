"""Twelve ways to an answer with the words of its source, each in three clicks from the home page.

They are those of researchers who write SPARQL, of people who join other data, of those who run reports, and
of a journalist who doubts. Typing, and the keys that a form or the editor says it takes, are not clicks.
"""

import csv
import io
from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.pages.journey import Journey, begun
from tests.pages.tabs import PHONE
from tests.server.servers import Server

MOST_CLICKS = 3
DESK = ViewportSize(width=1280, height=800)
WITH_WORDS = {"en": "Show where the source says so", "ar": "إظهار موضع ذلك في المصدر"}
# Why it is Deng, and what lets the words be read; who reads Arabic needs no translation of them.
INFERENCE = {
    "en": (
        "The text names only the post, Special Adviser",
        "The Special Adviser on the Prevention of Genocide held meetings",
    ),
    "ar": ("لا يذكر النص إلا المنصب", "وكان شاغل هذا المنصب آنذاك فرانسيس دينغ"),
}
ENVOYS = """SELECT ?envoy (COUNT(?mission) AS ?missions) WHERE {
  ?mission a unm:Mission ; unm:envoy ?envoy } GROUP BY ?envoy"""


def shared_link_of_a_query(way: Journey) -> None:
    """R1: missions of each envoy, typed into the editor, drawn as bars, with the words."""
    way.follow_to("/sparql")
    way.page.locator(".cm-content").fill(f"PREFIX unm: <https://w3id.org/un-missions/ontology#>\n{ENVOYS}")
    way.page.keyboard.press("Control+Enter")
    way.sees({"en": "Francis Deng", "ar": "فرانسيس دينغ"}[way.language])
    way.follow(WITH_WORDS[way.language])
    way.reads("المستشار الخاص")


def counterparts_from_the_ontology(way: Journey) -> None:
    """R2: what a term means, and what the data say with it."""
    way.find({"en": "interlocutor", "ar": "الطرف المقابل"}[way.language])
    way.press(way.page.locator("#interlocutor a[href^='/sparql']"))
    expect(way.page.locator("#outcome table").first).to_be_visible()
    way.follow(WITH_WORDS[way.language])
    way.reads("نائب رئيس الجماعة الاقتصادية لدول غرب أفريقيا")


def inferred_facts(way: Journey) -> None:
    """R3: what was inferred, as a file that carries the words."""
    way.find(
        {"en": "inferred", "ar": "مستنتجة"}[way.language], {"en": "Which", "ar": "ما الوقائع"}[way.language]
    )
    way.follow(WITH_WORDS[way.language])
    way.reads("البعثة الموفدة إلى بروكسل")
    assert any("المستشار الخاص" in row["evidence"] for row in taken(way))


def codes_of_places(way: Journey) -> None:
    """I1: codes by which places can be joined, as CSV."""
    way.follow_to("/queries?tag=joins")
    way.follow_to("/queries/places-and-their-identifiers")
    way.follow(WITH_WORDS[way.language])
    way.reads("")  # which quotation stands first hangs on how many sources tell of a place
    assert {"m49", "unbis"} <= set(taken(way)[0])


def a_country_by_its_code(way: Journey) -> None:
    """I2: Nigeria by its M49 code, with its identifiers as Turtle."""
    way.find("566")
    way.reads("نيجيريا")
    way.sees("NGA")
    way.press(way.page.get_by_role("link", name="Turtle"))


def institutions_in_ror(way: Journey) -> None:
    """I3: which institutions ROR knows, as a workbook."""
    way.follow_to("/queries?tag=joins")
    way.follow_to("/queries/institutions-in-ror-and-wikidata")
    way.follow(WITH_WORDS[way.language])
    way.reads("وزارة الخارجية الفرنسية")
    expect(way.page.locator(".downloads a[href*='.xlsx']")).to_be_visible()


def meetings_in_a_period(way: Journey) -> None:
    """S1: the meetings of December 2012."""
    way.find({"en": "meetings held within a period", "ar": "اللقاءات التي عقدت خلال فترة"}[way.language])
    way.press(way.page.locator(".asked a[href='#ask']"))
    way.page.locator("input[name='from']").fill("2012-12-01")
    way.page.locator("input[name='to']").fill("2012-12-31")
    way.press(way.page.locator("button[name='evidence']"))
    way.reads("اجتمع المستشار الخاص أداما دينغ مع رئيس السنغال")
    expect(way.page.locator(".downloads a[href*='.xlsx']")).to_be_visible()


def who_met_whom(way: Journey) -> None:
    """S2: everybody whom an envoy met, as a workbook that is at hand."""
    way.follow_to("/queries?tag=reports")
    way.follow_to("/queries/who-met-whom")
    way.follow(WITH_WORDS[way.language])
    way.reads("وناقش فرانسيس دينغ الوضع مع الحكومة الانتقالية")
    expect(way.page.locator(".downloads a[href*='.xlsx']")).to_be_in_viewport()


def missions_to_a_region(way: Journey) -> None:
    """S3: the missions to Europe, and nothing that nobody ticked."""
    way.find({"en": "missions to a region", "ar": "بعثات إلى منطقة أو بلد"}[way.language])
    way.press(way.page.locator(".choices label", has_text={"en": "Europe", "ar": "أوروبا"}[way.language]))
    way.press(way.page.locator("button[name='evidence']"))
    way.sees({"en": "Missions to Europe", "ar": "أوروبا"}[way.language])
    way.reads("أجرى المستشار الخاص فرانسيس دينغ مشاورات")
    assert way.page.url.count("m49=1") == 1 and "m49=011" not in way.page.url


def who_went_to_rome(way: Journey) -> None:
    """J1: who says that Deng went to Rome? On the first page: nobody; the text names his post."""
    way.follow_to("/mission/2011-rome")
    way.press(way.page.locator(".told .said"))
    sheet = way.page.locator("#evidence")
    expect(sheet.locator("blockquote")).to_have_text("المستشار الخاص المعني بمنع الإبادة الجماعية")
    for told in INFERENCE[way.language]:
        expect(sheet).to_contain_text(told)


def a_title_as_it_was_read(way: Journey) -> None:
    """J2: the Nigerian minister of the interior, from the post to the passage of the source."""
    way.find("وزير الداخلية النيجيري")
    way.reads("وزير الداخلية النيجيري")
    way.sees({"en": "How we read this", "ar": "كيف قرأنا ذلك"}[way.language])
    way.press(way.page.locator(".quotations .place a"))
    expect(way.page.locator(".is-chosen").first).to_contain_text("الداخلية النيجيري")


def what_is_not_said(way: Journey) -> None:
    """J3: what the source leaves open; and who says so."""
    way.follow_to("/queries?tag=research")
    way.follow_to("/queries/what-the-source-does-not-say")
    way.follow(WITH_WORDS[way.language])
    way.reads("البعثة الموفدة إلى جنوب شرق آسيا")
    expect(way.page.locator("footer a[href^='/about']")).to_be_visible()


def taken(way: Journey) -> list[dict[str, str]]:
    """The rows of the CSV file that the page offers."""
    address = way.page.locator(".downloads a[href*='.csv']").get_attribute("href")
    assert address
    return list(csv.DictReader(io.StringIO(way.page.request.get(urljoin(way.page.url, address)).text())))


WAYS: dict[str, Callable[[Journey], None]] = {
    "R1": shared_link_of_a_query, "R2": counterparts_from_the_ontology, "R3": inferred_facts,
    "I1": codes_of_places, "I2": a_country_by_its_code, "I3": institutions_in_ror,
    "S1": meetings_in_a_period, "S2": who_met_whom, "S3": missions_to_a_region,
    "J1": who_went_to_rome, "J2": a_title_as_it_was_read, "J3": what_is_not_said,
}  # fmt: skip
SIZES = {"desk": DESK, "phone": PHONE}
# Every other way is gone once in every run, the four kinds of visit in turn; all of them by `make heavy`.
VISITS = [(language, size) for language in ("en", "ar") for size in SIZES]


def _visit(number: int) -> tuple[str, str] | None:
    """The visit for every sixth way, each time another one."""
    return None if number % 6 else VISITS[-number // 6 % len(VISITS)]


@pytest.mark.parametrize(
    ("way", "language", "size"),
    [
        pytest.param(
            way, language, size,
            id=f"{way}-{language}-{size}",
            marks=[] if (language, size) == _visit(number) else pytest.mark.matrix,
        )
        for number, way in enumerate(WAYS)
        for language, size in VISITS
    ],
)  # fmt: skip
def test_an_answer_with_the_words_of_its_source_is_three_clicks_from_home(
    browser: Browser, server: Server, way: str, language: str, size: str
) -> None:
    journey = begun(browser, server, language, SIZES[size])
    WAYS[way](journey)
    journey.page.context.close()
    assert journey.clicks <= MOST_CLICKS
