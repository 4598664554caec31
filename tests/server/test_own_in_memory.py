"""Where memory has no room for a whole release there is some for our own graphs, which answer as ever."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import RDFS

from loader.inputs import PROJECT
from loader.release.namespaces import BASE, BUILT_GRAPHS, ONTOLOGY, graph_iri
from tests.pages.any_release import without_release
from tests.server.servers import Server, Start, publish, until

ROOM = 40  # MiB; our own take some 25, and all some 55
# A triple of nobody's graph, whose object could be taken for the name of one of ours.
OF_OTHERS = f"""<{BASE}mission/2011-berlin> <{ONTOLOGY}envoy> <{graph_iri(BUILT_GRAPHS[0])}> .
<urn:quagga> <{RDFS.label}> "Quagga" ."""


@pytest.fixture(scope="module")
def crowded(store: Path, start: Start, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that has brought our own graphs into memory, and not the rest."""
    copy = shutil.copytree(store, tmp_path_factory.mktemp("crowded") / "store", symlinks=True)
    publish(copy, OF_OTHERS)
    with start("--in-memory", ROOM, store=copy, token="") as server:
        assert until(lambda: server.http.get("/health").json()["own_in_memory"])
        yield server


def test_health_tells_our_own_from_the_whole(crowded: Server, server: Server) -> None:
    for running, whole in ((crowded, False), (server, True)):
        health = running.http.get("/health").json()
        assert (health["in_memory"], health["own_in_memory"]) == (whole, True)


@pytest.mark.parametrize("name", ["missions-by-envoy", "missions-by-m49-region", "who-met-whom"])
def test_a_saved_query_has_its_rows(crowded: Server, name: str) -> None:
    expected = (PROJECT / f"queries/expected/{name}.tsv").read_text(encoding="utf-8")
    assert crowded.http.get(f"/queries/{name}/run.tsv").text == expected


def test_what_others_say_is_there_for_who_asks_all(crowded: Server) -> None:
    query = f"SELECT ?envoy {{ <{BASE}mission/2011-berlin> <{ONTOLOGY}envoy> ?envoy }}"
    assert graph_iri(BUILT_GRAPHS[0]) in crowded.rows(query)


def test_what_others_name_is_found_beside_what_we_do(crowded: Server) -> None:
    found = [
        crowded.http.get("/search.json", params={"q": word}).json()["hits"] for word in ("quagga", "berlin")
    ]
    assert [hit["iri"] for hit in found[0]] == ["urn:quagga"]
    assert found[1][0]["iri"] == f"{BASE}place/berlin"


@pytest.mark.parametrize("address", ["/missions", "/person/adama-dieng"])
def test_pages_are_the_same_but_for_the_release(crowded: Server, server: Server, address: str) -> None:
    shown, expected = (_main(running, address) for running in (crowded, server))
    assert shown == expected


def _main(running: Server, address: str) -> str:
    page = running.http.get(address, headers={"Accept": "text/html"})
    assert page.status_code == 200
    told = without_release(page.text, running.http.get("/health").json()["release"])
    return told.partition("<main")[2].partition("</main>")[0]
