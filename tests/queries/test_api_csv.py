"""No cell of a saved query's CSV is a formula, and every cell can be had back as it was."""

import csv
import io
from pathlib import Path
from typing import IO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader.release.namespaces import XSD
from server.engine.interface import Answer
from server.tables.csv_safety import csv_of_tsv, harmless, restored, safe_csv
from server.tables.table import Cell, Table
from server.tables.writers import as_tsv
from tests.conftest import Command
from tests.queries.asking import csv_rows
from tests.server.servers import Server, Start

FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", '"=1', "'=1", "\ufeff=1", "＝1",
    '=HYPERLINK("x")', "\n=cmd|'/c calc'!A1", "-2+3+cmd|' /C calc'!A0",
]  # fmt: skip
HARMLESS = ["", "a", "a=1", "1-2", "'a", "مرحبا", "دينغ - لاك", '"a"', "x\ny", "a,b", "(=1)"]
TEXT = st.one_of(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(FORMULAS + HARMLESS))
BEGINNINGS = tuple("=+-@\t\r＝＋－＠")


@pytest.mark.parametrize("value", FORMULAS)
def test_a_text_that_begins_like_a_formula_has_an_apostrophe(value: str) -> None:
    assert harmless(Cell("literal", value)) == f"'{value}"
    assert harmless(Cell("literal", value, language="en")) == f"'{value}"
    assert harmless(Cell("literal", value, datatype="http://id.loc.gov/datatypes/edtf/EDTF")) == f"'{value}"


@pytest.mark.parametrize("value", HARMLESS)
def test_any_other_text_is_as_it_was(value: str) -> None:
    assert harmless(Cell("literal", value)) == value


@pytest.mark.parametrize(
    ("value", "type_"),
    [
        ("-5", "integer"), ("+5", "integer"), ("-0.5", "decimal"), ("-1.0E3", "double"), ("-INF", "double"),
        ("-0044-03-15", "date"), ("-P1D", "duration"), ("true", "boolean"), ("-0044", "gYear"),
    ],
)  # fmt: skip
def test_numbers_and_dates_are_exact(value: str, type_: str) -> None:
    assert harmless(Cell("literal", value, datatype=XSD + type_)) == value


def test_a_number_that_is_none_is_a_text() -> None:
    assert harmless(Cell("literal", "=1+1", datatype=XSD + "integer")) == "'=1+1"


def test_an_address_is_exact() -> None:
    assert harmless(Cell("uri", "urn:=1")) == "urn:=1"


@given(TEXT)
def test_no_text_begins_like_a_formula_and_each_comes_back(value: str) -> None:
    written = harmless(Cell("literal", value))
    assert not written.lstrip(" \"'«»“”‘’\ufeff\n\v\f").startswith(BEGINNINGS) or written.startswith("'")
    assert restored(written) == value


@given(st.lists(st.tuples(TEXT, st.one_of(st.none(), TEXT)), max_size=5), st.integers(1, 64))
def test_a_table_round_trips_and_a_stream_is_the_same(rows: list[tuple[str, str | None]], size: int) -> None:
    cells = tuple(tuple(None if v is None else Cell("literal", v) for v in row) for row in rows)
    table = Table(("a", "b"), cells)
    whole = safe_csv(table)
    read = list(csv.reader(io.StringIO(whole.decode(), newline="")))
    tsv = as_tsv(table)

    def write(output: IO[bytes]) -> None:
        for start in range(0, len(tsv), size):
            output.write(tsv[start : start + size])

    assert [[restored(cell) for cell in row] for row in read[1:]] == [[a, b or ""] for a, b in rows]
    assert csv_of_tsv(Answer("1", write)).whole() == whole


def test_an_abandoned_stream_stops_the_engine() -> None:
    class Full(io.BytesIO):
        def write(self, piece: object, /) -> int:
            raise BrokenPipeError

    def write(output: IO[bytes]) -> None:
        while True:
            output.write(b"?a\n")

    with pytest.raises(BrokenPipeError):
        csv_of_tsv(Answer("1", write)).write_to(Full())


def test_the_endpoint_stays_exact(server: Server) -> None:
    query = 'SELECT ("=1+1" AS ?text) (-1 AS ?number) {}'
    assert server.ask(query).text.split() == ["text,number", "=1+1,-1"]


@pytest.mark.matrix
def test_a_served_query_is_safe(
    small_project: Path, unmissions: Command, start: Start, tmp_path: Path
) -> None:
    query = """#+ summary: What is dangerous?
#+ summary_ar: ما الخطر؟
SELECT ?text (-1 AS ?number) WHERE { VALUES ?text { "=1+1" "@x" "ok" "a\\nb" } } ORDER BY ?text
"""
    (small_project / "queries/dangerous.rq").write_text(query, encoding="utf-8")
    built = unmissions("build", "--inputs", small_project, "--store", tmp_path / "store")
    assert built.exit_code == 0, built.stderr
    with start(store=tmp_path / "store", token="") as server:
        expected = [["text", "number"], ["'=1+1", "-1"], ["'@x", "-1"], ["a\nb", "-1"], ["ok", "-1"]]
        assert csv_rows(server.http.get("/queries/dangerous/run.csv")) == expected
        assert csv_rows(server.http.get("/queries/dangerous/run.csv?page=1")) == expected
