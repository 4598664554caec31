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

# All real files, by data set: with which mapping they are loaded, if they are no RDF.
ALL_FILES = {
    "country-codes": ("country-codes", ["country-codes.csv"]),
    "eu-themes": ("", ["eu-data-theme-filtered.rdf"]),
    "geonames": ("", ["geonames-2678205.rdf"]),
    "hdx": ("hdx-countries", ["hdx-countries-territories-hxl.csv"]),
    "iati": ("iati", ["iati-*.xml"]),
    "iso3166": ("iso3166", ["iso3166-all.csv"]),
    "m49-lists": ("m49", ["m49-*.csv"]),
    "ror": ("ror", ["ror/ror-v2-*.json"]),
    "sdg": ("", ["unstats-sdg-codes.ttl", "unstats-sdg-kos-*.ttl", "unstats-void.ttl"]),
    "un-ga-votes": ("un-ga-votes", ["un-ga-roll-calls-2010-2012.csv", "un-ga-votes-2010-2012.csv"]),
    "undl": ("marcxml", ["undl-*.xml"]),
    "undo": ("", ["undo.ttl"]),
    "unhcr": ("unhcr", ["unhcr-*.csv"]),
    "unvotes": ("", ["unvotes-sample-with-invalid-dates.ttl"]),
    "wikidata": ("wikidata", ["wikidata-Q142.json"]),
}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FILES.is_dir(), reason="the real data sets lie beside the project only"),
]


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


@pytest.mark.matrix
def test_all_saved_queries_have_their_rows_beside_all_the_real_files(
    store: Path, tmp_path: Path, unmissions: Command
) -> None:
    copy = shutil.copytree(store, tmp_path / "store", symlinks=True)
    (tmp_path / "all.toml").write_text("".join(_entry(*one) for one in ALL_FILES.items()), encoding="utf-8")
    loaded = unmissions("load", "--catalogue", tmp_path / "all.toml", "--store", copy)
    assert loaded.exit_code == 0, loaded.stderr

    differ = {
        query.name
        for query in SAVED.values()
        if query.form == "SELECT"
        and unmissions("query", "--saved", query.name, "--store", copy).stdout
        != (PROJECT / f"queries/expected/{query.name}.tsv").read_text(encoding="utf-8")
    }
    assert differ == OF_THE_STORE


def _entry(slug: str, how: tuple[str, list[str]]) -> str:
    """A data set of a catalogue."""
    mapping, patterns = how
    files = ", ".join(f'"{FILES}/{pattern}"' for pattern in patterns)
    return f"[{slug}]\nfiles = [{files}]\n" + (f'mapping = "{mapping}"\n' if mapping else "")
