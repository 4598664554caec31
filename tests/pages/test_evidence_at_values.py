"""Each value says how it is known, where it stands: by which words, by inference, or by a rule."""

import pytest
from selectolax.lexbor import LexborNode

from tests.conftest import Rows
from tests.queries.page_reading import Page, words
from tests.server.servers import Server

MISSIONS = "SELECT ?mission { ?mission a unm:Mission }"
FACTS = """SELECT ?thing ?value ?certainty { ?fact a rdf:Statement ; rdf:subject ?thing ; rdf:object ?value ;
    unm:certainty ?certainty . FILTER (?certainty != certainty:stated) }"""
# What the project says of its own reading, and what a page shows of a thing without a text.
OF_THE_READING = ("note on the reading", "certainty of")


def values(page: Page, name: str = "") -> list[LexborNode]:
    """What stands beside the properties, or beside one."""
    rows = [row for row in page.all(".record .row") if words(row.css("dt")[0]).startswith(name)]
    return [value for row in rows for value in (row.css("dd li") or row.css("dd"))]


def quoted(page: Page, value: LexborNode) -> str:
    """The words to which the mark at a value leads."""
    (mark,) = value.css("a.said")
    return page.text(f"{mark.attributes['href']} blockquote")


def test_a_fact_about_anything_that_is_not_simply_stated_says_so_on_both_of_its_pages(
    server: Server, rows: Rows
) -> None:
    facts = rows(FACTS)
    assert len(facts) > 10
    for thing, value, _ in facts:
        for here, there in ((thing, value), (value, thing)):
            page = Page(server, f"/{here}")
            found = [one for one in values(page) if one.css(f'a[href^="/{there}"]')]
            assert any(one.css(".inferred") for one in found), (here, there)


def test_a_story_says_of_whom_and_where_that_it_is_inferred(server: Server) -> None:
    assert "By Francis Deng inferred from context" in Page(server, "/document/report-on-guinea").text(".told")
    body = Page(server, "/institution/african-institute-of-management", "ar")
    assert "السنغال مستنتج من السياق" in body.text(".told")


@pytest.mark.parametrize(
    ("address", "date"),
    [
        ("/mission/2011-brussels-follow-up", "أيلول/سبتمبر 2011"),
        ("/meeting/2012-abuja-ecowas", "14 كانون الأول/ديسمبر 2012"),
        ("/mission/2012-paris", "22 و 23 تشرين الثاني/نوفمبر"),
        ("/document/report-on-guinea", "حزيران/يونيه 2010"),
    ],
)
def test_the_mark_at_a_date_leads_to_the_words_that_have_it(server: Server, address: str, date: str) -> None:
    page = Page(server, address)
    assert date in quoted(page, values(page, "date")[0])


def test_a_date_that_only_a_part_has_says_so_alike_everywhere_on_the_page(server: Server) -> None:
    page = Page(server, "/mission/2012-paris")
    marks = page.all(".told .is-inferred, .record .is-inferred")
    said = {mark.attributes["data-why"] for mark in marks if "2012" in (mark.attributes["aria-label"] or "")}
    assert said == {
        "The text gives a date only for a meeting; that the whole mission falls into this time is inferred."
    }


def test_a_date_in_a_list_is_as_sure_as_it_is_and_not_as_what_stands_before_it(server: Server) -> None:
    item = Page(server, "/person/adama-dieng").all(".appearances > li")[-1]
    assert "named" in (item.css("a.said")[0].attributes["class"] or "")
    assert words(item).startswith("Mission to Dakar, 2012 December 2012 inferred from context envoy")


def test_a_finding_is_marked_with_the_sentence_that_says_it(server: Server) -> None:
    for address in ("/mission/2010-west-africa", "/document/report-on-guinea"):
        page = Page(server, address)
        assert "خطر قائم بالفعل لكن بدرجة معتدلة" in quoted(page, values(page, "finding")[0])


def test_what_follows_by_a_rule_from_something_inferred_says_that_this_is(server: Server) -> None:
    (envoy,) = values(Page(server, "/mission/2011-rome"), "envoy")
    assert "inferred from post and date" in words(envoy)


def test_no_value_of_a_mission_stands_without_a_state(server: Server, rows: Rows) -> None:
    for (mission,) in rows(MISSIONS):
        page = Page(server, f"/{mission}")
        for row in page.all(".record .block .row"):
            name, is_computed = words(row.css("dt")[0]), bool(row.css("dt .derived"))
            if is_computed or name.startswith(OF_THE_READING):
                continue
            for value in row.css("dd li") or row.css("dd"):
                assert value.css(".said, .inferred, .derived"), (mission, name, words(value))


def test_how_the_text_was_read_is_said_once_though_somebody_has_three_roles(server: Server) -> None:
    for card in Page(server, "/mission/2012-paris").all(".meetings > li"):
        notes = [words(note) for note in card.css(".how-read span")]
        assert len(notes) == len(set(notes))


def test_a_document_tells_where_it_is_named_with_the_words_that_name_it(server: Server) -> None:
    page = Page(server, "/document/cscap-study-group-report-on-the-responsibility-to-protect")
    assert page.text(".told").startswith("By the Study Group of the Council")
    named = page.one(".appearances li li")
    assert words(named).startswith("Eighth General Conference") and named.css("a.said")


def test_as_many_missions_are_counted_as_somebody_went_on(server: Server, rows: Rows) -> None:
    ((went,),) = rows("SELECT (COUNT(?m) AS ?n) { ?m a unm:Mission ; unm:envoy <person/edward-luck> }")
    assert f"In these data: {went} missions and " in Page(server, "/person/edward-luck").text(".told")


def test_a_place_that_is_only_named_is_not_said_to_be_where_something_took_place(server: Server) -> None:
    headings = [Page(server, f"/place/{name}").text("#appearances") for name in ("middle-east", "abuja")]
    assert headings == ["Where it is named", "What took place here, and where it is named"]


def test_what_a_quotation_supports_is_told_once(server: Server) -> None:
    name = "Vice-President of the Economic Community of West African States (ECOWAS)"
    (told,) = [
        text for text in Page(server, "/institution/ecowas").texts(".quotations .place") if name in text
    ]
    assert told.count(name) == 1


@pytest.mark.parametrize("address", ["/place/africa", "/place/nigeria", "/place/europe"])
def test_what_took_place_in_a_country_or_region_rests_on_the_words_for_its_place(
    server: Server, address: str
) -> None:
    for item in Page(server, address).all(".appearances > li, .appearances li li"):
        if "only named" not in words(item):
            assert item.css("a.is-computed, a.is-named"), words(item)


def test_every_meeting_of_a_body_rests_on_words_for_one_of_its_parts(server: Server) -> None:
    meetings = Page(server, "/institution/european-union").all(".appearances li li")
    assert len(meetings) == 5 and all(item.css("a.said") for item in meetings)


def test_what_is_only_named_is_not_counted_as_visited(server: Server) -> None:
    told = Page(server, "/place/west-africa").text(".told")
    assert "3 missions and 8 meetings. It is also named once without being visited." in told
    assert Page(server, "/place/africa").text(".told").endswith("3 missions and 8 meetings.")
    once = Page(server, "/place/middle-east", "ar").text(".told")
    assert once == "منطقة. ورد ذكر المكان مرة واحدة دون زيارته."
    assert Page(server, "/place/world").all(".told") == []


def test_dates_of_missions_stand_wherever_missions_do(server: Server) -> None:
    for address in ("/topic/responsibility-to-protect", "/place/forest-guinea", "/person/edward-luck"):
        page = Page(server, address)
        missions = page.all(".appearances > li")
        assert missions and all("20" in words(one.css(".date")[0]) for one in missions)


@pytest.mark.parametrize(("language", "said"), [("en", "29 May 2007"), ("ar", "29 أيار/مايو 2007")])
def test_what_was_read_of_a_page_that_is_not_quoted_is_told(server: Server, language: str, said: str) -> None:
    page = Page(server, "/tenure/francis-deng-special-adviser-prevention-of-genocide", language)
    assert any(said in note for note in page.texts(".quotations .note-of-source"))
