"""The shortcuts that are derived, in full for some missions, so that common questions are one hop."""

import pytest

from tests.conftest import Rows

WEST_AFRICA = {"west-africa", "sub-saharan-africa", "africa"}
EUROPE = {"western-europe", "europe"}
SOUTH_EAST_ASIA = {"south-east-asia", "asia"}

INTERLOCUTORS = {
    "2012-abuja": {
        "post/vice-president-of-ecowas",
        "post/permanent-secretary-of-the-ministry-of-the-interior-of-nigeria",
        "group/2012-abuja-heads-of-services",
    },
    "2011-brussels": {
        "institution/european-union",
        "institution/european-parliament-subcommittee-on-human-rights",
        "institution/working-party-on-the-united-nations",
        "post/secretary-general-of-the-eeas",
    },
    "2011-hanoi": {
        "institution/viet-nam",
        "institution/cscap",
        "group/2011-hanoi-conference-participants",
    },
    "2010-south-east-asia": {
        "group/2010-south-east-asia-government-officials",
        "group/2010-south-east-asia-asean-representatives",
        "group/2010-south-east-asia-civil-society",
        "group/2010-phnom-penh-ngo-network",
        "group/2010-phnom-penh-trainees",
    },
    "2010-west-africa": {
        "institution/government-of-guinea",
        "person/jean-marie-dore",
        "group/2010-guinea-ministers",
        "group/2010-guinea-religious-leaders",
        "group/2010-guinea-councils-of-elders",
        "group/2010-guinea-civil-society-experts",
        "group/2010-guinea-womens-groups",
        "institution/ecowas",
        "institution/united-nations-country-team-guinea",
    },
}

INSTITUTIONS = {
    "2012-abuja": {"ecowas", "ministry-of-the-interior-of-nigeria"},
    "2011-brussels": {
        "european-union",
        "european-parliament",
        "european-parliament-subcommittee-on-human-rights",
        "working-party-on-the-united-nations",
        "political-and-security-committee",
        "council-of-the-european-union",
        "european-external-action-service",
    },
    "2011-brussels-follow-up": {
        "directorate-for-global-and-bilateral-issues",
        "crisis-management-and-planning-directorate",
        "european-external-action-service",
        "european-union",
    },
    "2011-hanoi": {"viet-nam", "cscap"},
    "2011-london": {"foreign-and-commonwealth-office", "united-nations-association-uk"},
    "2010-south-east-asia": {"asean"},
    "2011-south-east-asia": {"asean", "asean-intergovernmental-commission-on-human-rights"},
    "2010-west-africa": {
        "government-of-guinea",
        "ecowas",
        "united-nations-country-team-guinea",
        "united-nations",
    },
    "2012-dakar": {"ministry-of-justice-of-senegal", "african-institute-of-management"},
}

WHERE = {
    "2012-abuja": ({"nigeria"}, WEST_AFRICA),
    "2012-dakar": ({"senegal"}, WEST_AFRICA),
    "2012-paris": ({"france"}, EUROPE),
    "2011-washington": ({"united-states"}, {"northern-america", "americas"}),
    "2011-london": ({"united-kingdom"}, {"northern-europe", "europe"}),
    "2011-rome": ({"italy"}, {"southern-europe", "europe"}),
    "2011-hanoi": ({"viet-nam"}, SOUTH_EAST_ASIA),
    "2011-berlin": ({"germany"}, EUROPE),
    "2011-south-east-asia": (set[str](), SOUTH_EAST_ASIA),
    "2011-brussels": ({"belgium"}, EUROPE),
    "2011-brussels-follow-up": ({"belgium"}, EUROPE),
    "2010-south-east-asia": ({"cambodia", "singapore", "indonesia"}, SOUTH_EAST_ASIA),
    "2010-west-africa": ({"guinea", "ghana"}, WEST_AFRICA),
}

PLACES = {
    "2010-south-east-asia": {"cambodia", "singapore", "indonesia"},
    "2010-west-africa": {"guinea", "ghana"},
    "2011-south-east-asia": {"south-east-asia"},
    "2012-dakar": {"dakar"},
    "2011-washington": {"washington-dc"},
    "2011-brussels": {"brussels"},
    "2011-brussels-follow-up": {"brussels"},
}


def values(rows: Rows, mission: str, shortcut: str) -> set[str]:
    return {value for (value,) in rows(f"SELECT ?v {{ <mission/{mission}> unm:{shortcut} ?v }}")}


@pytest.mark.parametrize("mission", INTERLOCUTORS)
def test_a_mission_has_the_interlocutors_of_all_its_meetings(rows: Rows, mission: str) -> None:
    assert values(rows, mission, "interlocutor") == INTERLOCUTORS[mission]


@pytest.mark.parametrize("mission", INSTITUTIONS)
def test_a_mission_has_every_institution_involved_up_to_the_top_body(rows: Rows, mission: str) -> None:
    assert values(rows, mission, "institution") == {f"institution/{i}" for i in INSTITUTIONS[mission]}


@pytest.mark.parametrize("mission", WHERE)
def test_a_mission_has_the_countries_and_m49_regions_of_where_somebody_was(rows: Rows, mission: str) -> None:
    countries, regions = WHERE[mission]

    assert values(rows, mission, "country") == {f"place/{c}" for c in countries}
    assert values(rows, mission, "region") == {f"place/{r}" for r in regions}


@pytest.mark.parametrize("mission", PLACES)
def test_a_mission_has_the_places_that_its_text_or_heading_names(rows: Rows, mission: str) -> None:
    assert values(rows, mission, "place") == {f"place/{p}" for p in PLACES[mission]}


def test_a_mission_has_nothing_that_none_of_its_meetings_nor_itself_has(rows: Rows) -> None:
    assert not rows(
        """SELECT ?mission ?value { VALUES ?shortcut { unm:interlocutor unm:institution }
            ?mission a unm:Mission ; ?shortcut ?value
            FILTER NOT EXISTS { ?mission unm:hasMeeting ?meeting . ?meeting ?shortcut ?value }
            FILTER NOT EXISTS { ?mission unm:hasParticipation/unm:participant ?value } }"""
    )


def test_no_envoy_is_an_interlocutor(rows: Rows) -> None:
    assert not rows("SELECT ?event { ?event unm:interlocutor ?who . ?who a unm:Envoy }")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("unm:partOfMission", "sem:subEventOf"),
        ("unm:hasMeeting", "sem:hasSubEvent"),
        ("unm:place", "sem:hasPlace"),
        ("unm:followUpOf", "prov:wasInformedBy"),
        ("unm:topic", "dcterms:subject"),
        ("unm:m49", "dcterms:identifier"),
    ],
)
def test_what_our_property_says_the_property_above_it_says_too(rows: Rows, ours: str, theirs: str) -> None:
    assert rows(f"SELECT ?s {{ ?s {ours} ?o }}")
    assert not rows(f"SELECT ?s {{ ?s {ours} ?o FILTER NOT EXISTS {{ ?s {theirs} ?o }} }}")


def test_a_question_on_country_and_kind_can_be_asked(rows: Rows) -> None:
    found = rows(
        """SELECT ?i { ?i unm:institutionKind <institution-kind/ministry> ;
            unm:jurisdiction <place/united-states> }"""
    )

    assert {i for (i,) in found} == {
        "institution/united-states-department-of-state",
        "institution/united-states-department-of-defense",
    }


def test_the_simple_event_model_has_actors_kinds_of_event_and_of_role(rows: Rows) -> None:
    taking_part = rows("SELECT ?e ?who { ?e unm:hasParticipation/unm:participant ?who }")
    kinds = rows("SELECT ?e ?k { ?e unm:missionKind|unm:meetingKind ?k }")
    roles = rows("SELECT ?p ?who ?role { ?p unm:participant ?who ; unm:role ?role }")

    assert set(rows("SELECT ?e ?who { ?e sem:hasActor ?who }")) == set(taking_part)
    assert set(rows("SELECT ?e ?k { ?e sem:eventType ?k }")) == set(kinds)
    assert set(rows("SELECT ?p ?who ?role { ?p rdf:value ?who ; sem:roleType ?role }")) == set(roles)
    assert not rows("SELECT ?place { ?e sem:hasPlace ?place FILTER NOT EXISTS { ?place a sem:Place } }")


def test_all_bodies_under_the_european_union_are_part_of_it(rows: Rows) -> None:
    found = rows("SELECT ?body { ?body org:subOrganizationOf <institution/european-union> }")

    assert {body.removeprefix("institution/") for (body,) in found} == {
        "european-parliament",
        "european-parliament-subcommittee-on-human-rights",
        "council-of-the-european-union",
        "political-and-security-committee",
        "working-party-on-the-united-nations",
        "european-external-action-service",
        "directorate-for-global-and-bilateral-issues",
        "crisis-management-and-planning-directorate",
    }


def test_a_tenure_is_in_the_organization_of_its_post(rows: Rows) -> None:
    found = rows("SELECT ?body { ?tenure a org:Membership ; org:organization ?body }")

    assert set(found) == {("institution/office-of-the-special-adviser",)}


def test_a_code_says_of_which_scheme_it_is(rows: Rows) -> None:
    found = rows(
        """SELECT ?notation (DATATYPE(?notation) AS ?scheme) {
            VALUES ?thing { <place/cambodia> <institution/unesco>
                <post/special-adviser-prevention-of-genocide> }
            ?thing skos:notation ?notation } ORDER BY ?scheme"""
    )

    assert {(notation, scheme.removeprefix("ontology#")) for notation, scheme in found} == {
        ("SASG-PGENOCIDE", "FieldSiteCode"),
        ("KH", "ISO3166Alpha2Code"),
        ("KHM", "ISO3166Alpha3Code"),
        ("0000 0004 0452 3255", "ISNI"),
        ("116", "M49Code"),
        ("UNDL 72150", "UNDLNumber"),
    }


def test_a_statement_says_why_it_was_made(rows: Rows) -> None:
    assert not rows("SELECT ?s { ?s a unm:Statement FILTER NOT EXISTS { ?s oa:motivatedBy oa:linking } }")
