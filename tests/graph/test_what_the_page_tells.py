"""What the page tells beside the bare facts is there too, in both languages and with its words."""

import pytest

from tests.conftest import Rows

SHOAH = "meeting/2012-paris-visit-to-the-memorial-de-la-shoah"
HANOI = "meeting/2011-hanoi-cscap-general-conference"


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        (SHOAH, "أرشيفا يضم 40 مليون وثيقة"),
        (SHOAH, "ومعرضا مؤثرا للصور الفوتوغرافية"),
        ("meeting/2012-dakar-president-of-senegal", "ودعا إلى تعزيز الجهود لحل مشاكلها"),
        ("mission/2011-south-east-asia", "تماشيا مع نهجه الإقليمي"),
        ("meeting/2010-south-east-asia-officials-asean-civil-society", "وأعرب الجميع عن تأييدهم"),
        ("institution/foreign-affairs-committee-of-the-german-bundestag", "رصد وتوجيه السياسة الخارجية"),
    ],
)
def test_what_is_told_besides_has_a_description_and_its_words(rows: Rows, thing: str, words: str) -> None:
    languages = rows(f"SELECT (LANG(?d) AS ?l) {{ <{thing}> dcterms:description ?d }} ORDER BY ?l")
    quoted = rows(f"SELECT ?w {{ <{thing}> unm:evidence/oa:hasTarget/oa:hasSelector/oa:exact ?w }}")

    assert languages == [("ar",), ("en",)]
    assert any(words in quotation for (quotation,) in quoted)


@pytest.mark.parametrize(
    ("meeting", "topic"),
    [
        ("2012-abuja-ecowas", "policy-options"),
        ("2012-dakar-president-of-senegal", "policy-options"),
        ("2012-abuja-ecowas", "challenges-of-the-mandate"),
    ],
)
def test_what_was_discussed_is_a_topic_with_its_words(rows: Rows, meeting: str, topic: str) -> None:
    assert rows(
        f"""SELECT ?s {{ <meeting/{meeting}> unm:topic <topic/{topic}> ; unm:evidence ?s .
            ?s unm:supports <topic/{topic}> }}"""
    )


def test_in_paris_each_side_briefed_the_other(rows: Rows) -> None:
    found = rows(
        """SELECT ?role { <meeting/2012-paris-foreign-ministry> unm:hasParticipation ?p .
            ?p unm:participant <group/2012-paris-foreign-ministry-officials> ; unm:role ?role }"""
    )

    assert set(found) == {("role/interlocutor",), ("role/informed-party",), ("role/briefer",)}


def test_the_museum_was_visited_after_its_director_was_met(rows: Rows) -> None:
    assert rows("SELECT ?a ?b { ?a unm:after ?b }") == [
        (SHOAH, "meeting/2012-paris-director-of-the-memorial-de-la-shoah")
    ]


def test_the_conference_in_hanoi_has_its_title_and_the_report_it_arose_from(rows: Rows) -> None:
    titles = rows(f"SELECT ?title {{ <{HANOI}> dcterms:title ?title }} ORDER BY LANG(?title)")

    assert titles == [
        ("الأخطار والمآزق: هل يفيد الهيكل الجديد للأمن الإقليمي؟",),
        ("Dangers and Dilemmas: Will the New Regional Security Architecture Help?",),
    ]
    assert rows(f"SELECT ?report {{ <{HANOI}> prov:wasInfluencedBy ?report }}") == [
        ("document/cscap-study-group-report-on-the-responsibility-to-protect",)
    ]


def test_heads_of_state_civil_society_and_cities_are_one_hop_away(rows: Rows) -> None:
    met = rows(
        """SELECT DISTINCT ?who { ?m unm:interlocutor ?who ;
              unm:partOfMission?/unm:toldIn/dcterms:isPartOf <source/key-missions-ar> .
            ?who unm:postKind|unm:groupKind ?kind
            FILTER(?kind IN (<post-kind/head-of-state>, <group-kind/clergy>)) }"""
    )
    cities = rows(
        """SELECT DISTINCT ?city { ?m a unm:Mission ; unm:hasMeeting?/unm:place ?city ;
              unm:toldIn/dcterms:isPartOf <source/key-missions-ar> .
            ?city unm:placeKind <place-kind/city> }"""
    )

    assert set(met) == {("post/president-of-senegal",), ("group/2010-guinea-religious-leaders",)}
    assert len(cities) == 11


@pytest.mark.parametrize(
    ("kind", "property"),
    [("unm:Place", "placeKind"), ("unm:Group", "groupKind"), ("org:Post", "postKind")],
)
def test_every_place_group_and_post_has_a_kind_of_its_scheme(rows: Rows, kind: str, property: str) -> None:
    scheme = property.replace("Kind", "-kind")

    assert not rows(
        f"""SELECT ?thing {{ ?thing a {kind} FILTER NOT EXISTS {{
            ?thing unm:{property} ?kind . ?kind skos:inScheme <{scheme}> }} }}"""
    )


def test_every_topic_is_in_the_scheme_with_a_definition_in_both_languages(rows: Rows) -> None:
    assert not rows(
        """SELECT ?topic { ?topic a unm:Topic
            FILTER NOT EXISTS { ?topic skos:inScheme <topic-scheme> ; skos:definition ?ar , ?en
                FILTER(LANG(?ar) = "ar" && LANG(?en) = "en") } }"""
    )
    tops = rows("SELECT ?top { ?top skos:topConceptOf <topic-scheme> }")

    assert tops and not rows("SELECT ?t { ?t skos:topConceptOf <topic-scheme> ; skos:broader ?broader }")
