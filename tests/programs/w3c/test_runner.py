"""The runner judges rightly: what is alike passes, and what differs fails."""

from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from .__main__ import main
from .answers import compare, read_answer
from .cases import Mismatch
from .dataset import Dataset, Source
from .manifest import read_suite
from .report import known_differences
from .results import CSV, JSON, TSV, XML, Table, table
from .resultset import read_result_set
from .rows import Row, isomorphic
from .suite import DEFAULT_SUITE

P = NamedNode("http://example.org/p")
A, B, C, D, E, F = (BlankNode(label) for label in "abcdef")
INTEGER = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
needs_suite = pytest.mark.skipif(not DEFAULT_SUITE.is_dir(), reason=f"no {DEFAULT_SUITE}")

EXPECTED = table(["s", "o"], [{"s": A, "o": Literal("é", language="en")}, {"s": P}])
IN_XML = """<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="s"/>
  <variable name="o"/></head><results><result><binding name="s"><bnode>x</bnode></binding>
  <binding name="o"><literal xml:lang="en">é</literal></binding></result><result>
  <binding name="s"><uri>http://example.org/p</uri></binding></result></results></sparql>"""
IN_JSON = """{"head": {"vars": ["s", "o"]}, "results": {"bindings": [
  {"s": {"type": "bnode", "value": "x"}, "o": {"type": "literal", "value": "é", "xml:lang": "en"}},
  {"s": {"type": "uri", "value": "http://example.org/p"}}]}}"""
IN_TSV = '?s\t?o\n_:x\t"é"@en\n<http://example.org/p>\t\n'


def cycle(*nodes: BlankNode) -> list[Row]:
    return [(one, P, other) for one, other in zip(nodes, nodes[1:] + nodes[:1], strict=True)]


def numbers(*texts: str) -> Table:
    return table(["n"], [{"n": Literal(text, datatype=INTEGER)} for text in texts])


@needs_suite
def test_the_manifests_hold_as_many_tests_as_the_package_says() -> None:
    assert Counter(case.category for case in read_suite(DEFAULT_SUITE)) == {
        "query": 341,
        "update": 157,
        "protocol": 34,
        "graph store protocol": 13,
        "service description": 3,
    }


@needs_suite
def test_every_known_difference_names_a_test() -> None:
    assert set(known_differences()) <= {case.name for case in read_suite(DEFAULT_SUITE)}


def test_rows_that_differ_in_the_names_of_blank_nodes_are_alike() -> None:
    assert isomorphic(cycle(A, B, C), cycle(F, D, E))


def test_rows_that_join_blank_nodes_otherwise_are_not_alike() -> None:
    assert not isomorphic([(A, A), (B, B)], [(A, A), (A, A)])
    assert not isomorphic(cycle(A, B, C) + cycle(D, E, F), cycle(A, B, C, D, E, F))


def test_a_row_counts_as_often_as_it_is_there() -> None:
    assert not isomorphic([(P, A), (P, A), (P, B)], [(P, A), (P, B), (P, B), (P, B)])
    assert not isomorphic([(P,), (P,), (INTEGER,)], [(P,), (INTEGER,), (INTEGER,)])


@pytest.mark.parametrize(("text", "media_type"), [(IN_XML, XML), (IN_JSON, JSON), (IN_TSV, TSV)])
def test_the_same_solutions_are_read_from_each_format(text: str, media_type: str) -> None:
    compare(read_answer(text.encode(), media_type), EXPECTED)


def test_csv_is_compared_by_text_and_its_numbers_by_value() -> None:
    expected = read_answer(b'n,t\r\n1.0E6,"a,b"\r\n', CSV)
    compare(read_answer(b'n,t\n1000000,"a,b"\n', CSV), expected)
    with pytest.raises(Mismatch):
        compare(read_answer(b'n,t\n1000001,"a,b"\n', CSV), expected)


def test_what_is_not_in_the_format_it_claims_is_a_mismatch() -> None:
    with pytest.raises(Mismatch, match="not the application/sparql-results"):
        read_answer(b"<html>", JSON)


def test_solutions_are_ordered_only_where_the_expected_ones_are_numbered() -> None:
    numbered = Table(("n",), numbers("1", "2").rows, ordered=True)
    compare(numbers("2", "1"), numbers("1", "2"))
    with pytest.raises(Mismatch):
        compare(numbers("2", "1"), numbered)


def test_a_result_set_in_rdf_is_read_in_the_order_of_its_index() -> None:
    rs = "@prefix rs: <http://www.w3.org/2001/sw/DataAccess/tests/result-set#> ."
    solution = '[ rs:index {0} ; rs:binding [ rs:variable "n" ; rs:value {1} ] ]'
    both = solution.format(2, 7) + ", " + solution.format(1, 8)
    text = f'{rs} [] a rs:ResultSet ; rs:resultVariable "n" ; rs:solution {both} .'
    answer = read_result_set(parse(text, format=RdfFormat.TURTLE))
    assert answer == Table(("n",), numbers("8", "7").rows, ordered=True)


def test_blank_nodes_of_two_files_are_kept_apart(tmp_path: Path) -> None:
    files = [tmp_path / "one.ttl", tmp_path / "two.ttl"]
    for file in files:
        file.write_text(f"_:same {P} 01 .")
    one, two = (Source(file, file.as_uri()) for file in files)
    dataset = Dataset((one,), (("http://example.org/g", two),))
    assert len({row[0] for row in dataset.rows()}) == 2
    assert '"01"' in dataset.as_update()


def test_a_suite_that_is_not_there_is_said_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    urls = ["--query", "http://127.0.0.1:9/", "--update", "http://127.0.0.1:9/"]
    assert main([*urls, "--graphs", "http://127.0.0.1:9/", "--suite", str(tmp_path / "no")]) == 0
    assert capsys.readouterr().out.startswith("The W3C SPARQL 1.1 test suite is not there")
