"""The version, the licence and the numbers that the documents state are those of the project."""

import tomllib
from collections.abc import Callable

import yaml

from tests.programs.bench.report import END, mark, replaced
from tests.programs.bench.rounds import SIZES

from .pages import ROOT

Rows = Callable[[str], list[tuple[str, ...]]]


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_citation_and_the_changelog_know_the_version() -> None:
    project = tomllib.loads(_read("pyproject.toml"))["project"]
    citation = yaml.safe_load(_read("CITATION.cff"))

    assert citation["version"] == project["version"]
    assert citation["license"] == project["license"]
    assert f"## [{project['version']}]" in _read("CHANGELOG.md")


OF_THE_PAGE = "unm:partOfMission?/unm:toldIn/dcterms:isPartOf <source/key-missions-ar>"


def test_the_numbers_of_missions_meetings_and_participations_are_those_of_the_arabic_page(rows: Rows) -> None:
    [[missions, meetings]] = rows(
        f"""SELECT (COUNT(DISTINCT ?a) AS ?n) (COUNT(DISTINCT ?b) AS ?m) {{
            {{ ?a a unm:Mission ; {OF_THE_PAGE} }} UNION {{ ?b a unm:Meeting ; {OF_THE_PAGE} }} }}"""
    )
    [[participations, inferred]] = rows(
        f"""SELECT (COUNT(?p) AS ?n) (SUM(IF(?c = certainty:stated, 0, 1)) AS ?m) {{
            ?p a unm:Participation ; unm:certainty ?c ; unm:participationIn/{OF_THE_PAGE} }}"""
    )

    assert f"**{missions} missions and {meetings} meetings of 2010–2012" in _read("README.md")
    assert f"{inferred} of the {participations} participations are inferred" in _read("README.md")
    assert f"{missions} missions, {meetings} meetings and {participations} part" in _read("CHANGELOG.md")


def test_the_results_of_the_w3c_suite_fit_the_known_differences() -> None:
    text = _read("docs/explanation/standards.md")
    known = len(tomllib.loads(_read("tests/programs/w3c/known_differences.toml"))["difference"])

    assert f"| {341 - known} | 341 |" in text
    assert known == 11, "the page says eleven"


def test_the_tables_of_the_bench_have_a_place_in_the_measurements_and_change_nothing_around_them() -> None:
    text = _read("docs/measurements.md")

    for size in SIZES:
        before, marked, behind = text.partition(f"{mark(size)}\n")
        changed = replaced(text, size, "new figures\n")

        assert marked, f"the page has no place for {size} data"
        assert changed == f"{before}{marked}new figures\n{END}{behind.partition(END)[2]}"


def test_what_is_claimed_of_the_data_is_one_sentence_everywhere(rows: Rows) -> None:
    """In English and in Arabic, and it is that of the description of the data set."""
    pages = {
        "en": ["README.md", "data/README.md", "server/templates/llms.txt"],
        "ar": ["server/i18n/ar.po"],
    }
    shown = [_read(f"server/templates/{name}.html") for name in ("home", "sources")]

    for language, names in pages.items():
        [[text]] = rows(
            f"""SELECT ?text {{ <dataset/un-missions> dcterms:description ?text
                FILTER(LANG(?text) = "{language}") }}"""
        )
        claim = text.partition(". ")[2]

        assert len(claim) > 100
        assert [name for name in names if claim not in _read(name)] == []
        assert language == "ar" or [page for page in shown if claim not in page] == []
