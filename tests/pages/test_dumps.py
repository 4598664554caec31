"""Every release can be had as files whose SHA-256 is told, and that hold neither more nor less than it."""

import gzip
import hashlib
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from loader.release.namespaces import BASE
from loader.release.release import Release
from loader.release.releases import Releases
from tests.queries.page_reading import Page
from tests.server.servers import Server, Start, publish

SUFFIXES = ("nq.gz", "ttl", "jsonld")
MEDIA_TYPES = {"nq.gz": "application/gzip", "ttl": "text/turtle", "jsonld": "application/ld+json"}


def asked(server: Server, address: str, **headers: str) -> httpx.Response:
    return server.http.get(address, headers={"Accept-Encoding": "identity", **headers})


def listed(server: Server, release: str) -> dict[str, str]:
    """The SHA-256 of each file of a release, as SHA256SUMS has them."""
    lines = asked(server, f"/data/{release}/SHA256SUMS").text.splitlines()
    return {name: digest for digest, name in (line.split("  ") for line in lines)}


def canonical(store: ox.Store) -> set[ox.Quad]:
    """The quads with blank nodes called by what they are."""
    dataset = ox.Dataset(store)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


@pytest.fixture(scope="module")
def two(start: Start, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of two releases, of a graph and an unnamed triple."""
    store = tmp_path_factory.mktemp("two") / "store"
    publish(store, "<urn:a> <urn:p> <urn:b> . <urn:g> { <urn:a> <urn:p> <urn:b>, _:x }")
    publish(store, "<urn:h> { <urn:a> <urn:p> 'second' }")
    with start(store=store, token="") as running:
        yield running


def test_all_graphs_come_back_from_the_quads(server: Server, release: Release) -> None:
    response = asked(server, f"/data/{release.id}/un-missions.nq.gz")
    assert hashlib.sha256(response.content).hexdigest() == listed(server, release.id)["un-missions.nq.gz"]
    loaded = ox.Store()
    loaded.load(gzip.decompress(response.content), ox.RdfFormat.N_QUADS)
    assert len(loaded) == release.manifest.quads
    assert canonical(loaded) == canonical(ox.Store.read_only(str(release.plain)))


@pytest.mark.parametrize("suffix", ["ttl", "jsonld"])
def test_the_merge_of_all_graphs_comes_back_from_the_triples(
    server: Server, release: Release, suffix: str
) -> None:
    response = asked(server, f"/data/{release.id}/un-missions.{suffix}")
    assert hashlib.sha256(response.content).hexdigest() == listed(server, release.id)[f"un-missions.{suffix}"]
    loaded = ox.Store()
    loaded.load(response.content, ox.RdfFormat.from_media_type(MEDIA_TYPES[suffix]))
    triples = server.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert [str(len(loaded))] == triples


def test_a_file_is_the_same_bytes_whenever_it_is_made(
    start: Start, server: Server, release: Release, tmp_path: Path
) -> None:
    folder = server.store / "dumps" / release.id
    before = listed(server, release.id)
    for file in folder.iterdir():
        file.unlink()
    assert listed(server, release.id) == before
    packed = asked(server, f"/data/{release.id}/un-missions.nq.gz").content
    assert packed[4:8] == bytes(4)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_newest_is_had_at_an_address_that_stays(server: Server, release: Release, suffix: str) -> None:
    for address in (
        f"/data/latest.{suffix}",
        f"/data/latest/un-missions.{suffix}",
        f"/data/1/un-missions.{suffix}",
    ):
        response = server.http.get(address)
        assert response.status_code == 302 and response.headers["Cache-Control"] == "no-cache"
        assert response.headers["Location"] == f"/data/{release.id}/un-missions.{suffix}"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_of_a_release_is_kept_for_good(server: Server, release: Release, suffix: str) -> None:
    address = f"/data/{release.id}/un-missions.{suffix}"
    response = asked(server, address)
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["Content-Type"].split(";")[0] == MEDIA_TYPES[suffix]
    assert f"un-missions-{release.id}.{suffix}" in response.headers["Content-Disposition"]
    assert asked(server, address, **{"If-None-Match": response.headers["ETag"]}).status_code == 304
    head = server.http.head(address, headers={"Accept-Encoding": "identity"})
    assert head.headers["Content-Length"] == str(len(response.content)) and head.content == b""


def test_a_download_goes_on_where_it_broke_off(server: Server, release: Release) -> None:
    address = f"/data/{release.id}/un-missions.nq.gz"
    whole = asked(server, address)
    rest = asked(server, address, Range="bytes=1000-", **{"If-Range": whole.headers["ETag"]})
    assert rest.status_code == 206 and whole.content[:1000] + rest.content == whole.content
    assert rest.headers["Content-Range"] == f"bytes 1000-{len(whole.content) - 1}/{len(whole.content)}"
    assert asked(server, address, Range="bytes=0-1,5-6").content == whole.content
    beyond = asked(server, address, Range="bytes=999999999-")
    assert beyond.status_code == 416 and beyond.json()["type"].endswith("/range")
    other = asked(server, address, Range="bytes=1000-", **{"If-Range": '"another"'})
    assert other.status_code == 200 and other.content == whole.content


@pytest.mark.parametrize("encoding", ["identity", "gzip", "br, gzip;q=0.5"])
def test_the_quads_are_had_as_text_too_and_packed_only_on_the_way(
    server: Server, release: Release, encoding: str
) -> None:
    packed = asked(server, f"/data/{release.id}/un-missions.nq.gz").content
    led = server.http.get("/data/latest.nq", headers={"Accept-Encoding": encoding})
    text = server.http.get(led.headers["Location"], headers={"Accept-Encoding": encoding})

    assert text.headers["Content-Type"] == "application/n-quads"
    assert text.headers.get("Content-Encoding", "identity") == ("gzip" if "gzip" in encoding else "identity")
    assert text.content == gzip.decompress(packed)
    known = {"Accept-Encoding": encoding, "If-None-Match": text.headers["ETag"]}
    assert server.http.get(led.headers["Location"], headers=known).status_code == 304


def test_what_is_packed_is_not_packed_again_and_text_is_where_that_is_asked(
    server: Server, release: Release
) -> None:
    packed = server.http.get(f"/data/{release.id}/un-missions.nq.gz", headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in packed.headers
    text = server.http.get(f"/data/{release.id}/un-missions.ttl", headers={"Accept-Encoding": "gzip"})
    assert text.headers["Content-Encoding"] == "gzip"
    assert hashlib.sha256(text.content).hexdigest() == listed(server, release.id)["un-missions.ttl"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_lists_dates_sizes_and_digests_at_the_first_ask(
    server: Server, release: Release, language: str
) -> None:
    page = Page(server, "/data/", language)
    assert f"release-{release.id}" in [node.attributes["id"] for node in page.all(".release")]
    assert sorted(page.texts(".files .digest")) == sorted(listed(server, release.id).values())
    sizes = [int("".join(filter(str.isdigit, text))) for text in page.texts(".files .bytes")]
    files = page.links(".files a")
    assert sizes == [len(asked(server, address).content) for address in files]
    assert release.manifest.written[:4] in page.texts(".release .facts")[0]
    for address in page.links("main a"):
        assert server.http.get(address).status_code in (200, 302), address


def test_programs_get_the_list_in_rdf(server: Server, release: Release) -> None:
    graph = ox.Store()
    graph.load(asked(server, "/data/", Accept="text/turtle").content, ox.RdfFormat.TURTLE)
    query = """PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX spdx: <http://spdx.org/rdf/terms#>
        SELECT ?file ?digest { ?release dcat:distribution ?file .
          ?file spdx:checksum/spdx:checksumValue ?digest }"""
    rows = graph.query(query)
    assert isinstance(rows, ox.QuerySolutions)
    found = {row["file"].value.rpartition("/")[2]: row["digest"].value for row in rows}
    assert found == listed(server, release.id)
    assert asked(server, "/data/", Accept="application/json").headers["Content-Type"] == "application/ld+json"


def test_how_a_release_was_made_is_told_in_prov(server: Server, release: Release) -> None:
    address = f"/data/{release.id}/provenance"
    assert asked(server, "/data/latest/provenance.nt").headers["Location"] == f"{address}.nt"
    graph = ox.Store()
    graph.load(asked(server, f"{address}.ttl").content, ox.RdfFormat.TURTLE)
    graph.load(asked(server, "/data/", Accept="text/turtle").content, ox.RdfFormat.TURTLE)
    query = f"""PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX spdx: <http://spdx.org/rdf/terms#>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX dcat: <http://www.w3.org/ns/dcat#>
        SELECT ?file ?digest ?when ?program {{
          ?release dcat:version "{release.id}" ; prov:wasGeneratedBy ?build .
          ?build a prov:Activity ; prov:endedAtTime ?when ;
            prov:wasAssociatedWith ?agent ; prov:used ?input .
          ?agent rdfs:label ?program .
          ?input rdfs:label ?file ; spdx:checksum/spdx:checksumValue ?digest }}"""
    rows = graph.query(query)
    assert isinstance(rows, ox.QuerySolutions)
    found = [tuple(term.value for term in row) for row in rows]
    files = {name: value for name, value in release.manifest.inputs.items() if "/" in name}
    assert {row[0]: row[1] for row in found} == files
    assert {datetime.fromisoformat(row[2]) for row in found} == {
        datetime.fromisoformat(release.manifest.written)
    }
    assert f"un-missions {version('un-missions')}" in {row[3] for row in found}


def test_a_release_that_was_not_built_came_from_the_one_before(two: Server) -> None:
    old, new = (release.id for release in Releases(two.store).all())
    told = asked(two, f"/data/{new}/provenance.nt").text
    assert f"<http://www.w3.org/ns/prov#wasDerivedFrom> <{two.url}/data/#release-{old}>" in told
    assert "spdx" not in told


def test_the_page_says_which_release_is_kept_for_good(two: Server) -> None:
    first = Releases(two.store).all()[0]
    first.pin.touch()
    try:
        page = Page(two, "/data/")
        assert page.text(f"#title-{first.id}").endswith("kept for good")
    finally:
        first.pin.unlink()


def test_the_descriptions_lead_to_the_files(server: Server, release: Release) -> None:
    query = "SELECT ?dump { ?s <http://rdfs.org/ns/void#dataDump> ?dump }"
    for address, part in [
        ("/.well-known/void", f"/data/{release.id}/un-missions"),
        ("/sparql", "/data/latest"),
    ]:
        graph = ox.Store()
        graph.load(asked(server, address, Accept="text/turtle").content, ox.RdfFormat.TURTLE)
        rows = graph.query(query)
        assert isinstance(rows, ox.QuerySolutions)
        dumps = sorted(row["dump"].value for row in rows)
        assert dumps == sorted(f"{server.url}{part}.{suffix}" for suffix in SUFFIXES)
        for dump in dumps:
            assert server.http.get(dump).status_code in (200, 302)


def test_each_release_has_files_of_its_own(two: Server) -> None:
    page = Page(two, "/data/")
    new, old = ((node.attributes["id"] or "").removeprefix("release-") for node in page.all(".release"))
    assert old.startswith("1-") and new.startswith("2-")
    assert len(page.all(".digest")) == 3
    lines = {}
    for release in (old, new):
        lines[release] = gzip.decompress(
            asked(two, f"/data/{release}/un-missions.nq.gz").content
        ).splitlines()
    assert (len(lines[old]), len(lines[new])) == (3, 4)
    triples = asked(two, f"/data/{old}/un-missions.ttl").text
    assert triples.count("<urn:b>") == 1 and "second" not in triples
    assert len(Page(two, "/data/").all(".digest")) == 5


@pytest.mark.matrix
def test_only_the_dumps_asked_for_last_are_kept_and_nothing_half_made(start: Start, tmp_path: Path) -> None:
    store = tmp_path / "store"
    releases = [publish(store, f"<urn:a> <urn:p> <urn:{n}> .") for n in range(5)]
    with start(store=store, token="") as running:
        for release in releases:
            assert len(listed(running, release.id)) == 3
        kept = {path.name for path in (store / "dumps").iterdir()}
        assert releases[-1].id in kept and len(kept) <= 4
        assert not [path for path in (store / "dumps").rglob(".*")]
        assert len(listed(running, releases[0].id)) == 3


@pytest.mark.matrix
def test_a_large_file_is_sent_as_it_lies_on_the_disk_whatever_encoding_is_liked(
    start: Start, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    lines = (f"<urn:thing:{n}> <urn:p> '{'x' * 500}{n}' ." for n in range(12_000))
    publish(store, "\n".join(lines))
    with start(store=store, token="") as running:
        address = running.http.get("/data/latest.ttl").headers["Location"]
        digest = listed(running, address.split("/")[2])["un-missions.ttl"]
        with running.http.stream("GET", address, headers={"Accept-Encoding": "br, gzip"}) as response:
            assert "Content-Encoding" not in response.headers
            assert int(response.headers["Content-Length"]) > 6_000_000
            content = response.read()
        assert hashlib.sha256(content).hexdigest() == digest
        part = running.http.get(address, headers={"Range": "bytes=5000000-5000009"})
        assert part.status_code == 206 and part.content == content[5_000_000:5_000_010]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/data/99/un-missions.ttl", 404),
        ("/data/latest.rdf", 404),
        ("/data/latest/other.ttl", 404),
        ("/data/1/..%2Fmanifest.json", 404),
        ("/data/%2e%2e/un-missions.ttl", 404),
    ],
)
def test_what_is_not_there_is_said_to_be_so(server: Server, address: str, status: int) -> None:
    response = server.http.get(address)
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.matrix
def test_a_store_that_cannot_be_written_is_told(start: Start, tmp_path: Path) -> None:
    store = tmp_path / "store"
    publish(store, f"<{BASE}a> <urn:p> <urn:b> .")
    (store / "dumps").write_text("a file where the folder should be")
    with start(store=store, token="") as running:
        response = running.http.get("/data/1/un-missions.ttl", follow_redirects=True)
        assert response.status_code == 507 and "stored" in response.json()["detail"]
        assert Page(running, "/data/").status == 200
