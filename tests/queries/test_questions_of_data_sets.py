"""A saved query that asks a data set beside our own graphs names it, and says what to load to have it."""

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.app import create_app
from server.engine.local.engine import LocalEngine
from server.settings import Settings
from tests.conftest import Command

BESIDE = """#+ summary: What are the visited countries called by others?
#+ summary_ar: كيف يسمي غيرنا البلدان التي زارها المبعوثون؟
#+ datasets: [names]
PREFIX unm: <https://w3id.org/un-missions/ontology#>
PREFIX graph: <https://w3id.org/un-missions/graph/dataset/>
SELECT ?m49 ?name WHERE {
  ?country unm:m49 ?m49 .
  GRAPH graph:names { ?country <https://example.org/name> ?name }
}
"""
HOW = "`unmissions load FILE… --dataset names`"
NAMES = '<https://w3id.org/un-missions/place/nigeria> <https://example.org/name> "Naija" .'


@pytest.fixture
def beside(small_project: Path, tmp_path: Path, unmissions: Command) -> Path:
    """A store with a saved query that asks a data set which is not there."""
    (small_project / "queries/names.rq").write_text(BESIDE, encoding="utf-8")
    built = unmissions("build", "--store", tmp_path / "store", "--inputs", small_project)
    assert built.exit_code == 0, built.stderr
    return tmp_path / "store"


def client(store: Path) -> FlaskClient:
    return create_app(LocalEngine(store), Settings(store=store), is_writable=False).test_client()


def test_without_its_data_set_a_question_says_what_to_load_and_with_it_has_rows(
    beside: Path, tmp_path: Path, unmissions: Command
) -> None:
    problem = client(beside).get("/queries/names/run.csv")
    page = client(beside).get("/queries/names", headers={"Accept": "text/html"})
    at_the_shell = unmissions("query", "--saved", "names", "--store", beside)
    named = unmissions("report", "names", "--out", tmp_path / "one", "--store", beside)
    everything = unmissions("report", "--format", "csv", "--out", tmp_path / "all", "--store", beside)

    assert problem.status_code == 404 and HOW in problem.get_json()["detail"]
    assert problem.get_json()["dataset"] == "names"
    assert page.status_code == 200 and "“names”, which is not loaded here" in page.get_data(as_text=True)
    assert at_the_shell.exit_code == 1 and HOW in at_the_shell.stderr
    assert named.exit_code == 1 and HOW in named.stderr
    assert everything.exit_code == 0 and not (tmp_path / "all/names.csv").exists()

    (tmp_path / "names.nt").write_text(NAMES, encoding="utf-8")
    loaded = unmissions("load", tmp_path / "names.nt", "--dataset", "names", "--store", beside)
    assert loaded.exit_code == 0, loaded.stderr
    answer = client(beside).get("/queries/names/run.csv")

    assert answer.get_data(as_text=True).splitlines() == ["m49,name", "566,Naija"]
    assert (
        unmissions("query", "--saved", "names", "--store", beside).stdout.splitlines()[1] == '"566"\t"Naija"'
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ("#+ datasets: [names]\n", "", 7, "write `#+ datasets: [names]` in its header"),
        ("[names]", "[names, ror]", 3, "asks nothing of the data set 'ror'"),
        ("[names]", "names", 3, "`datasets` is a list of words"),
    ],
)
def test_header_and_text_name_the_same_data_sets(
    small_project: Path, unmissions: Command, old: str, new: str, line: int, sentence: str
) -> None:
    (small_project / "queries/names.rq").write_text(BESIDE.replace(old, new), encoding="utf-8")

    checked = unmissions("check", "--inputs", small_project)

    assert checked.exit_code == 1
    assert f"queries/names.rq:{line}: " in checked.stderr and sentence in checked.stderr


def test_the_shell_shows_the_rows_that_a_page_shows_whatever_others_say_of_our_things(
    store: Path, tmp_path: Path, unmissions: Command
) -> None:
    copied_store = shutil.copytree(store, tmp_path / "store", symlinks=True)
    query = ("query", "--saved", "missions-by-envoy", "--format", "csv", "--store")
    (tmp_path / "names.nt").write_text(
        "<https://w3id.org/un-missions/mission/2011-berlin> <https://w3id.org/un-missions/ontology#envoy> "
        "<https://w3id.org/un-missions/person/adama-dieng> .",
        encoding="utf-8",
    )
    loaded = unmissions("load", tmp_path / "names.nt", "--dataset", "names", "--store", copied_store)
    assert loaded.exit_code == 0, loaded.stderr

    assert unmissions(*query, copied_store).stdout == unmissions(*query, store).stdout


def test_m49_is_built_in_and_neither_replaced_nor_removed(
    store: Path, tmp_path: Path, unmissions: Command
) -> None:
    (tmp_path / "names.nt").write_text(NAMES, encoding="utf-8")
    loaded = unmissions("load", tmp_path / "names.nt", "--dataset", "m49", "--store", store)
    unloaded = unmissions("unload", "m49", "--store", store)

    assert (loaded.exit_code, unloaded.exit_code) == (2, 2)
    assert "m49 is built in" in loaded.stderr and "m49 is built in" in unloaded.stderr


def test_regions_have_their_names_in_the_language_of_the_reader(store: Path) -> None:
    rows = client(store).get("/queries/missions-by-m49-region/run.csv", query_string={"language": "fr"})

    found = [line.split(",")[3:] for line in rows.get_data(as_text=True).splitlines()]
    assert found[0] == ["m49", "name", "missions"]
    assert ["155", "Europe occidentale"] in [row[:2] for row in found]
    assert ["035", "Asie du Sud-Est"] in [row[:2] for row in found]


def test_the_form_offers_the_groups_of_m49(store: Path) -> None:
    page = client(store).get("/queries/least-developed-countries-visited", headers={"Accept": "text/html"})

    assert "Small island developing States" in page.get_data(as_text=True)
