"""With `lang` each pair of labels is one column in that language; without it both stay."""

import pytest

from server.tables.columns import in_language
from server.tables.table import Cell, Table
from tests.queries.asking import csv_rows, run, table
from tests.server.servers import Server


@pytest.mark.parametrize(("language", "label"), [("en", "Francis Deng"), ("ar", "فرانسيس دينغ")])
def test_two_columns_of_labels_become_one(server: Server, language: str, label: str) -> None:
    header, *rows = csv_rows(run(server, "missions-by-envoy", "csv", lang=language))
    both = csv_rows(run(server, "missions-by-envoy", "csv"))
    assert header == ["envoy", "envoy_label", "missions", "named_missions", "meetings"]
    assert label in [row[1] for row in rows]
    assert [row[2:] for row in rows] == [row[3:] for row in both[1:]]


@pytest.mark.parametrize("suffix", ["json", "csv", "tsv", "xml"])
def test_every_format_has_both_or_one(server: Server, suffix: str) -> None:
    both, one = run(server, "missions-by-envoy", suffix), run(server, "missions-by-envoy", suffix, lang="ar")
    assert "envoy_ar" in both.text and "envoy_label" not in both.text
    assert "envoy_label" in one.text and "envoy_ar" not in one.text


def test_a_label_that_is_missing_is_told_in_the_other_language() -> None:
    english, arabic = Cell("literal", "x", "en"), Cell("literal", "س", "ar")
    rows = ((None, arabic), (english, None), (english, arabic), (None, None))
    one = in_language(Table(("a_en", "a_ar"), rows), "en")
    assert one.columns == ("a_label",)
    assert one.rows == ((arabic,), (english,), (english,), (None,))


@pytest.mark.parametrize(
    "columns", [("a_en", "b_ar"), ("a_en", "a_ar", "a_label"), ("_en", "_ar"), ("en", "ar")]
)
def test_what_is_no_pair_stays(columns: tuple[str, ...]) -> None:
    row = tuple(Cell("literal", name) for name in columns)
    assert in_language(Table(columns, (row,)), "ar") == Table(columns, (row,))


def test_the_rows_keep_their_order(server: Server) -> None:
    both, one = table(server, "who-met-whom"), table(server, "who-met-whom", lang="en")
    place, only = both.columns.index("meeting_en"), one.columns.index("meeting_label")
    assert [row[place] for row in both.rows] == [row[only] for row in one.rows]
