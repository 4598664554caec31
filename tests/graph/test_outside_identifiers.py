"""No identifier is guessed: the things on the verified list have those on it, and no others."""

from csv import DictReader
from pathlib import Path

from tests.conftest import Rows

# Frozen from the verified list, and from the M49 table for the larger regions; what is not in it stays empty.
VERIFIED = Path(__file__).with_name("identifiers.tsv")

USED = """
SELECT DISTINCT ?thing ?identifier {
  ?thing skos:exactMatch|skos:closeMatch|skos:broadMatch|owl:sameAs|dcterms:identifier ?identifier
  FILTER(STRSTARTS(STR(?thing), "https://w3id.org/un-missions/"))
  FILTER(!STRSTARTS(STR(?thing), "https://w3id.org/un-missions/ontology#"))
}"""


def verified() -> set[tuple[str, ...]]:
    with VERIFIED.open(encoding="utf-8", newline="") as file:
        return {(row["thing"], row["identifier"]) for row in DictReader(file, delimiter="\t")}


def test_every_identifier_of_a_listed_thing_was_verified_for_it(rows: Rows) -> None:
    listed = {thing for thing, _ in verified()}

    assert {row for row in rows(USED) if row[0] in listed} - verified() == set()


def test_every_identifier_verified_for_a_thing_is_used(rows: Rows) -> None:
    assert verified() - set(rows(USED)) == set()


def test_wikidata_is_written_as_the_entity(rows: Rows) -> None:
    found = [identifier for _, identifier in rows(USED) if "wikidata" in identifier]

    assert found
    assert all(iri.startswith("http://www.wikidata.org/entity/Q") for iri in found)


def test_only_individuals_are_the_same_as_something_elsewhere(rows: Rows) -> None:
    kinds = rows("SELECT DISTINCT ?k { ?s owl:sameAs ?o ; a ?k FILTER(?k IN (unm:Place, unm:Topic)) }")

    assert kinds == []


def test_people_have_no_identifier_since_none_was_found(rows: Rows) -> None:
    assert not [thing for thing, _ in rows(USED) if thing.startswith("person/")]


def test_codes_are_two_letters_and_three_digits(rows: Rows) -> None:
    assert all(len(c) == 2 and c.isupper() for (c,) in rows("SELECT ?c { ?p unm:iso3166 ?c }"))
    assert all(len(c) == 3 and c.isdigit() for (c,) in rows("SELECT ?c { ?p unm:m49 ?c }"))
