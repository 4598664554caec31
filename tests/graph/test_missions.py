"""The thirteen missions of the Arabic page: who went, when, how certain that is, and how many meetings."""

import calendar
from datetime import date
from itertools import combinations

import pytest

from tests.conftest import Rows

CONTEXT = "certainty/inferred-from-context"
STATED, POST_AND_DATE = "stated", "inferred-from-post-and-date"
DIENG, DENG, LUCK = "person/adama-dieng", "person/francis-deng", "person/edward-luck"

# mission: envoy, certainty of the envoy, date, certainty of the date, year from the heading, meetings
MISSIONS = {
    "2010-south-east-asia": (DENG, POST_AND_DATE, "2010-11", "", "", 3),
    "2010-west-africa": (DENG, STATED, "2010-03-18/2010-03-26", "", "", 2),
    "2011-berlin": (LUCK, STATED, "2011-11-09", "", "", 1),
    "2011-brussels": (DENG, STATED, "2011-06", "", "", 4),
    "2011-brussels-follow-up": (LUCK, STATED, "2011-09", "", "", 1),
    "2011-hanoi": (LUCK, POST_AND_DATE, "2011-11-21/2011-11-22", "", "true", 1),
    "2011-london": (LUCK, STATED, "2011-12-10/2011-12-13", "", "true", 2),
    "2011-rome": (DENG, POST_AND_DATE, "2011-11-21/2011-11-24", "", "true", 1),
    "2011-south-east-asia": (DENG, STATED, "2011-10", "", "", 1),
    "2011-washington": (DENG, STATED, "2011-03", "", "", 2),
    "2012-abuja": (DIENG, STATED, "2012-12", CONTEXT, "", 3),
    "2012-dakar": (DIENG, STATED, "2012-12", CONTEXT, "", 4),
    "2012-paris": (DIENG, POST_AND_DATE, "2012-11-22/2012-11-23", CONTEXT, "true", 6),
}

DATED_MEETINGS = {
    ("meeting/2011-berlin-bundestag-foreign-affairs-committee", "2011-11-09"),
    ("meeting/2011-brussels-european-union", "2011-06"),
    ("meeting/2011-hanoi-cscap-general-conference", "2011-11-21/2011-11-22"),
    ("meeting/2011-london-foreign-and-commonwealth-office", "2011-12-10/2011-12-13"),
    ("meeting/2011-rome-government", "2011-11-21/2011-11-24"),
    ("meeting/2011-washington-consultations", "2011-03"),
    ("meeting/2012-abuja-ecowas", "2012-12-14"),
    ("meeting/2012-dakar-president-of-senegal", "2012-12-11"),
    ("meeting/2012-paris-foreign-ministry", "2012-11-22/2012-11-23"),
}


# What this page tells; other sources may tell of more.
OF_THE_PAGE = "unm:partOfMission?/unm:toldIn/dcterms:isPartOf <source/key-missions-ar>"


def first_day(text: str) -> date:
    parts = [*map(int, text.partition("/")[0].split("-")), 1, 1]
    return date(*parts[:3])


def last_day(text: str) -> date:
    year, *rest = map(int, text.rpartition("/")[2].split("-"))
    month = rest[0] if rest else 12
    return date(year, month, rest[1] if len(rest) == 2 else calendar.monthrange(year, month)[1])


def test_thirteen_missions_stand_in_twelve_sections(rows: Rows) -> None:
    found = rows(
        """SELECT ?m ?s { ?m a unm:Mission ; unm:toldIn ?s .
            ?s a unm:Section ; dcterms:isPartOf <source/key-missions-ar> }"""
    )

    assert {mission for mission, _ in found} == {f"mission/{name}" for name in MISSIONS}
    assert len(found) == 13
    assert len({section for _, section in found}) == 12
    assert len(rows("SELECT ?s { ?s a unm:Section ; dcterms:isPartOf <source/key-missions-ar> }")) == 12


def test_under_the_heading_of_brussels_stand_two_missions(rows: Rows) -> None:
    found = rows("SELECT ?m { ?m a unm:Mission ; unm:toldIn <section/2011-brussels> }")

    assert set(found) == {("mission/2011-brussels",), ("mission/2011-brussels-follow-up",)}


@pytest.mark.parametrize(("envoy", "missions"), [(DIENG, 3), (DENG, 6), (LUCK, 4)])
def test_each_envoy_went_on_his_missions(rows: Rows, envoy: str, missions: int) -> None:
    assert len(rows(f"SELECT ?m {{ ?m a unm:Mission ; {OF_THE_PAGE} ; unm:envoy <{envoy}> }}")) == missions


@pytest.mark.parametrize("name", MISSIONS)
def test_a_mission_has_one_envoy_as_certain_as_the_text_makes_him(rows: Rows, name: str) -> None:
    envoys = rows(f"SELECT ?e {{ <mission/{name}> unm:envoy ?e }}")
    certainties = rows(
        f"""SELECT ?e ?c {{ <mission/{name}> unm:hasParticipation ?p .
            ?p unm:role role:envoy ; unm:participant ?e ; unm:certainty ?c }}"""
    )

    envoy, certainty, *_ = MISSIONS[name]
    assert envoys == [(envoy,)]
    assert certainties == [(envoy, f"certainty/{certainty}")]


@pytest.mark.parametrize("name", MISSIONS)
def test_a_mission_has_the_date_the_text_gives_it(rows: Rows, name: str) -> None:
    found = rows(
        f"""SELECT ?date ?certainty ?heading {{ <mission/{name}> unm:edtf ?date
            OPTIONAL {{ <mission/{name}> unm:dateCertainty ?certainty }}
            OPTIONAL {{ <mission/{name}> unm:yearFromHeading ?heading }} }}"""
    )

    assert found == [MISSIONS[name][2:5]]


@pytest.mark.parametrize("name", MISSIONS)
def test_a_mission_has_as_many_meetings_as_verbs_of_meeting(rows: Rows, name: str) -> None:
    forward = rows(f"SELECT ?m {{ <mission/{name}> unm:hasMeeting ?m . ?m a unm:Meeting }}")
    backward = rows(f"SELECT ?m {{ ?m unm:partOfMission <mission/{name}> ; a unm:Meeting }}")

    assert len(forward) == MISSIONS[name][5]
    assert set(forward) == set(backward)


def test_the_page_tells_of_31_meetings(rows: Rows) -> None:
    assert len(rows(f"SELECT ?m {{ ?m a unm:Meeting ; {OF_THE_PAGE} }}")) == 31


def test_only_the_meetings_that_the_text_dates_have_a_date(rows: Rows) -> None:
    dated = rows(f"SELECT ?m ?date {{ ?m a unm:Meeting ; {OF_THE_PAGE} ; unm:edtf ?date }}")

    assert set(dated) == DATED_MEETINGS


def test_a_meeting_without_a_date_of_its_own_has_the_bounds_of_its_mission(rows: Rows) -> None:
    found = rows(
        """SELECT ?meeting ?after ?before ?missions_after ?missions_before {
            ?meeting unm:partOfMission ?mission ; unm:notBefore ?after ; unm:notAfter ?before .
            ?mission unm:notBefore ?missions_after ; unm:notAfter ?missions_before .
            FILTER NOT EXISTS { ?meeting unm:edtf ?date } }"""
    )

    assert len(found) >= 31 - len(DATED_MEETINGS)
    assert all((after, before) == (first, last) for _, after, before, first, last in found)


def test_the_year_stands_only_in_the_heading_of_four_missions_and_of_their_meetings(rows: Rows) -> None:
    assert set(rows(f"SELECT ?event ?mark {{ ?event {OF_THE_PAGE} ; unm:yearFromHeading ?mark }}")) == {
        *((f"mission/{name}", "true") for name in ("2012-paris", "2011-london", "2011-rome", "2011-hanoi")),
        ("meeting/2012-paris-foreign-ministry", "true"),
        ("meeting/2011-london-foreign-and-commonwealth-office", "true"),
        ("meeting/2011-rome-government", "true"),
        ("meeting/2011-hanoi-cscap-general-conference", "true"),
    }


def test_bounds_are_the_first_and_the_last_day_of_the_date(rows: Rows) -> None:
    found = rows(
        """SELECT ?date ?first ?last { ?thing unm:edtf ?date
            OPTIONAL { ?thing unm:notBefore ?first } OPTIONAL { ?thing unm:notAfter ?last } }"""
    )

    assert len(found) >= 13 + len(DATED_MEETINGS) + 3 + 3
    assert all((first, last) == (str(first_day(d)), str(last_day(d))) for d, first, last in found)


def test_the_report_of_february_2010_lies_in_its_28_days(rows: Rows) -> None:
    found = rows("SELECT ?a ?b { ?d a unm:Document ; unm:edtf ?e ; unm:notBefore ?a ; unm:notAfter ?b }")

    assert ("2010-02-01", "2010-02-28") in found


def test_the_bounds_are_those_of_the_simple_event_model(rows: Rows) -> None:
    query = """SELECT ?m ?a ?b {{ ?m a unm:Mission ; {} ?a ; {} ?b }}"""

    assert set(rows(query.format("unm:notBefore", "unm:notAfter"))) == set(
        rows(query.format("sem:hasEarliestBeginTimeStamp", "sem:hasLatestEndTimeStamp"))
    )


def test_the_precision_is_that_of_the_date(rows: Rows) -> None:
    found = rows("SELECT ?date ?precision { ?thing unm:edtf ?date ; unm:datePrecision ?precision }")
    names = {4: "year", 7: "month", 10: "day"}

    assert len(found) >= 13 + len(DATED_MEETINGS) + 3 + 3
    assert all(p == f"date-precision/{names[min(map(len, d.split('/')))]}" for d, p in found)


def test_a_date_to_the_day_is_one_whose_days_the_text_names(rows: Rows) -> None:
    found = rows(
        f"""SELECT ?event ?date (GROUP_CONCAT(?words) AS ?quoted) {{
            ?event {OF_THE_PAGE} ; unm:edtf ?date ; unm:datePrecision <date-precision/day> ;
              unm:hasParticipation?/unm:evidence/oa:hasTarget/oa:hasSelector/oa:exact ?words .
        }} GROUP BY ?event ?date"""
    )

    assert len(found) == 6 + 7
    for _, days, quoted in found:
        assert all(str(int(day[-2:])) in quoted.split() for day in days.split("/"))


def test_rome_and_hanoi_are_the_only_missions_that_overlap_to_the_day(rows: Rows) -> None:
    found = rows(
        f"""SELECT ?m ?a ?b {{ ?m a unm:Mission ; {OF_THE_PAGE} ; unm:datePrecision <date-precision/day> ;
            unm:notBefore ?a ; unm:notAfter ?b }}"""
    )
    overlaps = [{m, n} for (m, a, b), (n, c, d) in combinations(found, 2) if a <= d and c <= b]

    assert overlaps == [{"mission/2011-rome", "mission/2011-hanoi"}]


def test_three_tenures_say_who_held_which_post_when(rows: Rows) -> None:
    prevention, protection = "prevention-of-genocide", "responsibility-to-protect"

    assert set(rows("SELECT ?who ?post ?date { ?t org:member ?who ; unm:post ?post ; unm:edtf ?date }")) >= {
        (DENG, f"post/special-adviser-{prevention}", "2007-05-29/2012-07"),
        (DIENG, f"post/special-adviser-{prevention}", "2012-07-17/2020"),
        (LUCK, f"post/special-adviser-{protection}", "2008/2012"),
    }


def test_who_is_inferred_from_post_and_date_is_derived_from_his_tenure(rows: Rows) -> None:
    found = rows(
        """SELECT ?participation ?who ?member ?capacity ?post {
            ?participation unm:certainty certainty:inferred-from-post-and-date ;
              unm:participant ?who ; unm:inCapacity ?capacity .
            OPTIONAL { ?participation prov:wasDerivedFrom ?tenure .
              ?tenure a org:Membership ; org:member ?member ; unm:post ?post } }"""
    )

    assert len(found) >= 4 + 6 + 1 + 1 + 1
    assert all((who, capacity) == (member, post) for _, who, member, capacity, post in found)


def test_every_envoy_was_in_office_while_he_travelled(rows: Rows) -> None:
    found = rows(
        """SELECT ?mission ?who { ?mission a unm:Mission ; unm:envoy ?who ; unm:notBefore ?a ; unm:notAfter ?b
            FILTER NOT EXISTS { ?tenure org:member ?who ; unm:notBefore ?from ; unm:notAfter ?to .
              FILTER(?from <= ?a && ?b <= ?to) } }"""
    )

    assert found == []
