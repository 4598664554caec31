"""With real data sets beside our graphs, queries that name them have their rows, and all others the same."""

import csv
import shutil
from pathlib import Path

import pytest

from loader.inputs import PROJECT
from loader.query.saved_query import SavedQuery
from loader.release.namespaces import BASE, ONTOLOGY
from tests.conftest import Command
from tests.queries.asking import SAVED, name

FILES = PROJECT.parent / "shared/datasets"
VISITED = {"BE", "DE", "FR", "GB", "GH", "GN", "ID", "IT", "KH", "NG", "SG", "SN", "US", "VN"}
# These ask what is in the store.
OF_THE_STORE = {"data-sets-in-the-store", "graphs-in-the-store"}

pytestmark = pytest.mark.skipif(not FILES.is_dir(), reason="the real data sets lie beside the project only")


@pytest.fixture(scope="module")
def beside(store: Path, tmp_path_factory: pytest.TempPathFactory, unmissions: Command) -> Path:
    """A store with ROR, roll calls, votes of the visited countries, M49 as SKOS, and words about our own."""
    folder = tmp_path_factory.mktemp("beside")
    copy = shutil.copytree(store, folder / "store", symlinks=True)
    votes = _votes_of(VISITED, folder / "votes.csv")
    for slug, options, files in (
        ("ror", ("--mapping", "ror"), sorted((FILES / "ror").glob("ror-v2-*.json"))),
        (
            "un-ga-votes",
            ("--mapping", "un-ga-votes"),
            [FILES / "un-ga-roll-calls-2010-2012.csv", votes],
        ),
        ("unstats", (), [FILES / "unstats-sdg-codes.ttl"]),
        ("about-ours", (), [_said_of_ours(folder / "ours.nt")]),
    ):
        loaded = unmissions("load", *files, *options, "--dataset", slug, "--store", copy)
        assert loaded.exit_code == 0, loaded.stderr
    return copy


def _said_of_ours(path: Path) -> Path:
    """Another label, another envoy, and another place that somebody gives to missions of ours."""
    mission, berlin = f"<{BASE}mission/2011-berlin>", f"<{BASE}place/berlin>"
    path.write_text(
        f'{mission} <http://www.w3.org/2000/01/rdf-schema#label> "Trip"@en .\n'
        f"{mission} <{ONTOLOGY}envoy> <{BASE}person/adama-dieng> .\n"
        f"{berlin} <{ONTOLOGY}within> <{BASE}place/nigeria> .\n",
        encoding="utf-8",
    )
    return path


def _votes_of(countries: set[str], path: Path) -> Path:
    with (
        (FILES / "un-ga-votes-2010-2012.csv").open(encoding="utf-8", newline="") as all_votes,
        path.open("w", encoding="utf-8", newline="") as some,
    ):
        header, *rows = csv.reader(all_votes)
        csv.writer(some).writerows([header, *(row for row in rows if row[1] in countries)])
    return path


@pytest.mark.parametrize("query", [query for query in SAVED.values() if query.form == "SELECT"], ids=name)
def test_a_saved_query_has_its_rows_whatever_is_loaded(
    beside: Path, unmissions: Command, query: SavedQuery
) -> None:
    if query.name in OF_THE_STORE:
        pytest.skip("asks what is in the store")
    expected = (PROJECT / f"queries/expected/{query.name}.tsv").read_text(encoding="utf-8")

    assert unmissions("query", "--saved", query.name, "--store", beside).stdout == expected
