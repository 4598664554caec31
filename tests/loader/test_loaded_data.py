"""`unmissions check` says where data sets that were loaded disagree with our links and our table of M49."""

from pathlib import Path

import pytest

from tests.conftest import Command
from tests.docs.pages import ROOT
from tests.docs.tables import renewed
from tests.loader.real_files import needs_real_files
from tests.loader.test_data_sets import written
from tests.loader.test_linksets import line_of

PLACES, INSTITUTIONS = "data/links/places.sssom.tsv", "data/links/institutions.sssom.tsv"
PAGE = ROOT / "docs/reference/m49-and-unstats.md"
GEO = "http://metadata.un.org/sdg/codes/geoArea/"
LOADED = f"""@prefix geo: <{GEO}> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .
geo:288 skos:exactMatch wd:Q1, <https://www.geonames.org/2300660> ; <{GEO[:-1]}#m49code> "288" .
geo:566 <{GEO[:-1]}#iso2code> "NE" .
geo:056 <{GEO[:-1]}#m49code> "56" .
geo:831 skos:inScheme <http://metadata.un.org/sdg/codes/geoAreaCodes> ; skos:broader geo:830 .
"""
DESCRIBED = '<> <http://rdfs.org/ns/void#uriSpace> "https://ror.org/" .'
ROR = "<https://ror.org/006kxhp52> a <http://example.org/Organization> ."


@pytest.fixture(scope="module")
def warnings(unmissions: Command, inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What a check of our own inputs says beside two loaded data sets."""
    folder = tmp_path_factory.mktemp("loaded")
    areas, ror = written(folder / "areas.ttl", LOADED), written(folder / "ror.ttl", ROR)
    about = written(folder / "about.ttl", DESCRIBED)
    for arguments in (("areas", areas), ("ror", ror, "--describe", about)):
        loaded = unmissions("load", "--store", folder / "s", "--dataset", *arguments)
        assert loaded.exit_code == 0, loaded.stderr
    checked = unmissions("check", "--inputs", inputs, "--store", folder / "s")
    assert checked.exit_code == 0
    return [line for line in checked.stderr.splitlines() if ": warning: " in line]


def warned(warnings: list[str], table: str, row: str) -> list[str]:
    """The sentences about a row of a table."""
    place = f"{table}:{line_of(ROOT / table, row)}: warning: "
    return [line.removeprefix(place) for line in warnings if line.startswith(place)]


def test_another_identifier_for_the_same_place_is_told_at_the_row_of_our_link(warnings: list[str]) -> None:
    assert warned(warnings, PLACES, "geoarea:288") == [
        f"areas says that <{GEO}288> is <http://www.wikidata.org/entity/Q1>; "
        "our link is <http://www.wikidata.org/entity/Q117>."
    ]


def test_another_code_is_told_and_one_that_lost_its_zero_is_no_other(warnings: list[str]) -> None:
    assert warned(warnings, PLACES, "geoarea:566") == [f"areas has NE as iso3166 of <{GEO}566>; ours is NG."]
    assert warned(warnings, PLACES, "geoarea:056") == []


def test_links_to_what_a_data_set_of_the_scheme_does_not_have_are_told(warnings: list[str]) -> None:
    rows = [row for row in (ROOT / INSTITUTIONS).read_text(encoding="utf-8").splitlines() if "\tror:" in row]
    missing = [row for row in rows if "ror:006kxhp52" not in row]

    told = [line for line in warnings if "The data set ror of https://ror.org/ has no" in line]
    assert len(told) == len(missing) > 0
    assert not [line for line in warnings if "The data set areas" in line]  # three records are no data set


def test_areas_and_parents_that_differ_are_told_at_the_line_of_the_table(warnings: list[str]) -> None:
    line = line_of(ROOT / "data/tables/m49.ttl", ":831 a ")

    assert f"data/tables/m49.ttl:{line}: warning: M49 has 831 (Guernsey) in 154, areas in 830." in warnings


@needs_real_files
def test_the_page_lists_all_that_unstats_has_otherwise() -> None:
    text = PAGE.read_text(encoding="utf-8")

    assert renewed(text) == text, "run: .venv/bin/python -m tests.docs.tables"
    for language, number in {"en": 3, "fr": 61, "es": 71, "ru": 52, "zh": 83, "ar": 84}.items():
        assert f"| {language} | {number} |" in text
    assert "| group LDC | 064 | Bhutan | – | ✓ |" in text
    assert "| parent | 831 | Guernsey | 154 | 830 |" in text
