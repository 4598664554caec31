"""The columns that a reader sees, and their headings."""

from pathlib import Path

import pytest

from loader.inputs import PROJECT
from server.tables.columns import column_title
from server.tables.reading import read
from server.tables.table import Table
from tests.queries.file_samples import labelled, text, uri


def variables(path: Path) -> list[str]:
    header = path.read_text(encoding="utf-8").splitlines()[0]
    names = [name.removeprefix("?") for name in header.split("\t") if name.startswith("?")]
    return [name.removesuffix("_en").removesuffix("_ar") for name in names]


@pytest.mark.parametrize(
    "path", sorted((PROJECT / "queries" / "expected").glob("*.tsv")), ids=lambda p: p.stem
)
def test_every_column_of_a_saved_query_has_an_arabic_heading(path: Path) -> None:
    titles = {name: column_title(name, "ar", path.stem) for name in variables(path)}

    assert [name for name, title in titles.items() if title == name.replace("_", " ")] == []


# A document's date is the year or month that its words give; what is inferred has a row for each fact.
SURE_BY_THEMSELVES = {"documents-and-findings", "inferred-facts"}


@pytest.mark.parametrize(
    "path", sorted((PROJECT / "queries" / "expected").glob("*.tsv")), ids=lambda p: p.stem
)
def test_a_question_that_shows_a_date_tells_how_it_is_known(path: Path) -> None:
    shown = set(variables(path))
    dates = {name for name in shown if name in ("date", "not_before") or name.endswith("_date")}

    if path.stem not in SURE_BY_THEMSELVES:
        wanted = {"date_certainty" if name == "not_before" else f"{name}_certainty" for name in dates}
        assert wanted - shown == set()


def test_a_thing_and_its_labels_are_one_column() -> None:
    assert [column.title for column in read(labelled(), "en").columns] == ["institution", "missions"]


def test_a_label_in_one_language_only_is_read_in_the_other_too() -> None:
    reading = read(Table(("title_en", "note", "note_en"), ((text("a"), uri(), None),)), "ar")

    assert [column.name for column in reading.columns] == ["title", "note"]
    assert [cell and (cell.words, cell.language) for cell in reading.lines[0].cells] == [
        ("a", "en"),
        ("european-union", ""),
    ]
