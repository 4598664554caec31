"""Every fact is supported by words of the source that stand where the graph says."""

from pathlib import Path

import pytest

from tests.conftest import Rows

QUOTATIONS = """
SELECT ?file ?exact ?prefix ?suffix ?start ?end ?from ?to {
  ?statement a unm:Statement ; oa:hasTarget ?target ; prov:wasDerivedFrom ?section .
  ?target oa:hasSource/unm:file ?file ; oa:hasSelector ?quote, ?position .
  ?quote oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix .
  ?position oa:start ?start ; oa:end ?end .
  ?section oa:hasSelector ?place .
  ?place oa:start ?from ; oa:end ?to .
}"""


@pytest.fixture(scope="module")
def texts(inputs: Path) -> dict[str, str]:
    """The sources by their files, in code points."""
    files = (inputs / "data/sources").glob("*.txt")
    return {path.name: path.read_text(encoding="utf-8") for path in files}


def test_every_quotation_is_at_its_position_in_the_source(rows: Rows, texts: dict[str, str]) -> None:
    found = rows(QUOTATIONS)

    assert len(found) > 200
    for file, exact, prefix, suffix, start, end, *_ in found:
        text, first, last = texts[file], int(start), int(end)
        assert text[first:last] == exact
        assert text[:first].endswith(prefix) and text[last:].startswith(suffix)
        assert (len(prefix), len(suffix)) >= (min(32, first), min(32, len(text) - last))


def test_every_quotation_stands_in_the_section_it_was_derived_from(rows: Rows) -> None:
    for *_, start, end, section_start, section_end in rows(QUOTATIONS):
        assert int(section_start) <= int(start) < int(end) <= int(section_end)


def test_no_quotation_runs_over_a_line_or_a_dead_link(rows: Rows) -> None:
    assert not [exact for _, exact, *_ in rows(QUOTATIONS) if "\n" in exact or "404" in exact]


def test_sections_run_from_their_heading_to_the_next_heading(rows: Rows, texts: dict[str, str]) -> None:
    text = texts["key-missions-ar.txt"]
    found = rows(
        """SELECT ?heading ?start ?end { ?section a unm:Section ; unm:heading ?heading ;
            dcterms:isPartOf <source/key-missions-ar> ; oa:hasSelector ?place .
            ?place oa:start ?start ; oa:end ?end } ORDER BY ?start"""
    )

    assert all(text[int(start) :].startswith(heading + "\n") for heading, start, _ in found)
    assert [end for _, _, end in found] == [*(start for _, start, _ in found[1:]), str(len(text))]


def test_a_quotation_stands_in_the_section_of_its_mission(rows: Rows) -> None:
    quoted = rows(
        """SELECT ?thing ?section { ?thing unm:evidence/prov:wasDerivedFrom ?section .
            ?section a unm:Section .
            ?thing a ?kind FILTER(?kind IN (unm:Mission, unm:Meeting, unm:Participation)) }"""
    )
    told = rows(
        """SELECT ?thing ?section { ?mission a unm:Mission ; unm:toldIn ?section .
            ?mission (unm:hasMeeting?)/(unm:hasParticipation?) ?thing }"""
    )

    assert quoted
    assert set(quoted) <= set(told)


@pytest.mark.parametrize(
    "kind", ["unm:Mission", "unm:Meeting", "unm:Participation", "org:Membership", "unm:Document"]
)
def test_every_thing_that_needs_evidence_has_a_statement(rows: Rows, kind: str) -> None:
    found = rows(
        f"""SELECT ?thing (COUNT(?target) AS ?n) {{ ?thing a {kind}
            OPTIONAL {{ ?thing unm:evidence ?s . ?s a unm:Statement ; oa:hasTarget ?target }}
        }} GROUP BY ?thing"""
    )

    assert found
    assert [thing for thing, statements in found if statements == "0"] == []


@pytest.mark.parametrize("property", ["unm:topic", "unm:place", "unm:mentionsPlace", "dcterms:references"])
def test_what_is_said_of_an_event_is_supported_by_a_quotation(rows: Rows, property: str) -> None:
    assert rows(f"SELECT ?e {{ ?e {property} ?value ; unm:evidence/unm:supports ?value }}")
    assert not rows(
        f"""SELECT ?event ?value {{ ?event {property} ?value
            FILTER NOT EXISTS {{ ?event unm:evidence/unm:supports ?value }} }}"""
    )


def test_a_quotation_supports_only_what_its_thing_says(rows: Rows) -> None:
    assert not rows(
        """SELECT ?thing ?value { ?thing unm:evidence ?s . ?s unm:supports ?value
            FILTER NOT EXISTS { ?thing ?property ?value } }"""
    )


def test_a_tenure_names_its_outside_sources_and_quotes_nothing(rows: Rows) -> None:
    found = rows(
        """SELECT ?tenure ?address ?selector { ?tenure a org:Membership ;
            unm:evidence/oa:hasTarget ?target . ?target oa:hasSource/dcterms:source ?address
            OPTIONAL { ?target oa:hasSelector ?selector } }"""
    )

    assert len({tenure for tenure, *_ in found}) >= 3
    assert all(address.startswith("http") and selector == "" for _, address, selector in found)


def test_the_page_has_its_address_language_date_and_checksum(rows: Rows) -> None:
    assert rows(
        """SELECT ?address ?language ?day ?sum { <source/key-missions-ar> dcterms:source ?address ;
            dcterms:language ?language ; unm:retrieved ?day ; unm:sha256 ?sum }"""
    ) == [
        (
            "http://www.un.org/ar/preventgenocide/adviser/key_missions.shtml",
            "ar",
            "2026-11-23",
            "846989680389333ad14756810bac5b7e01b60bbb4676bfc6b58f21c6ac1bd8cf",
        )
    ]


def test_the_shorthand_of_the_files_is_not_in_the_store(rows: Rows) -> None:
    assert not rows("SELECT ?s { ?s unm:quote ?o }")


def test_nothing_in_the_store_is_a_blank_node_but_the_shapes_lists(rows: Rows) -> None:
    assert not rows(
        """SELECT ?s { GRAPH ?g { ?s ?p ?o } FILTER(isBlank(?s) || isBlank(?o))
            FILTER(?g NOT IN (<graph/ontology>, <graph/void>, <graph/inferred>)) }"""
    )
