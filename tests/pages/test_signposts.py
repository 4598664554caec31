"""Programs find the data set: schema.org on the home page, and links of Signposting wherever they arrive."""

import json
import re

import pytest

from tests.queries.page_reading import Page
from tests.server.servers import Server

DATASET = "https://w3id.org/un-missions/dataset/un-missions"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def links(server: Server, address: str, accept: str = "text/html") -> dict[str, list[str]]:
    """The addresses of the Link headers by their relation."""
    header = server.http.get(address, headers={"Accept": accept}).headers["Link"]
    found: dict[str, list[str]] = {}
    for target, relation in re.findall(r'<([^>]*)>; rel="([^"]*)"', header):
        found.setdefault(relation, []).append(target)
    return found


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_home_page_describes_the_data_set_for_search_engines(server: Server, language: str) -> None:
    script = Page(server, "/", language).one('script[type="application/ld+json"]').text()
    told = json.loads(script)

    assert (told["@type"], told["@id"], told["license"]) == ("Dataset", DATASET, LICENCE)
    assert [text["@language"] for text in told["name"]] == ["ar", "en"]
    assert told["version"] == server.http.get("/").headers["UN-Missions-Release"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d", told["temporalCoverage"])
    downloads = [one["contentUrl"] for one in told["distribution"]]
    assert [server.http.get(address, follow_redirects=True).status_code for address in downloads] == [200] * 3


@pytest.mark.parametrize("address", ["/", "/data/"])
@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_the_data_set_is_signposted(server: Server, address: str, accept: str) -> None:
    found = links(server, address, accept)

    assert (found["cite-as"], found["license"]) == ([DATASET], [LICENCE])
    assert (found["type"], found["author"]) == (["https://schema.org/Dataset"], [f"{DATASET}#project"])
    assert len(found["item"]) == 3
    assert {server.http.get(one).status_code for one in found["describedby"] if one != DATASET} == {200}


@pytest.mark.parametrize("accept", ["text/html", "application/ld+json"])
def test_a_thing_is_signposted(server: Server, accept: str) -> None:
    found = links(server, "/mission/2012-abuja", accept)

    assert found["cite-as"] == ["https://w3id.org/un-missions/mission/2012-abuja"]
    assert found["license"] == [LICENCE]
    own = [one for relation in ("item", "describedby") for one in found[relation] if one != DATASET]
    assert {server.http.get(one).headers["Content-Type"] for one in own} == {
        "text/turtle; charset=utf-8",
        "application/trig",
    }
