"""The Atom feed of rows added and removed, over releases that really were built."""

import shutil
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest

from loader.query.parameter import WrongParameter
from loader.query.saved_query import SavedQuery
from loader.release.releases import Releases
from loader.release.successor import succeed
from server.asking.asker import RESULTS_JSON, Asker
from server.engine.interface import Question
from server.engine.local.engine import LocalEngine
from server.engine.snapshot import Snapshot
from server.memory import Memory
from server.queries.changes import MOST_ROWS, Changes, feed, history
from server.tables.difference import difference
from server.tables.table import Cell, Table
from server.tables.triples import triples_table
from tests.queries.file_samples import text, typed, uri

ATOM = {"a": "http://www.w3.org/2005/Atom", "h": "http://www.w3.org/1999/xhtml"}
NAME = "institutions-hierarchy"
NAMED = ox.Literal("African Institute of Management", language="en")
RENAMED = ox.Literal("Institute <African> of Management", language="en")


def ask(release: Snapshot) -> Asker:
    question = Question(text="", format=RESULTS_JSON, timeout=60.0, release=release.id)
    return Asker.of(question, LocalEngine(release.files.parents[1]))


class Runs:
    """Runs queries on releases, and counts."""

    def __init__(self) -> None:
        self.runs: list[str] = []

    def __call__(self, text: str, release: Snapshot) -> Table:
        self.runs.append(release.id)
        return ask(release).table(text)


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory, store: Path) -> list[Snapshot]:
    """Two releases: the project's own, and one in which an institution has another name."""
    copy = Path(shutil.copytree(store, tmp_path_factory.mktemp("changed") / "store", symlinks=True))
    releases = Releases(copy)
    with releases.locked(), succeed(releases) as successor:
        for said in [*successor.store.quads_for_pattern(None, None, NAMED, None)]:
            successor.store.remove(said)
            successor.store.add(ox.Quad(said.subject, said.predicate, RENAMED, said.graph_name))
        successor.publish("test", view=True)
    return [*LocalEngine(copy).snapshots()]


def hierarchy(releases: Sequence[Snapshot], name: str = NAME) -> SavedQuery:
    return releases[-1].queries[name]


def parsed(releases: Sequence[Snapshot], language: str = "en", name: str = NAME) -> ET.Element:
    return ET.fromstring(
        feed(
            history(
                hierarchy(releases, name), {}, releases, Runs(), Changes(Memory()), "https://example.org"
            ),
            language,
        )
    )


def texts(element: ET.Element, path: str) -> list[str]:
    return ["".join(found.itertext()).strip() for found in element.iterfind(path, ATOM)]


def test_an_entry_tells_what_came_and_what_went(releases: list[Snapshot]) -> None:
    root = parsed(releases)
    (entry,) = root.iterfind("a:entry", ATOM)
    content = " ".join(texts(entry, ".//h:table"))

    assert texts(entry, ".//h:h2") == ["Added: 1", "Removed: 1"]
    assert "Institute <African> of Management" in content
    assert "European Union" not in content


def test_titles_are_in_both_languages_and_dates_are_those_of_the_release(releases: list[Snapshot]) -> None:
    root = parsed(releases)
    query = hierarchy(releases)

    assert texts(root, "a:title") == [f"{query.summary} · {query.summary_ar}"]
    assert texts(root, "a:entry/a:updated") == [releases[1].manifest.written]
    assert texts(root, "a:updated") == [releases[1].manifest.written]
    assert query.summary_ar in texts(root, "a:entry/a:title")[0]


def test_ids_are_made_of_the_releases_and_links_lead_to_both(releases: list[Snapshot]) -> None:
    (entry,) = parsed(releases).iterfind("a:entry", ATOM)
    before, after = releases
    links = {link.get("rel"): link.get("href") for link in entry.iterfind("a:link", ATOM)}

    assert texts(entry, "a:id") == [
        f"https://w3id.org/un-missions/queries/{NAME}/changes/{before.id}..{after.id}"
    ]
    assert links == {
        "alternate": f"https://example.org/queries/{NAME}/run?release={after.id}",
        "cite-as": f"https://example.org/queries/{NAME}/run?release={after.id}",
        "predecessor-version": f"https://example.org/queries/{NAME}/run?release={before.id}",
    }


def test_the_arabic_feed_has_arabic_labels_from_right_to_left(releases: list[Snapshot]) -> None:
    root = parsed(releases, "ar")

    assert texts(root, ".//h:h2")[0].startswith("أضيفت")
    assert root.find(".//h:div[@dir='rtl']", ATOM) is not None


def test_a_query_whose_rows_are_the_same_has_no_entry(releases: list[Snapshot]) -> None:
    root = parsed(releases, name="missions-by-year")

    assert texts(root, "a:entry") == []
    assert texts(root, "a:updated") == [releases[0].manifest.written]


def test_a_release_alone_is_a_feed_without_entries(releases: list[Snapshot]) -> None:
    assert texts(parsed(releases[1:]), "a:entry") == []


def test_a_pair_of_releases_is_asked_once_for_all(releases: list[Snapshot]) -> None:
    engine, changes = Runs(), Changes(Memory())

    pages = {feed(history(hierarchy(releases), {}, releases, engine, changes)) for _ in range(3)}

    assert len(pages) == 1
    assert sorted(engine.runs) == [release.id for release in releases]


def test_values_are_in_the_addresses_and_checked(releases: list[Snapshot]) -> None:
    query = hierarchy(releases, "missions-at-a-glance")
    root = ET.fromstring(feed(history(query, {"year": ["2011"]}, releases, Runs(), Changes(Memory()))))

    assert texts(root, "a:id")[0].endswith("/queries/missions-at-a-glance/changes.atom?year=2011")
    with pytest.raises(WrongParameter):
        feed(history(query, {"year": ["soon"]}, releases, Runs(), Changes(Memory())))


def test_a_long_entry_says_how_many_rows_it_leaves_out(releases: list[Snapshot]) -> None:
    def rows(query: str, release: Snapshot) -> Table:
        count = 250 if release == releases[1] else 0
        return Table(("n",), tuple((typed(str(n), "integer"),) for n in range(count)))

    root = ET.fromstring(feed(history(hierarchy(releases), {}, releases, rows, Changes(Memory()))))

    assert len(list(root.iterfind(".//h:tbody/h:tr", ATOM))) == MOST_ROWS
    limit, cited = texts(root, ".//h:p")
    assert limit == "The first 100 rows of 250 are shown."
    assert cited.startswith("Cite as: ") and releases[1].id in cited


def test_a_graph_is_compared_triple_by_triple(releases: list[Snapshot]) -> None:
    def triples(query: str, release: Snapshot) -> Table:
        return triples_table(ask(release).answer(query, "application/n-triples").whole())

    query = hierarchy(releases, "mission-as-rdf")
    values = {"mission": ["https://w3id.org/un-missions/mission/2012-dakar"]}
    root = ET.fromstring(feed(history(query, values, releases, triples, Changes(Memory()))))

    assert texts(root, "a:entry") == []
    assert triples_table(b'_:b <urn:p> "x"@en .\n<urn:a> <urn:p> "1"^^<urn:t> .').rows == (
        (uri("urn:a"), uri("urn:p"), Cell("literal", "1", datatype="urn:t")),
        (Cell("bnode", "b"), uri("urn:p"), text("x", "en")),
    )


def test_text_that_xml_cannot_hold_does_not_break_the_feed(releases: list[Snapshot]) -> None:
    def rows(query: str, release: Snapshot) -> Table:
        cell = text("bell \x07 & <b>\ufffe") if release == releases[1] else text("none")
        return Table(("n",), ((cell,),))

    root = ET.fromstring(feed(history(hierarchy(releases), {}, releases, rows, Changes(Memory()))))

    assert texts(root, ".//h:td")[0] == "bell \ufffd & <b>\ufffd"


def test_rows_count_as_often_as_they_stand_and_names_of_blank_nodes_do_not() -> None:
    def table(*rows: tuple[Cell, ...]) -> Table:
        return Table(("thing", "node"), rows)

    row, other = (uri(), Cell("bnode", "b1")), (uri(), Cell("bnode", "b2"))
    found = difference(table(row, row, (uri("urn:a"), text("x"))), table(other))

    assert not found.added.rows
    assert found.removed.rows == (row, (uri("urn:a"), text("x")))
    assert not difference(table(row), table(other))
