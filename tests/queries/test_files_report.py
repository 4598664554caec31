"""The command `unmissions report`."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from loader.inputs import PROJECT
from loader.query.saved_query_file import read_saved_query
from loader.release.namespaces import BUILT_IN
from loader.release.release import Release
from tests.queries.file_samples import opened
from tests.queries.test_files_offline import Elements

Command = Callable[..., Result]
NAME = "meetings-with-an-institution"


@pytest.fixture
def report(unmissions: Command, store: Path, tmp_path: Path) -> Command:
    """Renders to a folder `out`."""

    def run(*arguments: object) -> Result:
        return unmissions("report", "--store", store, "--out", tmp_path / "out", *arguments)

    return run


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_one_query_is_rendered_in_every_format_and_language(
    report: Command, tmp_path: Path, release: Release
) -> None:
    done = report(NAME)

    assert done.exit_code == 0, done.stderr
    assert done.stdout == f"6 files written to {tmp_path / 'out'} from release {release.id}\n"
    suffixes = ("csv", "en.html", "ar.html", "en.xlsx", "ar.xlsx")
    assert files(tmp_path / "out") == {"index.html", *(f"{NAME}.{suffix}" for suffix in suffixes)}


def test_all_queries_are_rendered_and_the_index_names_them(report: Command, tmp_path: Path) -> None:
    assert report("--format", "csv").exit_code == 0
    index = Elements((tmp_path / "out" / "index.html").read_text(encoding="utf-8"))
    links = {str(link["href"]) for link in index.all("a")}
    files_of_queries = (PROJECT / "queries").glob("*.rq")
    saved = [read_saved_query(path) for path in files_of_queries]
    queries = {query.name for query in saved if set(query.datasets) <= {*BUILT_IN}}  # others are not there

    assert {path.stem for path in (tmp_path / "out").iterdir()} == {"index", *queries}
    assert files(tmp_path / "out") - {"index.html"} <= links
    assert {"How complete is the data?", "ما مدى اكتمال البيانات؟"} <= set(index.texts)


def test_the_csv_has_every_row_and_column_of_the_query(
    report: Command, tmp_path: Path, unmissions: Command, store: Path
) -> None:
    report(NAME, "--format", "csv")
    asked = unmissions("query", "--store", store, "--saved", NAME, "--format", "csv")
    written = (tmp_path / "out" / f"{NAME}.csv").read_text(encoding="utf-8")

    assert list(csv.reader(written.splitlines())) == list(csv.reader(asked.stdout.splitlines()))


def test_parameters_choose_the_rows_and_stand_in_the_files(report: Command, tmp_path: Path) -> None:
    report("missions-at-a-glance", "--format", "xlsx", "--lang", "en", "-p", "year=2012")
    book = opened((tmp_path / "out" / "missions-at-a-glance.en.xlsx").read_bytes())
    facts = {str(row[0].value): str(row[1].value) for row in book["About"].iter_rows()}

    assert "2012" in facts.values()
    assert "year=2012&release=" in facts["Address of these rows"]
    assert book.worksheets[0].max_row - 1 == int(facts["Rows"]) == 3


def test_the_address_of_the_server_can_be_given(report: Command, tmp_path: Path) -> None:
    report(NAME, "--format", "html", "--lang", "ar", "--base-url", "https://missions.example/")
    page = (tmp_path / "out" / f"{NAME}.ar.html").read_text(encoding="utf-8")

    assert f'href="https://missions.example/queries/{NAME}/run?release=' in page
    assert 'dir="rtl"' in page


def test_a_graph_is_written_as_turtle(report: Command, tmp_path: Path) -> None:
    report("mission-as-rdf")

    assert files(tmp_path / "out") == {"index.html", "mission-as-rdf.ttl"}
    assert "https://w3id.org/un-missions/" in (tmp_path / "out" / "mission-as-rdf.ttl").read_text("utf-8")


def test_evidence_is_added_when_asked_for(report: Command, tmp_path: Path) -> None:
    report(NAME, "--evidence", "--lang", "en")
    page = Elements((tmp_path / "out" / f"{NAME}.en.html").read_text(encoding="utf-8"))
    sheet = opened((tmp_path / "out" / f"{NAME}.en.xlsx").read_bytes()).worksheets[0]

    assert page.all("details") and page.all("blockquote")
    headings = [cell.value for cell in sheet[1]]
    assert headings[-4:] == ["evidence", "place in the source", "sentence", "translation by the project"]
    assert str(sheet.cell(2, sheet.max_column - 3).value).startswith("«")


def test_a_tag_chooses_queries(report: Command, tmp_path: Path) -> None:
    report("--tag", "evidence", "--format", "csv")
    names = {path.stem for path in (tmp_path / "out").iterdir()}

    assert "quotations-of-a-mission" in names
    assert "missions-by-year" not in names


def test_a_report_replaces_the_one_before(report: Command, tmp_path: Path) -> None:
    report("missions-by-year", "--format", "csv")
    report("missions-by-envoy", "--format", "csv")

    assert files(tmp_path / "out") == {"index.html", "missions-by-envoy.csv"}
    assert files(tmp_path) == {"out"}


def test_the_same_report_twice_is_the_same_bytes(report: Command, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    report(NAME)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    report(NAME)

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first


def test_a_folder_with_other_things_is_left_alone(report: Command, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("mine")
    refused = report("missions-by-year")

    assert refused.exit_code == 2
    assert "holds other things than a report" in refused.stderr
    assert files(tmp_path / "out") == {"thesis.txt"}


def test_a_report_that_fails_leaves_the_one_before(
    report: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report("missions-by-year", "--format", "csv")
    monkeypatch.setattr("server.exports.sheet.MOST_CHARACTERS", 3)
    failed = report("missions-by-year", "missions-by-envoy")

    assert failed.exit_code == 1
    assert "a cell of Excel holds 3" in failed.stderr
    assert "Nothing was written" in failed.stderr
    assert files(tmp_path / "out") == {"index.html", "missions-by-year.csv"}
    assert files(tmp_path) == {"out"}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["no-such-query"], "There is no saved query 'no-such-query'"),
        (["--format", "pdf"], "'pdf' is none of csv, xlsx, html"),
        (["--lang", "fr"], "'fr' is not one of"),
        (["--tag", "no-such-tag"], "None of the queries has the tag no-such-tag"),
        (["missions-by-year", "-p", "year=2011"], "None of the queries has the parameter 'year'"),
        (["missions-at-a-glance", "-p", "year=soon"], "it must be a year of four digits"),
        (["missions-at-a-glance", "-p", "year"], "is no NAME=VALUE"),
        (["--release", "99"], "There is no release '99'"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_call_ends_with_2_and_a_sentence(
    report: Command, tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    refused = report(*arguments)

    assert refused.exit_code == 2
    assert sentence in " ".join(refused.stderr.replace("│", " ").split())
    assert not (tmp_path / "out").exists()


def test_a_store_without_a_release_is_a_wrong_call(unmissions: Command, tmp_path: Path) -> None:
    refused = unmissions("report", "--store", tmp_path / "empty", "--out", tmp_path / "out")

    assert refused.exit_code == 2
    assert "run `unmissions build` first" in refused.stderr
