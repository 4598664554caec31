"""The ontology explains every term in both languages, and no word of it is misspelt anywhere."""

import re
from pathlib import Path

import pytest

from loader.inputs import PROJECT
from loader.release.namespaces import BASE
from tests.conftest import Rows

QUERY_FILES = sorted(
    [
        *PROJECT.glob("ontology/rules/*.rq"),
        *PROJECT.glob("ontology/checks/*.rq"),
        *PROJECT.glob("queries/*.rq"),
    ]
)
EDTF = re.compile(r"(\d{4}(-\d\d(-\d\d)?)?)(/\d{4}(-\d\d(-\d\d)?)?)?")


@pytest.fixture(scope="module")
def declared(rows: Rows) -> set[str]:
    terms = {t for (t,) in rows("SELECT ?t { GRAPH <graph/ontology> { ?t rdfs:isDefinedBy <ontology> } }")}
    concepts = {t for (t,) in rows("SELECT ?t { GRAPH <graph/ontology> { ?t skos:inScheme ?scheme } }")}
    return terms | concepts


def test_every_word_of_ours_in_the_graph_is_declared(rows: Rows, declared: set[str]) -> None:
    schemes = "role certainty mission-kind meeting-kind institution-kind place-kind group-kind post-kind"
    kinds = ("ontology#", *(f"{scheme}/" for scheme in schemes.split()))
    used = rows("SELECT DISTINCT ?t { { ?s ?t ?o } UNION { ?s ?p ?t FILTER(isIRI(?t)) } }")

    assert {t for (t,) in used if t.startswith(kinds) and t != "ontology#"} - declared == set()


@pytest.mark.parametrize("property", ["rdfs:label", "skos:definition"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_term_is_named_and_defined_in_both_languages(rows: Rows, property: str, language: str) -> None:
    assert not rows(
        f"""SELECT ?term {{ GRAPH <graph/ontology> {{
            {{ ?term rdfs:isDefinedBy <ontology> }} UNION {{ ?term skos:inScheme ?scheme }}
            FILTER NOT EXISTS {{ ?term {property} ?text FILTER(LANG(?text) = "{language}") }} }} }}"""
    )


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_class_and_property_has_an_example_in_both_languages(rows: Rows, language: str) -> None:
    terms = """VALUES ?kind { owl:Class owl:ObjectProperty owl:DatatypeProperty }
        ?term a ?kind ; rdfs:isDefinedBy <ontology> ."""

    assert len(rows(f"SELECT ?term {{ {terms} }}")) > 40
    assert not rows(
        f"""SELECT ?term {{ {terms}
            FILTER NOT EXISTS {{ ?term skos:example ?text FILTER(LANG(?text) = "{language}") }} }}"""
    )


MODEL = """Mission Meeting Envoy Institution Group Participation Place Topic Document Source Section
        Statement partOfMission hasMeeting hasParticipation participationIn participant role inCapacity envoy
        interlocutor institution country region iso3166 m49 place mentionsPlace edtf notBefore notAfter
        datePrecision yearFromHeading certainty missionKind meetingKind followUpOf topic size approximate
        finding evidence quote within post institutionKind jurisdiction dateCertainty
        Passage inPassage translation toldIn placeCertainty placeKind groupKind postKind foldedLabel"""


def test_every_term_of_the_model_is_declared(declared: set[str]) -> None:
    assert {f"ontology#{name}" for name in MODEL.split()} - declared == set()


@pytest.mark.parametrize(
    ("scheme", "concepts"),
    [
        ("mission-kind", "mission visit outreach follow-up fact-finding"),
        (
            "meeting-kind",
            "meeting consultation briefing address lecture discussion conference seminar site-visit "
            "media-outreach",
        ),
        (
            "role",
            "envoy interlocutor host organizer facilitator speaker guest-speaker attendee invitee trainee "
            "informed-party inviter briefer",
        ),
        (
            "certainty",
            "stated inferred-from-post-and-date inferred-from-context inferred-from-heading background",
        ),
        ("date-precision", "day month year"),
    ],
)
def test_a_scheme_has_the_concepts_of_the_model(rows: Rows, scheme: str, concepts: str) -> None:
    found = rows(f"SELECT ?c {{ ?c skos:inScheme <{scheme}> ; skos:topConceptOf <{scheme}> }}")

    assert {c for (c,) in found} == {f"{scheme}/{name}" for name in concepts.split()}
    assert set(found) == set(rows(f"SELECT ?c {{ <{scheme}> skos:hasTopConcept ?c }}"))


@pytest.mark.parametrize(
    ("term", "above"),
    [
        ("unm:Mission", "sem:Event"),
        ("unm:Mission", "prov:Activity"),
        ("unm:Meeting", "sem:Event"),
        ("unm:Envoy", "foaf:Person"),
        ("unm:Institution", "org:Organization"),
        ("unm:Group", "foaf:Group"),
        ("unm:Participation", "sem:Role"),
        ("unm:Topic", "skos:Concept"),
        ("unm:Source", "prov:Entity"),
        ("unm:Section", "prov:Entity"),
        ("unm:Statement", "oa:Annotation"),
        ("unm:partOfMission", "sem:subEventOf"),
        ("unm:hasMeeting", "sem:hasSubEvent"),
        ("unm:place", "sem:hasPlace"),
        ("unm:notBefore", "sem:hasEarliestBeginTimeStamp"),
        ("unm:notAfter", "sem:hasLatestEndTimeStamp"),
        ("unm:followUpOf", "prov:wasInformedBy"),
        ("unm:topic", "dcterms:subject"),
        ("unm:iso3166", "dcterms:identifier"),
        ("unm:m49", "dcterms:identifier"),
    ],
)
def test_a_term_stands_below_the_one_it_reuses(rows: Rows, term: str, above: str) -> None:
    assert rows(f"SELECT (1 AS ?yes) {{ {term} rdfs:subClassOf|rdfs:subPropertyOf {above} }}")


@pytest.mark.parametrize("path", QUERY_FILES, ids=lambda path: path.name)
def test_rules_checks_and_queries_use_only_declared_terms(path: Path, declared: set[str]) -> None:
    text = "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#")
    words = re.findall(r"\b(unm|role|certainty|mission-kind|meeting-kind):([A-Za-z0-9-]+)", text)
    used = {f"ontology#{w}" if prefix == "unm" else f"{prefix}/{w}" for prefix, w in words}

    assert used - declared == set()


def test_every_date_of_the_graph_is_a_valid_edtf(rows: Rows) -> None:
    found = rows("SELECT ?date (DATATYPE(?date) AS ?type) { ?thing unm:edtf ?date }")

    assert {type_ for _, type_ in found} == {"http://id.loc.gov/datatypes/edtf/EDTF"}
    assert [date for date, _ in found if not EDTF.fullmatch(date)] == []


def test_inverse_properties_are_stated_both_ways_in_the_store(rows: Rows) -> None:
    for one, other in (("partOfMission", "hasMeeting"), ("participationIn", "hasParticipation")):
        assert set(rows(f"SELECT ?a ?b {{ ?a unm:{one} ?b }}")) == set(
            rows(f"SELECT ?a ?b {{ ?b unm:{other} ?a }}")
        )


def test_the_base_is_the_canonical_one() -> None:
    assert BASE == "https://w3id.org/un-missions/"


def test_a_property_says_from_what_it_goes_and_to_what_or_why_not(rows: Rows) -> None:
    for end, kinds in (
        ("domain", "owl:ObjectProperty owl:DatatypeProperty"),
        ("range", "owl:ObjectProperty"),
    ):
        assert not rows(
            f"""SELECT ?property {{ VALUES ?kind {{ {kinds} }}
                ?property a ?kind ; rdfs:isDefinedBy <ontology>
                FILTER NOT EXISTS {{ ?property rdfs:{end} ?class }}
                FILTER NOT EXISTS {{ ?property skos:scopeNote ?ar , ?en
                    FILTER(LANG(?ar) = "ar" && LANG(?en) = "en" && CONTAINS(?en, "{end}")) }} }}"""
        )


def test_the_ontology_says_its_version_who_made_it_and_when(rows: Rows) -> None:
    assert rows(
        """SELECT ?version (DATATYPE(?created) AS ?type) { <ontology> owl:versionIRI ?version ;
            owl:versionInfo ?number ; dcterms:created ?created ; dcterms:modified ?modified ;
            dcterms:creator/rdfs:label ?creator
            FILTER(STRENDS(STR(?version), ?number) && ?created <= ?modified) }"""
    )
