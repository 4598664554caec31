"""The things of the graph at their own addresses."""

import pyoxigraph as ox
import pytest
from servers import Server

pytest_plugins = ["server_fixtures"]

MISSION = ox.NamedNode("https://w3id.org/un-missions/mission/2012-abuja")


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [("", "text/turtle"), (".nt", "application/n-triples"), (".jsonld", "application/ld+json")],
)
def test_a_thing_answers_at_the_path_of_its_iri(server: Server, suffix: str, media_type: str) -> None:
    response = server.http.get(f"/mission/2012-abuja{suffix}")
    store = ox.Store()
    store.load(response.content, ox.RdfFormat.from_media_type(media_type))
    assert response.headers["Content-Type"].startswith(media_type)
    assert any(store.quads_for_pattern(MISSION, None, None, None))
    assert any(store.quads_for_pattern(None, None, MISSION, None))


def test_the_canonical_iri_stands_in_a_link_header(server: Server) -> None:
    response = server.http.get("/mission/2012-abuja", headers={"Host": "evil.example"})
    assert f'<{MISSION.value}>; rel="canonical"' in response.headers["Link"]


@pytest.mark.parametrize("path", ["/mission/2012-abuja", "/mission/2012-abuja.html"])
def test_a_browser_is_led_to_the_facts_of_a_thing(server: Server, path: str) -> None:
    response = server.http.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
    assert response.history[0].status_code == 303
    assert response.status_code == 200 and "Adama Dieng" in response.text


@pytest.mark.parametrize("path", ["/mission/2013-nowhere", "/person/%3E%20%7B%7D", "/mission/2012-abuja.exe"])
def test_what_is_not_in_the_graph_is_not_found(server: Server, path: str) -> None:
    assert server.http.get(path).status_code == 404
