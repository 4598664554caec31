"""Machines are told what there is: crawlers all pages in both languages, models how to ask; mistakes help."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest

from loader.release.namespaces import BASE
from tests.queries.page_reading import BROWSER, Page
from tests.server.servers import Server

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LANGUAGES = ("en", "ar")


@pytest.fixture(scope="module")
def entries(server: Server) -> list[ElementTree.Element]:
    response = server.http.get("/sitemap.xml")
    assert response.headers["Content-Type"].startswith("application/xml")
    return list(ElementTree.fromstring(response.content))


def address(entry: ElementTree.Element) -> str:
    return entry.findtext(f"{SITEMAP}loc") or ""


def path(server: Server, entry: ElementTree.Element) -> str:
    assert address(entry).startswith(server.url + "/")
    return urlsplit(address(entry)).path


def test_the_list_has_every_thing_of_ours_in_both_languages(
    server: Server, entries: list[ElementTree.Element]
) -> None:
    listed = {path(server, entry) for entry in entries}
    kinds = ("mission", "meeting", "person", "institution", "place", "topic", "statement", "section")
    for kind in kinds:
        things = server.rows(f'SELECT DISTINCT ?s {{ ?s a ?t FILTER(STRSTARTS(STR(?s), "{BASE}{kind}/")) }}')
        ours = {f"/{thing.removeprefix(BASE)}" for thing in things if "#" not in thing}
        assert ours and ours <= listed
    assert {
        "/",
        "/queries",
        "/sources",
        "/sources/key-missions-ar",
        "/queries/who-met-whom",
        "/data/",
    } <= listed
    assert len(entries) == 2 * len(listed) < 50_000


def test_each_address_names_its_languages_and_when_it_changed(
    server: Server, entries: list[ElementTree.Element]
) -> None:
    written = server.http.get("/").headers["UN-Missions-Release"]
    assert written.startswith("1-")
    for entry in entries:
        plain = address(entry).partition("?")[0]
        links = {link.get("hreflang"): link.get("href") for link in entry.findall(f"{XHTML}link")}
        assert links == {"en": f"{plain}?lang=en", "ar": f"{plain}?lang=ar", "x-default": plain}
        assert re.fullmatch(
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", entry.findtext(f"{SITEMAP}lastmod") or ""
        )


def one_of_each(server: Server, entries: list[ElementTree.Element]) -> Iterator[str]:
    """Two addresses of every kind."""
    kinds: dict[str, list[str]] = {}
    for entry in entries:
        kinds.setdefault(path(server, entry).split("/")[1], []).append(address(entry))
    for addresses in kinds.values():
        yield from addresses[:2]


def test_the_addresses_of_the_list_are_pages_that_crawlers_may_take(
    server: Server, entries: list[ElementTree.Element]
) -> None:
    rules = RobotFileParser()
    rules.parse(server.http.get("/robots.txt").text.splitlines())
    for found in one_of_each(server, entries):
        response = server.http.get(found, headers={"Accept": BROWSER}, follow_redirects=True)
        assert response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"), found
        assert rules.can_fetch("*", found), found


def test_crawlers_are_kept_from_queries_and_led_to_the_list(server: Server) -> None:
    text = server.http.get("/robots.txt").text
    rules = RobotFileParser()
    rules.parse(text.splitlines())
    for kept in ("/sparql?query=x", "/update", "/graphs?default", "/search?q=a", "/metrics"):
        assert not rules.can_fetch("*", server.url + kept), kept
    for pattern in ("/queries/*/run", "/*release=", "/query$"):
        assert f"Disallow: {pattern}\n" in text
    assert f"Sitemap: {server.url}/sitemap.xml" in text


def test_a_part_of_the_list_that_is_not_there_is_told(server: Server) -> None:
    assert server.http.get("/sitemap-1.xml").status_code == 200
    assert server.http.get("/sitemap-2.xml").status_code == 404


def test_every_link_for_language_models_leads_somewhere(server: Server) -> None:
    response = server.http.get("/llms.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text.startswith("# Missions of the Special Advisers\n\n> ")
    links = re.findall(r"\]\(([^)]+)\)", response.text)
    assert len(links) >= 10
    for link in links:
        assert link.startswith(server.url)
        assert server.http.get(link, follow_redirects=True).status_code == 200, link
    number = server.http.get("/openapi.json").json()["paths"]
    told = int((re.search(r"(\d+) questions", response.text) or ["", "0"])[1])
    assert told == len({path for path in number if path.endswith("/run")})


def test_the_icon_is_where_browsers_look_for_it(server: Server) -> None:
    response = server.http.get("/favicon.ico", follow_redirects=True)
    assert response.status_code == 200 and response.headers["Content-Type"] == "image/svg+xml"


@pytest.mark.parametrize("address", ["/robots.txt", "/llms.txt", "/sitemap.xml"])
def test_what_machines_ask_for_often_is_not_sent_twice(server: Server, address: str) -> None:
    tag = server.http.get(address).headers["ETag"]
    assert server.http.get(address, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "address",
    [
        "/nothing",
        "/mission/1999-nowhere",
        "/%D9%85%D8%B1%D8%AD%D8%A8%D8%A7",
        "/a/b/c/d",
        "/missions/",
        "/.env",
    ],
)
def test_a_page_that_is_not_there_offers_a_way_on(server: Server, address: str, language: str) -> None:
    page = Page(server, address, language)
    assert page.status == 404
    assert page.one("html").attributes["lang"] == language
    assert {"/", "/queries", "/sources", "/sparql"} <= set(page.links("main .ways a"))
    assert page.one("main form").attributes["action"] == "/search"
    detail = page.one(".lead")
    assert bool(re.match("[ء-ي]", detail.text().strip())) == (language == "ar")
    assert page.texts("main .lead + p")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_release_that_is_gone_offers_what_is_known_now(server: Server, language: str) -> None:
    page = Page(server, f"/queries?release=77&lang={language}", language)
    assert page.status == 404
    assert f"/queries?lang={language}" in page.links("main a")
    assert all("release" not in link for link in page.links("main .ways a"))


def test_what_stands_in_a_wrong_address_cannot_run(server: Server) -> None:
    page = Page(server, "/%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert page.status == 404 and page.all("main script, main img") == []
    assert "<script>alert" not in page.response.text
