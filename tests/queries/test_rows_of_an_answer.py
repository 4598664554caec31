"""Rows come straight from an engine in the same process, and are those that its JSON would have said."""

from dataclasses import replace
from pathlib import Path

import pytest

from server.engine.interface import Question
from server.engine.local.engine import LocalEngine
from server.refusal import Refused
from server.tables.table import table_of
from tests.server.servers import DATA, publish

JSON = "application/sparql-results+json"
TERMS = """SELECT * {
  VALUES (?kind ?term) {
    ("iri" <urn:a>) ("text" "x") ("empty" "") ("arabic" "س"@ar) ("turned" "س"@ar--rtl) ("number" 1)
    ("none" UNDEF)
    ("typed" "y"^^<urn:t>) ("triple" <<( <urn:a> <urn:p> "س"@ar--rtl )>>)
    ("nested" <<( <urn:a> <urn:p> <<( <urn:a> <urn:p> 1.5 )>> )>>)
  }
}"""
NOTHING = "SELECT ?a { VALUES ?a {} }"
BLANK = "SELECT (ISBLANK(?node) AS ?is_blank) { BIND (BNODE() AS ?node) }"


@pytest.fixture
def engine(tmp_path: Path) -> LocalEngine:
    publish(tmp_path / "store", DATA)
    return LocalEngine(tmp_path / "store")


@pytest.mark.parametrize("text", [TERMS, BLANK, NOTHING, "SELECT * {}", "ASK {}", "ASK { FILTER(false) }"])
def test_rows_are_the_same_straight_from_the_engine_as_from_its_json(engine: LocalEngine, text: str) -> None:
    answer = engine.query(Question(text=text, format=JSON, timeout=30))

    assert answer.solve is not None
    assert table_of(answer) == table_of(replace(answer, solve=None))


def test_what_is_wrong_with_a_query_is_told_when_its_rows_are_wanted(engine: LocalEngine) -> None:
    answer = engine.query(Question(text="SELECT", format=JSON, timeout=30))

    with pytest.raises(Refused) as failure:
        table_of(answer)
    assert failure.value.kind == "syntax"
