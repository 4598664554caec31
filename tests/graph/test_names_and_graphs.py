"""Names in two languages, and a default graph that holds each triple of the named graphs once."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pyoxigraph as ox
import pytest

from loader.inputs import PROJECT
from loader.release.namespaces import BASE, BUILT_GRAPHS, BUILT_IN, graph_iri
from loader.release.statistic_terms import is_statistic
from tests.conftest import Rows

XSD = "http://www.w3.org/2001/XMLSchema#"
DEFAULT = ox.DefaultGraph()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_thing_of_ours_has_one_label_a_language(rows: Rows, language: str) -> None:
    found = rows(
        f"""SELECT ?thing (COUNT(?label) AS ?n) {{
            {{ SELECT DISTINCT ?thing {{ ?thing a ?kind FILTER(STRSTARTS(STR(?thing), "{BASE}")) }} }}
            OPTIONAL {{ ?thing rdfs:label ?label FILTER(LANG(?label) = "{language}") }}
        }} GROUP BY ?thing HAVING (COUNT(?label) != 1)"""
    )

    assert found == []


@pytest.mark.parametrize("kind", ["foaf:Person", "unm:Institution", "org:Post", "unm:Place", "unm:Topic"])
def test_what_people_search_for_has_a_preferred_label_a_language(rows: Rows, kind: str) -> None:
    assert not rows(
        f"""SELECT ?thing {{ ?thing a {kind} ; rdfs:label ?label
            FILTER NOT EXISTS {{ ?thing skos:prefLabel ?label }} }}"""
    )


def test_no_spelling_is_both_preferred_and_alternative(rows: Rows) -> None:
    assert not rows("SELECT ?thing ?name { ?thing skos:prefLabel ?name ; skos:altLabel ?name }")


def test_labels_are_in_arabic_and_english_and_other_languages_are_those_of_sources(
    own: ox.Store, rows: Rows
) -> None:
    ours = own.quads_for_pattern(None, None, None, DEFAULT)
    tags = {q.object.language for q in ours if isinstance(q.object, ox.Literal)}
    labels = {label for (label,) in rows("SELECT DISTINCT (LANG(?l) AS ?t) { ?s rdfs:label ?l }")}
    spoken = {tag for (tag,) in rows("SELECT ?tag { ?source a unm:Source ; dcterms:language ?tag }")}

    assert labels == {"ar", "en"} <= tags <= {None, "ar", "en", *spoken}


def test_every_iri_of_ours_is_ascii_and_in_small_letters(own: ox.Store) -> None:
    things = {
        term.value.removeprefix(BASE)
        for quad in own.quads_for_pattern(None, None, None, DEFAULT)
        for term in (quad.subject, quad.object)
        if isinstance(term, ox.NamedNode) and term.value.startswith(BASE)
    }
    slugs = {thing for thing in things if not thing.startswith(("ontology", "graph/dataset/"))}

    assert [s for s in slugs if not s.isascii() or s != s.lower() or " " in s or s.count("/") > 1] == []


def test_the_default_graph_is_the_merge_of_the_named_graphs_each_triple_once(view: ox.Store) -> None:
    merged = [q.triple for q in view.quads_for_pattern(None, None, None, DEFAULT)]
    named = [q.triple for q in view if q.graph_name != DEFAULT and not is_statistic(q)]

    assert len(merged) == len(set(merged))
    assert set(merged) ^ set(named) == set()


def test_a_triple_in_two_graphs_gives_one_row(rows: Rows) -> None:
    assert rows("SELECT ?type { <person/adama-dieng> a ?type FILTER(?type = foaf:Person) }") == [
        ("http://xmlns.com/foaf/0.1/Person",)
    ]
    told = "?m a unm:Mission ; unm:toldIn <section/2011-rome>"
    assert rows(f"SELECT (COUNT(*) AS ?n) {{ {told} }}") == [("1",)]


def test_a_release_has_the_graphs_of_the_model_and_no_others(view: ox.Store) -> None:
    names = {graph.value for graph in view.named_graphs() if isinstance(graph, ox.NamedNode)}

    assert names <= {graph_iri(name) for name in (*BUILT_GRAPHS, *(f"dataset/{name}" for name in BUILT_IN))}
    assert names >= {graph_iri(name) for name in BUILT_GRAPHS if name != "queries"}


def test_the_files_of_missions_say_nothing_that_is_derived(rows: Rows) -> None:
    assert not rows(
        """SELECT ?s ?p { GRAPH <graph/missions> { ?s ?p ?o } FILTER(?p IN (unm:envoy, unm:interlocutor,
            unm:institution, unm:country, unm:region, unm:notBefore, unm:notAfter, unm:hasMeeting)) }"""
    )


def test_every_literal_is_what_its_datatype_says(view: ox.Store) -> None:
    kinds: dict[str, Callable[[str], object]] = {
        "date": date.fromisoformat,
        "integer": int,
        "decimal": Decimal,
        "boolean": ("true", "false").index,
        "nonNegativeInteger": int,
    }
    literals = {q.object for q in view if isinstance(q.object, ox.Literal)}

    for literal in literals:
        read = kinds.get(literal.datatype.value.removeprefix(XSD), str)
        read(literal.value)


def test_every_label_of_a_thing_is_there_as_the_search_compares_it(rows: Rows) -> None:
    folded = {name for (name,) in rows("SELECT ?name { <person/jean-marie-dore> unm:foldedLabel ?name }")}

    assert folded == {"jean-marie dore", "جان ماري دوريه"}
    assert not rows(
        """SELECT ?thing { ?thing a ?class ; rdfs:label|skos:altLabel ?name
            FILTER(?class IN (unm:Mission, unm:Meeting, unm:Institution, org:Post, unm:Place, unm:Topic))
            FILTER NOT EXISTS { ?thing unm:foldedLabel ?folded } }"""
    )


def test_no_saved_query_folds_names_by_itself() -> None:
    texts = [path.read_text(encoding="utf-8") for path in PROJECT.glob("queries/*.rq")]

    assert texts and not [text for text in texts if "REPLACE(" in text]
