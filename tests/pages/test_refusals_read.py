"""What cannot be had is told in the reader's language, with the value that offends."""

import pytest

from tests.queries.page_reading import Page
from tests.server.servers import Server


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
    ],
)
def test_a_refusal_is_told_in_arabic_with_what_offends(
    server: Server, address: str, status: int, value: str
) -> None:
    page = Page(server, address, "ar")
    assert page.status == status
    assert page.all("main .lead[lang=en]") == []
    told = page.text("main .lead")
    assert value in told and any("\u0600" < sign < "\u06ff" for sign in told)
