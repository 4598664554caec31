"""The editor in a real browser: writing, completing, running, stopping, looking, taking away, sharing."""

import json
from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from server.i18n.dates import MONTHS
from server.page.static import BUILT
from tests.cases import some
from tests.pages.tabs import Tab, new_tab
from tests.server.servers import ENDLESS, Server, until

pytestmark = pytest.mark.skipif(
    not (BUILT / "editor.js").is_file(), reason="The editor is not built: make assets"
)
MISSIONS = """PREFIX unm: <https://w3id.org/un-missions/ontology#>
SELECT ?mission ?begin WHERE { ?mission a unm:Mission ; unm:notBefore ?begin FILTER(YEAR(?begin) < 2013) }"""
SECONDS = 10_000.0


class Editor:
    """The page of the endpoint, as a person works with it."""

    def __init__(self, tab: Tab, address: str = "/sparql") -> None:
        self.tab, self.page = tab, tab.page
        assert tab.open(address) == 200
        self.field = self.page.locator(".cm-content")
        self.field.wait_for()

    @property
    def text(self) -> str:
        """What is in the field, and so what the form would send."""
        return str(self.page.locator("#query").evaluate("field => field.value"))

    def write(self, text: str) -> None:
        """Puts a text in the place of what there is."""
        self.field.click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def complete(self, words: str, choice: str) -> None:
        """Types words, and takes the choice that they bring up."""
        self.page.keyboard.type(words, delay=20)
        option = self.page.locator(".cm-tooltip-autocomplete li", has_text=choice).first
        option.wait_for(timeout=SECONDS)
        self.page.wait_for_timeout(400)  # a list that has only just come may give way to a fuller one
        option.click()

    def run(self) -> None:
        self.page.get_by_role("button", name="Run").click()
        self.page.locator("#outcome :is(.result, .wrong)").wait_for(timeout=SECONDS)
        expect(self.page.locator("#run")).to_be_enabled(timeout=SECONDS)


@pytest.fixture
def tab(browser: Browser, server: Server) -> Iterator[Tab]:
    """A tab of its own, which may have asked no other host and complained of nothing by the end."""
    opened = new_tab(browser, server, "en")
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield opened
    assert opened.hosts <= {server.url.removeprefix("http://")}
    assert [said for said in opened.complaints if "400" not in said] == []
    opened.page.context.close()


COMPLETED = [
    ("SELECT * WHERE { ?x a ", "بعث", "بعثة", "?x a unm:Mission", "unm"),
    ("SELECT * WHERE { ?x a ", "missi", "mission", "?x a unm:Mission", "unm"),
    ("SELECT * WHERE { ?x ", "interloc", "interlocutor", "?x unm:interlocutor", "unm"),
    ("SELECT * WHERE { ?x ?y ", "adama di", "Adama Dieng", "?x ?y person:adama-dieng", "person"),
    ("SELECT * WHERE { ?x ?y ", "أداما دينغ", "أداما دينغ", "?x ?y person:adama-dieng", "person"),
    ("SELECT * WHERE { ?x ", "skos", "skos:", "?x skos:", "skos"),
]


@pytest.mark.parametrize(
    ("before", "words", "choice", "after", "prefix"),
    some(COMPLETED),
)
def test_a_label_of_either_language_becomes_a_name_and_its_prefix_is_declared(
    tab: Tab, before: str, words: str, choice: str, after: str, prefix: str
) -> None:
    editor = Editor(tab)
    editor.write(before)
    editor.complete(words, choice)
    assert editor.text.endswith(after)
    assert editor.text.startswith(f"PREFIX {prefix}: <")
    editor.page.keyboard.type(" ?z")
    assert editor.text.endswith(f"{after} ?z")


DECLARED = "PREFIX unm: <https://w3id.org/un-missions/ontology#>\nSELECT * WHERE { "
SUITED = [
    ("?m unm:missionKind ", "mission", ["thing", "variable"]),
    ("?m unm:participant [ unm:role ", "envoy", ["thing", "variable"]),
    ("?m unm:place/unm:placeKind ", "country", ["thing", "variable"]),
    ("?m rdfs:label ", "?m", ["variable"]),
    ("?m a ", "statement", ["class"]),
    ("?m a unm:Mission ; ", "date as the text says it", ["property"]),
    ("?m unm:place ?p . ?p ", "kind of place", ["property"]),
    ("?m unm:place/", "kind of place", ["property"]),
    ("?m unm:place [ ", "kind of place", ["property"]),
    ("[ a unm:Mission ] ", "date as the text says it", ["property"]),
    ("?m unm:place ?p . ", "?m", ["variable", "word of SPARQL"]),
    ("", "OPTIONAL", ["word of SPARQL"]),
]


def test_before_a_letter_is_written_what_suits_the_place_is_offered_and_nothing_else(tab: Tab) -> None:
    editor = Editor(tab)
    options = editor.page.locator(".cm-tooltip-autocomplete li")
    for before, first, kinds in SUITED:
        editor.write(DECLARED + before)
        editor.page.keyboard.press("Control+Space")
        label = options.first.locator(".cm-completionLabel")
        expect(label, before).to_have_text(first, timeout=SECONDS)
        assert list(dict.fromkeys(options.locator(".kind").all_inner_texts())) == kinds, before
        editor.page.keyboard.press("Escape")
    editor.write(DECLARED + "?m unm:missionKind ")
    editor.page.keyboard.press("Control+Space")
    options.filter(has_text="visit").click()
    assert editor.text.endswith("?m unm:missionKind mission-kind:visit")


BEGUN = [
    ("?m unm:place ?p . ", "FIL", ["FILTER"]),
    ("", "SEL", ["SELECT"]),
    ("?m a unm:Mission ", "opt", ["OPTIONAL"]),
    ("?m unm:place ?p } ", "ORD", ["ORDER BY"]),
    ("?m unm:place ?p } ORDER BY ", "DES", ["DESC", "DESCRIBE"]),
    ("?m unm:place ?p } GROUP BY ?p ", "HAV", ["HAVING"]),
    ("?m unm:place ?p } ", "LIM", ["LIMIT"]),
]


@pytest.mark.parametrize(("before", "letters", "words"), some(BEGUN))
def test_letters_that_begin_a_word_of_sparql_bring_up_no_names_where_it_may_stand(
    tab: Tab, before: str, letters: str, words: list[str]
) -> None:
    editor = Editor(tab)
    editor.write(DECLARED + before)
    editor.page.keyboard.type(letters, delay=20)
    labels = editor.page.locator(".cm-tooltip-autocomplete .cm-completionLabel")
    expect(labels).to_have_text(words, timeout=SECONDS)
    editor.page.wait_for_timeout(400)
    assert labels.all_inner_texts() == words


def test_in_brackets_functions_come_before_the_things_of_such_names(tab: Tab) -> None:
    editor = Editor(tab)
    editor.write("SELECT (")
    editor.page.keyboard.type("COU", delay=20)
    labels = editor.page.locator(".cm-tooltip-autocomplete .cm-completionLabel")
    expect(labels.first).to_have_text("COUNT", timeout=SECONDS)
    editor.page.wait_for_timeout(400)
    editor.page.keyboard.press("Enter")
    assert editor.text == "SELECT (COUNT"


@pytest.mark.matrix
def test_words_find_first_what_suits_the_property_or_the_class(tab: Tab) -> None:
    editor = Editor(tab)
    options = editor.page.locator(".cm-tooltip-autocomplete li")
    for before, words, first in (
        ("?m unm:place ", "pa", "Paris"),
        ("?m unm:place ", "place:r", "place:rome"),
        ("?m a unm:Participation ; ", "unm:", "unm:certainty"),
        ("?m a unm:Meeting ; ", "kind", "kind of meeting"),
    ):
        editor.write(DECLARED + before)
        editor.page.keyboard.type(words, delay=20)
        expect(options.first.locator(".cm-completionLabel"), before).to_have_text(first, timeout=SECONDS)
        editor.page.keyboard.press("Escape")
    editor.write(DECLARED + "?m rdfs:label ")
    editor.page.keyboard.type("adama di", delay=20)
    editor.page.wait_for_timeout(600)
    assert options.count() == 0


@pytest.mark.matrix
def test_a_prefix_that_is_there_is_used_under_its_own_name(tab: Tab) -> None:
    editor = Editor(tab)
    editor.write("PREFIX my: <https://w3id.org/un-missions/ontology#>\nSELECT * WHERE { ?x a ")
    editor.complete("missi", "mission")
    assert editor.text.endswith("?x a my:Mission") and editor.text.count("PREFIX") == 1


@pytest.mark.matrix
def test_what_follows_a_prefix_is_completed_by_the_terms_of_its_namespace(tab: Tab) -> None:
    editor = Editor(tab)
    editor.write("SELECT * WHERE { ?x unm:")
    editor.complete("interl", "unm:interlocutor")
    assert editor.text.endswith("?x unm:interlocutor")


@pytest.mark.matrix
def test_a_mistake_is_marked_while_it_is_written_and_can_be_mended(tab: Tab) -> None:
    editor = Editor(tab)
    editor.write("SELECT * WHERE { ?s rdfs:label ?o }")
    mark = editor.page.locator(".cm-lintRange-error")
    expect(mark).to_have_text("rdfs:", timeout=SECONDS)
    mark.hover()
    editor.page.get_by_role("button", name="Declare it").click()
    expect(mark).to_have_count(0, timeout=SECONDS)
    assert editor.text.startswith("PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>")
    editor.write("SELECT * WHERE { ?s rdfs:label ?o ; skos:note ?n ; my:own ?m }")
    expect(mark).to_have_text("rdfs:", timeout=SECONDS)
    mark.hover()
    editor.page.get_by_role("button", name="Declare them all").click()
    expect(mark).to_have_text("my:", timeout=SECONDS)
    assert editor.text.count("PREFIX") == 2
    editor.write("SELECT * WHERE { ?s ?p } ")
    expect(mark).to_have_text("}", timeout=SECONDS)


@pytest.mark.matrix
def test_the_problem_of_the_server_is_told_and_its_place_is_marked(tab: Tab) -> None:
    editor = Editor(tab)
    editor.write("SELECT * WHERE {\n  ?s ?p ?o .\n  ?s rdfs:label ?o\n}")
    editor.run()
    assert "The prefix rdfs: is not declared" in editor.page.locator("#outcome [role=alert]").inner_text()
    editor.page.get_by_role("button", name="Show line 3").click()
    assert "rdfs" in editor.page.locator(".cm-activeLine").inner_text()
    assert editor.page.evaluate("document.activeElement.className").startswith("cm-content")
    editor.page.get_by_role("button", name="Declare it").click()
    assert editor.text.startswith("PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n\nSELECT")
    editor.run()
    assert editor.page.locator(".read tbody tr").count() > 10


@pytest.mark.parametrize("width", some([1280, 390]))
def test_what_comes_of_a_query_is_seen_without_scrolling(tab: Tab, width: int) -> None:
    tab.page.set_viewport_size({"width": width, "height": 800})
    editor = Editor(tab)
    for text, came in (("ASK { ?s unm:place ?o }", ".wrong"), (MISSIONS, "#result-title")):
        editor.page.evaluate("scrollTo(0, 0)")
        editor.write(text)
        editor.page.keyboard.press("Control+Enter")
        expect(editor.page.locator(f"#outcome {came}")).to_be_in_viewport(ratio=1, timeout=SECONDS)
    editor.tab.open(f"/sparql?query={quote(MISSIONS)}")
    expect(editor.page.locator("#result-title")).to_be_in_viewport(timeout=SECONDS)


def test_on_a_phone_a_long_result_scrolls_with_the_page(tab: Tab) -> None:
    tab.page.set_viewport_size({"width": 390, "height": 800})
    tab.open(f"/sparql?query={quote('SELECT * { ?s ?p ?o } LIMIT 100')}")
    assert tab.page.locator(".read").evaluate("box => box.scrollHeight - box.clientHeight") == 0


@pytest.mark.matrix
def test_control_enter_runs_and_says_how_many_rows_in_what_time(tab: Tab) -> None:
    editor = Editor(tab)
    editor.write(MISSIONS)
    editor.page.keyboard.press("Control+Enter")
    facts = editor.page.locator("#result-facts")
    facts.wait_for(timeout=SECONDS)
    assert "13 rows" in facts.inner_text() and "ms" in facts.inner_text()
    assert editor.page.locator(".read tbody tr").count() == 13
    assert "13 rows" in (editor.page.locator("#progress").text_content() or "")


@pytest.mark.matrix
def test_labels_give_way_to_terms_and_drawings_to_each_other(tab: Tab) -> None:
    editor = Editor(tab)
    editor.write(MISSIONS)
    editor.run()
    assert "Mission to Italy, 2011" in editor.page.locator(".panel:visible").inner_text()
    editor.page.get_by_label("Labels in place of IRIs").uncheck()
    shown = editor.page.locator(".panel:visible").inner_text()
    assert "Mission to Italy, 2011" not in shown and "mission/2011-rome" in shown and "^^xsd:date" in shown
    editor.page.get_by_role("radio", name="timeline").check()
    assert editor.page.locator(".panel:visible .timeline ol > li").count() == 13
    editor.page.get_by_role("radio", name="as written").check()
    assert editor.page.locator(".panel:visible pre").inner_text().startswith("?mission\t?begin")
    editor.run()
    assert editor.page.get_by_role("radio", name="as written").is_checked()


@pytest.mark.matrix
def test_on_paper_the_query_stands_above_its_result_without_controls(tab: Tab) -> None:
    editor = Editor(tab)
    editor.write(MISSIONS)
    editor.run()
    tab.page.emulate_media(media="print")
    on_paper = tab.page.locator("pre.on-paper")
    expect(on_paper).to_contain_text("unm:Mission")
    assert on_paper.is_visible() and tab.page.locator("#outcome table").first.is_visible()
    for control in (".show", "#run", "aside", "#rows label"):
        assert not tab.page.locator(f".asking {control}, #outcome {control}").first.is_visible()


def test_a_long_query_is_printed_to_its_last_line(tab: Tab) -> None:
    editor = Editor(tab, "/sparql?saved=missions-at-a-glance")
    assert editor.text.count("\n") > 60
    tab.page.emulate_media(media="print")
    on_paper = tab.page.locator("pre.on-paper")
    expect(on_paper).to_be_visible()
    expect(on_paper).not_to_be_empty()
    assert on_paper.text_content() == editor.text
    assert not editor.field.is_visible()


def test_the_heading_of_a_mistake_is_in_the_language_of_the_page(browser: Browser, server: Server) -> None:
    opened = new_tab(browser, server, "ar")
    editor = Editor(opened)
    editor.write("SELECT * WHERE { ?s ?p")
    opened.page.keyboard.press("Control+Enter")
    heading = opened.page.locator("#outcome .wrong strong")
    expect(heading).to_have_text("صياغة الاستعلام بلغة SPARQL غير صحيحة")
    opened.page.context.close()


def test_stop_ends_the_query_on_the_server(tab: Tab, server: Server) -> None:
    editor = Editor(tab)
    editor.write(ENDLESS)
    editor.page.get_by_role("button", name="Run").click()
    assert until(lambda: server.running() > 0)
    editor.page.get_by_role("button", name="Stop").click()
    assert until(lambda: server.running() == 0, 10)
    expect(editor.page.locator("#progress")).to_have_text("Stopped, here and on the server.")
    expect(editor.page.locator("#run")).to_be_enabled()


@pytest.mark.matrix
def test_an_earlier_problem_is_gone_when_a_new_run_begins_which_says_how_long_it_may_take(tab: Tab) -> None:
    editor = Editor(tab)
    editor.write("SELECT * WHERE { ?s rdfs:label ?o }")
    editor.run()
    editor.write(ENDLESS)
    editor.page.get_by_role("button", name="Run").click()
    expect(editor.page.locator("#progress")).to_contain_text("s of at most", timeout=SECONDS)
    assert editor.page.locator("#outcome .wrong").count() == 0
    editor.page.get_by_role("button", name="Stop").click()
    expect(editor.page.locator("#run")).to_be_enabled()
    assert editor.page.locator("#outcome .wrong").count() == 0


@pytest.mark.matrix
def test_leaving_the_page_ends_the_query_too(tab: Tab, server: Server) -> None:
    editor = Editor(tab)
    editor.write(ENDLESS)
    editor.page.get_by_role("button", name="Run").click()
    assert until(lambda: server.running() > 0)
    editor.page.goto("about:blank")
    assert until(lambda: server.running() == 0, 10)


@pytest.mark.parametrize(
    ("query", "button", "begins"),
    some(
        [
            ("CONSTRUCT WHERE { ?s ?p ?o }", "N-Triples", ""),
            (MISSIONS, "CSV", "mission,begin"),
            (MISSIONS, "JSON", '{"head":'),
        ]
    ),
)
def test_a_download_is_the_whole_result(tab: Tab, query: str, button: str, begins: str) -> None:
    editor = Editor(tab)
    editor.write(query)
    editor.run()
    with editor.page.expect_download() as caught:
        editor.page.get_by_role("button", name=button, exact=True).click()
    content = caught.value.path().read_text(encoding="utf-8")
    assert content.startswith(begins)
    if button == "N-Triples":
        shown = editor.page.locator("#outcome .pages").inner_text()
        assert f"Rows 1–500 of {content.count(chr(10)):,}" in shown


@pytest.mark.matrix
def test_a_heading_sorts_and_words_narrow_down_without_another_page(tab: Tab) -> None:
    editor = Editor(tab)
    editor.write(MISSIONS)
    editor.run()
    editor.page.get_by_role("button", name="mission", exact=True).click()
    expect(editor.page.locator(".read th[aria-sort=ascending]")).to_have_text("mission", timeout=SECONDS)
    assert editor.page.evaluate("document.activeElement.textContent") == "mission"
    editor.page.get_by_label("Only rows with").fill("paris")
    editor.page.keyboard.press("Enter")
    expect(editor.page.locator(".read tbody tr")).to_have_count(1, timeout=SECONDS)
    expect(editor.page.locator(".read th[aria-sort=ascending]")).to_have_text("mission")
    editor.page.get_by_role("button", name="Show where the source says so").click()
    expect(editor.page.locator(".read blockquote").first).to_be_visible(timeout=SECONDS)
    editor.page.get_by_role("button", name="Hide the quotations").click()
    expect(editor.page.locator(".read blockquote")).to_have_count(0, timeout=SECONDS)


@pytest.mark.matrix
def test_each_tab_has_a_query_and_its_result_for_keys_too(tab: Tab) -> None:
    editor = Editor(tab)
    editor.write(MISSIONS)
    editor.run()
    editor.page.get_by_role("button", name="New query").click()
    assert editor.text == "" and editor.page.locator("#outcome .result").count() == 0
    editor.page.keyboard.insert_text(
        "PREFIX a: <urn:a> # of nothing\nPREFIX b: <urn:b>\n#defaultView:Table\n# Is it so?\nASK {}"
    )
    editor.run()
    chosen = editor.page.locator("[role=tab][aria-selected=true]")
    expect(chosen).to_have_text("Is it so?", timeout=SECONDS)
    chosen.focus()
    editor.page.keyboard.press("ArrowLeft")
    assert editor.text == MISSIONS and editor.page.locator(".read tbody tr").count() == 13
    editor.page.keyboard.press("End")
    assert editor.page.locator("#outcome .answer").inner_text() == "yes"
    editor.page.keyboard.press("Delete")
    expect(editor.page.locator("[role=tab]")).to_have_count(1)
    assert editor.text == MISSIONS
    expect(editor.page.locator("#history")).to_contain_text("Is it so?")


@pytest.mark.matrix
def test_the_result_is_there_after_the_way_back_and_in_the_other_language(tab: Tab) -> None:
    editor = Editor(tab)
    editor.write(MISSIONS)
    editor.run()
    editor.page.locator(".read tbody a").first.click()
    editor.page.locator("h1").wait_for()
    editor.page.go_back()
    expect(editor.page.locator(".read tbody tr")).to_have_count(13, timeout=SECONDS)
    editor.page.get_by_role("link", name="العربية").click()
    expect(editor.page.locator("#result-title")).to_have_text("النتيجة", timeout=SECONDS)


@pytest.mark.matrix
def test_a_link_that_is_opened_leaves_the_query_that_one_was_writing(tab: Tab) -> None:
    Editor(tab).write("ASK { ?mine ?is ?here }")
    assert Editor(tab, "/sparql?text=ASK%20%7B%7D").text == "ASK {}"
    tab.page.get_by_role("tab", name="?mine").click()
    assert Editor(tab).text == "ASK { ?mine ?is ?here }"


@pytest.mark.matrix
def test_after_a_classes_are_offered_and_letters_inside_an_arabic_word_find_nothing(tab: Tab) -> None:
    editor = Editor(tab)
    editor.write("SELECT * WHERE { ?x a ")
    editor.page.keyboard.type("mission", delay=20)
    first = editor.page.locator(".cm-tooltip-autocomplete li").first
    expect(first.locator(".kind")).to_have_text("class", timeout=SECONDS)
    editor.write("SELECT * WHERE { ?x ?y ")
    editor.page.keyboard.type("كاديمي", delay=20)
    editor.page.wait_for_timeout(800)
    assert editor.page.locator(".cm-tooltip-autocomplete li", has_text="أكاديمي").count() == 0


@pytest.mark.matrix
def test_a_short_link_is_kept_and_leads_back_without_being_run(tab: Tab) -> None:
    editor = Editor(tab)
    text = '# ما البعثات؟\nSELECT ?s WHERE { ?s ?p "روما"@ar }'
    editor.write(text)
    editor.page.get_by_role("button", name="Share").click()
    address = editor.page.get_by_label("Short link, kept on the server").input_value()
    whole = editor.page.get_by_label("Link with the whole query in it").input_value()
    for link in (address, whole):
        again = Editor(tab, link.removeprefix(editor.tab.server.url))
        assert again.text == text
        assert again.page.locator("#outcome .result").count() == 0


@pytest.mark.matrix
def test_a_link_that_runs_on_opening_shows_the_view_that_was_shared(tab: Tab) -> None:
    editor = Editor(tab)
    editor.write(MISSIONS)
    editor.run()
    editor.page.get_by_role("radio", name="timeline").check()
    editor.page.get_by_role("button", name="Share").click()
    short = editor.page.get_by_label("Short link, kept on the server")
    short.wait_for(timeout=SECONDS)
    editor.page.get_by_label("Run on opening").check()
    whole = editor.page.get_by_label("Link with the whole query in it").input_value()
    for link in (short.input_value(), whole):
        again = Editor(tab, link.removeprefix(editor.tab.server.url))
        assert again.page.get_by_role("radio", name="timeline").is_checked()
        assert again.page.locator(".panel:visible .timeline ol > li").count() == 13


def test_a_link_that_one_runs_oneself_keeps_the_view_that_was_shared(tab: Tab) -> None:
    editor = Editor(tab)
    editor.write(MISSIONS)
    editor.run()
    editor.page.get_by_role("radio", name="timeline").check()
    editor.page.get_by_role("button", name="Share").click()
    whole = editor.page.get_by_label("Link with the whole query in it").input_value()
    editor.page.get_by_role("radio", name="table").check()
    again = Editor(tab, whole.removeprefix(editor.tab.server.url))
    assert again.page.locator("#outcome .result").count() == 0
    again.run()
    assert again.page.get_by_role("radio", name="timeline").is_checked()


@pytest.mark.matrix
def test_the_address_of_a_query_in_yasgui_fills_the_field_of_an_open_page_too(tab: Tab) -> None:
    editor = Editor(tab, "/sparql#query=ASK%20%7B%7D&endpoint=x")
    assert editor.text == "ASK {}"
    editor.page.evaluate("location.hash = 'query=ASK%20%7B%20%3Fs%20a%20%3Ft%20%7D'")
    chosen = editor.page.locator("[role=tab][aria-selected=true]")
    expect(chosen).to_have_text("ASK { ?s a ?t }")
    assert editor.text == "ASK { ?s a ?t }" and editor.page.get_by_role("tab").count() == 2


@pytest.mark.matrix
def test_where_a_property_stands_properties_are_offered_before_classes(tab: Tab) -> None:
    editor = Editor(tab)
    editor.write("SELECT * WHERE { ?x unm:")
    editor.page.keyboard.type("place", delay=20)
    first = editor.page.locator(".cm-tooltip-autocomplete li").first
    expect(first).to_contain_text("unm:place", timeout=SECONDS)
    expect(first.locator(".kind")).to_have_text("property")


@pytest.mark.matrix
def test_what_was_asked_is_in_the_history_of_this_browser_until_it_is_forgotten(tab: Tab) -> None:
    editor = Editor(tab)
    for number in (1, 2):
        editor.write(f"# question {number}\nSELECT ({number} AS ?n) {{}}")
        editor.run()
    entries = Editor(tab).page.locator("#history li")
    expect(entries).to_have_count(2)
    entries.nth(1).get_by_role("button", name="question 1").first.click()
    assert "question 1" in Editor(tab).text
    tab.page.get_by_role("button", name="Forget: question 2").click()
    expect(entries).to_have_count(1)
    tab.page.get_by_role("button", name="Forget all").click()
    expect(Editor(tab).page.locator("#history")).to_have_text("Nothing yet.")


def test_what_a_link_runs_is_among_what_was_asked_with_its_day_as_pages_write_it(
    browser: Browser, server: Server
) -> None:
    opened = new_tab(browser, server, "ar")
    query = "ASK { ?mission a <https://w3id.org/un-missions/ontology#Mission> . ?mission ?property ?value }"
    entry = Editor(opened, f"/sparql?query={quote(query)}&lang=ar").page.locator("#history li")
    expect(entry.get_by_role("button").first).to_have_text(query[:79] + "…")
    expect(entry.locator(".fact").first).to_contain_text(MONTHS["ar"][date.today().month - 1])
    opened.page.context.close()


@pytest.mark.matrix
def test_an_example_is_found_by_words_and_put_into_the_field(tab: Tab) -> None:
    editor = Editor(tab)
    editor.page.get_by_label("Search the examples").fill("المؤسسات التي")
    expect(editor.page.locator(".nothing")).to_be_visible()
    editor.page.get_by_label("Search the examples").fill("whom where")
    example = editor.page.locator(".examples a:visible", has_text="Who met whom")
    example.click()
    assert editor.text.startswith("# Who met whom")
    editor.run()
    assert editor.page.locator(".read tbody tr").count() > 10


@pytest.mark.matrix
def test_tidying_up_changes_lines_and_no_words(tab: Tab) -> None:
    editor = Editor(tab)
    editor.write('select ?s where{?s a ?t;?p "بعثة { ; }"@ar . # here\n}limit 3')
    editor.page.keyboard.press("Control+Shift+F")
    lines = ["select ?s where {", "  ?s a ?t ;", '    ?p "بعثة { ; }"@ar . # here', "}", "limit 3"]
    assert editor.text.split("\n")[:5] == lines


@pytest.mark.matrix
def test_the_tab_key_leaves_the_field(tab: Tab) -> None:
    editor = Editor(tab)
    editor.field.click()
    editor.page.keyboard.press("Tab")
    assert editor.page.evaluate("document.activeElement.id") == "run"


@pytest.mark.matrix
def test_arabic_in_a_query_turns_nothing_around_it(tab: Tab) -> None:
    editor = Editor(tab)
    editor.write('SELECT * WHERE { ?s ?p "روما (إيطاليا)"@ar ; ?q ?z }')
    places = _places(editor.page, ['"', "@ar", "?q", "?z"])
    assert places == sorted(places)
    first, last = _places(editor.page, ["روما", "إيطاليا"])
    assert first > last  # inside the text the reading goes from the right
    editor.field.click()
    editor.page.keyboard.press("Control+End")
    for _ in range(len("; ?q ?z }") + len("@ar") + 2):
        editor.page.keyboard.press("ArrowLeft")
    editor.page.keyboard.type("X")
    assert '"X' in editor.text or 'X"' in editor.text


def _places(page: Page, words: list[str]) -> list[float]:
    """Where each of these words begins on the screen."""
    script = """word => {
      const walker = document.createTreeWalker(document.querySelector('.cm-content'), NodeFilter.SHOW_TEXT);
      for (let node; (node = walker.nextNode()); ) {
        const at = node.data.indexOf(word);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        return range.getBoundingClientRect().left;
      }
    }"""
    return [float(page.evaluate(script, word)) for word in words]


def test_the_editor_and_all_that_it_loads_is_small(tab: Tab) -> None:
    Editor(tab)
    timing = json.loads(tab.page.evaluate("JSON.stringify(performance.getEntriesByType('resource'))"))
    sizes = sum(int(entry["encodedBodySize"]) for entry in timing)
    assert sizes < 900_000
    assert any("editor.js" in entry["name"] and entry["encodedBodySize"] > 0 for entry in timing)


@pytest.mark.matrix
def test_the_field_of_an_arabic_page_stays_left_to_right(browser: Browser, server: Server) -> None:
    tab = new_tab(browser, server, "ar")
    editor = Editor(tab)
    assert editor.page.locator(".code").evaluate("field => getComputedStyle(field).direction") == "ltr"
    editor.page.get_by_role("button", name="تشغيل").click()
    expect(editor.page.locator("#result-facts")).to_contain_text(" صف", timeout=SECONDS)
    tab.page.context.close()


@pytest.mark.matrix
def test_without_a_script_the_form_asks_and_the_result_is_a_page(browser: Browser, server: Server) -> None:
    tab = new_tab(browser, server, "en", script=False)
    assert tab.open("/sparql") == 200
    tab.page.get_by_label("Query (SPARQL 1.1)").fill(MISSIONS)
    tab.page.get_by_role("button", name="Run").click()
    assert tab.page.locator(".read tbody tr").count() == 13
    assert tab.page.get_by_label("Query (SPARQL 1.1)").input_value() == MISSIONS
    tab.page.get_by_role("radio", name="timeline").check()
    assert tab.page.locator(".panel:visible .timeline ol > li").count() == 13
    with tab.page.expect_download() as caught:
        tab.page.get_by_role("button", name="CSV").click()
    assert caught.value.path().read_text().count("\n") == 14
    assert tab.page.get_by_role("button", name="Stop").count() == 0
    tab.page.context.close()
