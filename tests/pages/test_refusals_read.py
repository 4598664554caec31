"""What cannot be had is told in the reader's language, with the value that offends."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.queries.page_reading import BROWSER, Page
from tests.server.servers import BEARER, Server

# Words that join others are those of a sentence, which names and values are not.
ENGLISH = re.compile(r"(?<!\S)(a|an|is|must|of|such|than|the|to)(?!\S)")


@pytest.mark.parametrize(
    ("address", "status", "value"),
    [
        ("/nope", 404, "/nope"),
        ("/mission/2012-abuia", 404, "2012-abuia"),
        ("/queries/who-met-who", 404, "who-met-who"),
        ("/sources/key-missions-an", 404, "key-missions-an"),
        ("/help/nope", 404, "nope"),
        ("/search?q=x&limit=many", 400, "many"),
        ("/search?q=x&colour=red", 400, "colour"),
        ("/ontology?release=999", 404, "999"),
        ("/s/nope", 404, "nope"),
        ("/data/1.zip", 404, "zip"),
        ("/reports/nope", 404, "nope"),
        ("/queries/missions-by-year?page=1&offset=3", 400, "offset"),
        ("/queries?tag=colour", 400, "colour"),
        ("/queries/missions-by-year?sort=colour", 400, "colour"),
        ("/queries/mission-as-rdf?sort=mission", 400, "sort"),
        ("/graphs?graph=urn:none", 404, "urn:none"),
        ("/?release=1999-01-01", 404, "1999-01-01"),
        ("/?release=9999-12-31", 404, "9999-12-31"),
        ("/?release=2026-02-30", 404, "2026-02-30"),
        ("/resource?iri=no%20iri", 400, "no iri"),
        ("/graphs?graph=nowhere", 400, "nowhere"),
        ("/graphs?default&graph=urn:g", 400, "default"),
        ("/embed/sparql", 400, "query"),
        ("/embed/sparql?query=ASK{}", 400, ""),
        ("/ontology.pdf", 406, "pdf"),
        ("/update", 405, "POST"),
        ("/data/latest/nope.csv", 404, "nope.csv"),
        ("/queries/missions-by-year/run?limit=1&pageSize=2", 400, "pageSize"),
        ("/queries/missions-by-year/changes?nope=1", 400, "nope"),
        ("/missions?year=abc", 400, "2010"),
        ("/sparql?query=ASK{}&timeout=soon", 400, "500ms"),
    ],
)
def test_a_refusal_is_told_in_arabic_with_what_offends(
    server: Server, address: str, status: int, value: str
) -> None:
    page = Page(server, address, "ar")
    assert page.status == status
    assert page.all("main .lead[lang=en]") == []
    told = page.text("main .lead")
    assert is_arabic_with(value, told)
    assert not ENGLISH.search(told)
    assert ", " not in told


@pytest.mark.parametrize(("language", "marked"), [("en", "“/a\\u202eb”"), ("ar", "«/a\\u202eb»")])
def test_what_offends_stands_in_the_quotation_marks_of_the_language_with_nothing_hidden(
    server: Server, language: str, marked: str
) -> None:
    assert marked in Page(server, "/a%E2%80%AEb", language).text("main .lead")


@pytest.mark.parametrize(
    ("method", "address", "headers", "body", "status", "value"),
    [
        ("DELETE", "/graphs?graph=urn:none", {}, "", 404, "urn:none"),
        ("PUT", "/graphs?graph=urn:none", {"If-Match": '"old"', "Content-Type": "text/turtle"}, "", 412, ""),
        ("POST", "/update", {"Content-Type": "application/sparql-update"}, "LOAD <urn:a>", 403, "LOAD"),
        ("POST", "/update", {"Content-Type": "text/x"}, "CLEAR ALL", 415, "text/x"),
        ("PUT", "/graphs?graph=urn:x", {"Content-Type": "text/turtle"}, "<urn:a> <urn:b> .", 400, "Turtle"),
    ],
)
def test_a_refused_write_is_told_in_arabic(
    writable: Server, method: str, address: str, headers: dict[str, str], body: str, status: int, value: str
) -> None:
    asked = {"Accept": BROWSER, "Accept-Language": "ar", **BEARER, **headers}
    answer = writable.http.request(method, address, headers=asked, content=body)
    lead = LexborHTMLParser(answer.text).css_first("main .lead")
    assert answer.status_code == status
    assert lead is not None and lead.attributes.get("lang") != "en"
    assert is_arabic_with(value, lead.text())


def is_arabic_with(value: str, told: str) -> bool:
    return value in told and any("\u0600" < sign < "\u06ff" for sign in told)
