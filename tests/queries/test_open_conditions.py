"""A condition on a parameter that stays open is asked as `true`: any engine answers the same, and sooner."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from loader.query.saved_query import SavedQuery
from loader.query.saved_query_file import read_saved_query
from tests.conftest import Rows
from tests.queries.asking import QUERIES

HEADER = "#+ summary: What?\n#+ summary_ar: ما؟\n"


def saved(folder: Path, pattern: str) -> SavedQuery:
    path = folder / "one.rq"
    path.write_text(f"{HEADER}SELECT * WHERE {{ ?thing ?says ?what . {pattern} }}\n", encoding="utf-8")
    return read_saved_query(path)


def test_without_a_value_the_condition_is_true_and_with_one_it_is_asked() -> None:
    query = QUERIES["who-met-whom"]

    assert "COALESCE(?envoy IN" not in query.bind({}) and "FILTER (true)" in query.bind({})
    assert "COALESCE(YEAR(?not_before) IN ('2011'" in re.sub('"', "'", query.bind({"year": ["2011"]}))


@pytest.mark.parametrize(
    "condition",
    ["?what = ?_name || BOUND(?_name)", "?what = ?_name && ?says = ?what", "COALESCE(?_name, '') = ?what"],
)
def test_what_may_be_false_without_a_value_is_left_as_it_is(tmp_path: Path, condition: str) -> None:
    bound = saved(tmp_path, f"FILTER (COALESCE({condition}, true))").bind({})

    assert condition in bound


def test_the_rows_are_those_of_the_query_as_it_stands_in_its_file(rows: Rows) -> None:
    query = QUERIES["topics-by-frequency"]
    plain = replace(query, parameters=()).bind({})

    assert "COALESCE(COALESCE(?envoy" in plain and "FILTER (true)" in query.bind({})
    assert sorted(rows(plain)) == sorted(rows(query.bind({})))
