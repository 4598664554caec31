"""What is inferred says so: places, bounds of dates, and what is said of bodies without a quotation."""

from tests.conftest import Rows

STATED, HEADING = "certainty/stated", "certainty/inferred-from-heading"
CONTEXT, BACKGROUND = "certainty/inferred-from-context", "certainty/background"


def test_every_event_with_a_place_says_how_the_place_is_known(rows: Rows) -> None:
    assert not rows(
        """SELECT ?event { ?event unm:place ?place
            FILTER NOT EXISTS { ?event unm:placeCertainty ?certainty } }"""
    )
    assert not rows(
        """SELECT ?event { ?event unm:placeCertainty ?certainty
            FILTER NOT EXISTS { ?event unm:place ?place } }"""
    )


def test_a_place_is_called_stated_only_on_words_other_than_the_heading_of_the_mission(rows: Rows) -> None:
    found = rows(
        """SELECT ?meeting ?certainty (GROUP_CONCAT(?words; SEPARATOR = "|") AS ?quoted) {
            ?meeting a unm:Meeting ; unm:place ?place ; unm:placeCertainty ?certainty ; unm:evidence ?s .
            ?s unm:supports ?place ; oa:hasTarget/oa:hasSelector/oa:exact ?words
        } GROUP BY ?meeting ?certainty"""
    )
    headings = ("البعثة الموفدة إلى", "الزيارة إلى")

    assert len(found) > 20
    for meeting, certainty, quoted in found:
        rests_on_heading = all(words.startswith(headings) for words in quoted.split("|"))
        assert rests_on_heading == (certainty == HEADING), meeting


def test_where_the_text_does_not_say_where_a_meeting_was_it_has_no_place(rows: Rows) -> None:
    found = rows(
        """SELECT ?m { ?m a unm:Meeting FILTER NOT EXISTS { ?m unm:place ?place }
            ?m unm:partOfMission/unm:toldIn/dcterms:isPartOf <source/key-missions-ar> }"""
    )

    assert set(found) == {
        ("meeting/2010-south-east-asia-regional-conference",),
        ("meeting/2010-west-africa-transitional-government",),
    }


def test_a_meeting_with_the_bounds_of_an_inferred_date_is_as_uncertain_as_its_mission(rows: Rows) -> None:
    found = rows(
        """SELECT ?meeting ?certainty { ?meeting unm:partOfMission ?mission ; unm:notBefore ?day .
            ?mission unm:dateCertainty ?of_mission
            FILTER NOT EXISTS { ?meeting unm:edtf ?date }
            OPTIONAL { ?meeting unm:dateCertainty ?certainty } }"""
    )

    assert len(found) >= 10
    assert {certainty for _, certainty in found} == {CONTEXT}
    assert not rows(
        """SELECT ?meeting { ?meeting a unm:Meeting ; unm:edtf ?date ; unm:dateCertainty ?certainty }"""
    )


def test_what_is_said_of_a_body_is_quoted_or_says_that_it_is_not_of_the_page(rows: Rows) -> None:
    assert not rows(
        """SELECT ?thing ?property ?value {
            VALUES ?property { unm:jurisdiction org:postIn org:memberOf org:unitOf
                org:subOrganizationOf dcterms:creator dcterms:audience prov:wasGeneratedBy }
            GRAPH <graph/reference> { ?thing ?property ?value }
            FILTER NOT EXISTS { ?thing unm:evidence/unm:supports ?value }
            FILTER NOT EXISTS { ?fact a rdf:Statement ; unm:certainty ?certainty ;
                rdf:subject ?thing ; rdf:predicate ?property ; rdf:object ?value } }"""
    )


def test_who_wrote_the_report_on_guinea_is_inferred_and_rests_on_words(rows: Rows) -> None:
    found = rows(
        """SELECT ?property ?certainty (COUNT(?s) AS ?n) { ?fact rdf:subject <document/report-on-guinea> ;
            rdf:predicate ?property ; unm:certainty ?certainty ; unm:evidence ?s
        } GROUP BY ?property ?certainty ORDER BY ?property"""
    )

    assert found == [
        ("http://purl.org/dc/terms/creator", CONTEXT, "2"),
        ("http://www.w3.org/ns/prov#wasGeneratedBy", CONTEXT, "1"),
    ]


def test_that_a_ministry_nobody_names_exists_is_background_knowledge(rows: Rows) -> None:
    assert (
        "post/minister-of-justice-of-senegal",
        "institution/ministry-of-justice-of-senegal",
        BACKGROUND,
    ) in rows(
        """SELECT ?post ?body ?certainty { ?fact rdf:subject ?post ; rdf:predicate org:postIn ;
            rdf:object ?body ; unm:certainty ?certainty }"""
    )


def test_notes_on_the_reading_are_data_in_both_languages(rows: Rows) -> None:
    found = rows(
        """SELECT ?thing (COUNT(?note) AS ?n) (GROUP_CONCAT(LANG(?note)) AS ?languages) {
            ?thing skos:editorialNote ?note } GROUP BY ?thing"""
    )

    assert len(found) > 40
    assert {(n, " ".join(sorted(languages.split()))) for _, n, languages in found} == {("2", "ar en")}


def test_the_permanent_minister_says_how_he_was_read(rows: Rows) -> None:
    ((note,),) = rows(
        """SELECT ?note { ?post skos:altLabel "وزير الداخلية النيجيري الدائم"@ar ; skos:editorialNote ?note
            FILTER(LANG(?note) = "en") }"""
    )

    assert "Permanent Secretary" in note
