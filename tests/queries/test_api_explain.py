"""An empty result is explained: which pattern, which join, which term, and what was probably meant."""

import pytest

from loader.query.outline import outline
from loader.query.patterns import Groups
from loader.query.saved_query import SavedQuery
from loader.release.namespaces import BASE, ONTOLOGY
from server.explain.explanation import MOST_QUERIES
from tests.cases import some
from tests.queries.asking import QUERIES, name, problem, run
from tests.server.servers import ENDLESS, Server

UNM = f"PREFIX unm: <{ONTOLOGY}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
Explained = dict[str, list[dict[str, object]]]


def explain(server: Server, query: str, **parameters: str) -> dict[str, object]:
    """The explanation of an ad-hoc query."""
    response = server.http.post("/sparql", data={"query": UNM + query, "explain": "true", **parameters})
    assert response.status_code == 200, response.text
    assert response.headers["Content-Type"] == "application/json"
    found = response.json()
    assert isinstance(found, dict)
    return found


def failing(found: dict[str, object], member: str = "patterns") -> list[object]:
    entries = found[member]
    assert isinstance(entries, list)
    return [entry["text"] for entry in entries if entry["matches"] is False]


def nearest(found: dict[str, object]) -> dict[str, list[str]]:
    entries = found["unknown_terms"]
    assert isinstance(entries, list)
    return {entry["term"]: [near["iri"] for near in entry["nearest"]] for entry in entries}


def stop(found: dict[str, object]) -> dict[str, object]:
    place = found["stops_at"]
    assert isinstance(place, dict)
    return place


def test_a_pattern_without_a_match_is_named_and_so_is_the_term_that_was_meant(server: Server) -> None:
    found = explain(server, "SELECT * { ?m a unm:Mision ; unm:notBefore ?day }")
    assert found["rows"] == 0
    assert failing(found) == ["?m a unm:Mision"]
    assert nearest(found)["unm:Mision"][0] == f"{ONTOLOGY}Mission"
    assert stop(found)["text"] == "?m a unm:Mision"


def test_a_join_that_becomes_empty_is_found_though_each_pattern_matches(server: Server) -> None:
    found = explain(server, "SELECT * { ?m a unm:Mission . ?m a unm:Meeting . ?m rdfs:label ?label }")
    assert failing(found) == [] and nearest(found) == {}
    assert stop(found) == {
        "kind": "triple", "text": "?m a unm:Meeting", "alone": True, "joined_with": ["?m a unm:Mission"],
    }  # fmt: skip


def test_a_filter_that_nothing_passes_is_named(server: Server) -> None:
    found = explain(server, "SELECT * { ?m unm:notBefore ?d FILTER (YEAR(?d) > 2100) FILTER (YEAR(?d) > 0) }")
    assert failing(found, "filters") == ["FILTER (YEAR(?d) > 2100)"]
    assert stop(found)["kind"] == "filter"


def test_an_unknown_text_is_looked_up_among_the_names(server: Server) -> None:
    found = explain(server, 'SELECT * { ?p rdfs:label "Fransis Deng"@en }')
    assert nearest(found)['"Fransis Deng"@en'][0] == f"{BASE}person/francis-deng"
    arabic = explain(server, 'SELECT * { VALUES ?name { "فرنسيس دنغ"@ar } ?p rdfs:label ?name }')
    assert nearest(arabic)['"فرنسيس دنغ"@ar'][0] == f"{BASE}person/francis-deng"


def test_a_text_in_a_filter_and_a_function_are_no_terms_of_the_graph(server: Server) -> None:
    query = 'PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT * { ?m rdfs:label ?l FILTER (?l = "zzz") '
    found = explain(server, query + 'FILTER (STRDT("1", xsd:date) = "2011-01-01"^^xsd:date) }')
    assert nearest(found).keys() <= {"xsd:date"}


def test_an_inner_group_is_looked_into(server: Server) -> None:
    query = "SELECT * { ?m a unm:Mission . { SELECT ?m { ?m unm:edtf ?e . ?m a unm:Post } } }"
    assert stop(explain(server, query))["text"] == "?m a unm:Post"


def test_patterns_in_optional_union_and_graph_are_tried_where_they_stand(server: Server) -> None:
    query = f"""SELECT * {{ ?x a unm:Nothing OPTIONAL {{ ?x unm:absent ?y }}
        {{ ?x unm:one 1 }} UNION {{ ?x unm:two 2 , 3 }}
        GRAPH <{BASE}graph/missions> {{ ?x a unm:Mission }} }}"""
    texts = failing(explain(server, query))
    assert {"?x a unm:Nothing", "?x unm:absent ?y", "?x unm:one 1", "?x unm:two 2", "?x unm:two 3"} == set(
        texts
    )


def test_a_having_that_nothing_passes_is_no_fault_of_the_patterns(server: Server) -> None:
    query = "SELECT ?k (COUNT(*) AS ?n) { ?m unm:missionKind ?k } GROUP BY ?k HAVING (?n > 1000)"
    found = explain(server, query)
    assert (found["rows"], failing(found), stop(found)["kind"]) == (0, [], "clause")


@pytest.mark.parametrize(
    "query", ["ASK { ?m a unm:Mision }", "CONSTRUCT { ?m a unm:X } WHERE { ?m a unm:Mision }"]
)
def test_other_forms_are_explained_too(server: Server, query: str) -> None:
    assert failing(explain(server, query)) == ["?m a unm:Mision"]


def test_a_query_with_rows_needs_no_explanation(server: Server) -> None:
    rome = f"<{BASE}mission/2011-rome>"
    found = explain(server, f"SELECT * {{ {rome} a unm:Mission ; unm:toldIn ?section }}")
    assert found == {"rows": 1, "patterns": [], "unknown_terms": [], "filters": []}


def test_a_dataset_that_was_named_is_kept(server: Server) -> None:
    empty = "urn:graph:empty"
    by_clause = explain(server, f"SELECT * FROM <{empty}> WHERE {{ ?m a unm:Mission }}")
    by_protocol = explain(server, "SELECT * { ?m a unm:Mission }", **{"default-graph-uri": empty})
    assert failing(by_clause) == failing(by_protocol) == ["?m a unm:Mission"]


def test_a_mistake_is_told_as_ever(server: Server) -> None:
    response = server.http.get("/sparql", params={"query": "SELECT * { ?s ?p }", "explain": "true"})
    assert (response.status_code, problem(response)["line"]) == (400, 1)


def test_a_text_of_any_length_is_not_taken_apart(server: Server) -> None:
    given = {"query": "SELECT * { ?s ?p ?o }" + " # long" * 3000, "explain": "true"}
    response = server.http.post("/sparql", data=given)
    assert (response.status_code, str(problem(response)["type"]).rpartition("/")[2]) == (413, "too-large")


def test_it_keeps_to_the_time_limit(server: Server) -> None:
    given = {"query": ENDLESS, "explain": "true", "timeout": "0.5"}
    response = server.http.get("/sparql", params=given)
    assert (response.status_code, str(problem(response)["type"]).rpartition("/")[2]) == (503, "timeout")


def test_it_asks_no_more_than_its_number_of_queries(server: Server) -> None:
    many = " . ".join(f"?x unm:nothing{n} ?y{n}" for n in range(60))
    before = server.metric("unmissions_engine_outcomes_total")
    found = explain(server, f"SELECT * {{ {many} }}")
    entries = found["patterns"]
    assert isinstance(entries, list) and [entry["matches"] for entry in entries].count(None) == 40
    assert server.metric("unmissions_engine_outcomes_total") - before <= MOST_QUERIES + 1


def test_the_values_of_a_saved_query_are_looked_up(server: Server) -> None:
    envoy = f"{BASE}person/adama-dien"
    found = run(server, "missions-of-an-envoy", explain="true", envoy=envoy).json()
    assert nearest(found)[f"<{envoy}>"][0] == f"{BASE}person/adama-dieng"
    named = run(server, "things-by-name", "json", explain="true", name="Francsi Deng").json()
    assert nearest(named)['"francsi deng"'][0] == f"{BASE}person/francis-deng"


def test_a_period_without_meetings_is_explained(server: Server) -> None:
    given = {"from": "2031-01-01", "to": "2031-12-31", "explain": "true"}
    found = run(server, "meetings-in-a-period", **given).json()
    assert stop(found)["kind"] == "filter" and "2031-01-01" in str(stop(found)["text"])


@pytest.mark.parametrize("query", some(QUERIES.values(), of=3), ids=name)
def test_every_pattern_of_a_saved_query_can_be_asked_by_itself(server: Server, query: SavedQuery) -> None:
    found, groups = outline(query.bind({})), Groups(query.bind({}))
    assert found is not None
    patterns = groups.patterns(groups.range(*found.group))
    assert patterns
    for pattern in patterns:
        asked = server.ask(f"{found.prologue} ASK {{ {pattern.group()} }}")
        assert asked.text == "true", pattern


@pytest.mark.parametrize(
    ("group", "patterns"),
    [
        ("?a ?b ?c", ["?a ?b ?c"]),
        ("?a a <b> ; <c> 1 , 'x'@en ; .", ["?a a <b>", "?a <c> 1", "?a <c> 'x'@en"]),
        ("?a <p>/(<q>|^<r>)* ?b . ?b !(<s>|^<t>)+ -1.5", ["?a <p>/(<q>|^<r>)* ?b", "?b !(<s>|^<t>)+ -1.5"]),
        ("?a <p>? ?b . ?b <q>?/<r> ?c", ["?a <p>? ?b", "?b <q>?/<r> ?c"]),
        ("[ <p> 1 ] <q> ( 1 2 ) . [ <r> 3 ] .", ["[ <p> 1 ] <q> ( 1 2 )", "[ <r> 3 ]"]),
        (
            '?a <p> "1"^^<d> ; <q> true FILTER NOT EXISTS { ?a <r> 2 } ?a <s> 3',
            ['?a <p> "1"^^<d>', "?a <q> true", "?a <s> 3"],
        ),
        ("VALUES (?a ?b) { (1 2) (3 4) } BIND (1 + 1 AS ?c) ?a <p> ?c", ["?a <p> ?c"]),
        ("", []),
    ],
)  # fmt: skip
def test_triples_are_told_apart(group: str, patterns: list[str]) -> None:
    text = f"SELECT * {{ {group} }}"
    found, groups = outline(text), Groups(text)
    assert found is not None
    assert [pattern.text for pattern in groups.patterns(groups.range(*found.group))] == patterns


@pytest.mark.parametrize(
    "piece", ["{", "[", "(", "?a ", "FILTER ", "OPTIONAL {", "a:b/", "; ", ". ", "GRAPH ?g {", '"x" ']
)
def test_no_text_is_too_strange_to_be_looked_at(piece: str) -> None:
    groups = Groups("SELECT * { " + piece * 2000 + " }")
    assert isinstance(groups.patterns((3, len(groups.tokens))), list)
