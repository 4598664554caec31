"""What the service says of itself: description, VoID, health, numbers; and the headers of every answer."""

from collections.abc import Iterator

import httpx
import pyoxigraph as ox
import pytest
from prometheus_client.parser import text_string_to_metric_families

from loader.release.namespaces import BASE, ONTOLOGY, graph_iri
from tests.server.servers import BEARER, Server, Start, until

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
DATASET = ox.NamedNode(f"{BASE}dataset/un-missions")
FORMATS = {"SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"}
FORMATS |= {"Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads"}


def read(response: httpx.Response) -> ox.Store:
    """The graph of a response, whatever its format."""
    assert response.status_code == 200, response.text
    found = ox.Store()
    media_type = response.headers["Content-Type"].partition(";")[0]
    found.load(response.content, ox.RdfFormat.from_media_type(media_type), to_graph=ox.DefaultGraph())
    return found


def values(graph: ox.Store, subject: str, predicate: str) -> set[str]:
    found = graph.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None, None)
    return {quad.object.value for quad in found if not isinstance(quad.object, ox.Triple)}


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "application/rdf+xml", "*/*"])
def test_without_a_query_the_endpoint_describes_itself(server: Server, accept: str) -> None:
    graph, address = read(server.http.get("/sparql", headers={"Accept": accept})), f"{server.url}/sparql"
    assert values(graph, address, f"{SD}endpoint") == {address}
    assert values(graph, address, f"{SD}feature") == {f"{SD}UnionDefaultGraph"}
    formats = values(graph, address, f"{SD}resultFormat")
    assert formats == {f"http://www.w3.org/ns/formats/{name}" for name in FORMATS}


def test_the_description_states_the_limits_in_force(server: Server) -> None:
    graph = read(server.http.get("/sparql"))
    limits = server.http.get("/health").json()["limits"]
    assert limits["queryTimeout"] == 30
    for name, value in limits.items():
        assert values(graph, f"{server.url}/sparql", ONTOLOGY + name) == {str(value)}


def test_only_a_server_with_a_token_says_that_it_takes_updates(server: Server, writable: Server) -> None:
    for running, updates in [(server, False), (writable, True)]:
        languages = values(
            read(running.http.get("/sparql")), f"{running.url}/sparql", f"{SD}supportedLanguage"
        )
        assert (f"{SD}SPARQL11Update" in languages) is updates


def test_a_browser_without_a_query_gets_the_form(server: Server) -> None:
    response = server.http.get("/sparql", headers={"Accept": "text/html,*/*;q=0.8"})
    assert response.headers["Content-Type"].startswith("text/html")
    assert '<textarea id="query"' in response.text


DATASETS = ("un-missions", "m49")


@pytest.fixture(params=DATASETS)
def dataset(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def counted(own: ox.Store, dataset: str, query: str) -> list[str]:
    """The rows of a query on the merge of our own graphs, which statistics do not enter, or on M49."""
    graph = ox.NamedNode(graph_iri("dataset/m49")) if dataset == "m49" else ox.DefaultGraph()
    solutions = own.query(query, default_graph=graph)
    assert isinstance(solutions, ox.QuerySolutions)
    rows = solutions.serialize(format=ox.QueryResultsFormat.CSV) or b""
    return sorted(rows.decode().splitlines()[1:])


def test_void_counts_of_each_data_set_what_its_graphs_hold(
    server: Server, own: ox.Store, dataset: str
) -> None:
    graph = read(server.http.get("/.well-known/void"))
    [row] = counted(
        own,
        dataset,
        "SELECT (COUNT(*) AS ?t) (COUNT(DISTINCT ?s) AS ?a) (COUNT(DISTINCT ?p) AS ?b)"
        " (COUNT(DISTINCT ?o) AS ?c) { ?s ?p ?o }",
    )
    names = ("triples", "distinctSubjects", "properties", "distinctObjects")
    assert [values(graph, f"{BASE}dataset/{dataset}", VOID + name) for name in names] == [
        {number} for number in row.split(",")
    ]


@pytest.mark.parametrize(
    ("part", "count", "number"),
    [("class", "entities", "COUNT(DISTINCT ?s)"), ("property", "triples", "COUNT(*)")],
)
def test_void_counts_each_class_and_each_property_of_a_data_set(
    server: Server, own: ox.Store, dataset: str, part: str, count: str, number: str
) -> None:
    stated = read(server.http.get("/.well-known/void")).query(
        f"SELECT ?x ?n {{ <{BASE}dataset/{dataset}> <{VOID}{part}Partition> ?part ."
        f" ?part <{VOID}{part}> ?x ; <{VOID}{count}> ?n }}"
    )
    pattern = "?s a ?x" if part == "class" else "?s ?x ?o"
    assert isinstance(stated, ox.QuerySolutions)
    assert sorted(f"{row['x'].value},{row['n'].value}" for row in stated) == counted(
        own, dataset, f"SELECT ?x ({number} AS ?n) {{ {pattern} }} GROUP BY ?x"
    )


def test_void_counts_the_properties_of_each_class(server: Server, own: ox.Store, dataset: str) -> None:
    stated = read(server.http.get("/.well-known/void")).query(
        f"SELECT ?x ?y ?n {{ <{BASE}dataset/{dataset}> <{VOID}classPartition> ?part ."
        f" ?part <{VOID}class> ?x ; <{VOID}propertyPartition> ?nested ."
        f" ?nested <{VOID}property> ?y ; <{VOID}triples> ?n }}"
    )
    assert isinstance(stated, ox.QuerySolutions)
    assert sorted(",".join(row[name].value for name in "xyn") for row in stated) == counted(
        own, dataset, "SELECT ?x ?y (COUNT(*) AS ?n) { ?s a ?x ; ?y ?o } GROUP BY ?x ?y"
    )


def test_the_statistics_stand_in_the_graph_void_and_in_no_merge(server: Server) -> None:
    stated = f"?dataset <{VOID}classPartition> ?part . ?part <{VOID}class> ?class ; <{VOID}entities> ?n"
    missions = f"?part <{VOID}class> <{ONTOLOGY}Mission> ; <{VOID}entities> ?n"
    there_are = server.rows(f"SELECT (COUNT(*) AS ?n) {{ ?mission a <{ONTOLOGY}Mission> }}")

    assert server.rows(f"SELECT ?n {{ GRAPH <{graph_iri('void')}> {{ {missions} }} }}") == there_are
    assert server.rows(f"SELECT ?n {{ {stated} }}") == []


@pytest.fixture
def described(writable: Server) -> Iterator[Server]:
    """A server of data with a description, beside which the statistics stand."""
    place = {"graph": graph_iri("void")}
    assert writable.put(place["graph"], f"<{DATASET.value}> a <{VOID}Dataset> .").status_code == 201
    yield writable
    assert writable.http.delete("/graphs", params=place, headers=BEARER).status_code == 204


def test_a_write_moves_the_statistics_of_its_graph_and_of_no_other(described: Server, graph: str) -> None:
    def stated() -> ox.Store:
        return read(described.http.get("/.well-known/void"))

    ours = values(stated(), DATASET.value, f"{VOID}triples")
    described.put(graph, f"<{graph}> a <urn:New> ; <urn:p> 1 .")
    described.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <urn:x> a <urn:New> ; <urn:p> 1, 2 }} }}")
    after = stated()
    [beside] = {quad.subject for quad in after.quads_for_pattern(None, None, ox.NamedNode(graph), None)}
    [class_] = after.quads_for_pattern(None, ox.NamedNode(f"{VOID}class"), ox.NamedNode("urn:New"), None)

    assert ours and values(after, DATASET.value, f"{VOID}triples") == ours
    counts = {
        "triples": "5",
        "distinctSubjects": "2",
        "distinctObjects": "3",
        "properties": "2",
        "classes": "1",
    }
    assert {name: values(after, str(beside)[1:-1], VOID + name) for name in counts} == {
        name: {number} for name, number in counts.items()
    }
    assert values(after, str(class_.subject)[1:-1], f"{VOID}entities") == {"2"}

    described.http.delete("/graphs", params={"graph": graph}, headers=BEARER)
    assert not list(stated().quads_for_pattern(beside, None, None, None))


def test_health_tells_alive_from_ready(server: Server) -> None:
    assert server.http.get("/health/live").json() == {"status": "live"}
    for path in ("/health", "/health/ready"):
        assert server.http.get(path).json()["status"] == "ready"


def test_every_number_of_the_metrics_can_be_read(server: Server) -> None:
    response = server.http.get("/metrics")
    families = {family.name: family for family in text_string_to_metric_families(response.text)}
    assert response.headers["Content-Type"].startswith("text/plain")
    for name in ("requests", "request_seconds", "cache_hits", "running_young", "memory_bytes"):
        assert families[f"unmissions_{name}"].samples
    assert server.metric("unmissions_memory_bytes") > 1 << 20


def test_requests_are_counted_by_status(server: Server) -> None:
    def refused() -> float:
        families = text_string_to_metric_families(server.http.get("/metrics").text)
        samples = [s for family in families for s in family.samples if s.labels.get("status") == "406"]
        return sum(sample.value for sample in samples)

    before = refused()
    server.ask("ASK {}", "image/png")
    assert refused() == before + 1


def test_each_answer_has_an_id_that_stands_in_the_log(server: Server) -> None:
    ids = [server.ask("SELECT").headers["X-Request-ID"] for _ in range(2)]
    assert ids[0] != ids[1]
    assert until(lambda: all(f'"id": "{id_}"' in server.log.read_text() for id_ in ids))


KINDS_OF_ANSWERS = {
    "result": ("GET", "/sparql?query=ASK%7B%7D", {}, 200),
    "head": ("HEAD", "/sparql?query=ASK%7B%7D", {}, 200),
    "not modified": ("GET", "/sparql?query=ASK%7B%7D", {"If-None-Match": "*"}, 304),
    "form": ("GET", "/sparql", {"Accept": "text/html"}, 200),
    "description": ("GET", "/sparql", {}, 200),
    "void": ("GET", "/.well-known/void", {}, 200),
    "health": ("GET", "/health", {}, 200),
    "metrics": ("GET", "/metrics", {}, 200),
    "graph": ("GET", "/graphs?default", {}, 200),
    "preflight": ("OPTIONS", "/sparql", {"Origin": "https://x.example"}, 200),
    "mistake": ("GET", "/sparql?query=SELECT", {}, 400),
    "page of a mistake": ("GET", "/sparql?query=SELECT", {"Accept": "text/html, */*;q=0.8"}, 400),
    "no token": ("POST", "/update", {}, 401),
    "nothing there": ("GET", "/nothing", {}, 404),
    "method": ("DELETE", "/sparql", {}, 405),
    "format": ("GET", "/sparql?query=ASK%7B%7D&format=x", {}, 406),
    "too long": ("POST", "/sparql", {"Content-Length": "1000000000"}, 413),
    "media type": ("POST", "/sparql", {"Content-Type": "text/plain"}, 415),
    "written": ("PUT", "/graphs?graph=urn:kinds", {**BEARER, "Content-Type": "text/turtle"}, 201),
}


@pytest.mark.parametrize("kind", KINDS_OF_ANSWERS)
def test_every_answer_is_safe_in_a_browser_and_repeats_no_host(writable: Server, kind: str) -> None:
    method, path, headers, status = KINDS_OF_ANSWERS[kind]
    given = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    request = f"{method} {path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n{given}\r\n"
    answer = writable.send(request.encode()).decode()
    assert answer.startswith(f"HTTP/1.1 {status} ")
    for header in (
        "content-security-policy: default-src 'none';",
        "frame-ancestors 'none'",
        "x-content-type-options: nosniff",
        "referrer-policy: same-origin",
        "x-request-id: ",
        "date: ",
    ):
        assert header in answer
    assert "unsafe-inline" not in answer
    assert "evil.example" not in answer


@pytest.mark.matrix
def test_the_public_address_stands_wherever_the_service_names_itself(start: Start) -> None:
    with start("--base-url", "https://graph.example/") as server:
        assert server.rows("SELECT (<x> AS ?x) {}") == ["https://graph.example/x"]
        description = server.http.get("/sparql", headers={"X-Forwarded-Host": "evil.example"}).text
        assert "<https://graph.example/sparql>" in description
        assert "127.0.0.1" not in description + server.ask("ASK {}").headers["Link"]


def test_void_and_the_catalogue_say_where_to_ask_who_publishes_and_since_when(server: Server) -> None:
    written = server.http.get("/data/", headers={"Accept": "application/n-triples"}).text
    dataset = "<https://w3id.org/un-missions/dataset/un-missions>"
    void = server.http.get("/.well-known/void", headers={"Accept": "application/n-triples"}).text
    lines = {line.removesuffix(" .") for line in (void + written).splitlines()}
    dcat, dcterms = "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/"
    service = f"<{server.url}/sparql>"
    assert {
        f"{dataset} <http://rdfs.org/ns/void#sparqlEndpoint> {service}",
        f"{dataset} <{dcterms}publisher> <https://w3id.org/un-missions/dataset/un-missions#project>",
        f"{dataset} <{dcterms}license> <https://creativecommons.org/licenses/by/4.0/>",
        f"{service} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{dcat}DataService>",
        f"{service} <{dcat}endpointURL> {service}",
        f"{service} <{dcat}servesDataset> {dataset}",
    } <= lines
    assert [line for line in lines if line.startswith(f"{dataset} <{dcterms}modified> ")]
    assert [line for line in lines if line.startswith(f"{dataset} <{dcterms}title> ")]
