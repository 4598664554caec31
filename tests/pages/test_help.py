"""Who made this and how it is used stand on the site itself, and every link there leads on."""

import pytest

from server.help.documents import DOCS, names
from server.help.markdown import rendered
from tests.cases import some
from tests.queries.page_reading import Page, words
from tests.server.servers import Server, Start

PAGES = ["/about", "/help", *(f"/help/{name}" for name in names())]


@pytest.mark.parametrize(
    ("language", "no_official_site", "error", "whom"),
    [("en", "not a United Nations site", "Corrections are welcome", "tell whoever runs it"),
     ("ar", "ليس من مواقع الأمم المتحدة", "نرحب بالتصويبات", "أبلغ القائمين على تشغيله")],
)  # fmt: skip
def test_about_says_who_made_this_and_what_it_may_be_used_for(
    server: Server, language: str, no_official_site: str, error: str, whom: str
) -> None:
    page = Page(server, "/about", language)
    text = page.text("article")
    assert no_official_site in text and "un-missions" in text and error in text and whom in text
    assert "CC BY 4.0" in text and "MIT" in text and "©" in text
    assert "/queries/inferred-facts" in page.links("article a")


def test_every_link_of_about_and_help_leads_to_something(server: Server) -> None:
    seen: dict[str, int] = {}
    for address in PAGES:
        page = Page(server, address)
        ours = {link.partition("#")[0] for link in page.links("article a") if link.startswith("/")}
        seen |= {link: server.http.head(link).status_code for link in ours - seen.keys()}
        named = {element.attributes.get("id") for element in page.all("article [id]")}
        assert [link for link in page.links("article a") if link[:1] == "#" and link[1:] not in named] == []
    assert {link: status for link, status in seen.items() if status != 200} == {}
    assert len(seen) > 70


def test_every_document_of_the_project_is_a_page(server: Server) -> None:
    assert len(names()) == len(list(DOCS.rglob("*.md"))) > 20
    page = Page(server, "/help/reference/errors", "ar")
    assert page.one("article").attributes["dir"] == "ltr" and page.all("article table")
    assert server.http.get("/help/nothing").status_code == 404
    assert server.http.get("/help/../README").status_code == 404


def test_the_list_of_the_documents_is_in_arabic_too_and_names_the_same(server: Server) -> None:
    english, arabic = (Page(server, "/help", language) for language in ("en", "ar"))
    assert arabic.one("article").attributes["lang"] == "ar" and arabic.text("h1") == "الوثائق"
    without = [[link.partition("?")[0] for link in page.links("article a")] for page in (english, arabic)]
    assert without[0] == without[1] and len(without[0]) > 25


def test_markup_within_a_document_is_text() -> None:
    text = "# A\n\n<script>alert(1)</script> <b onclick=x>b</b>\n\n[x](javascript:alert(1)) ![y](z.png)"
    shown = rendered(text, lambda target: "")
    assert shown.title == "A" and "<script" not in shown.content and "<b" not in shown.content
    assert "href" not in shown.content


@pytest.mark.parametrize("contact", some(["https://example.org/issues", "mailto:somebody@example.org"]))
def test_who_runs_a_server_names_where_errors_are_reported(start: Start, contact: str) -> None:
    with start("--contact", contact) as running:
        assert contact in Page(running, "/about").links("article a")


def test_every_page_says_what_it_is_to_those_who_share_it(server: Server) -> None:
    for address in ("/", "/mission/2012-abuja", "/queries/who-met-whom", "/sparql"):
        page = Page(server, address, "ar")
        about = {
            one.attributes.get("property"): one.attributes["content"] for one in page.all("meta[property]")
        }
        assert about["og:site_name"] == "بعثات المستشارين الخاصين المعنيين بمنع الإبادة الجماعية"
        assert about["og:title"] and (about["og:url"] or "").startswith(server.url)
        picture = server.http.get((about["og:image"] or "").removeprefix(server.url))
        assert picture.headers["Content-Type"] == "image/png"
        assert page.one("meta[name=description]").attributes["content"]


@pytest.mark.parametrize(
    ("address", "language", "told"),
    [
        (
            "/mission/2011-rome", "en",
            "Francis Deng was in Rome from 21 to 24 November 2011 and met the Minister for Foreign Affairs "
            "of Italy and other senior government officials.",
        ),
        ("/institution/ecowas", "ar", "منظمة إقليمية. في هذه البيانات: لقاءان ضمن بعثتين."),
        ("/mission/2010-west-africa", "en", "Francis Deng was in Ghana and Guinea from 18 to 26 March 2010"),
    ],
)  # fmt: skip
def test_a_thing_is_described_by_its_own_sentence(
    server: Server, address: str, language: str, told: str
) -> None:
    description = Page(server, address, language).one("meta[name=description]").attributes["content"] or ""

    assert description.replace("\u00a0", " ").startswith(told)
    assert len(description) <= 160 and description[-1] in ".…"


def test_the_title_of_the_front_page_says_its_name_once(server: Server) -> None:
    assert Page(server, "/").text("head > title") == "Missions of the Special Advisers"


@pytest.mark.parametrize(
    ("address", "where", "parts"),
    [
        (
            "/sources",
            ".address",
            ["/ar", "/preventgenocide", "/adviser", "/key_", "missions.shtml"],
        ),
        (
            "/resource?iri=http%3A%2F%2Fwww.wikidata.org%2Fentity%2FQ1033",
            ".cite .address",
            ["?iri=", "http%3A%2F%2Fwww.wikidata.org", "%2Fentity", "%2FQ1033"],
        ),
        (
            "/person/francis-deng",
            ".cite .address",
            ["https://w3id.org", "/un-missions", "/person", "/francis-deng"],
        ),
    ],
)
def test_addresses_are_broken_before_what_parts_them(
    server: Server, address: str, where: str, parts: list[str]
) -> None:
    found = [[words(part) for part in one.css(".part")] for one in Page(server, address).all(where)]

    assert any(one[-len(parts) :] == parts for one in found)


def test_long_names_are_broken_at_their_joints_and_releases_never(server: Server) -> None:
    page = Page(server, "/queries/mission-as-rdf")

    name = "sem:<wbr>has<wbr>Earliest<wbr>Begin<wbr>Time<wbr>Stamp"
    assert any(name in (one.html or "") for one in page.all("td"))
    for one in page.all(".cite a bdi"):
        assert one.css_first(".release-id")


@pytest.mark.parametrize(
    ("address", "section"),
    [("/missions", "/missions"), ("/mission/2012-abuja", "/missions"), ("/queries/who-met-whom", "/queries"),
     ("/help/tutorial", "/help"), ("/sources/key-missions-ar", "/sources")],
)  # fmt: skip
def test_the_way_through_the_site_says_where_one_is(server: Server, address: str, section: str) -> None:
    assert Page(server, address).links("nav a[aria-current]") == [section]
