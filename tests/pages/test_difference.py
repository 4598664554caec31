"""What changed between two releases is told exactly: as RDF, as a page, and by the command."""

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.conftest import Command
from tests.queries.page_reading import Page, words
from tests.server.servers import Server, Start, publish

LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
FIRST = f"""
<urn:a> <urn:p> <urn:b> .
<urn:g> {{ <urn:a> {LABEL} "A thing"@en ; <urn:p> "first", _:x . _:x <urn:q> "same" . _:y <urn:q> "other" }}
"""
SECOND = '<urn:h> { <urn:a> <urn:p> "second" } <urn:g> { _:z <urn:q> "new" }'
LONG = 'GRAPH <urn:i> {{ <urn:a> <urn:text> "one\\n{} two\\nthree" }}'
DCTERMS = "http://purl.org/dc/terms/"


@pytest.fixture(scope="module")
def two_releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("difference") / "store"
    publish(store, FIRST)
    publish(store, SECOND)
    return store


@pytest.fixture(scope="module")
def two(start: Start, two_releases: Path) -> Iterator[Server]:
    with start(store=two_releases, token="") as running:
        yield running


def read(text: str | bytes) -> ox.Store:
    store = ox.Store()
    store.load(text, ox.RdfFormat.TRIG)
    return store


def changed(store: ox.Store, change: str) -> set[str]:
    """The triples that were added or removed, with the last part of the graph where they stand."""
    kinds = store.quads_for_pattern(None, ox.NamedNode(f"{DCTERMS}type"), ox.Literal(change), None)
    found = set()
    for kind in kinds:
        source = store.quads_for_pattern(kind.subject, ox.NamedNode(f"{DCTERMS}source"), None, None)
        graph = next((quad.object.value for quad in source if isinstance(quad.object, ox.NamedNode)), "")
        assert isinstance(kind.subject, ox.NamedNode)
        for quad in store.quads_for_pattern(None, None, None, kind.subject):
            blank = isinstance(quad.subject, ox.BlankNode)
            found.add(f"{'_' if blank else quad.subject} {quad.predicate} {quad.object} in {graph}")
    return found


def test_what_was_added_and_removed_is_told_graph_by_graph(two: Server) -> None:
    forwards = read(two.http.get("/data/1..2").content)
    back = read(two.http.get("/data/2..1").content)
    new = {'<urn:a> <urn:p> "second" in urn:h', '_ <urn:q> "new" in urn:g'}

    assert (changed(forwards, "added"), changed(forwards, "removed")) == (new, set())
    assert (changed(back, "added"), changed(back, "removed")) == (set(), new)


def test_a_release_differs_in_nothing_from_itself(two: Server) -> None:
    assert len(read(two.http.get("/data/2..2").content)) == 0
    assert "nothing changed" in words(Page(two, "/data/2..2").one("main"))


def test_the_page_says_it_in_words(two: Server) -> None:
    page = Page(two, "/data/1..2")

    assert "2 statements added, 0 statements removed" in words(page.one("main"))
    assert {node.text() for node in page.all("h2")} == {"A thing", "A part without a name of its own"}
    assert [node.text().split(": ")[1].strip() for node in page.all("ins")] == ["new", "second"]


def test_of_a_text_of_several_lines_the_page_shows_those_that_changed(start: Start, tmp_path: Path) -> None:
    old, new = LONG.format("old"), LONG.format("new")
    publish(tmp_path / "store", old)
    with start(store=tmp_path / "store") as server:
        change = f"DELETE DATA {{ {old} }} ; INSERT DATA {{ {new} }}"
        server.update(change).raise_for_status()
        page = Page(server, "/data/1..2")
        assert [page.text(f"{way} .value") for way in ("del", "ins")] == ["old two …", "new two …"]
        assert f"/data/{'..'.join(page.texts('main .release-id'))}" in Page(server, "/data/").links("main a")


def test_the_command_tells_the_same(two: Server, two_releases: Path, unmissions: Command) -> None:
    told = unmissions("diff", "1", "2", "--store", two_releases)
    trig = unmissions("diff", "1", "--format", "trig", "--store", two_releases)

    assert told.exit_code == trig.exit_code == 0
    assert "A thing" in told.stdout and "+ urn:p: second" in told.stdout
    assert re.search(r"1-\w+ → 2-\w+: \+2 −0$", told.stdout.strip())
    assert changed(read(trig.stdout), "added") == changed(read(two.http.get("/data/1..2").content), "added")


def test_a_release_that_is_not_kept_is_named(two: Server) -> None:
    answer = two.http.get("/data/1..77")

    assert answer.status_code == 404
    assert "77" in answer.json()["detail"]
