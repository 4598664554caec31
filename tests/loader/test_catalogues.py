"""A catalogue loads several data sets in one release, and says what each is."""

from pathlib import Path

import pytest

from loader.release.releases import Releases
from tests.conftest import Command
from tests.loader.test_data_sets import facts, written

CATALOGUE = """
[one]
files = ["*.nt"]
title = { en = "One", ar = "واحد" }
licence = "https://creativecommons.org/publicdomain/zero/1.0/"
publisher = "Somebody"
landing-page = "https://example.org/one"
issued = 2012-12-01

[two]
files = ["two.csv"]
mapping = "two.rq"
base = "http://example.org/"
"""
MAPPING = """#+ summary: a test
#+ format: csv
CONSTRUCT { ?row <says> ?cell } WHERE { ?row <http://sparql.xyz/facade-x/data/a> ?cell }
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    written(tmp_path / "a.nt", "<a:a> <a:b> <a:c> .\n")
    written(tmp_path / "b.nt", "<a:a> <a:b> <a:d> .\n")
    written(tmp_path / "two.csv", "a\nx\n")
    written(tmp_path / "two.rq", MAPPING)
    return written(tmp_path / "catalogue.toml", CATALOGUE)


def test_all_data_sets_of_a_catalogue_come_in_one_release(
    unmissions: Command, tmp_path: Path, catalogue: Path
) -> None:
    loaded = unmissions("load", "--store", tmp_path / "s", "--catalogue", catalogue)

    assert loaded.exit_code == 0, loaded.stderr
    assert [release.number for release in Releases(tmp_path / "s").all()] == [1]
    assert (len(facts(tmp_path / "s", "one")), len(facts(tmp_path / "s", "two"))) == (2, 1)
    assert str(facts(tmp_path / "s", "two")[0].predicate) == "<http://example.org/says>"
    said = {str(triple.object) for triple in facts(tmp_path / "s", "one/void")}
    assert {'"One"@en', '"واحد"@ar', '"Somebody"', "<https://example.org/one>"} < said


def test_a_pattern_may_name_files_that_lie_elsewhere(unmissions: Command, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    for name in ("a", "b"):
        written(tmp_path / f"elsewhere/{name}.nt", f"<a:{name}> <a:b> <a:c> .\n")
    catalogue = written(tmp_path / "c.toml", f'[one]\nfiles = ["{tmp_path}/else*/*.nt"]\n')

    loaded = unmissions("load", "--store", tmp_path / "s", "--catalogue", catalogue)
    assert "data set one has 2 triples" in loaded.stdout


def test_what_has_not_changed_is_not_read_again(unmissions: Command, tmp_path: Path, catalogue: Path) -> None:
    unmissions("load", "--store", tmp_path / "s", "--catalogue", catalogue)
    written(tmp_path / "two.csv", "a\ny\n")

    again = unmissions("load", "--store", tmp_path / "s", "--catalogue", catalogue)
    third = unmissions("load", "--store", tmp_path / "s", "--catalogue", catalogue)

    assert "reading a.nt" not in again.stderr
    assert "data set two has 1 triples" in again.stdout
    assert "nothing has changed" in third.stdout


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("", 1, "The catalogue names no data set"),
        ("\n[one]\nfiles =", 3, "This is no TOML"),
        ("\n[un-missions]\nfiles = ['a.nt']", 2, "[un-missions] names no data set that can be loaded"),
        ("[one]\nfiles = ['c.nt']", 2, "There is no file 'c.nt' beside the catalogue."),
        ("[one]\nfiles = ['a.nt']\ncolour = 'red'", 3, "'colour' is none of files, mapping, "),
        ("[one]\nfiles = ['a.nt']\nmapping = 'none'", 3, "There is no mapping 'none'."),
        ("[one]\ntitle.en = 'x'", 1, "Each data set needs `files`"),
    ],
)
def test_a_mistake_in_a_catalogue_is_named_with_its_line(
    unmissions: Command, tmp_path: Path, catalogue: Path, text: str, line: int, sentence: str
) -> None:
    written(catalogue, text)

    refused = unmissions("load", "--store", tmp_path / "s", "--catalogue", catalogue)

    assert refused.exit_code == 1
    assert f"{catalogue}:{line}: {sentence}" in refused.stderr


def test_files_and_a_catalogue_at_once_is_a_wrong_call(
    unmissions: Command, tmp_path: Path, catalogue: Path
) -> None:
    for arguments in ([], ["--catalogue", catalogue, catalogue], [catalogue], ["--dataset", "x"]):
        assert unmissions("load", "--store", tmp_path / "s", *arguments).exit_code == 2
