"""Graphs as they are read and written whole: SPARQL 1.1 Graph Store HTTP Protocol."""

from collections.abc import Iterator

import httpx
import pyoxigraph as ox
import pytest

from tests.server.servers import BEARER, Server, Start

pytestmark = pytest.mark.slow

ONE, TWO = '<urn:s> <urn:p> "one" .', '<urn:s> <urn:p> "two" .'
FORMATS = {
    "text/turtle": '@prefix u: <urn:> . u:s u:p "بعثة"@ar .',
    "application/n-triples": '<urn:s> <urn:p> "بعثة"@ar .',
    "application/ld+json": '{"@id": "urn:s", "urn:p": {"@value": "بعثة", "@language": "ar"}}',
    "application/rdf+xml": """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">
        <rdf:Description rdf:about="urn:s"><u:p xml:lang="ar">بعثة</u:p></rdf:Description></rdf:RDF>""",
}
UNREADABLE = {
    "text/turtle": "\n<urn:s> <urn:p> .",
    "application/n-triples": f"{ONE}\n<urn:s> nonsense",
    "application/ld+json": '{"@id": "urn:s",\n nonsense}',
    "application/rdf+xml": "<rdf:RDF\n<",
}


def read(server: Server, graph: str, accept: str = "text/turtle", **headers: str) -> httpx.Response:
    return server.http.get("/graphs", params={"graph": graph}, headers={"Accept": accept, **headers})


def write(server: Server, method: str, graph: str, content: str, **headers: str) -> httpx.Response:
    """A write with the token of a graph in Turtle."""
    given = {**BEARER, "Content-Type": "text/turtle", **headers}
    return server.http.request(method, "/graphs", params={"graph": graph}, content=content, headers=given)


@pytest.mark.parametrize("media_type", FORMATS)
def test_a_graph_comes_back_as_it_was_sent(writable: Server, graph: str, media_type: str) -> None:
    assert writable.put(graph, FORMATS[media_type].encode(), media_type).status_code == 201
    response = read(writable, graph, media_type)
    assert response.headers["Content-Type"].startswith(media_type)
    [quad] = ox.parse(response.content, format=ox.RdfFormat.from_media_type(media_type))
    assert quad.triple == ox.Triple(
        ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("بعثة", language="ar")
    )


def test_put_replaces_post_adds_and_delete_removes(writable: Server, graph: str) -> None:
    assert write(writable, "PUT", graph, ONE).status_code == 201
    assert write(writable, "PUT", graph, TWO).status_code == 204
    assert writable.objects(graph) == ["two"]
    assert write(writable, "POST", graph, ONE).status_code == 204
    assert writable.objects(graph) == ["one", "two"]
    assert write(writable, "DELETE", graph, "").status_code == 204
    assert read(writable, graph).status_code == 404


def test_head_has_the_headers_of_a_graph_and_no_body(writable: Server, graph: str) -> None:
    writable.put(graph, ONE)
    get, head = read(writable, graph), writable.http.head("/graphs", params={"graph": graph})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == get.headers["Content-Length"]
    assert writable.http.head("/graphs?graph=urn:no-such-graph").status_code == 404


def test_the_default_graph_of_the_store_is_the_unnamed_one(writable: Server, graph: str) -> None:
    content, headers = f"<{graph}> <urn:p> 1 .", {**BEARER, "Content-Type": "text/turtle"}
    assert writable.http.post("/graphs?default", content=content, headers=headers).status_code == 204
    assert graph in writable.http.get("/graphs?default").text
    assert "in one" not in writable.http.get("/graphs?default").text


def test_deleting_the_default_graph_empties_it(writable: Server) -> None:
    before = writable.http.get("/graphs?default").content
    assert writable.http.delete("/graphs?default", headers=BEARER).is_success
    assert writable.http.get("/graphs?default").content.strip() == b""
    headers = {**BEARER, "Content-Type": "text/turtle"}
    assert writable.http.put("/graphs?default", content=before, headers=headers).status_code == 204


def test_a_graph_can_be_named_by_its_own_address(writable: Server) -> None:
    headers = {**BEARER, "Content-Type": "text/turtle"}
    assert writable.http.put("/graphs/mine/one", content=ONE, headers=headers).status_code == 201
    assert writable.http.get("/graphs/mine/one").status_code == 200
    assert writable.objects(f"{writable.url}/graphs/mine/one") == ["one"]
    assert writable.http.delete("/graphs/mine/one", headers=BEARER).status_code == 204
    assert writable.http.get("/graphs/mine/one").status_code == 404


def test_a_post_without_a_graph_makes_a_new_one_and_says_where(writable: Server) -> None:
    headers = {**BEARER, "Content-Type": "text/turtle"}
    response = writable.http.post("/graphs", content=ONE, headers=headers)
    assert response.status_code == 201
    assert writable.objects(response.headers["Location"]) == ["one"]
    assert writable.http.get(response.headers["Location"]).status_code == 200


def test_a_form_of_files_in_two_formats_is_merged(writable: Server, graph: str) -> None:
    files = [
        ("file", ("one.ttl", ONE, "text/turtle")),
        ("file", ("two.jsonld", FORMATS["application/ld+json"], "application/ld+json")),
    ]
    response = writable.http.post("/graphs", params={"graph": graph}, files=files, headers=BEARER)
    assert response.status_code == 201
    assert writable.objects(graph) == ["one", "بعثة"]


def test_a_form_with_one_unreadable_file_changes_nothing(writable: Server, graph: str) -> None:
    files = [("a", ("one.ttl", ONE, "text/turtle")), ("b", ("two.nt", "nonsense", "application/n-triples"))]
    response = writable.http.post("/graphs", params={"graph": graph}, files=files, headers=BEARER)
    assert response.status_code == 400
    assert read(writable, graph).status_code == 404


@pytest.mark.parametrize("media_type", UNREADABLE)
def test_data_that_cannot_be_read_changes_nothing_and_the_line_is_said(
    writable: Server, graph: str, media_type: str
) -> None:
    writable.put(graph, ONE)
    response = writable.put(graph, UNREADABLE[media_type], media_type)
    assert response.status_code == 400
    assert response.json()["line"] == 2
    assert writable.objects(graph) == ["one"]


@pytest.mark.parametrize("media_type", FORMATS)
def test_a_byte_order_mark_is_passed_over(writable: Server, graph: str, media_type: str) -> None:
    content = b"\xef\xbb\xbf" + FORMATS[media_type].encode()
    assert writable.put(graph, content, media_type).status_code == 201


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_rdf_xml_with_a_doctype_is_refused(writable: Server, graph: str, encoding: str) -> None:
    doctype = '<!DOCTYPE rdf:RDF [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    content = (doctype + FORMATS["application/rdf+xml"].replace("بعثة", "&b;")).encode(encoding)
    assert writable.put(graph, content, "application/rdf+xml").status_code == 400


@pytest.mark.parametrize(
    "media_type",
    ["text/csv", "application/x-unknown", "application/sparql-update", "text/turtle; charset=utf-16"],
)
def test_a_media_type_that_is_no_graph_is_refused(writable: Server, graph: str, media_type: str) -> None:
    assert writable.put(graph, ONE, media_type).status_code == 415


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/graphs?graph=", 400),
        ("/graphs?graph=relative", 400),
        ("/graphs?graph=urn:no%20iri", 400),
        ("/graphs?graph=urn:a&graph=urn:b", 400),
        ("/graphs?graph=urn:a&default", 400),
        ("/graphs?graph=urn:no-such-graph", 404),
        ("/graphs/no/such/graph", 404),
    ],
)
def test_a_graph_that_cannot_be_is_refused(writable: Server, path: str, status: int) -> None:
    assert writable.http.get(path).status_code == status
    assert writable.http.delete(path, headers=BEARER).status_code == status


def test_a_graph_is_written_only_if_it_is_as_the_writer_saw_it(writable: Server, graph: str) -> None:
    writable.put(graph, ONE)
    seen = read(writable, graph).headers["ETag"]
    assert write(writable, "PUT", graph, TWO, **{"If-Match": '"another"'}).status_code == 412
    assert write(writable, "PUT", graph, TWO, **{"If-Match": seen}).status_code == 204
    assert write(writable, "DELETE", graph, "", **{"If-Match": seen}).status_code == 412
    assert writable.objects(graph) == ["two"]


def test_a_compressed_graph_has_a_tag_with_which_it_can_be_written(writable: Server, graph: str) -> None:
    writable.put(graph, "".join(f"<urn:s> <urn:p> {n} .\n" for n in range(500)))
    seen = read(writable, graph, **{"Accept-Encoding": "gzip"})
    assert seen.headers["Content-Encoding"] == "gzip"
    plain = read(writable, graph, **{"Accept-Encoding": "identity"})
    assert plain.headers["ETag"] != seen.headers["ETag"]
    assert write(writable, "PUT", graph, TWO, **{"If-Match": seen.headers["ETag"]}).status_code == 204


def test_a_graph_is_made_only_if_there_is_none(writable: Server, graph: str) -> None:
    absent = {"If-None-Match": "*"}
    assert write(writable, "PUT", graph, ONE, **absent).status_code == 201
    assert write(writable, "PUT", graph, TWO, **absent).status_code == 412
    assert write(writable, "PUT", graph + "x", ONE, **{"If-Match": "*"}).status_code == 412
    assert writable.objects(graph) == ["one"]


def test_who_has_a_graph_gets_304(writable: Server, graph: str) -> None:
    writable.put(graph, ONE)
    tag = read(writable, graph).headers["ETag"]
    again = read(writable, graph, **{"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_an_empty_graph_is_there_until_it_is_deleted(writable: Server, graph: str) -> None:
    assert writable.put(graph, "").status_code == 201
    assert read(writable, graph).status_code == 200
    assert write(writable, "DELETE", graph, "").status_code == 204
    assert write(writable, "DELETE", graph, "").status_code == 404


def test_two_files_keep_their_blank_nodes_apart(writable: Server, graph: str) -> None:
    writable.put(graph, '_:same <urn:p> "one" .')
    write(writable, "POST", graph, '_:same <urn:p> "two" .')
    assert writable.rows(f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}") == ["2"]


def test_relative_addresses_of_a_graph_are_resolved_against_its_name(writable: Server) -> None:
    writable.put("http://data.example/graphs/one", "<#s> <urn:p> <two> .")
    assert writable.objects("http://data.example/graphs/one") == ["http://data.example/graphs/two"]


def test_the_graph_store_of_a_server_without_a_token_can_be_read(server: Server) -> None:
    graphs = server.rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    for graph in graphs[:3]:
        triples = ox.parse(read(server, graph).content, format=ox.RdfFormat.TURTLE)
        [count] = server.rows(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
        assert len(set(triples)) == int(count)


def test_a_large_graph_needs_the_token_to_be_taken_in(writable: Server, graph: str) -> None:
    content = "".join(f'<urn:s> <urn:p> "{"x" * 60_000}{n}" .\n' for n in range(70))
    headers = {"Content-Type": "text/turtle", "Content-Length": str(len(content))}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    request = f"PUT /graphs?graph={graph} HTTP/1.1\r\nHost: x\r\n{head}\r\n"
    assert writable.send(request.encode()).startswith(b"HTTP/1.1 413 ")
    assert writable.put(graph, content).status_code == 201
    assert writable.rows(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}") == ["70"]
    assert write(writable, "DELETE", graph, "").status_code == 204


@pytest.fixture(scope="module")
def mine(start: Start) -> Iterator[Server]:
    """A server for the tests that change all of its graphs."""
    with start() as running:
        yield running


DATASET = "<urn:of:none> <urn:p> 1 . <urn:graph:whole> { <urn:of:one> <urn:p> 2 }"


@pytest.mark.parametrize(("accept", "format_"), [("application/trig", "trig"), ("application/n-quads", "nq")])
def test_all_graphs_are_read_where_none_is_named(mine: Server, accept: str, format_: str) -> None:
    response = mine.http.get("/graphs", headers={"Accept": accept})
    assert (response.status_code, response.headers["Content-Type"].partition(";")[0]) == (200, accept)
    read = ox.RdfFormat.TRIG if format_ == "trig" else ox.RdfFormat.N_QUADS
    stored = ox.Store.read_only(str(mine.store / "current" / "plain"))
    assert len(list(ox.parse(response.content, read))) == len(stored)


def test_a_dataset_is_merged_where_no_graph_is_named(mine: Server) -> None:
    before = int(mine.rows("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")[0])
    headers = {**BEARER, "Content-Type": "application/trig"}
    assert mine.http.post("/graphs", content=DATASET, headers=headers).status_code == 204
    assert mine.rows("SELECT ?o { GRAPH <urn:graph:whole> { ?s ?p ?o } }") == ["2"]
    assert int(mine.rows("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")[0]) == before + 1
    del headers["Authorization"]
    assert mine.http.post("/graphs", content=DATASET, headers=headers).status_code == 401


def test_all_graphs_are_replaced_only_by_who_has_seen_them(mine: Server) -> None:
    def replace(tag: str) -> int:
        headers = {**BEARER, "Content-Type": "application/trig", **({"If-Match": tag} if tag else {})}
        return mine.http.put("/graphs", content=DATASET, headers=headers).status_code

    tag = mine.http.get("/graphs").headers["ETag"]
    assert (replace(""), replace('"another"')) == (428, 412)
    assert replace(tag) == 204
    assert mine.rows("SELECT ?s ?o { ?s ?p ?o }") == ["urn:of:none,1", "urn:of:one,2"]
    assert replace(tag) == 412


def test_all_graphs_are_never_deleted_at_once(mine: Server) -> None:
    assert mine.http.delete("/graphs", headers=BEARER).status_code == 400
