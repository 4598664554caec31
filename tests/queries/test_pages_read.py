"""The pages of the saved queries, read without a script: home, list, form, result, drawings, files."""

import csv
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from loader.query.saved_query import SavedQuery
from loader.release.namespaces import BASE, graph_iri
from tests.conftest import Rows
from tests.queries.asking import QUERIES, name
from tests.queries.page_reading import BROWSER, Page
from tests.queries.page_reading import words as words_of
from tests.server.servers import Server, Start, publish

LANGUAGES = ("en", "ar")
HOSTILE = f"""
PREFIX void: <http://rdfs.org/ns/void#> PREFIX dcterms: <http://purl.org/dc/terms/>
<{graph_iri("dataset/hostile/void")}> {{
<urn:hostile> a void:Dataset ;
  dcterms:title "<script>alert(1)</script> \u202egpj"@en , "<img src=x onerror=alert(1)>"@ar ;
  dcterms:license <javascript:alert%281%29> ; dcterms:source <data:text/html,x> .
<{BASE}/evil.example/x> a void:Dataset ; dcterms:title "elsewhere"@en .
}}
"""


@pytest.fixture(scope="session")
def hostile(store: Path, start: Start, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the project's data beside some that would like to run in a browser."""
    copy = tmp_path_factory.mktemp("hostile") / "store"
    shutil.copytree(store, copy, symlinks=True)
    publish(copy, HOSTILE)
    with start(store=copy, token="") as running:
        yield running


@pytest.mark.parametrize("address", ["/", "/queries", "/queries/who-met-whom", "/sparql", "/nothing"])
def test_a_page_is_in_the_language_that_is_asked_for(server: Server, address: str) -> None:
    for language, direction in [("en", "ltr"), ("ar", "rtl")]:
        for page in (Page(server, address, language), Page(server, f"{address}?lang={language}", "fr")):
            html = page.one("html")
            assert (html.attributes["lang"], html.attributes["dir"]) == (language, direction)
            assert page.response.headers["Content-Language"] == language
            assert "Accept-Language" in page.response.headers["Vary"]
    assert Page(server, address, "fr").one("html").attributes["lang"] == "en"


def test_the_language_of_the_address_stays_while_browsing(server: Server) -> None:
    page = Page(server, "/?lang=ar")
    ours = [link for link in page.links("main a") if link.startswith("/")]
    assert ours and all(("lang", "ar") in parse_qsl(urlsplit(link).query) for link in ours)
    assert Page(server, page.link("English")).one("html").attributes["lang"] == "en"


def test_the_home_page_says_how_much_there_is_and_of_which_release(server: Server, rows: Rows) -> None:
    page, missions = Page(server, "/"), len(rows("SELECT ?m { ?m a unm:Mission }"))
    assert dict(zip(page.texts(".counts dt"), page.texts(".counts dd"), strict=True))["missions"] == str(
        missions
    )
    assert page.response.headers["UN-Missions-Release"] in page.text("footer")
    assert len(page.all(".missions > li")) == missions


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_is_one_click_from_home_and_on_the_list(server: Server, language: str) -> None:
    for address in ("/", "/queries"):
        texts = Page(server, address, language).texts("main li a")
        for query in QUERIES.values():
            assert (query.summary if language == "en" else query.summary_ar) in texts


def test_the_list_is_searched_in_either_language_whatever_the_spelling(server: Server) -> None:
    for address in ("/queries?q=WHOM", "/queries?q=التقي+بمن"):
        assert "Who met whom, where and when?" in Page(server, address).texts(".questions h3")
    assert len(Page(server, "/queries?tag=joins").all(".questions li")) < len(QUERIES)
    nothing = Page(server, "/queries?q=ecowas")
    assert nothing.texts(".questions li") == []
    assert nothing.links(".empty a") == ["/search?q=ecowas"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", QUERIES.values(), ids=name)
def test_every_query_has_a_page_with_its_question_and_result(
    server: Server, query: SavedQuery, language: str
) -> None:
    page = Page(server, f"/queries/{query.name}", language)
    assert page.status == 200
    assert page.text("h1") == (query.summary if language == "en" else query.summary_ar)
    assert page.texts(".wrong, .error") == []
    assert page.response.headers["UN-Missions-Release"] in page.text(".result .facts")
    assert query.form == "ASK" or page.rows()
    assert query.view == "table" or len(page.all("figure.drawing svg")) >= 1


def test_a_result_is_labelled_in_the_language_of_its_reader(server: Server) -> None:
    address = "/queries/missions-at-a-glance?year=2011"
    english, arabic = Page(server, address, "en"), Page(server, address, "ar")
    assert "Mission to Italy, 2011" in english.texts("td a")
    assert "البعثة الموفدة إلى إيطاليا، 2011" in arabic.texts("td a")
    assert "21–24 تشرين الثاني/نوفمبر 2011" in arabic.texts("td")
    assert english.links("td a")[0].startswith("/mission/")


def test_the_form_offers_what_the_data_has_and_keeps_what_was_chosen(server: Server) -> None:
    address = f"/queries/who-met-whom?envoy={BASE}person/edward-luck&year=2010&year=2011"
    page = Page(server, address, "ar")
    checked = [node.attributes["value"] for node in page.all("form.query input[checked]")]
    assert checked == [f"{BASE}person/edward-luck", "2010", "2011"]
    assert "إدوارد لاك" in page.texts("form.query label")
    assert all(row[0].startswith("إدوارد لاك") for row in page.rows())


def test_nothing_is_filled_in_before_a_reader_does(server: Server) -> None:
    example = Page(server, "/queries/meetings-in-a-period")
    assert example.one("form.query input[name=from]").attributes["value"] == ""
    assert "1 November 2011" in " ".join(example.texts(".chips li")) and "An example." in example.text(
        ".example"
    )
    opened = Page(server, "/queries/meetings-in-a-period?from=&to=")
    assert opened.texts(".example") == [] and len(opened.rows()) > len(example.rows())
    for query in QUERIES.values():
        if query.parameters:
            page = Page(server, f"/queries/{query.name}")
            assert page.all("form.query :is([checked], [selected])") == [], query.name


def test_the_headline_repeats_what_was_asked_and_counts_it(server: Server) -> None:
    europe = Page(server, "/queries/missions-to-a-region?m49=150")
    rows = europe.rows()
    assert europe.text(".result h2") == f"Missions to Europe: {len({row[2] for row in rows})}"
    assert {row[0] for row in rows} == {"Europe"}
    arabic = Page(server, "/queries/missions-to-a-region?m49=150", "ar")
    assert arabic.text(".result h2").startswith("البعثات الموفدة إلى أوروبا: ")


@pytest.mark.parametrize(
    ("language", "words"), [("en", "in 2010, 2011 and 2012: "), ("ar", "في عام 2010 و2011 و2012: ")]
)
def test_several_values_stand_in_the_headline_as_people_list_them(
    server: Server, language: str, words: str
) -> None:
    page = Page(server, "/queries/who-met-whom?year=2010&year=2011&year=2012", language)
    assert words in page.text(".result h2")


def test_a_chosen_value_is_a_chip_that_can_be_taken_away(server: Server) -> None:
    page = Page(server, f"/queries/who-met-whom?envoy={BASE}person/edward-luck&year=2010")
    assert page.texts(".chips li") == ["Envoy: Edward Luck ×", "Year: 2010 ×"]
    without = Page(server, page.links(".chips a")[0])
    assert without.texts(".chips li") == ["Year: 2010 ×"] and len(without.rows()) > len(page.rows())


def test_a_value_that_nobody_chose_beside_one_that_was_chosen_says_so_and_can_be_taken_away(
    server: Server,
) -> None:
    page = Page(server, "/queries/meetings-in-a-period?from=2011-01-01")
    assert "To: 31 December 2011 (preset, not chosen) ×" in page.texts(".chips li")
    taken_away = next(link for link in page.links(".chips a") if "to=" in link)
    opened = Page(server, taken_away)
    assert not any(chip.startswith("To:") for chip in opened.texts(".chips li"))
    assert len(opened.rows()) > len(page.rows())


def test_the_answer_comes_first_and_the_form_is_open_where_it_is_needed(server: Server) -> None:
    needed = Page(server, "/queries/missions-to-a-region")
    order = [node.tag for node in needed.all(".result .downloads, .result table, form.query, .after pre")]
    assert order[:3] == ["ul", "table", "form"] and set(order[3:]) == {"pre"}
    assert "open" in needed.one(".another").attributes
    assert "open" not in Page(server, "/queries/who-met-whom").one(".another").attributes


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "“To” (2011-01-01) must not come before “From” (2012-01-01)."),
        ("ar", "لا يجوز أن تسبق القيمة «2011-01-01» في «إلى» القيمة «2012-01-01» في «من»."),
    ],
)
def test_a_period_that_ends_before_it_begins_is_said_at_the_field_by_the_labels_of_both(
    server: Server, language: str, words: str
) -> None:
    page = Page(server, "/queries/meetings-in-a-period?from=2012-01-01&to=2011-01-01", language)
    assert page.status == 400 and words == page.text(".field .error")
    field = page.one("[aria-invalid=true]").attributes
    assert (field["name"], field["type"], field["value"]) == ("to", "date", "2011-01-01")
    assert len(page.links(".chips a")) == 2 and page.text(".another h2") in ("What to ask for", "ما المطلوب")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "“To” was left open: its preset value (31 December 2011) does not go with what you chose."),
        (
            "ar",
            "تُرك الحقل «إلى» مفتوحا لأن قيمته المسبقة (31 كانون الأول/ديسمبر 2011) لا تتفق مع ما اخترته.",
        ),
    ],
)
def test_a_preset_that_nobody_chose_yields_to_what_was_chosen(
    server: Server, language: str, words: str
) -> None:
    page = Page(server, "/queries/meetings-in-a-period?from=2012-05-01", language)
    assert page.status == 200 and page.text(".result .note") == words
    opened = Page(server, "/queries/meetings-in-a-period?from=2012-05-01&to=", language)
    assert page.rows() == opened.rows() and not opened.all(".result .note")
    files = [
        server.http.get(f"/queries/meetings-in-a-period/run.csv?from=2012-05-01{to}") for to in ("", "&to=")
    ]
    assert files[0].status_code == 200 and files[0].text == files[1].text
    assert len(files[0].text.splitlines()) == len(page.rows()) + 1 > 1


def test_what_repeats_is_not_shown_again(server: Server) -> None:
    page = Page(server, "/queries/missions-to-a-region?m49=150")
    same = [len(row.css("td.same")) for row in page.all("table tbody tr")]
    assert same[0] == 0 and min(same[1:]) == 2
    assert {row[0] for row in page.rows()} == {"Europe"}


@pytest.mark.parametrize(
    ("address", "chip"),
    [
        ("who-met-whom?envoy=adama-dieng", "Envoy: Adama Dieng ×"),
        ("who-met-whom?envoy=person/edward-luck", "Envoy: Edward Luck ×"),
        ("missions-to-a-region?m49=europe", "M49 code: Europe ×"),
        (
            "meetings-with-an-institution?institution=http://www.wikidata.org/entity/Q458",
            "Institution: European Union (EU) ×",
        ),
    ],
)
def test_a_thing_may_be_named_as_it_is_known(server: Server, address: str, chip: str) -> None:
    page = Page(server, f"/queries/{address}")
    assert page.texts(".chips li") == [chip] and page.rows()
    run = server.http.get(f"/queries/{address.replace('?', '/run.csv?')}")
    assert len(run.text.splitlines()) == len(page.rows()) + 1


def test_a_name_that_nothing_bears_is_said_with_the_nearest(server: Server) -> None:
    for language, words in (("en", "a name such as ecowas"), ("ar", "اسم مثل ecowas")):
        page = Page(server, "/queries/meetings-with-an-institution?institution=ecowass", language)
        assert page.status == 400 and words in page.text(".field .error")


def test_the_files_of_a_page_hold_its_rows(server: Server) -> None:
    page = Page(server, "/queries/missions-at-a-glance?q=2011&sort=-mission&lang=ar", "ar")
    addresses = dict(zip(page.texts(".downloads a"), page.links(".downloads a"), strict=True))
    lines = list(csv.DictReader(io.StringIO(server.http.get(addresses["CSV"]).text)))
    assert [line["mission_ar"] for line in lines] == [row[0] for row in page.rows()]


def test_people_can_read_what_changed(server: Server) -> None:
    page = Page(server, "/queries/missions-to-a-region?lang=en", "ar")
    changes = Page(server, page.link("What changed between releases"), "ar")
    assert changes.text("h1") == "What changed between releases"
    assert "Missions to West Africa" in changes.text(".lead")
    assert "/changes.atom?m49=011" in changes.link("Subscribe by Atom")
    assert not re.search(r"from (.+) to \1 ", changes.text("main"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_value_is_a_marked_field_and_a_sentence(server: Server, language: str) -> None:
    page = Page(server, "/queries/meetings-in-a-period?from=yesterday", language)
    assert page.status == 400 and page.response.headers["Cache-Control"] == "no-store"
    field = page.one("[aria-invalid=true]")
    assert field.attributes["value"] == "yesterday"
    sentence = page.text(".field .error")
    assert "yesterday" in sentence and "2011-11-21" in sentence
    assert (field.attributes["aria-describedby"] or "").split()[-1] == page.one(".error").attributes["id"]
    assert page.all("table") == []


@pytest.mark.parametrize("address", ["/queries/who-met-whoms", "/sources/key-mission-ar"])
def test_the_names_nearest_to_an_unknown_one_are_said_once_each_as_a_link(
    server: Server, address: str
) -> None:
    page = Page(server, address)
    assert page.status == 404 and page.text("main").count("Did you mean") == 1
    assert [Page(server, link).status for link in page.links(".suggestions a")] == [200]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "a year of four digits, such as 2011"), ("ar", "سنة من أربعة أرقام، مثل 2011")],
)
@pytest.mark.parametrize("year", ["abc", "11"])
def test_what_is_no_year_is_told_what_a_year_is(server: Server, year: str, language: str, words: str) -> None:
    page = Page(server, f"/queries/missions-at-a-glance?year={year}", language)
    assert page.status == 400 and words in page.text(".field .error")


def test_a_parameter_that_a_query_does_not_have_is_named(server: Server) -> None:
    page = Page(server, "/queries/who-met-whom?colour=red")
    assert page.status == 400
    assert "colour" in page.text(".wrong")


def test_rows_are_filtered_in_either_language_and_sorted(server: Server) -> None:
    base = "/queries/institutions-consulted"
    whole = Page(server, base)
    for words in ("parliament", "البرلمان"):
        filtered = Page(server, f"{base}?q={words}")
        assert 0 < len(filtered.rows()) < len(whole.rows())
    column = whole.texts("th").index("meetings")
    down = [int(row[column]) for row in Page(server, f"{base}?sort=-meetings").rows()]
    assert down == sorted(down, reverse=True)
    assert Page(server, f"{base}?sort=-meetings").one("[aria-sort]").attributes["aria-sort"] == "descending"


@pytest.mark.parametrize(
    ("language", "headline", "words"),
    [
        ("en", "Missions: 0 of 13", "The filter leaves none of the 13 rows. Show all rows"),
        (
            "ar",
            "البعثات: 0 من أصل 13",
            "لا يطابق معايير التصفية أي من الصفوف البالغ عددها 13. عرض جميع الصفوف",
        ),
    ],
)
def test_a_filter_that_leaves_nothing_says_so_and_can_be_taken_away(
    server: Server, language: str, headline: str, words: str
) -> None:
    page = Page(
        server, "/queries/missions-at-a-glance?q=nobody&filter=mission:nowhere&sort=mission", language
    )
    assert (page.text("#result"), page.text(".empty")) == (headline, words)
    [way_out] = page.links(".empty a")
    assert len(Page(server, way_out, language).rows()) == 13
    assert Page(server, "/queries/every-fact-has-evidence?q=nobody", language).status == 400


def test_an_inferred_date_is_marked_in_a_table(server: Server) -> None:
    for address in ("missions-at-a-glance?year=2012", "missions-of-an-envoy?envoy=adama-dieng"):
        page = Page(server, f"/queries/{address}")
        marked = [words_of(one) for one in page.all("td a.inferred")]
        assert marked.count("inferred from context") >= len(page.rows()) == 3


def test_how_sure_a_value_is_stands_at_the_value_and_files_have_columns_for_it(server: Server) -> None:
    page = Page(server, "/queries/who-met-whom?year=2010")
    assert "envoy certainty" not in page.texts("th") and "inferred" in page.rows()[0][0]
    assert "marked at the value itself" in page.text(".after")
    header = server.http.get("/queries/who-met-whom/run.csv").text.splitlines()[0]
    assert "envoy_certainty" in header.split(",")


def test_a_question_without_rows_says_so_in_words_and_folds_its_sparql(server: Server) -> None:
    page = Page(server, "/queries/meetings-in-a-period?from=2019-05-01&to=2019-06-01")
    assert "Nothing matches. Leave a field open, or choose another value." in page.text(".empty")
    assert page.all(".empty pre") and not page.all(".empty details[open]")


def test_what_was_not_found_by_its_only_field_is_to_be_tried_again(server: Server) -> None:
    told = Page(server, "/queries/things-by-name?name=qqq").text(".empty")
    assert "Nothing matches. Try another value." in told and "“qqq”" in told


def test_a_name_that_no_question_has_leads_to_the_question_that_is_meant(server: Server) -> None:
    page = Page(server, "/queries/who-met-who", "ar")
    assert page.status == 404 and page.link("من التقى بمن، وأين، ومتى؟") == "/queries/who-met-whom"


def test_a_long_result_comes_in_pages_that_hold_every_row_once(server: Server) -> None:
    base = "/queries/outside-identifiers?page_size=50"
    first = Page(server, base)
    addresses = dict(zip(first.texts(".pages a"), first.links(".pages a"), strict=True))
    last = max(map(int, addresses))
    rows = [tuple(r) for n in range(1, last + 1) for r in Page(server, f"{base}&page={n}").rows()]
    total = int(first.text(".result .facts").split()[0])
    assert len(rows) == total and len(first.rows()) == 50


def test_under_each_row_stands_the_quotation_that_says_most_and_the_others_fold_out(server: Server) -> None:
    page = Page(server, "/queries/who-met-whom?year=2011&q=Brussels&evidence=true")
    assert len(page.all("tr.evidence .supporting")) == len(page.rows())
    for row in page.all("tr.evidence .supporting"):
        most, *others = (len(words_of(one)) for one in row.css("blockquote"))
        assert most >= max(others, default=0)
        assert len(row.css("details:not(.sentence) blockquote")) == len(others)
    assert page.texts(".quotations .place")[0].startswith("For: ")
    quotation = page.all("blockquote")[0]
    assert (quotation.attributes["lang"], quotation.attributes["dir"]) == ("ar", "rtl")
    assert any("المستشار الخاص فرانسيس دينغ" in text for text in page.texts("blockquote"))
    assert "characters" in page.texts(".quotations .place")[0]


def test_an_empty_result_says_what_ends_it(server: Server) -> None:
    page = Page(server, f"/queries/who-met-whom?envoy={BASE}person/adama-deng")
    assert page.rows() == []
    assert f"{BASE}person/adama-dieng" in page.text(".empty")


def test_every_file_that_is_offered_is_there(server: Server) -> None:
    for query in ("who-met-whom?year=2011&evidence=true", "mission-as-rdf", "every-fact-has-evidence"):
        page = Page(server, f"/queries/{query}", "ar")
        assert len(page.links(".downloads a")) >= 3
        for address in page.links(".downloads a"):
            assert server.http.get(address).status_code == 200, address


def test_the_citation_leads_to_these_rows_for_good(server: Server) -> None:
    page = Page(server, "/queries/missions-by-year")
    address = page.links(".cite a")[0]
    assert f"release={page.response.headers['UN-Missions-Release']}" in address
    assert Page(server, address).rows() == page.rows()


def test_the_lines_to_copy_hold_what_was_asked(server: Server) -> None:
    page = Page(server, "/queries/things-by-name?name=O'Neill+%22x%22+$(id)")
    curl, python, _ = page.texts(".after details pre")[:3]
    assert """'name=O'"'"'Neill "x" $(id)'""" in curl
    assert "name=O%27Neill+%22x%22+%24%28id%29" in python


def test_the_query_can_be_read_and_taken_to_the_editor(server: Server) -> None:
    page = Page(server, "/queries/missions-by-year")
    editor = Page(server, page.link("Open in the editor"))
    assert editor.one("textarea").text().strip() == QUERIES["missions-by-year"].text.strip()


def test_a_page_is_not_sent_twice(server: Server) -> None:
    for address in ("/", "/queries", "/queries/who-met-whom"):
        tag = Page(server, address).response.headers["ETag"]
        assert Page(server, address, **{"If-None-Match": tag}).status == 304
        assert Page(server, address, "ar", **{"If-None-Match": tag}).status == 200


def test_style_and_script_are_ours_and_kept_for_good(server: Server) -> None:
    page = Page(server, "/queries/who-met-whom")
    assert page.all("style, [style], script:not([src])") == []
    sources = [
        *page.links("link[rel=stylesheet], link[rel=icon]"),
        *(script.attributes["src"] or "" for script in page.all("script")),
    ]
    for address in sources:
        response = server.http.get(address)
        assert response.status_code == 200 and "immutable" in response.headers["Cache-Control"]
    older = server.http.get("/static/0123456789abcdef/site.css")
    assert older.status_code == 200 and older.headers["Cache-Control"] == "no-cache"
    assert server.http.get("/static/0/..%2Fapp.py").status_code == 404


@pytest.mark.matrix
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_stored_cannot_run(hostile: Server, language: str) -> None:
    page = Page(hostile, "/queries/data-sets-in-the-store", language)
    shown = " ".join(page.texts("td"))
    assert ("<script>alert(1)</script>" if language == "en" else "<img src=x onerror=alert(1)>") in shown
    assert page.all("td script, td img") == [] and "\u202e" not in page.response.text
    for link in page.links():
        assert link.startswith(("/", "http://", "https://", "#")) and not link.startswith("//"), link


def test_what_a_reader_sends_cannot_run(server: Server) -> None:
    attack = '"><script>alert(1)</script>'
    for address in (
        "/queries?q=",
        "/queries/things-by-name?q=",
        "/queries/things-by-name?name=",
        "/sparql?text=",
    ):
        page = Page(server, address + attack)
        assert page.all("script:not([src])") == [] and "<script>alert" not in page.response.text


def test_a_mistake_is_told_in_a_page_of_the_same_design(server: Server) -> None:
    page = Page(server, "/queries/who-met-who", "ar")
    assert page.status == 404
    assert page.text("h1") == "الصفحة غير موجودة"
    assert "لا يوجد سؤال محفوظ" in page.text(".lead") and "who-met-who" in page.text(".lead")
    assert "/queries/who-met-whom" in page.links("main a")
    assert page.links("link[rel=stylesheet]") == Page(server, "/").links("link[rel=stylesheet]")


def test_without_data_of_ours_the_home_page_still_stands(writable: Server) -> None:
    page = Page(writable, "/")
    assert page.status == 200 and page.texts(".counts dd")[0] == "0"


def test_a_page_without_rows_stands_though_nobody_can_say_why_there_are_none(server: Server) -> None:
    """The values make a text that is too long to be taken apart, and yet it was answered."""
    page = Page(server, f"/queries/things-by-name?name={'z' * 16_500}")
    assert page.status == 200
    assert page.text(".empty strong") == "Nothing matches."


def test_a_page_without_rows_runs_its_query_once(server: Server) -> None:
    """The page asks what the explanation asks: the query, and then its parts."""

    def asked_by(address: str, accept: str) -> float:
        before = server.metric("unmissions_engine_outcomes_total")
        assert server.http.get(address, headers={"Accept": accept}).status_code == 200
        return server.metric("unmissions_engine_outcomes_total") - before

    for words in ("qqqz", "zzzq"):  # what is kept for a release was asked for after the first
        address = f"/queries/things-by-name/run?name={words}"
        by_page, by_explanation = asked_by(address, BROWSER), asked_by(f"{address}&explain=true", "*/*")
    assert by_page == by_explanation
