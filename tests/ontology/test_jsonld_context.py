"""JSON that is written with ontology/context.jsonld is the graph of the model."""

import json

import pyoxigraph as ox
import pytest

from loader.inputs import PROJECT
from loader.release.namespaces import BASE, EDTF
from tests.conftest import Rows

CONTEXT = json.loads((PROJECT / "ontology/context.jsonld").read_text(encoding="utf-8"))["@context"]
UNM = BASE + "ontology#"

MISSION = {
    "@context": CONTEXT,
    "id": "mission/2012-abuja",
    "type": "Mission",
    "label": {"en": "Mission to Abuja, Nigeria, 2012", "ar": "البعثة الموفدة إلى أبوجا، نيجيريا، 2012"},
    "date": "2012-12",
    "place": ["place/abuja"],
    "hasParticipation": [
        {"type": "Participation", "participant": "person/adama-dieng", "role": "role/envoy"}
    ],
    "notBefore": "2012-12-01",
}


@pytest.fixture(scope="module")
def expanded() -> set[tuple[str, str]]:
    quads = ox.parse(json.dumps(MISSION), ox.RdfFormat.JSON_LD)
    return {(quad.predicate.value, str(quad.object)) for quad in quads}


@pytest.mark.parametrize(
    ("predicate", "value"),
    [
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", f"<{UNM}Mission>"),
        ("http://www.w3.org/2000/01/rdf-schema#label", '"Mission to Abuja, Nigeria, 2012"@en'),
        (f"{UNM}edtf", f'"2012-12"^^<{EDTF}>'),
        (f"{UNM}place", f"<{BASE}place/abuja>"),
        (f"{UNM}participant", f"<{BASE}person/adama-dieng>"),
        (f"{UNM}role", f"<{BASE}role/envoy>"),
        (f"{UNM}notBefore", '"2012-12-01"^^<http://www.w3.org/2001/XMLSchema#date>'),
    ],
)
def test_json_with_the_context_expands_to_the_terms_of_the_model(
    expanded: set[tuple[str, str]], predicate: str, value: str
) -> None:
    assert (predicate, value) in expanded


def _iri(name: object) -> str:
    prefix, _, local = str(name).partition(":")
    return str(CONTEXT.get(prefix, "")) + local


TERMS = {
    key: value
    for key, value in CONTEXT.items()
    if not key.startswith("@") and (isinstance(value, dict) or ":" in value) and "//" not in str(value)
}


def test_every_term_of_ours_in_the_context_is_declared(rows: Rows) -> None:
    declared = {BASE + t for (t,) in rows("SELECT ?t { ?t rdfs:isDefinedBy <ontology> }")}
    named = {_iri(value["@id"] if isinstance(value, dict) else value) for value in TERMS.values()}

    assert {iri for iri in named if iri.startswith(UNM)} - declared == set()


@pytest.mark.parametrize(
    "key", [k for k, v in TERMS.items() if isinstance(v, dict) and ":" in v.get("@type", "")]
)
def test_a_literal_has_the_datatype_of_the_context_in_the_store_too(rows: Rows, key: str) -> None:
    found = rows(f"SELECT DISTINCT (DATATYPE(?o) AS ?type) {{ ?s <{_iri(TERMS[key]['@id'])}> ?o }}")

    assert {type_ for (type_,) in found} <= {_iri(TERMS[key]["@type"])}
