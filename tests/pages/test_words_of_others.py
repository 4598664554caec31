"""What others say of our things is told at the endpoint; our pages say what they said before."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.pages.addresses import KINDS
from tests.server.servers import Server, Start, until

BASE = "https://w3id.org/un-missions/"
STATEMENT = f"{BASE}statement/mission-2012-abuja--85c11123"
# These tell of everything that is in the store, or of its releases.
OF_THE_STORE = ("editor-result", "data", "difference")
ADDRESSES = {kind.name: kind.address for kind in KINDS if kind.name not in OF_THE_STORE} | {
    "mission-as-triples": "/mission/2012-abuja.nt",
    "person-as-triples": "/person/adama-dieng.nt",
    "search-for-programs": "/search.json?q=abuja",
    "missions-of-an-envoy": "/missions?envoy=adama-dieng",
    "sitemap": "/sitemap.xml",
}
# Times, the list of the releases, what is random, and which thing of a class is its example.
VARIES = re.compile(
    r"\d+ ms| · checked .+ UTC|<lastmod>.+?</lastmod>|data-nonce=\S+|\d{4}-\d\d-\d\dT[\d:]+\+00:00"
    r'|<dt>In this release</dt>.*|<option value="\d+-.*\n'
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


@dataclass(frozen=True)
class Shown:
    """What the addresses gave before others spoke, afterwards from the disk, and then from memory."""

    server: Server
    before: dict[str, str]
    on_disk: dict[str, str]
    in_memory: dict[str, str]


@pytest.fixture(scope="module")
def shown(store: Path, start: Start, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    copy = tmp_path_factory.mktemp("others") / "store"
    shutil.copytree(store, copy, symlinks=True)
    with start(store=copy) as disk:
        before = _read(disk)
        assert disk.update(OTHERS).is_success
        on_disk = _read(disk)
    with start(store=copy, in_memory=True) as server:
        assert until(lambda: server.http.get("/health").json()["in_memory"])
        yield Shown(server, before, on_disk, _read(server))


def _read(server: Server) -> dict[str, str]:
    """What a browser gets."""
    headers = {"Accept": "text/html", "Accept-Language": "en"}
    pages = {name: server.http.get(address, headers=headers).text for name, address in ADDRESSES.items()}
    return {name: _without_release(server, page) for name, page in pages.items()}


def _without_release(server: Server, page: str) -> str:
    """In the order of the lines, since the triples of an answer have none."""
    release = server.http.get("/health").json()["release"]
    return "\n".join(sorted(VARIES.sub("", page.replace(release, "").replace(server.url, "")).splitlines()))


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_says_the_same_whatever_others_say(shown: Shown, name: str) -> None:
    assert shown.on_disk[name] == shown.before[name]
    assert shown.in_memory[name] == shown.before[name]


def test_the_endpoint_tells_what_others_say(shown: Shown) -> None:
    asked = 'SELECT ?thing { ?thing ?said ?name FILTER(LCASE(STR(?name)) IN ("zebra", "a zebra")) }'
    assert f"{BASE}mission/2012-abuja" in shown.server.rows(asked)
    assert f"{BASE}person/adama-dieng" in shown.server.rows(asked)


def test_what_only_others_speak_of_has_its_page_and_is_found(shown: Shown) -> None:
    hits = shown.server.http.get("/search.json", params={"q": "zebra"}).json()["hits"]
    assert [hit["iri"] for hit in hits] == ["http://example.org/zebra"]
    page = shown.server.http.get("/resource", params={"iri": "http://example.org/zebra"})
    assert page.status_code == 200 and f"{BASE}topic/diversity-management" in page.text
