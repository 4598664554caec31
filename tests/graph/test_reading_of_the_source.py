"""What a careful reader of the page must get right, trap by trap."""

import pytest

from tests.conftest import Rows

OFFICE = "institution/office-of-the-special-adviser"
RESIDUE = "404"


def test_deng_and_dieng_are_two_men_told_apart_by_the_year(rows: Rows) -> None:
    found = rows(
        """SELECT DISTINCT ?year ?who { ?m a unm:Mission ; unm:envoy ?who ; unm:notBefore ?day ;
              unm:toldIn/dcterms:isPartOf <source/key-missions-ar>
            FILTER(?who != <person/edward-luck>) BIND(YEAR(?day) AS ?year) }"""
    )

    assert set(found) == {
        ("2010", "person/francis-deng"),
        ("2011", "person/francis-deng"),
        ("2012", "person/adama-dieng"),
    }


@pytest.mark.parametrize("name", ["2011-rome", "2011-hanoi"])
def test_the_sections_on_italy_and_viet_nam_name_nobody(rows: Rows, name: str) -> None:
    quotations = rows(
        f"""SELECT ?words {{ ?statement prov:wasDerivedFrom <section/{name}> ;
            oa:hasTarget/oa:hasSelector/oa:exact ?words }}"""
    )

    assert quotations
    assert not [words for (words,) in quotations if "دينغ" in words or "لاك" in words]


def test_three_documents_have_the_dates_of_their_publication(rows: Rows) -> None:
    assert set(rows("SELECT ?d ?date { ?d a unm:Document ; unm:edtf ?date }")) == {
        ("document/report-on-guinea", "2010-06"),
        ("document/cscap-study-group-report-on-the-responsibility-to-protect", "2010-02"),
        ("document/recommendations-of-the-genocide-prevention-task-force", "2008"),
    }


def test_the_date_of_a_document_dates_no_event(rows: Rows) -> None:
    assert not rows(
        """SELECT ?event ?date { { ?event a unm:Mission } UNION { ?event a unm:Meeting }
            ?event unm:edtf ?date . FILTER(STR(?date) IN ("2010-06", "2010-02", "2008")) }"""
    )


def test_the_residue_of_a_dead_link_is_no_name_and_in_no_quotation(rows: Rows) -> None:
    found = rows(
        f"""SELECT ?thing ?property ?text {{ ?thing ?property ?text
            FILTER(isLiteral(?text) && CONTAINS(STR(?text), "{RESIDUE} |"))
            FILTER(?property NOT IN (oa:prefix, oa:suffix))
            FILTER NOT EXISTS {{ ?thing a unm:Passage }} }}"""
    )

    assert [row for row in found if not row[0].startswith("ontology")] == []


def test_the_photograph_of_a_museum_is_no_meeting(rows: Rows) -> None:
    kinds = rows("SELECT ?k { <mission/2010-south-east-asia> unm:hasMeeting/unm:meetingKind ?k } ORDER BY ?k")
    told = rows(
        """SELECT DISTINCT ?s { ?s dcterms:description|unm:evidence/oa:hasTarget/oa:hasSelector/oa:exact ?o
            FILTER(REGEX(STR(?o), "Garten|غارتن|متحف الإبادة الجماعية في كمبوديا")) }"""
    )
    named = rows(
        """SELECT ?s { ?s rdfs:label|skos:altLabel ?o . ?s a ?kind
            FILTER(?kind IN (unm:Institution, foaf:Person, unm:Meeting))
            FILTER(REGEX(STR(?o), "Garten|Tuol Sleng|غارتن|متحف الإبادة الجماعية")) }"""
    )

    assert kinds == [("meeting-kind/conference",), ("meeting-kind/meeting",), ("meeting-kind/seminar",)]
    assert told == [("mission/2010-south-east-asia",)]
    assert named == []


def test_the_permanent_minister_of_the_interior_is_the_permanent_secretary(rows: Rows) -> None:
    assert rows(
        """SELECT ?label ?body { ?post skos:altLabel "وزير الداخلية النيجيري الدائم"@ar ;
            rdfs:label ?label ; org:postIn ?body FILTER(LANG(?label) = "en") }"""
    ) == [
        (
            "Permanent Secretary of the Ministry of the Interior of Nigeria",
            "institution/ministry-of-the-interior-of-nigeria",
        )
    ]


def test_the_deputy_of_ecowas_is_its_vice_president(rows: Rows) -> None:
    assert rows(
        """SELECT ?label ?body { <meeting/2012-abuja-ecowas> unm:interlocutor ?post .
            ?post a org:Post ; rdfs:label ?label ; org:postIn ?body FILTER(LANG(?label) = "en") }"""
    ) == [("Vice-President of the Economic Community of West African States (ECOWAS)", "institution/ecowas")]


def test_the_national_security_council_is_that_of_the_united_states(rows: Rows) -> None:
    council = "institution/united-states-national-security-council"

    assert (council,) in rows("SELECT ?i { <mission/2011-washington> unm:institution ?i }")
    assert rows(f"SELECT ?j {{ <{council}> unm:jurisdiction ?j }}") == [("place/united-states",)]
    assert not rows(f"SELECT ?above {{ <{council}> org:unitOf|org:subOrganizationOf ?above }}")
    assert not rows('SELECT ?i { ?i a unm:Institution ; rdfs:label "مجلس الأمن"@ar }')


def test_the_federal_peoples_assembly_is_the_bundestag(rows: Rows) -> None:
    assert rows(
        """SELECT ?label { <meeting/2011-berlin-bundestag-foreign-affairs-committee> unm:institution ?i .
            ?i rdfs:label ?label FILTER(LANG(?label) = "en") } ORDER BY ?label"""
    ) == [("Foreign Affairs Committee of the German Bundestag",), ("German Bundestag",)]


@pytest.mark.parametrize(
    "words", ["regional committee", "لجنة إقليمية", "project", "مشروع", "school", "مدارس"]
)
def test_the_proposed_committee_and_the_school_project_are_no_institutions(rows: Rows, words: str) -> None:
    assert not rows(
        f"""SELECT ?i {{ {{ ?i a unm:Institution }} UNION {{ ?i a unm:Group }}
            ?i rdfs:label|skos:altLabel ?label FILTER(CONTAINS(LCASE(?label), "{words}")) }}"""
    )


def test_the_proposed_committee_is_a_topic(rows: Rows) -> None:
    assert rows("SELECT ?event { ?event unm:topic <topic/proposed-regional-committee> }") == [
        ("meeting/2012-dakar-president-of-senegal",)
    ]


def test_only_three_groups_have_a_size_and_the_archive_has_none(rows: Rows) -> None:
    assert set(rows("SELECT ?g ?n ?about { ?g unm:size ?n OPTIONAL { ?g unm:approximate ?about } }")) == {
        ("group/2010-phnom-penh-trainees", "35", ""),
        ("group/2011-london-all-party-parliamentary-groups", "5", ""),
        ("group/2011-hanoi-conference-participants", "250", "true"),
    }


def test_2012_in_the_sections_of_2011_dates_nothing(rows: Rows) -> None:
    assert not rows(
        """SELECT ?event { ?event unm:edtf ?date . FILTER(CONTAINS(STR(?date), "2012"))
            FILTER(CONTAINS(STR(?event), "/2011-") || CONTAINS(STR(?event), "/2010-")) }"""
    )


def test_desks_of_the_french_ministry_are_no_places_visited(rows: Rows) -> None:
    desks = {"asia", "east-africa", "west-africa", "north-africa", "middle-east"}

    assert set(rows("SELECT ?p { <meeting/2012-paris-foreign-ministry> unm:mentionsPlace ?p }")) == {
        (f"place/{desk}",) for desk in desks
    }
    assert set(rows("SELECT ?p { <mission/2012-paris> (unm:hasMeeting?)/unm:place ?p }")) == {
        ("place/paris",)
    }
    assert set(rows("SELECT ?p { <mission/2012-paris> unm:country ?p }")) == {("place/france",)}


def test_of_ghana_nothing_is_told_but_that_it_was_visited(rows: Rows) -> None:
    told = rows(
        """SELECT ?s ?p { ?s ?p <place/ghana> FILTER(?p IN (unm:place, unm:country, unm:mentionsPlace,
            unm:jurisdiction, unm:within)) }"""
    )

    assert set(told) == {
        ("mission/2010-west-africa", "ontology#place"),
        ("mission/2010-west-africa", "ontology#country"),
    }


def test_only_the_follow_up_to_brussels_says_what_it_follows(rows: Rows) -> None:
    follow_ups = rows("SELECT ?m { ?m unm:missionKind <mission-kind/follow-up> }")

    assert rows("SELECT ?m ?n { ?m unm:followUpOf ?n }") == [
        ("mission/2011-brussels-follow-up", "mission/2011-brussels")
    ]
    assert set(follow_ups) == {("mission/2011-brussels-follow-up",), ("mission/2011-south-east-asia",)}


@pytest.mark.parametrize(
    ("participant", "event", "role"),
    [
        (
            "institution/united-nations-association-uk",
            "meeting/2011-london-all-party-parliamentary-groups",
            "facilitator",
        ),
        ("institution/viet-nam", "meeting/2011-hanoi-cscap-general-conference", "host"),
        ("institution/government-of-guinea", "mission/2010-west-africa", "inviter"),
        ("group/2010-phnom-penh-ngo-network", "meeting/2010-south-east-asia-training-seminar", "organizer"),
        ("person/edward-luck", "meeting/2010-south-east-asia-regional-conference", "guest-speaker"),
        ("person/edward-luck", "meeting/2011-hanoi-cscap-general-conference", "speaker"),
        ("group/2010-phnom-penh-trainees", "meeting/2010-south-east-asia-training-seminar", "trainee"),
        (
            "institution/working-party-on-the-united-nations",
            "meeting/2011-brussels-working-party-on-the-united-nations",
            "informed-party",
        ),
    ],
)
def test_a_participant_has_the_role_of_the_verb(rows: Rows, participant: str, event: str, role: str) -> None:
    found = rows(
        f"""SELECT ?role {{ <{event}> unm:hasParticipation ?p .
            ?p unm:participationIn <{event}> ; unm:participant <{participant}> ; unm:role ?role }}"""
    )

    assert found == [(f"role/{role}",)]


def test_the_working_party_is_nested_three_deep(rows: Rows) -> None:
    assert rows(
        """SELECT ?committee ?council ?union { <institution/working-party-on-the-united-nations>
            org:unitOf ?committee . ?committee org:unitOf ?council .
            ?council org:subOrganizationOf ?union }"""
    ) == [
        (
            "institution/political-and-security-committee",
            "institution/council-of-the-european-union",
            "institution/european-union",
        )
    ]


def test_the_study_group_is_a_unit_of_cscap(rows: Rows) -> None:
    assert rows("SELECT ?of { <institution/cscap-study-group> org:unitOf ?of }") == [("institution/cscap",)]


def test_the_outreach_to_west_africa_is_the_kind_of_the_trip_to_dakar(rows: Rows) -> None:
    assert rows("SELECT ?m { ?m unm:missionKind <mission-kind/outreach> }") == [("mission/2012-dakar",)]
    assert set(rows("SELECT ?m { ?m a unm:Mission ; unm:region <place/west-africa> }")) == {
        ("mission/2012-dakar",),
        ("mission/2012-abuja",),
        ("mission/2010-west-africa",),
    }


def test_the_investigation_in_guinea_is_the_kind_of_the_mission_and_no_meeting(rows: Rows) -> None:
    kinds = rows("SELECT ?k { <mission/2010-west-africa> unm:hasMeeting/unm:meetingKind ?k }")

    assert rows("SELECT ?m { ?m unm:missionKind <mission-kind/fact-finding> }") == [
        ("mission/2010-west-africa",)
    ]
    assert set(kinds) == {("meeting-kind/consultation",), ("meeting-kind/discussion",)}


def test_the_chief_of_the_francophonie_is_its_head(rows: Rows) -> None:
    found = rows(
        """SELECT ?label { ?post org:postIn <institution/organisation-internationale-de-la-francophonie> ;
            rdfs:label|skos:altLabel ?label FILTER(LANG(?label) = "en") }"""
    )

    assert found == [("Head of the Organisation internationale de la Francophonie (OIF)",)]


def test_luck_spoke_at_a_conference_of_a_mission_on_which_he_did_not_go(rows: Rows) -> None:
    conference = "meeting/2010-south-east-asia-regional-conference"

    assert rows(f"SELECT ?e {{ <{conference}> unm:envoy ?e }}") == [("person/edward-luck",)]
    assert rows("SELECT ?e { <mission/2010-south-east-asia> unm:envoy ?e }") == [("person/francis-deng",)]


@pytest.mark.parametrize("name", ["المكتب", "المكتب المشترك"])
def test_the_office_is_one_institution_under_its_spellings(rows: Rows, name: str) -> None:
    assert rows(f'SELECT ?i {{ ?i skos:altLabel "{name}"@ar ; a unm:Institution }}') == [(OFFICE,)]


def test_the_office_is_never_an_envoy_nor_an_interlocutor(rows: Rows) -> None:
    roles = rows(
        f"""SELECT ?event ?role {{ ?event unm:hasParticipation ?p .
            ?p unm:participant <{OFFICE}> ; unm:role ?role }}"""
    )

    assert not rows(f"SELECT ?event {{ ?event unm:envoy|unm:interlocutor|unm:institution <{OFFICE}> }}")
    assert set(roles) == {
        ("mission/2011-south-east-asia", "role/organizer"),
        ("meeting/2010-south-east-asia-training-seminar", "role/organizer"),
        ("meeting/2010-south-east-asia-regional-conference", "role/attendee"),
        ("meeting/2010-west-africa-consultations-in-guinea", "role/attendee"),
        ("meeting/2011-washington-consultations", "role/attendee"),
    }


def test_beside_its_envoy_only_who_had_to_do_with_the_whole_trip_takes_part_in_a_mission(rows: Rows) -> None:
    assert set(
        rows(
            """SELECT ?m ?who ?role { ?m a unm:Mission ; unm:hasParticipation ?p .
                ?p unm:participant ?who ; unm:role ?role FILTER(?role != role:envoy) }"""
        )
    ) == {
        ("mission/2010-west-africa", "institution/government-of-guinea", "role/inviter"),
        ("mission/2011-south-east-asia", OFFICE, "role/organizer"),
        ("mission/2011-south-east-asia", "group/2011-south-east-asia-member-states", "role/interlocutor"),
    }


def test_no_envoy_of_a_meeting_is_inherited_from_its_mission(rows: Rows) -> None:
    alone = rows("SELECT ?m { ?m a unm:Meeting FILTER NOT EXISTS { ?m unm:envoy ?envoy } }")

    assert alone == [("meeting/2010-south-east-asia-training-seminar",)]
    assert not rows(
        "SELECT ?x { <meeting/2010-south-east-asia-regional-conference> unm:envoy <person/francis-deng> }"
    )


def test_the_head_of_the_oif_and_the_jewish_community_were_met_apart(rows: Rows) -> None:
    found = rows(
        """SELECT ?who (COUNT(?m) AS ?n) { ?m a unm:Meeting ; unm:interlocutor ?who
            FILTER(?who IN (<post/head-of-the-oif>, <group/2012-paris-jewish-community-leaders>)) }
            GROUP BY ?who"""
    )
    together = rows(
        """SELECT ?m { ?m a unm:Meeting ; unm:interlocutor <post/head-of-the-oif>,
            <group/2012-paris-jewish-community-leaders> }"""
    )

    assert [n for _, n in found] == ["1", "1"]
    assert together == []


def test_unnamed_officials_are_a_group_of_their_body_and_the_body_does_not_take_part(rows: Rows) -> None:
    found = rows("SELECT ?g ?body { ?g a unm:Group ; org:memberOf ?body . ?e unm:interlocutor ?g }")
    both = rows(
        """SELECT ?e ?g ?body { ?e unm:hasParticipation/unm:participant ?g, ?body .
            ?g a unm:Group ; org:memberOf ?body }"""
    )

    assert (
        "group/2012-paris-foreign-ministry-officials",
        "institution/ministry-of-foreign-affairs-of-france",
    ) in found
    # Guinea's Transitional Government and several of its ministers are both named.
    assert {body for _, _, body in both} == {"institution/government-of-guinea"}


@pytest.mark.parametrize(
    "slug", ["united-states-congress", "european-union", "united-states-department-of-state"]
)
def test_a_body_named_alone_takes_part_itself(rows: Rows, slug: str) -> None:
    assert rows(f"SELECT ?p {{ ?p unm:participant <institution/{slug}> ; unm:role role:interlocutor }}")


@pytest.mark.parametrize(
    ("post", "body"),
    [
        ("minister-for-foreign-affairs-of-italy", ["institution/ministry-of-foreign-affairs-of-italy"]),
        ("minister-of-justice-of-senegal", ["institution/ministry-of-justice-of-senegal"]),
        ("president-of-senegal", []),
    ],
)
def test_a_post_has_a_body_only_where_the_text_implies_one(rows: Rows, post: str, body: list[str]) -> None:
    assert [b for (b,) in rows(f"SELECT ?b {{ <post/{post}> org:postIn ?b }}")] == body


@pytest.mark.parametrize("slug", ["viet-nam", "government-of-guinea"])
def test_a_state_that_acts_is_an_institution_beside_the_place(rows: Rows, slug: str) -> None:
    place = "place/" + slug.removeprefix("government-of-")

    assert rows(f"SELECT ?j {{ <institution/{slug}> a unm:Institution ; unm:jurisdiction ?j }}") == [(place,)]
    assert not rows(f"SELECT ?x {{ <{place}> a unm:Institution ; a ?x }}")


def test_nobody_is_invented(rows: Rows) -> None:
    of_the_page = rows(
        """SELECT ?who { ?who a foaf:Person ; ^unm:participant/unm:participationIn ?event .
            ?event unm:partOfMission?/unm:toldIn/dcterms:isPartOf <source/key-missions-ar> }"""
    )

    assert set(of_the_page) == {
        ("person/adama-dieng",),
        ("person/francis-deng",),
        ("person/edward-luck",),
        ("person/jean-marie-dore",),
    }
    assert not rows("SELECT ?who { ?who a foaf:Person FILTER NOT EXISTS { ?p unm:participant ?who } }")


def test_a_named_person_takes_part_in_a_capacity_and_an_unnamed_office_is_the_participant(rows: Rows) -> None:
    without = rows(
        """SELECT ?p { ?who a foaf:Person . ?p unm:participant ?who .
            ?p unm:participationIn/unm:partOfMission? ?mission .
            ?mission unm:toldIn/dcterms:isPartOf <source/key-missions-ar>
            FILTER NOT EXISTS { ?p unm:inCapacity/a org:Post } }"""
    )
    doubled = rows("SELECT ?p { ?p unm:participant ?post ; unm:inCapacity ?other . ?post a org:Post }")

    assert without == doubled == []


def test_the_finding_on_guinea_stands_on_the_mission_and_on_its_report(rows: Rows) -> None:
    found = rows("SELECT ?thing (LANG(?text) AS ?language) ?text { ?thing unm:finding ?text }")

    assert {(thing, language) for thing, language, _ in found} == {
        (thing, language)
        for thing in ("mission/2010-west-africa", "document/report-on-guinea")
        for language in ("ar", "en")
    }
    assert len({text for _, language, text in found if language == "ar"}) == 1


def test_the_report_on_guinea_is_by_deng_for_the_secretary_general(rows: Rows) -> None:
    assert rows(
        """SELECT ?by ?for { <document/report-on-guinea> dcterms:creator ?by ; dcterms:audience ?for }"""
    ) == [("person/francis-deng", "post/secretary-general-of-the-united-nations")]
