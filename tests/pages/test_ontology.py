"""`/ontology`: every term with its texts, counts, demands and relations, in one language; and as RDF."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pyoxigraph as ox
import pytest
from rdflib import RDF, RDFS, SKOS, Graph, URIRef

from loader.inputs import PROJECT, Inputs
from loader.release.namespaces import BASE, ONTOLOGY
from tests.queries.page_reading import Page, words
from tests.server.servers import Server, Start, publish

ARABIC = re.compile(r"[\u0600-\u06ff]")
OTHERS = """
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix unm: <https://w3id.org/un-missions/ontology#> .
<urn:foreign> {
  <urn:other#Alien> a owl:Class ; rdfs:label "alien class"@en .
  unm:Alien a owl:Class ; rdfs:label "alien of ours"@en .
  <urn:x> a unm:Mission .
}
"""


@pytest.fixture(scope="module")
def declared() -> Graph:
    """The ontology as the project's files have it."""
    graph = Graph()
    for file in Inputs(PROJECT).graph_files("ontology"):
        graph.parse(file)
    return graph


@pytest.fixture(scope="module")
def english(server: Server) -> Page:
    return Page(server, "/ontology", "en")


@pytest.fixture(scope="module")
def arabic(server: Server) -> Page:
    return Page(server, "/ontology", "ar")


def ours(graph: Graph) -> list[URIRef]:
    """The classes, properties and shapes of our namespace."""
    found = (s for s in graph.subjects(RDF.type) if isinstance(s, URIRef) and s.startswith(ONTOLOGY))
    return sorted(set(found))


def number(page: Page, anchor: str) -> int:
    """The count that stands with a term."""
    found = re.match(r"[\d,]+", words(page.all(f'[id="{anchor}"] .facts')[0]))
    return int(found[0].replace(",", "")) if found else 0


def test_every_term_of_the_namespace_has_its_place_under_its_own_name(english: Page, declared: Graph) -> None:
    places = [node.attributes["id"] for node in english.all("[id]")]
    assert len(places) == len(set(places))
    assert {iri.removeprefix(ONTOLOGY) for iri in ours(declared)} <= set(places)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_class_and_property_is_defined_and_exemplified_in_the_readers_language(
    server: Server, declared: Graph, language: str
) -> None:
    page = Page(server, "/ontology", language)
    shown = page.text("main")
    for iri in ours(declared):
        if (iri, SKOS.example, None) not in declared:
            continue
        for name in (RDFS.label, SKOS.definition, SKOS.example):
            texts = [t for t in declared.objects(iri, name) if getattr(t, "language", "") == language]
            assert texts and all(" ".join(str(text).split()) in shown for text in texts), (iri, name)


def test_one_language_is_not_mixed_with_the_other(english: Page, arabic: Page) -> None:
    for text in english.texts(".term :is(.self, .definition, dt, .shape), .contents, figure svg"):
        assert not ARABIC.search(text.replace("«في 14 كانون الأول/ديسمبر 2012 في أبوجا»", "")), text
    for text in arabic.texts(".term :is(.self, .definition p, dt, .shape li), .contents a, figure .edge"):
        assert ARABIC.search(text), text
    # Addresses only, and what is English by its nature.
    english_values = arabic.texts('.term:not(#translation) .terms [lang="en"]')
    assert not [text for text in english_values if "/" not in text]


def test_the_counts_are_those_of_void(server: Server, english: Page) -> None:
    void = server.http.get("/.well-known/void", headers={"Accept": "text/turtle"})
    counts = Graph().parse(data=void.text, format="turtle")
    rows = counts.query(
        """SELECT ?term ?number WHERE {
             { ?part void:class ?term ; void:entities ?number }
             UNION { ?part void:property ?term ; void:triples ?number
                     # What is said of the things of one class is counted beside that.
                     FILTER NOT EXISTS { ?class void:class ?any ; void:propertyPartition ?part } } }""",
        initNs={"void": "http://rdfs.org/ns/void#"},
    )
    expected = {str(row[0]): int(str(row[1])) for row in rows}  # type: ignore[index]
    terms = [iri for iri in expected if iri.startswith(ONTOLOGY)]
    assert len(terms) > 40
    for iri in terms:
        assert number(english, iri.removeprefix(ONTOLOGY)) == expected[iri], iri
    assert number(english, "org:Post") == expected["http://www.w3.org/ns/org#Post"]
    assert "not used in this release" in words(english.all("#quote .facts")[0])


def test_what_rules_derive_says_so(english: Page) -> None:
    derived = {node.attributes["id"] for node in english.all("section.term") if node.css(".derived")}
    shortcuts = {"envoy", "interlocutor", "institution", "country", "region"}
    assert shortcuts | {"notBefore", "notAfter", "datePrecision"} <= derived
    assert not {"participant", "place", "topic", "Mission"} & derived


def test_relations_and_alignments_lead_to_the_other_terms(english: Page) -> None:
    links = [node.attributes.get("href") or "" for node in english.all("#partOfMission dd a")]
    assert {"#Meeting", "#Mission", "#hasMeeting", "#sem:subEventOf"} <= set(links)
    assert "https://schema.org/superEvent" in links
    inner = {link for link in english.links() if link.startswith("#")}
    places = {f"#{node.attributes['id']}" for node in english.all("[id]")}
    assert inner <= places


def test_what_the_shapes_demand_stands_with_the_class_and_with_the_property(english: Page) -> None:
    sentence = "A mission has exactly one kind, taken from its scheme."
    assert words(english.all('[id="MissionShape-missionKind"]')[0]) == sentence
    for place in ("Mission", "missionKind"):
        assert sentence in words(english.all(f'[id="{place}"]')[0])


def test_the_example_of_a_term_is_a_thing_of_the_release(server: Server, english: Page) -> None:
    links = [node.attributes["href"] or "" for node in english.all("#envoy dd a[href^='/']")]
    event, envoy = [BASE + link[1:] for link in links if not link.startswith("/queries")]
    assert server.rows(f"SELECT (1 AS ?n) {{ <{event}> <{ONTOLOGY}envoy> <{envoy}> }}") == ["1"]


def queries(page: Page) -> Iterator[str]:
    """The queries that the page offers for the editor."""
    for link in page.links(".facts a[href^='/sparql']"):
        yield dict(parse_qsl(urlsplit(link).query))["query"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_query_for_the_editor_gives_rows(server: Server, language: str) -> None:
    texts = list(queries(Page(server, "/ontology", language)))
    assert len(texts) > 80
    for text in texts:
        rows = server.ask(text)
        assert rows.status_code == 200, text
        assert len(rows.text.splitlines()) > 1, text


def test_a_saved_question_is_listed_with_each_term_it_uses(server: Server, english: Page) -> None:
    links = [node.attributes["href"] for node in english.all("#followUpOf dd a")]
    assert "/queries/follow-up-missions" in links
    assert server.http.get("/queries/follow-up-missions.rq").text.count("unm:followUpOf")


def test_every_concept_is_listed_with_its_definition_and_number(english: Page, declared: Graph) -> None:
    rows = english.all(".terms tbody tr")
    assert len(rows) == len(set(declared.subjects(SKOS.inScheme)))
    stated = next(row for row in rows if row.css("a[href='/certainty/stated']"))
    assert int(words(stated.css(".number")[0])) > 80


def test_every_line_of_the_picture_is_in_the_data_and_told_in_words(server: Server, english: Page) -> None:
    told = [
        [link.attributes["href"] or "" for link in [*item.css("p a"), *line.css("a")]]
        for item in english.all(".in-words > li")
        for line in item.css("li > ul > li")
    ]
    assert len(told) == len(english.all("figure .line")) > 10
    for start, name, end in told:
        query = f"SELECT (COUNT(*) AS ?n) {{ ?s a {iri(start)} ; {iri(name)} ?o . ?o a {iri(end)} }}"
        assert server.rows(query) != ["0"], (start, name, end)


def iri(link: str) -> str:
    prefixes = {"org": "http://www.w3.org/ns/org#", "dcterms": "http://purl.org/dc/terms/",
                "prov": "http://www.w3.org/ns/prov#"}  # fmt: skip
    prefix, colon, local = link[1:].partition(":")
    return f"<{prefixes[prefix]}{local}>" if colon else f"<{ONTOLOGY}{link[1:]}>"


def test_the_picture_runs_from_right_to_left_in_arabic(english: Page, arabic: Page) -> None:
    def left(page: Page, place: str) -> float:
        return float(page.all(f'figure svg a[href="#{place}"] rect')[0].attributes["x"] or "")

    assert left(english, "Mission") < left(english, "Participation")
    assert left(arabic, "Mission") > left(arabic, "Participation")


@pytest.mark.parametrize(
    ("suffix", "format_"),
    [
        ("ttl", ox.RdfFormat.TURTLE),
        ("nt", ox.RdfFormat.N_TRIPLES),
        ("rdf", ox.RdfFormat.RDF_XML),
        ("jsonld", ox.RdfFormat.JSON_LD),
        ("trig", ox.RdfFormat.TRIG),
        ("nq", ox.RdfFormat.N_QUADS),
    ],
)
def test_the_rdf_is_the_whole_ontology_in_every_format(
    server: Server, declared: Graph, suffix: str, format_: ox.RdfFormat
) -> None:
    by_suffix = server.http.get(f"/ontology.{suffix}")
    negotiated = server.http.get("/ontology", headers={"Accept": format_.media_type})
    for response in (by_suffix, negotiated):
        assert response.status_code == 200
        assert response.headers["Content-Type"].startswith(format_.media_type)
        assert f'<{BASE}ontology>; rel="canonical"' in response.headers["Link"]
        quads = list(ox.parse(response.content, format=format_))
        assert len(quads) == len(declared)


def test_an_unknown_suffix_is_refused_with_the_list(server: Server) -> None:
    response = server.http.get("/ontology.owl")
    assert response.status_code == 406 and " ttl, " in response.json()["detail"]


def test_a_browser_that_names_html_by_its_suffix_gets_the_page(server: Server) -> None:
    response = server.http.get("/ontology.html", headers={"Accept": "*/*"})
    assert response.headers["Content-Type"].startswith("text/html")


def test_page_and_rdf_are_not_sent_twice(server: Server) -> None:
    for address, accept in (("/ontology", "text/html"), ("/ontology.ttl", "*/*")):
        first = server.http.get(address, headers={"Accept": accept})
        again = {"Accept": accept, "If-None-Match": first.headers["ETag"]}
        assert server.http.get(address, headers=again).status_code == 304


def test_an_earlier_release_is_told_as_it_was(server: Server) -> None:
    page = Page(server, "/ontology?release=1")
    assert page.status == 200
    assert all("release=1" in link for link in page.links(".terms a") if link.startswith("/"))
    assert Page(server, "/ontology?release=999").status == 404


@pytest.mark.matrix
def test_what_others_declare_is_no_term_of_ours_and_their_things_do_not_count(
    store: Path, start: Start, tmp_path: Path, english: Page
) -> None:
    copy = tmp_path / "store"
    shutil.copytree(store, copy, symlinks=True)
    publish(copy, OTHERS)
    with start(store=copy, token="") as running:
        page = Page(running, "/ontology")
        terms = [node.attributes["id"] for node in page.all("section.term")]
        assert terms == [node.attributes["id"] for node in english.all("section.term")]
        assert number(page, "Mission") == number(english, "Mission")


def test_a_store_without_our_ontology_has_an_empty_page(writable: Server) -> None:
    page = Page(writable, "/ontology")
    assert page.status == 200 and page.all("section.term") == []
