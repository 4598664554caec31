"""Links to other data sets are tables of mappings: what is wrong in one is told with its line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cases import some
from tests.conftest import Command, Rows

TABLE = "data/links/topics.sssom.tsv"
GENOCIDE = "topic:genocide\tGenocide\tskos:exactMatch\tunbis:1002628"


def line_of(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, 1) if text in line)


def replaced(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


def first_row(column: int, value: str) -> Callable[[str], str]:
    """Another value in a cell of the row of genocide."""

    def change(text: str) -> str:
        row = next(line for line in text.splitlines() if line.startswith(GENOCIDE))
        cells = row.split("\t")
        return text.replace(row, "\t".join([*cells[:column], value, *cells[column + 1 :]]))

    return change


THESAURUS = "src-http:metadata.un.org/thesaurus/"
AGAIN = f"\n{GENOCIDE}\t\tsemapv:MappingReview\t1\t\t\t{THESAURUS}\t\t"
WRONG = {
    "no-justification": (first_row(5, ""), "mapping_justification is empty."),
    "unknown-justification": (first_row(5, "semapv:Guess"), "mapping_justification is 'semapv:Guess'"),
    "confidence": (first_row(6, "1.5"), "confidence is '1.5'; it must be a number from 0 to 1."),
    "no-confidence": (first_row(6, "high"), "confidence is 'high'"),
    "prefix": (first_row(3, "unbiz:1"), "object_id is 'unbiz:1'; curie_map in the head declares no such"),
    "predicate": (first_row(2, "skos:broader"), "predicate_id is 'skos:broader'; it must be one of"),
    "date": (first_row(8, "2026-02-30"), "mapping_date is '2026-02-30'; it must be a day"),
    "subject": (first_row(0, "topic:genocides"), "There is no topic:genocides in the graph."),
    "label": (first_row(1, "Killing"), "subject_label is 'Killing'; topic:genocide is called 'Genocide'."),
    "cells": (first_row(11, "a\tb"), "The row has 13 cells; there are 12 columns."),
    "two-of-ours": (first_row(3, "unbis:1002629"), "unbis:1002629 is matched exactly already at"),
    "twice": (first_row(11, AGAIN), "This row stands already at"),
    "two-in-a-scheme": (first_row(0, "topic:genocide-prevention"), f"an exact match in {THESAURUS}"),
    "columns": (replaced("subject_id\t", "subject\t"), "The columns must be, with tabs between: subject_id"),
    "head": (replaced("# license: ", "# licence: "), "The head must say license."),
    "yaml": (replaced("# license: ", "# license: [ "), "The head is not YAML"),
}


# Each of them is a build.
@pytest.mark.parametrize(("change", "sentence"), some(WRONG.values()), ids=WRONG)
def test_a_mistake_in_a_table_stops_the_build_with_file_and_line(
    project: Path, unmissions: Command, tmp_path: Path, change: Callable[[str], str], sentence: str
) -> None:
    path = project / TABLE
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")

    built = unmissions("build", "--store", tmp_path / "store", "--inputs", project)

    told = [line for line in built.stderr.splitlines() if sentence in line]
    assert built.exit_code == 1 and told, built.stderr
    assert told[0].startswith(f"{TABLE}:")
    assert 1 <= int(told[0].split(":")[1]) <= len(path.read_text(encoding="utf-8").splitlines())


def test_the_line_that_is_told_is_that_of_the_row(project: Path, unmissions: Command, tmp_path: Path) -> None:
    path = project / TABLE
    path.write_text(first_row(6, "7")(path.read_text(encoding="utf-8")), encoding="utf-8")

    built = unmissions("build", "--store", tmp_path / "store", "--inputs", project)

    assert f"{TABLE}:{line_of(path, GENOCIDE)}: confidence is '7'" in built.stderr


def test_every_row_is_a_link_and_no_link_stands_elsewhere(rows: Rows, inputs: Path) -> None:
    tables = [path.read_text(encoding="utf-8").splitlines() for path in (inputs / "data/links").glob("*.tsv")]
    written = sum(not line.startswith(("#", "subject_id\t")) for lines in tables for line in lines)
    links = rows("SELECT ?s ?o { GRAPH <graph/links> { ?s ?p ?o FILTER(ISIRI(?o)) } }")

    assert written == len(links) >= 144


def test_linksets_say_how_many_links_of_which_kind_come_from_which_table(rows: Rows) -> None:
    told = rows("""
      SELECT ?target ?verb ?n (GROUP_CONCAT(STR(?file); separator=" ") AS ?files) {
        { SELECT * {
            <dataset/un-missions> <http://rdfs.org/ns/void#subset> ?set .
            ?set a <http://rdfs.org/ns/void#Linkset> ; <http://rdfs.org/ns/void#linkPredicate> ?verb ;
              <http://rdfs.org/ns/void#triples> ?n ; <http://rdfs.org/ns/void#objectsTarget> ?target ;
              dcterms:source ?file
          } ORDER BY ?file }
      } GROUP BY ?target ?verb ?n""")
    same = "http://www.w3.org/2002/07/owl#sameAs"

    assert {row[3] for row in told if row[:2] == ("https://ror.org/", same)} == {"links/institutions"}
    assert len({row[:2] for row in told}) == len(told) > 8
    assert all(_counted(rows, target, verb) == number for target, verb, number, _ in told)


def _counted(rows: Rows, target: str, verb: str) -> str:
    """How many links of a kind lead to IRIs that begin so."""
    graph = "GRAPH <graph/links> { ?s ?verb ?o }"
    found = rows(f"""SELECT (COUNT(*) AS ?n) {{ {graph}
      FILTER(STR(?verb) = "{verb}" && STRSTARTS(STR(?o), "{target}")) }}""")
    return found[0][0]
