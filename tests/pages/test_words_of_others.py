"""What others say of our things is told at the endpoint; our pages say what they said before."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest
from flask.testing import FlaskClient

from server.app import create_app
from server.engine.local.engine import LocalEngine
from server.settings import Settings
from tests.pages.addresses import KINDS
from tests.pages.any_release import without_release
from tests.server.servers import BEARER, TOKEN, Start, until

pytestmark = pytest.mark.slow

BASE = "https://w3id.org/un-missions/"
SERVER = "https://missions.example"
STATEMENT = f"{BASE}statement/mission-2012-abuja--85c11123"
# These tell of everything that is in the store, or of its releases.
OF_THE_STORE = ("editor-result", "data", "difference", "query-changes")
ADDRESSES = {kind.name: kind.address for kind in KINDS if kind.name not in OF_THE_STORE} | {
    "mission-as-triples": "/mission/2012-abuja.nt",
    "person-as-triples": "/person/adama-dieng.nt",
    "search-for-programs": "/search.json?q=abuja",
    "missions-of-an-envoy": "/missions?envoy=adama-dieng",
    "sitemap": "/sitemap.xml",
}
# Times, the list of the releases, what is random, and which thing of a class is its example.
VARIES = re.compile(
    r'\d+ ms|<span class="fact">checked .+ UTC</span> |'
    r"<lastmod>.+?</lastmod>|data-nonce=\S+|\d{4}-\d\d-\d\dT[\d:]+\+00:00"
    r'|<dt>Example from this release</dt>.*|<option value="\d+-.*\n'
)
OTHERS = f"""
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX unm: <{BASE}ontology#>
BASE <{BASE}>
INSERT DATA {{
  <mission/2012-abuja> rdfs:label "A zebra"@en ; unm:country <place/kenya> ; a foaf:Person ;
    unm:notBefore "1999-01-01" ; unm:envoy <person/edward-luck> .
  <person/adama-dieng> skos:altLabel "Zebra" ; rdfs:seeAlso <http://example.org/zebra> .
  <person/francis-deng> unm:evidence <http://example.org/zebra> .
  <{STATEMENT}> rdfs:label "A zebra"@en .
  <source/key-missions-ar> unm:file "zebra.txt" .
  <http://example.org/zebra> a unm:Mission, unm:Place ; rdfs:label "Zebra"@en ;
    unm:supports <mission/2012-abuja> ; unm:topic <topic/diversity-management> .
  unm:Mission rdfs:label "zebra"@en . foaf:Person rdfs:label "zebra"@en .
  GRAPH <urn:others> {{
    # The first of these is derived from what we say, and stays so though somebody says it too.
    <mission/2012-abuja> unm:envoy <person/adama-dieng> ; rdfs:label "Zebra"@ar .
    unm:envoy rdfs:label "zebra"@en
  }}
}}
"""


class Answer(Protocol):
    """What both clients give."""

    @property
    def text(self) -> str: ...


@dataclass(frozen=True)
class Shown:
    """What the addresses gave before others spoke and afterwards, and the store in which they did."""

    store: Path
    client: FlaskClient
    before: dict[str, str]
    afterwards: dict[str, str]


@pytest.fixture(scope="module")
def shown(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    folder = tmp_path_factory.mktemp("others")
    copy = shutil.copytree(store, folder / "store", symlinks=True)
    (folder / "token").write_text(TOKEN)
    settings = Settings(store=copy, token_file=folder / "token", base_url=SERVER)
    client = create_app(LocalEngine(copy), settings, is_writable=True).test_client()
    before = _read(client.get, SERVER)
    headers = {**BEARER, "Content-Type": "application/sparql-update"}
    assert client.post("/update", data=OTHERS, headers=headers).status_code < 300
    return Shown(copy, client, before, _read(client.get, SERVER))


def _read(get: Callable[..., Answer], address: str) -> dict[str, str]:
    """What a browser gets from a server at an address."""
    headers = {"Accept": "text/html", "Accept-Language": "en"}
    pages = {name: get(place, headers=headers).text for name, place in ADDRESSES.items()}
    release = json.loads(get("/health").text)["release"]
    bare = {name: without_release(VARIES.sub("", page), release) for name, page in pages.items()}
    return {name: _in_order(page.replace(address, "")) for name, page in bare.items()}


def _in_order(page: str) -> str:
    """With its lines sorted, since the triples of an answer have no order."""
    return "\n".join(sorted(page.splitlines()))


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_says_the_same_whatever_others_say(shown: Shown, name: str) -> None:
    assert shown.afterwards[name] == shown.before[name]


@pytest.mark.matrix
def test_a_page_says_the_same_from_memory(shown: Shown, start: Start) -> None:
    with start(store=shown.store, in_memory=True) as server:
        assert until(lambda: server.http.get("/health").json()["in_memory"])
        found = _read(server.http.get, server.url)
    assert {name for name in ADDRESSES if found[name] != shown.before[name]} == set()


def test_the_endpoint_tells_what_others_say(shown: Shown) -> None:
    asked = 'SELECT ?thing { ?thing ?said ?name FILTER(LCASE(STR(?name)) IN ("zebra", "a zebra")) }'
    answer = shown.client.get("/sparql", query_string={"query": asked}, headers={"Accept": "text/csv"})
    assert {f"{BASE}mission/2012-abuja", f"{BASE}person/adama-dieng"} <= {*answer.text.split()}


def test_what_only_others_speak_of_has_its_page_and_is_found(shown: Shown) -> None:
    found = shown.client.get("/search.json?q=zebra").json
    assert found and [hit["iri"] for hit in found["hits"]] == ["http://example.org/zebra"]
    page = shown.client.get("/resource?iri=http://example.org/zebra")
    assert page.status_code == 200 and f"{BASE}topic/diversity-management" in page.text
