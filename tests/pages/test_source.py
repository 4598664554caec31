"""The page of a source shows its whole text, every quotation in its place, and what each of them supports."""

import hashlib
import itertools
import json
import shutil
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from loader.release.namespaces import BASE
from loader.release.release import Release
from server.sources.markup import Writer
from server.sources.segments import marks_of, parts_of, quoted_length
from server.sources.statements import SourceStatement
from tests.cases import some
from tests.conftest import Rows
from tests.queries.page_reading import Page
from tests.server.servers import Server, Start, publish

ADDRESS = "/sources/key-missions-ar"
LANGUAGES = ("en", "ar")
UNM = f"{BASE}ontology#"
OA = "http://www.w3.org/ns/oa#"

QUOTED = f"""PREFIX oa: <{OA}> SELECT ?statement ?exact ?start ?end {{
  ?target oa:hasSource <{BASE}source/key-missions-ar> ; oa:hasSelector ?words , ?place .
  ?statement oa:hasTarget ?target . ?words oa:exact ?exact . ?place oa:start ?start ; oa:end ?end }}"""


@pytest.fixture(scope="module")
def text(inputs: Path) -> str:
    return (inputs / "data/sources/key-missions-ar.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module", params=LANGUAGES)
def page(server: Server, request: pytest.FixtureRequest) -> Page:
    return Page(server, ADDRESS, request.param)


def quoted(server: Server) -> list[dict[str, str]]:
    found = json.loads(server.ask(QUOTED, "application/sparql-results+json").text)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found]


def whole(nodes: list[LexborNode]) -> str:
    return "".join(node.text() for node in nodes)


def test_the_whole_text_stands_there_letter_by_letter(page: Page, text: str) -> None:
    shown = whole(page.all(".text h2, .text p"))
    assert "".join(shown.split()) == "".join(text.split())
    article = page.one(".text")
    assert (article.attributes["lang"], article.attributes["dir"]) == ("ar", "rtl")


def test_what_a_dead_link_left_behind_is_set_apart_and_cuts_no_sentence_into_paragraphs(page: Page) -> None:
    assert [shown.strip() for shown in page.texts(".text .residue")] == ["404 | الأمم المتحدة"] * 3
    assert [shown for shown in page.texts(".text p") if shown.lstrip().startswith("،")] == []


def test_every_quotation_is_marked_at_exactly_its_words(page: Page, server: Server, text: str) -> None:
    rows = quoted(server)
    assert rows
    for row in rows:
        slug = row["statement"].removeprefix(f"{BASE}statement/")
        marked = whole(page.all(f'.words[data-statement="{slug}"]'))
        assert marked == row["exact"] == text[int(row["start"]) : int(row["end"])]
        assert len(page.all(f'[id="{slug}"]')) == 1


def test_who_does_not_read_arabic_has_a_translation_and_its_maker(server: Server, inputs: Path) -> None:
    english, arabic = Page(server, ADDRESS), Page(server, ADDRESS, "ar")
    lines = (inputs / "data/sources/key-missions-ar.en.txt").read_text(encoding="utf-8")

    shown = "".join(english.texts(".text .translated"))
    assert "".join(shown.split()) == "".join(lines.split())
    assert english.all(".text .translated")[0].attributes["lang"] == "en"
    assert "The project un-missions, checked on 28 November 2026" in english.text(".origin")
    assert arabic.all(".translated") == []


def test_a_mark_leads_to_its_note_and_a_note_to_its_mark(page: Page) -> None:
    anchors = {node.attributes["id"] for node in page.all("[id]")}
    for address in page.links(".text a.mark, .notes a[href^='#'], nav.parts a"):
        assert address.removeprefix("#") in anchors
    numbers = [node.attributes["value"] for node in page.all(".notes ol > li")]
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    linked = {
        number for mark in page.all(".mark") for number in (mark.attributes["data-notes"] or "").split()
    }
    assert linked == set(numbers)


def test_no_two_elements_share_a_name(page: Page) -> None:
    names = [node.attributes["id"] for node in page.all("[id]")]
    assert len(names) == len(set(names))


def test_a_note_says_what_the_words_support_in_the_readers_language(server: Server) -> None:
    slug = "meeting-2012-abuja-ecowas"
    for language, kind, thing, topic in [
        (
            "en",
            "meeting",
            "Meeting with the Vice-President of ECOWAS",
            "topic discussed: Mass atrocity crimes",
        ),
        ("ar", "لقاء", "اجتماع مع نائب رئيس الجماعة الاقتصادية لدول غرب أفريقيا", "الجرائم الوحشية الجماعية"),
    ]:
        page = Page(server, ADDRESS, language)
        notes = [n for n in page.all(".notes ol > li") if slug in (n.attributes["data-statements"] or "")]
        shown = " ".join(" ".join(note.text().split()) for note in notes)
        assert kind in shown and thing in shown and topic in shown
        links = [a.attributes["href"] or "" for note in notes for a in note.css("a")]
        assert any(link.startswith("/meeting/2012-abuja-ecowas") for link in links)


def test_what_is_inferred_says_so(server: Server) -> None:
    assert "inferred from post and date" in Page(server, ADDRESS).texts(".certainty")
    assert "مستنتج من السياق" in Page(server, ADDRESS, "ar").texts(".certainty")
    assert "stated" not in Page(server, ADDRESS).texts(".certainty")


def test_the_origin_is_told_and_the_share_that_is_quoted(page: Page, text: str, server: Server) -> None:
    covered = {n for row in quoted(server) for n in range(int(row["start"]), int(row["end"]))}
    origin = page.text(".origin")
    for told in (
        "http://www.un.org/ar/preventgenocide/adviser/key_missions.shtml",
        hashlib.sha256(text.encode()).hexdigest(),
        "2026",
        f"{len(text):,}",
        f"{round(100 * len(covered) / len(text))}",
        "©",
    ):
        assert told in origin


def test_the_text_file_is_the_one_in_which_positions_are_counted(server: Server, text: str) -> None:
    address = Page(server, ADDRESS).links("link[type='text/plain']")[0]
    response = server.http.get(address)
    assert response.content == text.encode()
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    again = server.http.get(address, headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_what_the_page_shows_for_checking_works(server: Server, page: Page) -> None:
    shown = page.text(".check pre")
    start, end = (int(n) for n in shown.rpartition("[")[2].split("]")[0].split(":"))
    words = server.http.get(f"{ADDRESS}.txt").text[start:end]
    assert words == page.all(".notes .quotation")[0].text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_source_from_elsewhere_has_its_address_and_what_rests_on_it(server: Server, language: str) -> None:
    page = Page(server, "/sources/un-news-2007-deng", language)
    assert "https://news.un.org/ar/story/2007/05/68222" in page.links("main a")
    assert any("/tenure/francis-deng" in link for link in page.links(".loose a"))
    assert "2007" in page.text(".origin .note") and page.all(".origin .unchecked")
    assert page.all(".text, script[src*=source]") == []
    assert server.http.get("/sources/un-news-2007-deng.txt").status_code == 404


def test_the_list_leads_to_every_source(server: Server, rows: Rows) -> None:
    page = Page(server, "/sources")
    assert page.links(".all h2 a")[0] == "/sources/key-missions-ar"
    assert "17 July 2012" in page.texts(".all .one-line")  # a date that no line ends in
    assert len(page.links(".all h2 a")) == len(rows("SELECT ?s { ?s a unm:Source }"))
    for address in page.links(".all h2 a"):
        assert Page(server, address).status == 200


def test_an_unknown_source_is_told_with_those_near_it(server: Server) -> None:
    page = Page(server, "/sources/key-mission", "ar")
    assert page.status == 404 and "/sources/key-missions-ar" in page.links("main a")
    assert server.http.get("/sources/key-mission.txt").json()["nearest"][0] == "key-missions-ar"
    assert Page(server, "/sources/%E2%80%AE").status == 404


def test_a_result_leads_to_the_words_in_their_place(server: Server) -> None:
    row = Page(server, "/queries/who-met-whom?year=2011&q=Brussels&evidence=true&lang=en")
    path, _, statement = row.links(".quotations .place a")[0].partition("#")
    place = Page(server, path)
    assert path.startswith("/sources/key-missions-ar?") and "lang=en" in path
    assert place.one(f'[id="{statement}"]').text() in row.texts("blockquote")


@pytest.mark.matrix
def test_an_earlier_release_shows_its_own_text(start: Start, release: Release, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(release.path.parent.parent, store, symlinks=True)
    publish(store, f'<{BASE}source/key-missions-ar> <{UNM}sha256> "{"0" * 64}" .')
    for file in (store / "releases" / release.id / "sources").iterdir():
        assert file.is_file()
    with start(store=store, token="") as running:
        assert Page(running, f"{ADDRESS}?release=1").all(".text") != []


def test_a_text_that_is_not_the_recorded_one_is_not_shown(start: Start, tmp_path: Path) -> None:
    store = tmp_path / "store"
    publish(
        store,
        f"""<{BASE}graph/reference> {{
          <{BASE}source/x> a <{UNM}Source> ; <{UNM}file> "../manifest.json" ; <{UNM}sha256> "{"0" * 64}"
        }}""",
    )
    with start(store=store, token="") as running:
        page = Page(running, "/sources/x")
        assert page.status == 200 and page.all(".text") == []
        assert running.http.get("/sources/x.txt").status_code == 404


@pytest.mark.matrix
@pytest.mark.parametrize("language", some(LANGUAGES))
def test_what_is_stored_on_a_source_cannot_run(start: Start, tmp_path: Path, language: str) -> None:
    store, label = tmp_path / "store", "<script>alert(1)</script>\u202egpj.exe"
    rdfs, dcterms = "http://www.w3.org/2000/01/rdf-schema#", "http://purl.org/dc/terms/"
    publish(
        store,
        f"""<{BASE}graph/reference> {{
        <{BASE}source/x> a <{UNM}Source> ; <{rdfs}label> "{label}"@{language} ;
          <{dcterms}source> <javascript:alert(1)> ; <{dcterms}rights> "<img src=x onerror=alert(1)>" .
        <urn:thing> <{UNM}evidence> <urn:statement> ; <{rdfs}label> "{label}" .
        <urn:statement> <{OA}hasTarget> <urn:target> . <urn:target> <{OA}hasSource> <{BASE}source/x> }}""",
    )
    with start(store=store, token="") as running:
        for address in ("/sources", "/sources/x"):
            page = Page(running, address, language)
            assert page.status == 200 and "<script>alert(1)</script>" in page.text("main")
            assert page.all("main script, main img") == [] and "\u202e" not in page.response.text
            assert all(link.startswith(("/", "#", "http")) for link in page.links())


def quote(name: str, start: int, end: int) -> SourceStatement:
    return SourceStatement(
        iri=f"{BASE}statement/{name}", thing="urn:thing", start=start, end=end, exact="x" * (end - start)
    )


def test_quotations_that_overlap_nest_and_share_words_are_each_marked_whole() -> None:
    text = "abcdefghij\n\nklmno"
    spans = {"a": (0, 6), "b": (4, 10), "c": (4, 6), "d": (4, 6), "e": (8, 14), "f": (14, 15), "g": (0, 17)}
    passages = marks_of(quote(name, *span) for name, span in spans.items())
    blocks = [block for part in parts_of(text, [], passages) for block in part.blocks]
    writer = Writer()
    page = Fragment("".join(f"<p>{writer.block(block)}</p>" for block in blocks))
    assert page.text() == text.replace("\n\n", "")
    for name, (start, end) in spans.items():
        assert page.marked(name) == text[start:end].replace("\n\n", "")
    assert quoted_length(passages) == len(text)


def test_a_section_is_cut_where_it_says_and_nothing_is_lost() -> None:
    text = "top\n\nOne\nfirst\n\nTwo\n\nsecond\n"
    sections = [("urn:1", 5, 16), ("urn:2", 16, len(text)), ("urn:3", 18, 20)]
    parts = parts_of(text, sections, [])
    assert [(part.iri, part.heading.text if part.heading else "") for part in parts] == [
        ("", ""), ("urn:1", "One"), ("urn:2", "Two"),
    ]  # fmt: skip
    assert list(itertools.chain(*([b.text for b in part.blocks] for part in parts))) == [
        "top", "first", "second",
    ]  # fmt: skip


class Fragment:
    """A few elements, and the words that stand in those of one statement."""

    def __init__(self, html: str) -> None:
        self._tree = LexborHTMLParser(html)

    def text(self) -> str:
        return "".join(node.text() for node in self._tree.css("p"))

    def marked(self, name: str) -> str:
        return "".join(node.text() for node in self._tree.css(f'[data-statement="{name}"]'))
