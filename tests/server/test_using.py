"""The dataset that the protocol names is written into the update: before each WHERE, and nowhere else."""

import pyoxigraph as ox
import pytest

from server.engine.evaluation.update_dataset import DatasetNamedTwice, with_dataset

DATA = """<urn:s> <urn:p> "none" . <urn:one> { <urn:s> <urn:p> "one" } <urn:two> { <urn:s> <urn:p> "two" }"""
COPY = "INSERT { GRAPH <urn:new> { ?s ?p ?o } } WHERE { ?s ?p ?o }"


def after(update: str, using: list[str], using_named: list[str] | None = None) -> set[str]:
    """What an update leaves: each object with its graph."""
    store = ox.Store()
    store.load(DATA.encode(), ox.RdfFormat.TRIG)
    store.update(with_dataset(update, using, using_named or []))
    rows = store.query(
        "SELECT ?o ?g { { GRAPH ?g { ?s ?p ?o } } UNION { ?s ?p ?o BIND(<urn:default> AS ?g) } }"
    )
    assert isinstance(rows, ox.QuerySolutions)
    return {f"{row['o'].value} in {row['g'].value[4:]}" for row in rows}


BEFORE = {"none in default", "one in one", "two in two"}


def test_without_a_dataset_the_update_stays_as_it_is() -> None:
    assert with_dataset(COPY, [], []) == COPY


@pytest.mark.parametrize(
    "update",
    [
        COPY,
        COPY.replace("WHERE", "where # WHERE { nothing }\n"),
        f"PREFIX where: <urn:WHERE> {COPY}",
        f"INSERT DATA {{ GRAPH <urn:two> {{ <urn:s> <urn:p> 'two' }} }} ; {COPY}",
        "INSERT { GRAPH <urn:new> { ?s ?p ?o } } WHERE { { SELECT * WHERE { ?s ?p ?o } } }",
        "INSERT { GRAPH <urn:new> { ?s ?p ?o } } WHERE { ?s ?p ?o FILTER(?o != 'WHERE { USING }') }",
    ],
)
def test_where_reads_the_graph_that_is_named(update: str) -> None:
    assert after(update, ["urn:one"]) == {*BEFORE, "one in new"}


def test_several_graphs_are_read_together() -> None:
    assert after(COPY, ["urn:one", "urn:two"]) == {*BEFORE, "one in new", "two in new"}


def test_a_named_graph_is_read_by_its_name_alone() -> None:
    update = COPY.replace("WHERE { ?s ?p ?o }", "WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert after(update, [], ["urn:two"]) == {*BEFORE, "two in new"}


def test_delete_where_deletes_what_is_found_in_the_graph_that_is_named() -> None:
    text = f"INSERT DATA {{ <urn:s> <urn:p> 'one' }} ; {'DELETE WHERE { ?s ?p ?o }'}"
    assert after(text, ["urn:one"]) == BEFORE


def test_each_operation_of_an_update_reads_it() -> None:
    second = COPY.replace("urn:new", "urn:newer")
    assert after(f"{COPY} ; {second}", ["urn:two"]) == {*BEFORE, "two in new", "two in newer"}


@pytest.mark.parametrize(
    "update",
    [
        "WITH <urn:one> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } USING <urn:one> WHERE { ?s ?p ?o }",
        f"{COPY} ; delete {{ ?s ?p ?o }} using named <urn:one> where {{ ?s ?p ?o }}",
    ],
)
def test_a_dataset_named_in_the_update_too_is_refused(update: str) -> None:
    with pytest.raises(DatasetNamedTwice):
        with_dataset(update, ["urn:two"], [])


def test_the_words_elsewhere_name_no_dataset() -> None:
    text = "INSERT { GRAPH <urn:new> { ?with <urn:using> 'WITH' } } WHERE { ?with ?p ?o } # USING"
    assert after(text, ["urn:one"]) == {*BEFORE, "WITH in new"}
