"""What a curator does: one more file is one more mission, and nothing else has to be told to anybody."""

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from loader.release.releases import Releases
from tests.conftest import PREFIXES, Command
from tests.loader.editing import append, change, keep_missions

MISSION = """@base <https://w3id.org/un-missions/> .
@prefix certainty: <https://w3id.org/un-missions/certainty/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix meeting-kind: <https://w3id.org/un-missions/meeting-kind/> .
@prefix mission-kind: <https://w3id.org/un-missions/mission-kind/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix role: <https://w3id.org/un-missions/role/> .
@prefix unm: <https://w3id.org/un-missions/ontology#> .

<mission/2013-x> a unm:Mission ;
    rdfs:label "Another mission to Abuja"@en, "بعثة أخرى إلى أبوجا"@ar ;
    unm:toldIn <section/2012-abuja> ; unm:missionKind mission-kind:mission ;
    unm:edtf "2013-02"^^edtf:EDTF ; unm:dateCertainty certainty:inferred-from-context ;
    unm:quote "البعثة الموفدة إلى أبوجا، نيجيريا" ;
    unm:hasParticipation [ unm:participant <person/adama-dieng> ; unm:role role:envoy ;
        unm:inCapacity <post/special-adviser-prevention-of-genocide> ; unm:certainty certainty:stated ;
        unm:quote "المستشار الخاص أداما دينغ" ] .

<meeting/2013-x-ecowas> a unm:Meeting ;
    rdfs:label "Another meeting with ECOWAS"@en, "اجتماع آخر مع الجماعة"@ar ;
    unm:partOfMission <mission/2013-x> ; unm:meetingKind meeting-kind:meeting ;
    unm:place <place/abuja> ; unm:placeCertainty certainty:stated ;
    unm:hasParticipation [ unm:participant <post/vice-president-of-ecowas> ; unm:role role:interlocutor ;
        unm:certainty certainty:stated ; unm:quote "نائب رئيس الجماعة الاقتصادية لدول غرب أفريقيا" ] ;
    unm:quote [ oa:exact "في 14 كانون الأول/ديسمبر 2012 في أبوجا" ; unm:supports <place/abuja> ] .
"""


@pytest.fixture(scope="module")
def answers(
    unmissions: Command, inputs: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[str]]:
    """What a release answers that was built with one file more, and with a byte order mark in another."""
    folder = tmp_path_factory.mktemp("curator")
    project = shutil.copytree(inputs, folder / "project")
    keep_missions(project)
    append(project, "data/missions/2013-x.ttl", MISSION)
    change(project, "data/missions/2012-abuja.ttl", "# Adama Dieng", "\ufeff# Adama Dieng")
    built = unmissions("build", "--store", folder / "store", "--inputs", project)
    assert built.exit_code == 0, built.stderr
    current = Releases(folder / "store").current()
    assert current
    store = ox.Store.read_only(str(current.view))
    return {
        name: [str(row[0]) for row in store.query(PREFIXES + query)]  # type: ignore[union-attr]
        for name, query in QUESTIONS.items()
    }


QUESTIONS = {
    "missions": "SELECT (COUNT(*) AS ?n) { ?m a unm:Mission ; unm:toldIn <section/2012-abuja> }",
    "of Dieng": "SELECT (COUNT(*) AS ?n) { ?m unm:toldIn <section/2012-abuja> ; unm:envoy ?who }",
    "country": "SELECT ?c { <mission/2013-x> unm:country ?c }",
    "last day": "SELECT ?d { <meeting/2013-x-ecowas> unm:notAfter ?d }",
    "institution": "SELECT ?i { <mission/2013-x> unm:institution ?i }",
    "participation": "SELECT ?p { <mission/2013-x> unm:hasParticipation ?p }",
    "quotation": "SELECT ?w { <meeting/2013-x-ecowas> unm:evidence/oa:hasTarget/oa:hasSelector/oa:exact ?w }",
}


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("missions", '"2"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("of Dieng", '"2"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("country", "<https://w3id.org/un-missions/place/nigeria>"),
        ("last day", '"2013-02-28"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("institution", "<https://w3id.org/un-missions/institution/ecowas>"),
        ("participation", "<https://w3id.org/un-missions/participation/2013-x--adama-dieng--envoy>"),
        ("quotation", '"في 14 كانون الأول/ديسمبر 2012 في أبوجا"'),
    ],
)
def test_one_file_more_is_one_mission_more(answers: dict[str, list[str]], question: str, answer: str) -> None:
    assert answers[question] == [answer]
