"""Every thing has a page and data at the path of its IRI; what is from elsewhere has them at `/resource`."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pyoxigraph as ox
import pytest

from loader.release.namespaces import BASE
from tests.queries.page_reading import Page, words
from tests.server.servers import Server, Start, publish

MISSION = ox.NamedNode(f"{BASE}mission/2012-abuja")
KINDS = (
    "mission/2012-abuja", "meeting/2011-rome-government", "person/francis-deng", "place/abuja", "place/world",
    "post/special-adviser-prevention-of-genocide", "institution/european-parliament",
    "topic/genocide-prevention", "graph/missions", "certainty",
    "tenure/adama-dieng-special-adviser-prevention-of-genocide", "group/2012-abuja-heads-of-services",
    "section/2012-abuja", "source/key-missions-ar", "document/report-on-guinea", "dataset/un-missions",
    "participation/2011-rome--francis-deng--envoy", "role/envoy", "certainty/stated",
    "place-kind/city", "group-kind/civil-society", "post-kind/envoy", "topic-scheme",
)  # fmt: skip
ELSEWHERE = f"""
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ex: <http://example.org/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
<urn:elsewhere> {{
  ex:paper rdfs:label "Papier"@fr ; ex:about <{BASE}place/nigeria> ; ex:by [ foaf:name "nobody" ] ;
    ex:readers 12345 ; ex:begun 1987 ; ex:shares 0.25 ;
    ex:see <javascript:alert%281%29> , <data:text/html,x> , <{BASE}/evil.example/x> , ex:undescribed ,
      <http://www.wikidata.org/entity/Q1033> .
  <javascript:alert%281%29> rdfs:label "</script><script>alert(1)</script>\\u202egpj" .
  <{BASE}place/nigeria> skos:exactMatch <http://www.wikidata.org/entity/Q1033> .
  <http://www.wikidata.org/entity/Q1033> rdfs:label "Federal Republic of Nigeria"@en .
  {" ".join(f"<urn:reader:{n}> ex:reads ex:hub ." for n in range(700))}
}}
"""


def resource(iri: str, **more: str) -> str:
    return f"/resource?{urlencode({'iri': iri, **more})}"


def links(page: Page) -> list[tuple[str, str]]:
    """The Link headers as relation and address."""
    found = re.findall(r'<([^>]*)>; rel="([^"]*)"', page.response.headers["Link"])
    return [(relation, address) for address, relation in found]


def description(page: Page) -> dict[str, object]:
    """The JSON-LD of a page."""
    found = json.loads(page.one('script[type="application/ld+json"]').text())
    assert isinstance(found, dict)
    return found


def row(page: Page, name: str) -> list[str]:
    """The values beside a property."""
    rows = [node for node in page.all(".row") if words(node.css("dt")[0]).startswith(name)]
    assert rows, f"no row {name!r}"
    items = [item for node in rows for item in (node.css("dd li") or node.css("dd"))]
    return [words(item) for item in items]


@pytest.fixture(scope="module")
def joined(store: Path, start: Start, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the project's data beside some from elsewhere, not all of them kind."""
    copy = tmp_path_factory.mktemp("joined") / "store"
    shutil.copytree(store, copy, symlinks=True)
    publish(copy, ELSEWHERE)
    with start(store=copy, token="") as running:
        yield running


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [("", "text/turtle"), (".nt", "application/n-triples"), (".jsonld", "application/ld+json")],
)
def test_a_thing_answers_at_the_path_of_its_iri(server: Server, suffix: str, media_type: str) -> None:
    response = server.http.get(f"/mission/2012-abuja{suffix}")
    store = ox.Store()
    store.load(response.content, ox.RdfFormat.from_media_type(media_type))
    assert response.headers["Content-Type"].startswith(media_type)
    assert any(store.quads_for_pattern(MISSION, None, None, None))
    assert any(store.quads_for_pattern(None, None, MISSION, None))


@pytest.mark.parametrize(
    ("accept", "has_graphs"),
    [
        # As Comunica and other programs for linked data ask, which look for the triples in the default graph.
        ("application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,text/turtle;q=0.6", False),
        ("application/trig, text/turtle", False),
        ("application/n-quads, */*;q=0.1", True),
        ("application/trig", True),
    ],
)
def test_graphs_are_named_to_who_wants_that_much_more_than_triples(
    server: Server, accept: str, has_graphs: bool
) -> None:
    response = server.http.get("/mission/2012-abuja", headers={"Accept": accept})
    format_ = ox.RdfFormat.from_media_type(response.headers["Content-Type"])
    [is_default] = {
        quad.graph_name == ox.DefaultGraph() for quad in ox.parse(response.content, format=format_)
    }
    assert is_default is not has_graphs


@pytest.mark.parametrize("path", KINDS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_kind_of_thing_has_a_page_in_both_languages(server: Server, path: str, language: str) -> None:
    page = Page(server, f"/{path}", language)
    assert page.status == 200 and page.one("html").attributes["lang"] == language
    heading, other = page.text("h1"), page.one(".other-name")
    assert heading and other.attributes["lang"] != language and words(other) != heading
    assert not [text for text in page.texts("dt, dd a, td a") if BASE in text]


def test_whatever_of_ours_something_is_said_of_has_a_page(server: Server) -> None:
    """Also what is of a kind that the server was never told of."""
    query = f"""SELECT (SAMPLE(?iri) AS ?one) {{ ?thing ?property ?value
        BIND(STRBEFORE(CONCAT(STR(?thing), "#"), "#") AS ?iri) FILTER(STRSTARTS(?iri, "{BASE}"))
        BIND(STRBEFORE(CONCAT(STRAFTER(?iri, "{BASE}"), "/"), "/") AS ?kind) }} GROUP BY ?kind"""
    addresses = ["/" + iri.removeprefix(BASE) for iri in server.rows(query)]
    assert len(addresses) > 25
    answers = [server.http.get(one, headers={"Accept": "text/html"}).status_code for one in addresses]
    assert dict(zip(addresses, answers, strict=True)) == dict.fromkeys(addresses, 200)


def test_a_page_can_be_asked_for_by_its_suffix(server: Server) -> None:
    response = server.http.get("/mission/2012-abuja.html", headers={"Accept": "text/turtle"})
    assert response.status_code == 200 and response.headers["Content-Type"].startswith("text/html")


def test_facts_have_names_and_values_that_lead_to_their_pages(server: Server) -> None:
    page = Page(server, "/mission/2012-abuja")
    assert page.text("h1") == "Mission to Abuja, Nigeria, 2012"
    assert page.text(".other-name") == "البعثة الموفدة إلى أبوجا، نيجيريا، 2012"
    assert page.text(".kinds").lower() == "mission"
    assert row(page, "place visited") == ["Abuja"]
    assert page.link("Abuja") == "/place/abuja"
    assert "Meeting with the Vice-President of ECOWAS 14 December 2012" in row(page, "has meeting")
    arabic = Page(server, "/mission/2012-abuja", "ar")
    assert row(arabic, "مكان الزيارة") == ["أبوجا"]


def test_dates_are_as_precise_as_the_source_and_doubt_is_said(server: Server) -> None:
    page = Page(server, "/mission/2012-abuja")
    assert row(page, "date") == ["December 2012 inferred from context"]
    assert "The text gives a date only for “Meeting with the Vice-President of ECOWAS”." in page.text(".why")
    arabic = Page(server, "/mission/2011-rome", "ar")
    assert row(arabic, "التاريخ") == ["21–24 تشرين الثاني/نوفمبر 2011"]


def test_what_follows_by_a_rule_is_marked_and_what_was_written_is_not(server: Server) -> None:
    page = Page(server, "/mission/2012-abuja")
    marked = {words(node.css("dt")[0]).split(" computed")[0] for node in page.all(".row:has(dt .derived)")}
    assert {"country", "region", "envoy"} <= marked
    assert not {"place visited", "date"} & marked


def test_what_another_property_says_already_is_folded_away_but_there(server: Server) -> None:
    page = Page(server, "/mission/2012-abuja")
    folded = {words(node) for node in page.all("details dt")}
    assert any(text.startswith("takes place at") for text in folded)
    assert any(text.startswith("earliest beginning") for text in folded)
    assert not any("takes place at" in text for text in page.texts(".block dt"))


@pytest.mark.parametrize(
    ("language", "title", "name"), [("en", "language", "Arabic"), ("ar", "اللغة", "العربية")]
)
def test_languages_are_named_in_words(server: Server, language: str, title: str, name: str) -> None:
    assert name in row(Page(server, "/dataset/un-missions", language), title)


def test_large_numbers_have_their_marks_and_years_none(server: Server, joined: Server) -> None:
    triples = row(Page(server, "/dataset/un-missions", "ar"), "عدد الثلاثيات")
    assert re.fullmatch(r"\d\d,\d{3}", triples[0])
    paper = Page(joined, resource("http://example.org/paper"))
    assert [row(paper, f"example.org/{name}") for name in ("readers", "begun", "shares")] == [
        ["12,345"],
        ["1987"],
        ["0.25"],
    ]


def test_the_parts_of_a_data_set_stand_there_once(server: Server) -> None:
    page = Page(server, "/dataset/un-missions")
    folded, all_of_them = page.texts("details dt"), page.texts("dt")
    assert "sets of links from here" in folded
    assert all_of_them.count("parts") == all_of_them.count("sets of links from here") == 1


def test_who_took_part_is_told_with_role_and_capacity_and_certainty(server: Server) -> None:
    rows = Page(server, "/meeting/2011-rome-government").rows()
    envoy = next(cells for cells in rows if cells[0] == "Francis Deng")
    assert envoy[1:4] == [
        "envoy",
        "Special Adviser on the Prevention of Genocide",
        "inferred from post and date",
    ]
    person = Page(server, "/person/francis-deng")
    deng = f"<{BASE}person/francis-deng>"
    participations = f"SELECT (COUNT(*) AS ?n) {{ ?p <{BASE}ontology#participant> {deng} }}"
    events = [cells[0] for cells in person.rows()]
    assert len(events) == int(server.rows(participations)[0])
    assert "18–26 March 2010" in events[0]
    assert "29 May 2007 – July 2012" in person.text(".tenures").replace("\u00a0", " ")


def test_each_arabic_quotation_leads_to_its_place_in_the_source(server: Server) -> None:
    page = Page(server, "/mission/2012-abuja")
    quotations = [n for n in page.all(".quotations li") if n.css("blockquote")[0].attributes["lang"] == "ar"]
    assert {node.css("blockquote")[0].attributes["dir"] for node in quotations} == {"rtl"}
    places = [node.css(".place a")[0].attributes["href"] or "" for node in quotations]
    assert f"/sources/key-missions-ar#{'mission-2012-abuja--85c11123'}" in places
    source = Page(server, "/sources/key-missions-ar")
    for place in places:
        assert source.all(f'[id="{place.partition("#")[2]}"]'), place
    named = next(node for node in quotations if "أداما دينغ" in words(node.css("blockquote")[0]))
    assert "Adama Dieng (envoy)" in words(named)


def test_a_quotation_stands_once_though_it_supports_several_things(server: Server) -> None:
    for path in ("/place/abuja", "/section/2012-abuja", "/person/francis-deng"):
        page = Page(server, path)
        quoted = [
            (words(node.css("blockquote")[0]), words(node.css(".place")[0]))
            for node in page.all(".quotations li")
            if node.css("blockquote")
        ]
        assert quoted and len(quoted) == len(set(quoted))


def test_what_leads_to_a_thing_is_named_by_the_way_back(server: Server) -> None:
    page = Page(server, "/place/nigeria")
    assert row(page, "places within") == ["Abuja"]
    assert any("Mission to Abuja" in text for text in row(page, "missions and meetings in this country"))
    assert row(Page(server, "/institution/european-parliament", "ar"), "الوحدات")


def test_identifiers_elsewhere_are_named_and_linked(server: Server) -> None:
    page = Page(server, "/place/nigeria")
    assert row(page, "Wikidata") == ["Q1033"]
    assert page.link("Q1033") == "http://www.wikidata.org/entity/Q1033"
    assert row(page, "M49 (SDG geographic areas)") == ["566"] and row(page, "ISO 3166-1 alpha-3") == ["NGA"]
    codes = ["ISO 3166-1 alpha-2", "ISO 3166-1 alpha-3"]
    assert page.texts(".identifiers dt")[-2:] == codes
    assert {"GeoNames", "UNBIS Thesaurus"} <= set(page.texts(".identifiers dt"))
    assert "ROR" in Page(server, "/institution/unesco").texts(".identifiers dt")


def test_places_stand_on_a_map(server: Server) -> None:
    for path in ("/place/abuja", "/mission/2012-abuja", "/institution/european-parliament"):
        assert len(Page(server, path).all(".map .dot")) == 1, path
    assert len(Page(server, "/person/francis-deng").all(".map .dot")) > 2
    assert Page(server, "/certainty/stated").all(".map") == []


def test_the_description_for_search_engines_is_json_ld_of_schema_org(server: Server) -> None:
    event = description(Page(server, "/mission/2011-rome"))
    assert (event["@type"], event["@id"]) == ("Event", f"{BASE}mission/2011-rome")
    assert (event["startDate"], event["endDate"]) == ("2011-11-21", "2011-11-24")
    names = event["name"]
    assert isinstance(names, list)
    assert {"@value": "Mission to Italy, 2011", "@language": "en"} in names
    month = description(Page(server, "/mission/2012-abuja"))
    assert (month["startDate"], month["endDate"]) == ("2012-12", "2012-12")
    place = description(Page(server, "/place/abuja"))
    assert place["@type"] == "Place"
    assert place["geo"] == {"@type": "GeoCoordinates", "latitude": "9.05785", "longitude": "7.49508"}
    assert description(Page(server, "/person/adama-dieng"))["@type"] == "Person"
    same = description(Page(server, "/institution/unesco"))["sameAs"]
    assert isinstance(same, list) and "http://www.wikidata.org/entity/Q7809" in same


@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_headers_say_where_everything_about_a_thing_is(server: Server, accept: str) -> None:
    headers = {"Accept": accept, "Host": "evil.example"}
    told = links(Page(server, "/mission/2012-abuja", **headers))
    assert ("canonical", MISSION.value) in told and ("cite-as", MISSION.value) in told
    assert ("license", "https://creativecommons.org/licenses/by/4.0/") in told
    assert "describedby" in dict(told)
    alternates = [address for relation, address in told if relation == "alternate"]
    assert len(alternates) == 7
    for address in alternates:
        assert address.startswith(server.url + "/")
        assert server.http.get(address).status_code == 200


def test_the_page_offers_every_format_and_a_query_that_runs(server: Server) -> None:
    page = Page(server, "/mission/2012-abuja")
    formats = [address for address in page.links(".downloads a") if not address.startswith("/sparql")]
    assert [address.rpartition(".")[2] for address in formats] == ["ttl", "nt", "jsonld", "rdf", "trig", "nq"]
    text = parse_qs(urlsplit(page.link("See it in SPARQL")).query)["text"][0]
    assert "Adama Dieng" in "".join(server.rows(text)) and text.startswith("# ")
    release = page.response.headers["UN-Missions-Release"]
    assert MISSION.value in page.text(".cite") and release in page.text(".cite")


def test_what_is_not_ours_is_cited_by_its_page_here(server: Server) -> None:
    page = Page(server, "/resource?iri=http://www.wikidata.org/entity/Q3718")
    assert page.text(".cite").endswith("/resource?iri=http%3A%2F%2Fwww.wikidata.org%2Fentity%2FQ3718")


@pytest.mark.parametrize("path", ["/mission/2013-nowhere", "/person/%3E%20%7B%7D", "/mission/2012-abuja.exe"])
def test_what_is_not_in_the_graph_is_not_found(server: Server, path: str) -> None:
    assert server.http.get(path).status_code == 404
    assert Page(server, path).status == 404


def test_what_is_not_found_is_answered_with_the_nearest_names(server: Server) -> None:
    problem = server.http.get("/person/adama-deng").json()
    assert problem["suggestions"][0]["iri"] == f"{BASE}person/adama-dieng"
    page = Page(server, "/person/adama-deng", "ar")
    assert page.status == 404 and page.link("أداما دينغ") == "/person/adama-dieng"


def test_a_year_alone_makes_no_name_similar(server: Server) -> None:
    suggested = server.http.get("/mission/2012-abuia").json()["suggestions"]
    assert suggested and all("Abuja" in one["label"] for one in suggested[:2])
    assert not [one for one in suggested if "/tenure/" in one["iri"]]


@pytest.mark.parametrize("slip", ["mission/2012-abuj", "mission/2012-abjua", "place/abuja2"])
def test_a_slip_in_an_address_is_answered_with_the_thing_that_was_meant(server: Server, slip: str) -> None:
    suggested = server.http.get("/" + slip).json()["suggestions"][0]["iri"]
    meant = {"place": "place/abuja", "mission": "mission/2012-abuja"}
    assert suggested == BASE + meant[slip.partition("/")[0]]


def test_an_unchanged_page_is_not_sent_again(server: Server) -> None:
    tag = Page(server, "/mission/2012-abuja").response.headers["ETag"]
    assert Page(server, "/mission/2012-abuja", **{"If-None-Match": tag}).status == 304
    assert Page(server, "/mission/2012-abuja", "ar", **{"If-None-Match": tag}).status == 200


def test_a_graph_says_what_it_holds_and_leads_programs_to_its_triples(server: Server) -> None:
    page = Page(server, "/graph/missions")
    number = server.rows(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{BASE}graph/missions> {{ ?s ?p ?o }} }}")[0]
    assert row(page, "size") == [f"{number} triples"]
    response = server.http.get("/graph/missions.nt", follow_redirects=True)
    assert response.history[0].status_code == 303
    assert len(response.text.splitlines()) == int(number)
    assert server.http.get("/graph/nowhere").status_code == 404


def test_an_iri_of_ours_leads_to_its_own_address(server: Server) -> None:
    for iri, address in [
        (MISSION.value, "/mission/2012-abuja"),
        (f"{BASE}ontology#Mission", "/ontology#Mission"),
        (f"{BASE}statement/x#target", "/statement/x#target"),
    ]:
        response = server.http.get(resource(iri))
        assert (response.status_code, response.headers["Location"]) == (303, address)
    assert server.http.get(resource(MISSION.value, format="nt")).headers["Location"].endswith("?format=nt")


@pytest.mark.parametrize("iri", ["", "abuja", "http://example.org/<b>", "/mission/2012-abuja"])
def test_what_is_no_iri_is_refused_with_a_sentence(server: Server, iri: str) -> None:
    response = server.http.get(resource(iri))
    assert response.status_code == 400 and "absolute IRI" in response.json()["detail"]


def test_an_iri_from_elsewhere_has_a_page_and_data(joined: Server) -> None:
    address = resource("http://example.org/paper")
    page = Page(joined, address, "ar")
    assert page.status == 200 and page.text("h1") == "Papier"
    assert page.one("h1 bdi").attributes["lang"] == "fr"
    assert page.links(".thing .help a")[0] == "http://example.org/paper"
    assert "نيجيريا" in page.texts("dd a") and "عنصر بلا اسم" in page.texts(".nameless")
    graph = ox.Store()
    graph.load(
        joined.http.get(resource("http://example.org/paper", format="ttl")).content, ox.RdfFormat.TURTLE
    )
    assert any(graph.quads_for_pattern(ox.NamedNode("http://example.org/paper"), None, None, None))
    wanted = joined.http.get(address, headers={"Accept": "application/n-triples"})
    assert wanted.headers["Content-Type"].startswith("application/n-triples")
    assert joined.http.get(resource("http://example.org/nowhere")).status_code == 404


def test_an_outside_thing_that_is_described_here_leads_here_and_to_its_own_address(
    joined: Server,
) -> None:
    paper, nigeria = (
        Page(joined, resource("http://example.org/paper")),
        "http://www.wikidata.org/entity/Q1033",
    )
    assert paper.link("Federal Republic of Nigeria") == resource(nigeria)
    assert nigeria in paper.links("a.outside")
    assert Page(joined, "/place/nigeria").link("Q1033") == nigeria  # of which our own graphs say nothing
    assert paper.link("example.org/undescribed") == "http://example.org/undescribed"


def test_a_property_that_nothing_is_said_of_is_known_all_the_same(joined: Server) -> None:
    page = Page(joined, resource("http://example.org/about"))
    text = parse_qs(urlsplit(page.link("See it in SPARQL")).query)["text"][0]
    assert page.status == 200 and "example.org/paper" in "".join(joined.rows(text))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_was_loaded_from_elsewhere_cannot_run(joined: Server, language: str) -> None:
    evil = ("javascript:alert%281%29", "data:text/html,x", f"{BASE}/evil.example/x")
    for iri in ("http://example.org/paper", *evil):
        page = Page(joined, resource(iri), language)
        assert page.status == 200
        assert "alert(1)</script>" not in page.response.text and "\u202e" not in page.response.text
        assert all(node.attributes.get("src") or node.attributes["type"] for node in page.all("script"))
        assert description(page)["@id"] == iri
        for link in page.links():
            assert link.startswith(("/", "http://", "https://", "#")) and not link.startswith("//"), link


def test_of_what_is_too_much_the_first_are_shown_with_the_number_and_a_query_for_all(joined: Server) -> None:
    page = Page(joined, resource("http://example.org/hub"))
    values = page.all("dd li")
    assert len(values) == 50
    assert "The first 50 of 700." in page.text("dd .help")
    text = parse_qs(urlsplit(page.link("All of them in SPARQL")).query)["text"][0]
    assert len(joined.rows(text)) == 700


def test_an_earlier_release_has_its_own_pages(joined: Server) -> None:
    first = joined.http.get("/place/nigeria", params={"release": "1"}, headers={"Accept": "text/html"})
    assert first.status_code == 200 and "/resource?iri=https%3A%2F%2Fw3id.org" not in first.text
    assert "release=1" in Page(joined, "/place/nigeria?release=1").link("Abuja")


@pytest.mark.matrix
def test_pages_stand_where_queries_see_only_the_unnamed_graph(store: Path, start: Start) -> None:
    with start("--default-graph", "unnamed", store=store, token="") as running:
        assert Page(running, "/mission/2012-abuja").text("h1") == "Mission to Abuja, Nigeria, 2012"


def test_what_is_quoted_in_a_name_keeps_its_direction(server: Server) -> None:
    for address, quoted in (
        ("/section/2011-brussels", "البعثة الموفدة إلى بروكسل، 2011"),
        ("/search?q=القسم 2011 بروكسل", "البعثة الموفدة إلى بروكسل، 2011"),
    ):
        page = Page(server, address, "ar")
        assert quoted in page.texts("main bdi > bdi")
        assert "<" not in page.text("main")
