"""Namesakes are told apart by dates, countries and identifiers; what is not certain is never decided."""

import pytest

from tests.reconcile.asking import candidates, matched
from tests.server.servers import Server

DENG, DIENG = "person/francis-deng", "person/adama-dieng"


@pytest.mark.parametrize(
    ("date", "expected"),
    [("2011", DENG), ("2012-12", DIENG), ("2012", ""), ("2012-07", ""), ("2005", ""), ("2021-01-01", "")],
)
def test_a_name_of_two_men_is_matched_only_where_the_date_decides(
    server: Server, date: str, expected: str
) -> None:
    found = candidates(server, "دينغ", "person", date=date)

    assert {one["id"] for one in found} == {DENG, DIENG}
    assert matched(server, "دينغ", "person", date=date) == expected


def test_both_are_offered_with_their_tenures_where_no_date_is_given(server: Server) -> None:
    found = {one["id"]: one for one in candidates(server, "دينغ", "person")}

    assert "29 May 2007 – July 2012" in found[DENG]["description"]
    assert "17 July 2012 – 2020" in found[DIENG]["description"]
    assert not [one for one in found.values() if one["match"]]


def test_a_full_name_against_its_tenure_comes_first_unmatched_and_says_why(server: Server) -> None:
    first = candidates(server, "Francis Deng", "person", date="2013")[0]

    assert (first["id"], first["match"]) == (DENG, False)
    assert first["description"].endswith("– not at that date")
    assert {"id": "date", "value": False} in first["features"]


def test_a_post_asked_as_a_person_gives_who_held_it_then(server: Server) -> None:
    post = "Special Adviser on the Prevention of Genocide"

    assert matched(server, post, "person", date="2011-06") == DENG
    assert matched(server, post, "person", date="2015") == DIENG
    assert matched(server, post, "person") == ""
    assert matched(server, post) == "post/special-adviser-prevention-of-genocide"


@pytest.mark.parametrize("country", ["France", "فرنسا", "FR", "FRA", "250", {"id": "place/france"}])
def test_a_country_counts_by_any_of_its_names_and_codes(server: Server, country: object) -> None:
    found = matched(server, "وزارة الخارجية", "institution", country=country)

    assert found == "institution/ministry-of-foreign-affairs-of-france"


@pytest.mark.parametrize(
    ("property_", "value", "expected"),
    [
        ("kind", "ministry", "institution/ministry-of-foreign-affairs-of-italy"),
        ("kind", "وزارة", "institution/ministry-of-foreign-affairs-of-italy"),
        ("within", "Europe", "institution/ministry-of-foreign-affairs-of-italy"),
        ("within", "West Africa", ""),
    ],
)
def test_kind_and_region_count_too(server: Server, property_: str, value: str, expected: str) -> None:
    found = candidates(server, "Ministry Foreign Affairs Italy", "institution", **{property_: value})

    assert found[0]["id"] == "institution/ministry-of-foreign-affairs-of-italy"
    assert found[0]["match"] == bool(expected)


@pytest.mark.parametrize(
    ("property_", "value", "expected"),
    [
        ("wikidata", "https://www.wikidata.org/wiki/Q1033", "place/nigeria"),
        ("wikidata", "Q1033", "place/nigeria"),
        ("geonames", "2328926", "place/nigeria"),
        ("geonames", "http://sws.geonames.org/2328926", "place/nigeria"),
        ("geonames", "https://www.geonames.org/2328926/", "place/nigeria"),
        ("unbis", "http://metadata.un.org/thesaurus#1004412", "place/nigeria"),
        ("unbis", "https://metadata.un.org/thesaurus/1004412", "place/nigeria"),
        ("m49", 56, "place/belgium"),
        ("iso3166_alpha3", "NGA", "place/nigeria"),
        ("ror", "04h4z8k05", "institution/unesco"),
        ("isni", "0000 0004 0452 3255", "institution/unesco"),
        ("isni", "https://isni.org/isni/0000000404523255", "institution/unesco"),
        ("undl", "28824", "place/united-states"),
    ],
)
def test_an_identifier_is_certain_in_each_of_its_forms(
    server: Server, property_: str, value: object, expected: str
) -> None:
    first = candidates(server, "something else", "", **{property_: value})[0]

    assert (first["id"], first["score"], first["match"]) == (expected, 100, True)


def test_a_thing_with_another_identifier_is_not_matched_by_its_name(server: Server) -> None:
    found = candidates(server, "Guinea", "place", wikidata="Q999999999")

    assert [one["match"] for one in found if one["id"] == "place/guinea"] == [False]


def test_an_acronym_is_that_of_the_body_and_not_of_its_units(server: Server) -> None:
    found = candidates(server, "EEAS", "institution")

    assert matched(server, "EEAS") == "institution/european-external-action-service"
    assert all(one["score"] < 85 for one in found[1:])


def test_without_a_name_the_rest_is_offered_and_not_decided(server: Server) -> None:
    found = candidates(server, "", "institution", country="SN")

    slugs = {one["id"].partition("/")[2] for one in found}
    assert slugs == {"ministry-of-justice-of-senegal", "african-institute-of-management"}
    assert not [one for one in found if one["match"]]


@pytest.mark.parametrize("name", ["Нигерия", "尼日利亚", "Nigéria", "نيجيريا", "Nigeria"])
def test_a_place_is_known_by_its_names_in_the_six_languages_of_m49(server: Server, name: str) -> None:
    assert matched(server, name, "place") == "place/nigeria"
    assert matched(server, "وزارة الداخلية", "institution", country=name) == (
        "institution/ministry-of-the-interior-of-nigeria"
    )


def test_names_of_other_countries_stay_theirs(server: Server) -> None:
    others = ("Guinée-Bissau", "Нигер", "几内亚比绍", "尼日尔", "Guinea Ecuatorial")

    assert [name for name in others if matched(server, name, "place")] == []
