"""A mission of another office, and two envoys who meet: nothing in the rules is of one office alone."""

from pathlib import Path

import pytest

from tests.conftest import Command

COMMITTEE = "<institution/foreign-affairs-committee-of-the-german-bundestag>"

OTHER_OFFICE = """@base <https://w3id.org/un-missions/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix institution-kind: <https://w3id.org/un-missions/institution-kind/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix unm: <https://w3id.org/un-missions/ontology#> .
<institution/another-office> a unm:Institution ; rdfs:label "مكتب آخر"@ar, "Another office"@en ;
    unm:institutionKind institution-kind:office .
<post/another-adviser> a org:Post ; rdfs:label "مستشار آخر"@ar, "Another adviser"@en ;
    org:postIn <institution/another-office> .
<tenure/luck-another-adviser> a org:Membership ; rdfs:label "لاك، مستشار آخر"@ar, "Luck, another adviser"@en ;
    org:member <person/edward-luck> ; unm:post <post/another-adviser> ; unm:edtf "2011"^^edtf:EDTF ;
    prov:wasDerivedFrom <source/passblue-2012-luck> .
"""
INTERLOCUTORS = """
PREFIX unm: <https://w3id.org/un-missions/ontology#>
SELECT ?who { <https://w3id.org/un-missions/meeting/2011-berlin-bundestag-foreign-affairs-committee>
  unm:interlocutor ?who }
"""


def interlocutors(unmissions: Command, project: Path, berlin: str) -> set[str]:
    """Who the counterparts in Berlin are, once its file reads like this."""
    (project / "data/reference/another-office.ttl").write_text(OTHER_OFFICE, encoding="utf-8")
    (project / "data/missions/2011-berlin.ttl").write_text(berlin, encoding="utf-8")
    store = project.parent / "store"
    built = unmissions("build", "--store", store, "--inputs", project)
    assert built.exit_code == 0, built.stderr
    rows = unmissions("query", "--store", store, "--format", "csv", "-", text=INTERLOCUTORS).stdout
    return {row.rpartition("/")[2] for row in rows.split()[1:]}


def berlin(project: Path) -> str:
    return (project / "data/missions/2011-berlin.ttl").read_text(encoding="utf-8")


@pytest.mark.matrix
def test_the_own_office_of_the_envoy_is_no_interlocutor_whichever_it_is(
    unmissions: Command, small_project: Path
) -> None:
    meeting = berlin(small_project).replace(COMMITTEE, "<institution/another-office>")

    assert interlocutors(unmissions, small_project, meeting) == set()


@pytest.mark.matrix
def test_the_office_of_others_is_an_interlocutor(unmissions: Command, small_project: Path) -> None:
    meeting = berlin(small_project).replace(COMMITTEE, "<institution/unesco>")

    assert interlocutors(unmissions, small_project, meeting) == {"unesco"}


@pytest.mark.matrix
def test_an_envoy_is_an_interlocutor_where_that_is_his_role(unmissions: Command, small_project: Path) -> None:
    head, _, tail = berlin(small_project).rpartition(COMMITTEE)
    other = (
        head + "<person/francis-deng>" + tail.replace("certainty:stated", "certainty:inferred-from-context")
    )

    assert interlocutors(unmissions, small_project, other.replace("role:attendee", "role:interlocutor")) == {
        "francis-deng"
    }
    assert interlocutors(unmissions, small_project, other) == set()
