"""The saved queries are described for programs: as sh:SPARQLExecutable, in the store, and as OpenAPI."""

import json
from pathlib import Path
from typing import cast

import pytest
from openapi_spec_validator import validate
from pyshacl import validate as validate_shapes
from rdflib import RDF, RDFS, SDO, SH, Graph, Literal, URIRef

from loader.conversion import from_ox_triple
from loader.describe import describe_queries
from loader.draft import Draft
from loader.query.saved_query import SavedQuery
from loader.query.saved_query_file import read_saved_query
from loader.release.namespaces import BASE
from server.queries.openapi import openapi
from tests.queries.asking import FORMATS, QUERIES, SAVED, name, run
from tests.server.servers import Server

# What the tests of SIB's collection of SPARQL examples ask of each, and what its files have beside that.
SHAPE = """
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

[] a sh:NodeShape ;
  sh:targetClass sh:SPARQLExecutable ;
  sh:nodeKind sh:IRI ;
  sh:property
    [ sh:path [ sh:alternativePath ( sh:select sh:ask sh:construct ) ] ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path rdfs:comment ; sh:minCount 2 ; sh:uniqueLang true ; sh:datatype rdf:langString ] ,
    [ sh:path rdfs:label ; sh:minCount 2 ; sh:uniqueLang true ; sh:datatype rdf:langString ] ,
    [ sh:path schema:target ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path schema:keyword ; sh:maxCount 0 ] ,
    [ sh:path schema:keywords ; sh:minCount 1 ; sh:datatype xsd:string ] ,
    [ sh:path sh:prefixes ; sh:minCount 1 ;
      sh:property [ sh:path sh:declare ; sh:minCount 1 ;
        sh:property [ sh:path sh:prefix ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ] ,
          [ sh:path sh:namespace ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:anyURI ] ] ] ,
    [ sh:path sh:parameter ;
      sh:property [ sh:path sh:path ; sh:minCount 1 ; sh:maxCount 1 ] ,
        [ sh:path sh:name ; sh:minCount 2 ; sh:uniqueLang true ] ,
        [ sh:path sh:description ; sh:minCount 2 ; sh:uniqueLang true ] ,
        [ sh:path sh:optional ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:boolean ] ,
        [ sh:path [ sh:alternativePath ( sh:datatype sh:nodeKind ) ] ; sh:minCount 1 ; sh:maxCount 1 ] ] .
"""
FORMS = {
    "SELECT": (SH.SPARQLSelectExecutable, SH.select),
    "ASK": (SH.SPARQLAskExecutable, SH.ask),
    "CONSTRUCT": (SH.SPARQLConstructExecutable, SH.construct),
}


@pytest.fixture(scope="module")
def described(server: Server) -> Graph:
    response = server.http.get("/queries.ttl")
    assert response.headers["Content-Type"] == "text/turtle; charset=utf-8"
    return Graph().parse(data=response.content, format="turtle")


@pytest.fixture(scope="module")
def api(server: Server) -> dict[str, object]:
    response = server.http.get("/openapi.json")
    assert response.headers["Content-Type"] == "application/json"
    found = response.json()
    assert isinstance(found, dict)
    return found


def test_the_description_passes_the_shape_of_sparql_examples(described: Graph) -> None:
    conforms, _, report = validate_shapes(described, shacl_graph=Graph().parse(data=SHAPE, format="turtle"))
    assert conforms, report


@pytest.mark.parametrize("query", QUERIES.values(), ids=name)
def test_a_query_is_described_as_it_is(server: Server, described: Graph, query: SavedQuery) -> None:
    iri = URIRef(f"{BASE}queries/{query.name}")
    type_, text = FORMS[query.form]
    assert set(described.objects(iri, RDF.type)) == {SH.SPARQLExecutable, type_}
    assert described.value(iri, text) == Literal(query.text)
    assert set(described.objects(iri, RDFS.label)) == {
        Literal(query.summary, lang="en"), Literal(query.summary_ar, lang="ar"),
    }  # fmt: skip
    assert {str(tag) for tag in described.objects(iri, SDO.keywords)} == set(query.tags)
    assert set(described.objects(iri, SDO.target)) == {URIRef(f"{server.url}/sparql")}
    parameters = {str(p).rpartition("#")[2] for p in described.objects(iri, SH.parameter)}
    assert parameters == {parameter.name for parameter in query.parameters}


def test_a_parameter_has_its_type_its_words_and_its_default(described: Graph) -> None:
    parameter = URIRef(f"{BASE}queries/meetings-in-a-period#from")
    assert described.value(parameter, SH.path) == URIRef(f"{BASE}queries/meetings-in-a-period#_from_date")
    assert str(described.value(parameter, SH.datatype)).endswith("#date")
    assert str(described.value(parameter, SH.defaultValue)) == "2011-11-01"
    assert described.value(parameter, SH.optional) == Literal(True)
    assert Literal("من", lang="ar") in set(described.objects(parameter, SH.name))


WITH_CHOICES = """#+ summary: What is so?
#+ summary_ar: ما الذي هو كذلك؟
#+ parameters:
#+   - name: kind
#+     choices: [a, b]
#+     many: true
#+   - name: size
#+     min: 1
#+     max: 9
#+     required: true
SELECT ?x { ?x ?kind ?size FILTER (COALESCE(?x IN (?_kind), true)) FILTER (?size > ?_size_integer) }
"""


@pytest.fixture
def with_choices(tmp_path: Path) -> SavedQuery:
    path = tmp_path / "with-choices.rq"
    path.write_text(WITH_CHOICES, encoding="utf-8")
    return read_saved_query(path)


def test_choices_are_a_list_and_bounds_are_values(with_choices: SavedQuery) -> None:
    draft, graph = Draft({}), Graph()
    describe_queries(draft, {"with-choices": with_choices})
    for triple in draft.all():
        graph.add(from_ox_triple(triple))
    iri = f"{BASE}queries/with-choices"
    first = graph.value(URIRef(f"{iri}#kind"), URIRef(f"{SH}in"))

    assert first is not None and [str(value) for value in graph.items(first)] == ["a", "b"]
    assert graph.value(URIRef(f"{iri}#kind"), SH.maxCount) is None
    assert graph.value(URIRef(f"{iri}#size"), SH.minInclusive) == Literal(1)
    assert graph.value(URIRef(f"{iri}#size"), SH.optional) == Literal(False)


def test_choices_and_bounds_stand_in_openapi(with_choices: SavedQuery) -> None:
    document = openapi({"with-choices": with_choices}, "1-ab", "http://localhost")
    validate(cast("dict[str, str]", document))
    paths = cast("dict[str, dict[str, dict[str, list[dict[str, object]]]]]", document["paths"])
    kind, size, *_ = paths["/queries/with-choices/run"]["get"]["parameters"]

    assert kind["schema"] == {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}}
    assert (size["schema"], size["required"]) == ({"type": "integer", "minimum": 1, "maximum": 9}, True)


def test_one_query_is_described_at_its_own_address(server: Server) -> None:
    response = server.http.get("/queries/who-met-whom", headers={"Accept": "text/turtle"})
    graph = Graph().parse(data=response.content, format="turtle")
    queries = set(graph.subjects(RDF.type, SH.SPARQLExecutable))
    assert queries == {URIRef(f"{BASE}queries/who-met-whom")}
    assert len(set(graph.subjects(RDF.type, SH.Parameter))) == 2
    assert len(list(graph.objects(None, SH.declare))) > 2


@pytest.mark.parametrize("suffix", ["ttl", "nt", "jsonld", "rdf"])
def test_the_description_is_had_in_every_format_of_graphs(server: Server, suffix: str) -> None:
    by_suffix = server.http.get(f"/queries.{suffix}")
    by_accept = server.http.get("/queries", headers={"Accept": by_suffix.headers["Content-Type"]})
    assert by_suffix.status_code == 200 and by_suffix.content == by_accept.content
    assert server.http.get("/queries.csv").status_code == 406


def test_the_endpoint_can_be_asked_what_it_can_be_asked(server: Server) -> None:
    rows = server.rows(
        f"""PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX schema: <https://schema.org/>
        SELECT ?query {{ GRAPH <{BASE}graph/queries> {{
          ?query schema:keywords "evidence" ; sh:parameter/sh:nodeKind sh:IRI }} }}"""
    )
    assert f"{BASE}queries/evidence-of-a-thing" in rows
    assert server.rows("ASK { ?q <https://schema.org/target> ?t }") in ([], ["false"])


def test_the_document_is_openapi(api: dict[str, object]) -> None:
    validate(cast("dict[str, str]", api))
    assert api["openapi"] == "3.1.0"


@pytest.mark.parametrize("query", QUERIES.values(), ids=name)
def test_every_query_is_an_operation_with_its_parameters(api: dict[str, object], query: SavedQuery) -> None:
    paths = cast("dict[str, dict[str, dict[str, object]]]", api["paths"])
    operation = paths[f"/queries/{query.name}/run"]["get"]
    own = {str(p["name"]): p for p in cast("list[dict[str, object]]", operation["parameters"]) if "name" in p}
    formats = cast("dict[str, list[str]]", own.pop("format")["schema"])["enum"]

    assert operation["summary"] == query.summary and operation["x-summary-ar"] == query.summary_ar
    assert own.keys() == {parameter.name for parameter in query.parameters}
    assert tuple(formats) in (FORMATS[query.form], ("json", "xml", "csv", "tsv", "xlsx", "html"))
    for parameter in query.parameters:
        described = own[parameter.name]
        schema = cast("dict[str, object]", described["schema"])
        value = cast("dict[str, object]", schema["items"]) if parameter.many else schema
        assert described["description"] and described["x-description-ar"]
        assert ("enum" in value) == bool(parameter.choices)
        assert ("default" in value) == (parameter.default is not None)
        has_minimum = parameter.minimum is not None or "minimum" in parameter.of_type.schema
        assert ("minimum" in value or "x-minimum" in value) == has_minimum


def test_what_the_document_says_is_so(server: Server, api: dict[str, object]) -> None:
    """Each operation is called with nothing but what it needs, and answers in each of its media types."""
    paths = cast("dict[str, dict[str, dict[str, dict[str, dict[str, object]]]]]", api["paths"])
    assert len(paths) == len(SAVED)
    for path, item in ((path, item) for path, item in paths.items() if path.split("/")[2] in QUERIES):
        for media_type in cast("dict[str, object]", item["get"]["responses"]["200"]["content"]):
            if media_type != "text/html":
                response = server.http.get(path, headers={"Accept": media_type})
                assert response.headers["Content-Type"].partition(";")[0] == media_type
    refused = run(server, "who-met-whom", page="0")
    required = cast("dict[str, dict[str, dict[str, list[str]]]]", api["components"])["schemas"]["Problem"][
        "required"
    ]
    assert set(required) <= json.loads(refused.content).keys()
