"""With real data sets beside our graphs, queries that name them have their rows, and all others the same."""

import csv
import shutil
from pathlib import Path

import pytest

from loader.inputs import PROJECT
from loader.query.saved_query import SavedQuery
from tests.conftest import Command
from tests.queries.asking import SAVED, name

FILES = PROJECT.parent / "shared/datasets"
VISITED = {"BE", "DE", "FR", "GB", "GH", "GN", "ID", "IT", "KH", "NG", "SG", "SN", "US", "VN"}
# These ask what is in the store.
OF_THE_STORE = {"data-sets-in-the-store", "graphs-in-the-store"}

pytestmark = pytest.mark.skipif(not FILES.is_dir(), reason="the real data sets lie beside the project only")


@pytest.fixture(scope="module")
def beside(store: Path, tmp_path_factory: pytest.TempPathFactory, unmissions: Command) -> Path:
    """A store with records of ROR, roll calls, the votes of the visited countries, and M49 as SKOS."""
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
    ):
        loaded = unmissions("load", *files, *options, "--dataset", slug, "--store", copy)
        assert loaded.exit_code == 0, loaded.stderr
    return copy


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
