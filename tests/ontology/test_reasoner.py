"""An OWL 2 RL reasoner finds no contradiction in the ontology, its alignment, its neighbours and the data."""

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics
from owlrl.Namespaces import ERRNS
from rdflib import Graph

from loader.inputs import PROJECT
from loader.release.namespaces import BASE, graph_iri
from tests.cases import some

pytestmark = pytest.mark.slow

NEIGHBOURS = Path(__file__).with_name("neighbours.ttl")
TERMS = [PROJECT / f"ontology/{name}.ttl" for name in ("unm", "schemes", "alignment", "service")]
DATA = ("reference", "missions", "evidence", "links", "inferred")
PREFIXES = f"""
@base <{BASE}> .
@prefix unm: <{BASE}ontology#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def contradictions(data: str, data_format: str, others: Iterable[Path]) -> list[str]:
    """What the reasoner says is wrong in the data together with the other files."""
    graph = Graph()
    graph.parse(data=data, format=data_format)
    for path in others:
        graph.parse(path)
    DeductiveClosure(OWLRL_Semantics).expand(graph)
    return sorted(str(message) for message in graph.objects(None, ERRNS.error))


def test_nothing_that_is_said_of_a_mission_contradicts_itself_or_the_ontology(view: ox.Store) -> None:
    quads = [quad for quad in _quads(view) if "2012-abuja" in str(quad.subject)]

    assert len(quads) > 100
    assert contradictions(_lines(quads), "nt", TERMS[:3]) == []


@pytest.mark.matrix
def test_nothing_that_the_graph_says_contradicts_itself_or_the_vocabularies_it_uses(view: ox.Store) -> None:
    quads = _quads(view)

    assert len(quads) > 10_000
    assert contradictions(_lines(quads), "nt", [NEIGHBOURS, *TERMS]) == []


def _quads(view: ox.Store) -> list[ox.Quad]:
    return [quad for name in DATA for quad in view.quads_for_pattern(None, None, None, _graph(name))]


def _lines(quads: Iterable[ox.Quad]) -> str:
    return "".join(f"{quad.triple} .\n" for quad in quads)


@pytest.mark.parametrize(
    "planted",
    some(
        [
            "<mission/a> a unm:Mission ; prov:wasDerivedFrom <section/a> . <section/a> a unm:Section .",
            "<meeting/a> unm:partOfMission <mission/a> . <meeting/b> unm:partOfMission <meeting/a> .",
            "<person/a> a unm:Envoy . <group/a> org:memberOf <person/a> .",
            "<place/a> a unm:Place , unm:Institution .",
            "<post/a> org:postIn <institution/a> . <institution/a> a unm:Group , unm:Institution .",
            "<topic/a> skos:exactMatch <http://example.org/x> ; skos:broadMatch <http://example.org/x> .",
            '<topic/a> skos:prefLabel "Peace"@en ; skos:altLabel "Peace"@en .',
            "<topic/a> a unm:Topic , skos:ConceptScheme .",
            "<document/a> a unm:Document ; unm:hasMeeting <meeting/a> .",
        ],
        of=3,
    ),
)
def test_a_planted_contradiction_is_found(planted: str) -> None:
    assert contradictions(PREFIXES + planted, "turtle", [NEIGHBOURS, TERMS[0]]) != []


def _graph(name: str) -> ox.NamedNode:
    return ox.NamedNode(graph_iri(name))
