"""The search by name: what it finds in which order, as JSON, as a page, and while one types."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from loader.release.namespaces import BASE
from server.search.others import MOST_NAMES
from tests.cases import some
from tests.pages.tabs import Tabs
from tests.queries.page_reading import Page
from tests.server.servers import Server, Start, publish, until

LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
HOSTILE = f"""
<urn:g> {{
  <http://example.org/a> {LABEL} "<script>alert(1)</script> Quagga \\u202egpj"@en , "كواغا"@ar .
  <javascript:alert%281%29> {LABEL} "Quagga run" .
  <http://example.org/fr> {LABEL} "Couagga"@fr .
}}
"""


def found(server: Server, words: str, **more: str | int) -> list[str]:
    """The hits, without the base of our IRIs."""
    return [hit["iri"].removeprefix(BASE) for hit in asked(server, words, **more).json()["hits"]]


def asked(server: Server, words: str, **more: str | int) -> httpx.Response:
    response = server.http.get("/search", params={"q": words, **more})
    assert response.status_code == 200, response.text
    return response


@pytest.mark.parametrize(
    ("words", "thing"),
    [
        ("Abuja", "place/abuja"),
        ("aBUj", "place/abuja"),
        ("ابوجا", "place/abuja"),
        ("أبـُوجا", "place/abuja"),
        ("jean marie dore", "person/jean-marie-dore"),
        ("DORÉ", "person/jean-marie-dore"),
        ("ecowas", "institution/ecowas"),
        ("الجماعه الاقتصاديه", "institution/ecowas"),
        ("states west african", "institution/ecowas"),
        ("مستشار خاص معني بمنع", "post/special-adviser-prevention-of-genocide"),
        ("اداما ديانغ", "person/adama-dieng"),
        ("dieng أداما", "person/adama-dieng"),
        ("مسؤوليه الحمايه", "topic/responsibility-to-protect"),
    ],
)
def test_a_thing_is_found_by_its_name_however_that_is_spelt(server: Server, words: str, thing: str) -> None:
    assert found(server, words)[0] == thing


def test_every_word_must_fit(server: Server) -> None:
    assert found(server, "visit paris")[0] == "mission/2012-paris"
    assert asked(server, "visit paris").json()["all_words"]
    for nothing in ("", "  ", "…!"):
        assert asked(server, nothing).json()["total"] == 0


def test_better_matches_come_first(server: Server) -> None:
    assert found(server, "الجماعة")[0] == "institution/ecowas"
    assert found(server, "Paris")[:2] == ["place/paris", "mission/2012-paris"]
    kinds = [thing.partition("/")[0] for thing in found(server, "deng", limit=100)]
    assert kinds[0] == "person" and kinds.count("person") == 2
    machinery = {"passage", "section", "participation", "statement", "fact"}
    first = next(place for place, kind in enumerate(kinds) if kind in machinery)
    assert machinery >= set(kinds[first:]) and kinds[first] == "passage"


@pytest.mark.parametrize(
    ("words", "thing"),
    [
        ("mission paris", "mission/2012-paris"),
        ("Missions Paris", "mission/2012-paris"),
        ("mission france", "mission/2012-paris"),
        ("trip abuja", "mission/2012-abuja"),
        ("meetings abuja", "meeting/2012-abuja-"),
        ("topic genocide", "topic/genocide"),
        ("بعثة باريس", "mission/2012-paris"),
        ("البعثات باريس", "mission/2012-paris"),
        ("لقاءات أبوجا", "meeting/2012-abuja-"),
        ("مكان باريس", "place/paris"),
    ],
)
def test_a_word_for_a_kind_counts_as_the_kind_in_both_languages(
    server: Server, words: str, thing: str
) -> None:
    assert found(server, words)[0].startswith(thing) and asked(server, words).json()["all_words"]


def test_what_has_a_word_for_a_kind_in_its_name_is_found_by_it_too(server: Server) -> None:
    assert {"institution", "group", "topic"} <= {
        thing.partition("/")[0] for thing in found(server, "group", limit=100)
    }
    assert found(server, "mission to dakar")[0] == "mission/2012-dakar"


@pytest.mark.parametrize(
    ("code", "thing"),
    [
        ("566", "place/nigeria"),
        ("NG", "place/nigeria"),
        ("nga", "place/nigeria"),
        ("Q1033", "place/nigeria"),
        ("0000 0001 2290 4914", "institution/european-union"),
    ],
)
def test_a_thing_is_found_by_its_code(server: Server, code: str, thing: str) -> None:
    assert found(server, code)[0] == thing


@pytest.mark.parametrize(
    ("address", "thing"),
    [
        ("https://ror.org/019w4f821", "institution/european-union"),
        ("isni.org/isni/0000000122904914", "institution/european-union"),
        ("https://www.wikidata.org/wiki/Q1033?uselang=ar", "place/nigeria"),
        ("http://www.wikidata.org/entity/Q1033", "place/nigeria"),
        ("https://www.geonames.org/2352778/abuja.html", "place/abuja"),
        ("https://metadata.un.org/sdg/codes/geoArea/566", "place/nigeria"),
        ("metadata.un.org/thesaurus/1002628?lang=en", "topic/genocide"),
        (f"{BASE}place/abuja", "place/abuja"),
    ],
)
def test_a_pasted_address_leads_to_what_it_is_of(server: Server, address: str, thing: str) -> None:
    assert found(server, address) == [thing]


def test_the_addresses_of_the_site_are_understood_and_slips_of_the_pen_in_ours(server: Server) -> None:
    assert found(server, f"{server.url}/mission/2011-rome?lang=ar") == ["mission/2011-rome"]
    slip = asked(server, f"{BASE}place/abuj").json()
    assert slip["hits"] == [] and slip["nearest"][0]["iri"] == f"{BASE}place/abuja"


@pytest.mark.parametrize(
    ("words", "mission", "reasons"),
    [
        ("deng rome", "2011-rome", ["Envoy: Francis Deng", "Place: Rome"]),
        ("دينغ روما", "2011-rome", ["المبعوث: فرانسيس دينغ", "المكان: روما"]),
        ("luck germany", "2011-berlin", ["Envoy: Edward Luck"]),
    ],
)
def test_a_mission_is_found_by_its_envoy_and_place_together_and_the_page_says_why(
    server: Server, words: str, mission: str, reasons: list[str]
) -> None:
    language = "en" if words.isascii() else "ar"
    assert found(server, words)[0] == f"mission/{mission}"
    said = Page(server, f"/search?q={words}", language).texts(".hits li:first-child .also")
    assert [line for line in said if ": " in line] == reasons
    assert "mission" not in asked(server, words.split()[0]).json()["kinds"]


def test_bodies_and_posts_are_found_by_their_country_behind_what_is_called_so(server: Server) -> None:
    hits = asked(server, "نيجيريا").json()["hits"]
    assert [hit["kind"] for hit in hits] == ["place", "mission", "institution", "post"]
    assert [[one["tie"] for one in hit.get("related", [])] for hit in hits[1:3]] == [[], ["jurisdiction"]]


def test_where_nothing_has_all_words_what_has_most_is_shown_and_that_is_said(server: Server) -> None:
    answer = asked(server, "luck tokyo").json()
    assert answer["hits"][0]["iri"] == f"{BASE}person/edward-luck" and not answer["all_words"]
    assert {tuple(hit["missing"]) for hit in answer["hits"]} == {("tokyo",)}
    assert "Nothing has all the words" in Page(server, "/search?q=luck tokyo").text("main")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_sentence_is_shown_as_the_source_has_it_with_the_translation_called_one(
    server: Server, language: str
) -> None:
    page = Page(server, "/search?q=deng discussed", language)
    assert page.texts(".hits a")[0].startswith("وناقش فرانسيس دينغ")
    title = {"en": "Translation by the project:", "ar": "ترجمة المشروع:"}[language]
    assert page.texts(".hits .also")[0].startswith(f"{title} Francis Deng discussed")


def test_a_search_begins_where_words_do_also_after_an_article_or_a_preposition(server: Server) -> None:
    assert found(server, "لاك")[0] == "person/edward-luck"
    names = [hit["matched"] for hit in asked(server, "لاك", limit=100).json()["hits"]]
    assert not [name for name in names if "لاك" not in name]
    assert "institution/european-parliament" in found(server, "البرلمان")
    assert found(server, "حقوق")[0] == "topic/human-rights"
    assert found(server, "ermany") == []


def test_the_sentences_of_the_source_are_found_and_no_two_hits_look_the_same(server: Server) -> None:
    assert found(server, "وزير الداخلية", kind="passage")
    assert found(server, "permanent Nigerian Minister")[0].startswith("passage/")
    hits = asked(server, "abuja", limit=100).json()["hits"]
    shown = [(hit["kind"], *sorted(hit["labels"].items())) for hit in hits]
    assert len(shown) == len(set(shown))


def test_the_pages_of_a_search_have_each_hit_once_and_lead_on(server: Server) -> None:
    whole = found(server, "mission", limit=100)
    first = asked(server, "mission", limit=7)
    pages = [found(server, "mission", limit=7, page=number + 1) for number in range(-(-len(whole) // 7))]
    assert [thing for page in pages for thing in page][:100] == whole
    assert int(first.headers["X-Total-Count"]) == first.json()["total"] >= len(whole) > 20
    following = server.http.get(first.links["next"]["url"]).json()
    assert [hit["iri"].removeprefix(BASE) for hit in following["hits"]] == pages[1]


def test_a_search_is_json_for_programs_and_a_page_for_people(server: Server) -> None:
    answer = asked(server, "abuja").json()
    assert answer["query"] == "abuja" and answer["searched"] == "all" and answer["nearest"] == []
    assert answer["release"] == asked(server, "abuja").headers["UN-Missions-Release"]
    assert answer["hits"][0] == {
        "iri": f"{BASE}place/abuja",
        "address": "/place/abuja",
        "kind": "place",
        "labels": {"ar": "أبوجا", "en": "Abuja"},
        "matched": "Abuja",
    }
    assert answer["total"] == sum(answer["kinds"].values()) == len(answer["hits"])
    for address in ("/search.json?q=abuja", "/search?q=abuja&format=json"):
        same = server.http.get(address, headers={"Accept": "text/html"})
        assert same.headers["Content-Type"] == "application/json"
        assert same.json()["hits"] == answer["hits"]
    page = Page(server, "/search?q=abuja&lang=ar")
    assert page.texts(".hits a")[0] == "أبوجا" and page.links(".hits a")[0] == "/place/abuja?lang=ar"
    assert page.response.headers["Content-Type"].startswith("text/html")


def test_a_search_is_kept_until_the_data_change(server: Server) -> None:
    for headers in ({"Accept": "application/json"}, {"Accept": "text/html"}):
        first = server.http.get("/search?q=rome", headers=headers)
        again = server.http.get("/search?q=rome", headers={**headers, "If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304
    assert "Accept" in first.headers["Vary"]


def test_one_kind_can_be_asked_for(server: Server) -> None:
    only = asked(server, "abuja", kind="mission").json()
    assert [hit["kind"] for hit in only["hits"]] == ["mission"] and only["total"] == 1
    assert only["kinds"] == asked(server, "abuja").json()["kinds"]


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("kind", "planet", "mission"),
        ("limit", "0", "1 to 100"),
        ("limit", "many", "1 to 100"),
        ("page", "-1", "1"),
    ],
)
def test_a_wrong_parameter_is_named_with_what_it_may_be(
    server: Server, name: str, value: str, allowed: str
) -> None:
    refused = server.http.get("/search", params={"q": "x", name: value})
    assert refused.status_code == 400
    assert (refused.json()["parameter"], refused.json()["value"]) == (name, value)
    assert allowed in refused.json()["allowed"]


@pytest.mark.parametrize("words", ["Abouja", "ابوجة نيجريا", "Edwrad Luk"])
def test_where_nothing_fits_similar_names_are_offered(server: Server, words: str) -> None:
    answer = asked(server, words).json()
    assert answer["hits"] == [] and answer["nearest"]
    page = Page(server, f"/search?q={words}", "ar")
    assert "أسماء قريبة" in page.text(".empty p[role=status]")
    assert len(page.all(".hits li")) == len(answer["nearest"])


def test_the_search_form_stands_on_every_page_and_keeps_language_and_release(server: Server) -> None:
    release = asked(server, "x").json()["release"]
    page = Page(server, f"/queries?lang=ar&release={release}")
    assert page.one("form.find").attributes["action"] == "/search"
    hidden = {
        node.attributes["name"]: node.attributes["value"] for node in page.all("form.find [type=hidden]")
    }
    assert hidden == {"lang": "ar", "release": release}


def test_a_new_release_is_searched_as_soon_as_it_is_there(writable: Server, graph: str) -> None:
    assert found(writable, "okapi") == []
    writable.put(graph, f'<http://example.org/okapi> {LABEL} "Okapi"@en .')
    assert found(writable, "okapi") == ["http://example.org/okapi"]
    writable.put(graph, f'<http://example.org/okapi> {LABEL} "Giraffe"@en .')
    assert found(writable, "okapi") == []


@pytest.fixture(scope="module")
def beside(store: Path, start: Start, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the project's data, with names that would like to run in a browser and one in French."""
    copy = tmp_path_factory.mktemp("beside") / "store"
    shutil.copytree(store, copy, symlinks=True)
    publish(copy, HOSTILE)
    with start(store=copy) as running:
        yield running


@pytest.mark.matrix
def test_what_is_loaded_is_found_and_cannot_run(beside: Server) -> None:
    hits = asked(beside, "quagga").json()["hits"]
    assert {(hit["iri"], hit["kind"]) for hit in hits} == {
        ("http://example.org/a", ""), ("javascript:alert%281%29", ""),
    }  # fmt: skip
    assert not [hit for hit in hits if hit["address"].startswith("javascript:")]
    page = Page(beside, "/search?q=quagga")
    assert page.all(".hits script") == [] and "<script>alert(1)</script>" in page.text(".hits")
    assert page.texts(".hits .unseen") == ["U+202E"]
    assert not [link for link in page.links() if "javascript:" in link.partition("?")[0]]
    assert Page(beside, "/search?q=couagga", "ar").one(".hits bdi[lang=fr]")
    assert found(beside, "quagga", kind="elsewhere") and found(beside, "abuja")[0] == "place/abuja"


@pytest.mark.matrix
def test_with_very_many_names_ours_are_still_found_and_the_answer_says_so(beside: Server) -> None:
    many = "".join(f'<http://example.org/n/{n}> {LABEL} "Number {n}"@en .\n' for n in range(MOST_NAMES + 1))
    publish(beside.store, f"<urn:many> {{ {many} }}")
    partial = asked(beside, "abuja")
    assert partial.json()["searched"] in ("own", "most")
    assert ("ETag" in partial.headers) == (partial.json()["searched"] == "most")
    assert until(lambda: asked(beside, "abuja").json()["searched"] == "most")
    assert found(beside, "abuja")[0] == "place/abuja"
    assert str(MOST_NAMES) in Page(beside, "/search?q=abuja").text(".note")


@pytest.mark.parametrize(
    ("language", "words", "name", "address"),
    some([("ar", "ابوج", "أبوجا", "/place/abuja"), ("en", "abuj", "Abuja", "/place/abuja")]),
)
def test_results_come_while_one_types_and_the_keyboard_chooses(
    tabs: Tabs, language: str, words: str, name: str, address: str
) -> None:
    tab = tabs(language)
    tab.open("/queries")
    field = tab.page.get_by_role("combobox")
    assert field.get_attribute("aria-expanded") == "false"
    field.press_sequentially(words)
    first = tab.page.get_by_role("option").first
    first.wait_for()
    assert field.get_attribute("aria-expanded") == "true" and name in first.inner_text()
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    assert first.get_attribute("aria-selected") == "true"
    field.press("Escape")
    assert field.get_attribute("aria-expanded") == "false" and field.input_value() == words
    field.press("ArrowDown")
    first.wait_for()
    field.press("ArrowDown")
    field.press("Enter")
    tab.page.wait_for_url(f"**{address}*")
    assert tab.complaints == []


@pytest.mark.matrix
def test_enter_without_a_choice_and_a_click_lead_where_they_say(tabs: Tabs) -> None:
    tab = tabs("en")
    tab.open("/missions?lang=ar")
    tab.page.get_by_role("combobox").fill("abuja")
    tab.page.get_by_role("combobox").press("Enter")
    tab.page.wait_for_url("**/search?lang=ar&q=abuja")
    tab.open("/missions")
    tab.page.get_by_role("combobox").press_sequentially("berlin")
    tab.page.get_by_role("option").first.click()
    tab.page.wait_for_url("**/place/berlin*")


def test_a_slash_leads_to_the_search_which_says_when_there_is_nothing(tabs: Tabs) -> None:
    tab = tabs("en")
    tab.open("/missions")
    tab.page.keyboard.press("/")
    field = tab.page.get_by_role("combobox")
    assert field.evaluate("field => field === document.activeElement") and field.input_value() == ""
    field.press_sequentially("zzzzzz/zzzz")
    tab.page.get_by_role("option").wait_for()
    assert tab.page.locator(".find [role=status]").inner_text().startswith("No results. Try")
    tab.page.get_by_role("option").click()
    tab.page.wait_for_url("**/search?q=zzzzzz*")


@pytest.mark.matrix
def test_the_form_searches_without_a_script(tabs: Tabs) -> None:
    tab = tabs("ar", script=False)
    tab.open("/")
    tab.page.locator("#find").fill("روما")
    tab.page.locator("form.find button").click()
    assert "روما" in tab.page.locator(".hits li").first.inner_text()


def test_the_kinds_that_the_script_names_are_words_in_the_language_of_the_page(server: Server) -> None:
    for language, word in [("en", "Mission"), ("ar", "بعثة")]:
        kinds = json.loads(Page(server, "/", language).one("#find").attributes["data-kinds"] or "")
        assert kinds["mission"] == word
