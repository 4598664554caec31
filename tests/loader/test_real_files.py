"""The real files of other publishers are loaded as they are."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from loader.release.namespaces import ONTOLOGY
from tests.cases import some
from tests.conftest import Command
from tests.loader.real_files import needs_real_files, real
from tests.loader.test_data_sets import facts, written

pytestmark = [pytest.mark.slow, needs_real_files]
M49 = "http://metadata.un.org/sdg/codes/geoArea/"


def load(unmissions: Command, folder: Path, *patterns: str, options: tuple[str, ...] = ()) -> set[str]:
    """The triples of a data set of these files, as N-Triples writes them."""
    files = real(*patterns)
    assert files
    loaded = unmissions("load", "--store", folder, "--dataset", "x", *files, *options)
    assert loaded.exit_code == 0, loaded.stderr
    return {str(triple) for triple in facts(folder)}


@pytest.mark.parametrize("ending", ["ttl", "nt", "nt.gz", "owl", "json", "xml"])
def test_one_content_in_six_spellings_gives_the_same_triples(
    unmissions: Command, tmp_path: Path, ending: str
) -> None:
    assert len(load(unmissions, tmp_path, f"undo.{ending}")) == 708


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        ("unstats-sdg-codes.ttl", 9661),
        ("unstats-sdg-kos-*.ttl", 9100),
        ("unstats-void.ttl", 117),
        ("geonames-2678205.rdf", 26),
        ("eu-data-theme-filtered.rdf", 186),
        ("ror/*.ttl", 19),
    ],
)
def test_rdf_of_others_is_read_as_it_is(
    unmissions: Command, tmp_path: Path, pattern: str, count: int
) -> None:
    assert len(load(unmissions, tmp_path, pattern, options=("--strict",))) == count


def test_exactly_the_two_dates_that_are_none_are_named(unmissions: Command, tmp_path: Path) -> None:
    (file,) = real("unvotes-sample-with-invalid-dates.ttl")

    loaded = unmissions("load", "--store", tmp_path, "--dataset", "x", file)

    named = [line for line in loaded.stderr.splitlines() if " is no xsd:" in line]
    assert [line.removeprefix(file).split(":")[1] for line in named] == ["13", "25"]


def test_turtle_under_another_name_is_told_where_it_is_no_turtle(unmissions: Command, tmp_path: Path) -> None:
    (file,) = real("turtle-named.rdf")

    refused = unmissions("load", "--store", tmp_path, "--dataset", "x", file)

    assert f"{file}:1: The content looks like Turtle, and is read as that." in refused.stderr
    assert f"{file}:89: Parser error at line 89 column 21" in refused.stderr  # "bar"@lc2 is no language tag
    # Of 120 triples, the nine of that statement are left out.
    assert len(load(unmissions, tmp_path, "turtle-named.rdf", options=("--skip-invalid",))) == 111


def test_a_context_elsewhere_is_named_and_can_be_given(unmissions: Command, tmp_path: Path) -> None:
    (file,) = real("unstats-sdg-dataset-metadata-remote-context.jsonld")
    context = written(tmp_path / "c.json", '{"@context": {"@vocab": "http://schema.org/"}}')

    refused = unmissions("load", "--store", tmp_path / "s", "--dataset", "x", file)

    assert "--context http://schema.org/=FILE" in refused.stderr
    options = ("--context", f"http://schema.org/={context}")
    assert load(unmissions, tmp_path / "s", "unstats-*.jsonld", options=options)


# What each mapping gives, and a triple that shows what could go wrong.
MAPPED = [
    ("m49-*.csv", "m49", 3672, f'<{M49}516> <http://www.w3.org/2004/02/skos/core#prefLabel> "纳米比亚"@zh'),
    ("m49-*.csv", "m49", 3672, f'<{M49}516> <{ONTOLOGY}iso3166> "NA"'),
    ("iso3166-all.csv", "iso3166", 1741, f'<{M49}516> <{ONTOLOGY}iso3166> "NA"'),
    (
        "country-codes.csv",
        "country-codes",
        3236,
        f'<{M49}056> <{ONTOLOGY}m49> "056"',
    ),
    ("hdx-*.csv", "hdx-countries", 2590, f'<{M49}056> <{ONTOLOGY}m49> "056"'),
    ("hdx-*.csv", "hxl", 7385, "country+code+v_iso2"),
    ("iati-*.xml", "iati", 1225, '"Etats ex-Yougoslavie non spécifié"@fr'),
    ("undl-marc-vote-4025240.xml", "marcxml", 17, '<https://schema.org/actionOption> "non-voting"'),
    ("undl-marc.xml", "marcxml", 10, '"Another is the title"'),
    ("ror/ror-v1-*.json", "ror", 258, "<https://isni.org/isni/0000000404523255>"),
    ("ror/ror-v2-*.json", "ror", 271, "<https://isni.org/isni/0000000404523255>"),
    ("unhcr-*.csv", "unhcr", 7450, '1979-AFG-IRN> <https://w3id.org/un-missions/dataset/x/REF> "100000"^^'),
    ("wikidata-Q142.json", "wikidata", 1292, '<http://www.w3.org/2000/01/rdf-schema#label> "فرنسا"@ar'),
]


@pytest.mark.parametrize(("pattern", "name", "count", "shown"), some(MAPPED, of=4))
def test_a_shipped_mapping_reads_the_files_it_is_made_for(
    unmissions: Command, tmp_path: Path, pattern: str, name: str, count: int, shown: str
) -> None:
    triples = load(unmissions, tmp_path, pattern, options=("--mapping", name, "--strict"))

    assert len(triples) == count
    assert any(shown in triple for triple in triples)


@pytest.mark.parametrize(("pattern", "name"), sorted({entry[:2] for entry in MAPPED if entry[1] != "hxl"}))
def test_a_file_without_a_mapping_is_refused_and_the_fitting_one_named(
    unmissions: Command, tmp_path: Path, pattern: str, name: str
) -> None:
    files = real(pattern)

    refused = unmissions("load", "--store", tmp_path / "s", "--dataset", "x", *files)

    assert refused.exit_code == 1
    assert f"which is no RDF: --mapping {name} is made for such files." in refused.stderr


@pytest.mark.matrix
def test_no_vote_is_lost_and_namibia_votes(unmissions: Command, tmp_path: Path) -> None:
    triples = load(unmissions, tmp_path, "un-ga-*.csv", options=("--mapping", "auto"))

    votes = [triple for triple in triples if "VoteAction" in triple]
    namibia = [triple for triple in triples if triple.endswith("/country/NA>")]
    assert len(votes) == 49_035
    assert len(namibia) == 229
    assert ox.NamedNode("http://purl.org/dc/terms/title").value in "".join(triples)
