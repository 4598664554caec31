"""What cannot be had is told in the reader's language, with the value that offends."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.queries.page_reading import BROWSER, Page
from tests.server.servers import BEARER, Server


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
        ("/queries/missions-by-year?sort=colour", 400, "colour"),
        ("/queries/mission-as-rdf?sort=mission", 400, "sort"),
        ("/graphs?graph=urn:none", 404, "urn:none"),
        ("/?release=1999-01-01", 404, "1999-01-01"),
        ("/?release=9999-12-31", 404, "9999-12-31"),
        ("/?release=2026-02-30", 404, "2026-02-30"),
    ],
)
def test_a_refusal_is_told_in_arabic_with_what_offends(
    server: Server, address: str, status: int, value: str
) -> None:
    page = Page(server, address, "ar")
    assert page.status == status
    assert page.all("main .lead[lang=en]") == []
    assert is_arabic_with(value, page.text("main .lead"))


@pytest.mark.parametrize(
    ("method", "address", "headers", "body", "status", "value"),
    [
        ("DELETE", "/graphs?graph=urn:none", {}, "", 404, "urn:none"),
        ("PUT", "/graphs?graph=urn:none", {"If-Match": '"old"', "Content-Type": "text/turtle"}, "", 412, ""),
        ("POST", "/update", {"Content-Type": "application/sparql-update"}, "LOAD <urn:a>", 403, "LOAD"),
        ("POST", "/update", {"Content-Type": "text/x"}, "CLEAR ALL", 415, "text/x"),
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
