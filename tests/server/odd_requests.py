"""Requests that nobody would expect: odd addresses, parameters, headers, forms, documents and files."""

import json
import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask.testing import FlaskClient
from hypothesis import strategies as st
from werkzeug.routing import Rule

from server.formats import GRAPHS, RESULTS

WORDS = [
    *(
        "true",
        "false",
        "1",
        "2",
        "100",
        "en",
        "ar",
        "fr",
        "json",
        "csv",
        "tsv",
        "xml",
        "ttl",
        "rdf",
        "jsonld",
    ),
    *("trig", "nq", "nt", "html", "xlsx", "atom", "2011", "2012", "NG", "566", "002", "abuja", "mission"),
    *("institution", "francis-deng", "2012-12", "ecowas", "envoy", "Q1033", "latest", "2020-01-01", "-label"),
]
ODDITIES = [
    *(
        "",
        " ",
        "\0",
        "%",
        "%zz",
        "..",
        "../..",
        "-1",
        "0",
        "1e9",
        "9" * 30,
        "NaN",
        "٣",
        "2012-02-30",
        "2012-13",
    ),
    *("'", '"', "<b>", "\u202e", "\ud7ff", "x" * 3000, "a\r\nSet-Cookie: a=b", "{{7*7}}", "urn:x", "_:b"),
    *("http://[::1", "javascript:alert(1)", "https://w3id.org/un-missions/", "place/nigeria", "2012-01-01"),
]
QUERIES = [
    *("ASK {}", "SELECT", "INSERT DATA {}", "\ufeffASK {}", "DESCRIBE <urn:odd>", "SELECT (1/0 AS ?n) {}"),
    *(
        "SELECT * { ?s ?p ?o } LIMIT 7",
        "SELECT ?s { ?s a ?c } LIMIT 0",
        "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 50",
    ),
    "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY DESC(?o) LIMIT 200",
    "SELECT ?p ?o { <https://w3id.org/un-missions/mission/2012-abuja> ?p ?o }",
    "#defaultView:Map\nPREFIX geo: <http://www.w3.org/2003/01/geo/wgs84_pos#>\n"
    "SELECT ?s ?lat ?long { ?s geo:lat ?lat ; geo:long ?long }",
]
ODD_TEXT = st.one_of(st.text(max_size=20), st.sampled_from(ODDITIES))
VALUES = st.one_of(st.sampled_from(WORDS), st.sampled_from(QUERIES), ODD_TEXT)
TYPES = [format_.media_type for format_ in (*GRAPHS, *RESULTS)]
HEADERS = {
    "Accept-Language": ["ar", "en", "*", "x;q=", "ar-EG,en;q=0.1"],
    "Accept-Encoding": ["gzip", "br", "zstd", "*;q=0", "gzip;q=x", "identity;q=0"],
    "If-None-Match": ["*", '"x"', "x", 'W/"', ", ,"],
    "If-Modified-Since": ["yesterday", "Sat, 28 Nov 2026 00:00:00 GMT"],
    "If-Match": ["*", '"x"'],
    "Range": ["bytes=0-1", "bytes=9-1", "x", "bytes=-5", "bytes=0-1,3-4"],
    "Authorization": ["Bearer x", "Basic \xe9", "Basic eA==", ""],
    "Origin": ["null", "http://x"],
    "Sec-Fetch-Site": ["cross-site", "same-origin"],
}
ACCEPTED = ["text/html", "*/*", "application/json", "text/html;q=x", "a/b", ";;;,", "text/*;q=0", *TYPES]
headers = st.fixed_dictionaries(
    {"Accept": st.sampled_from(ACCEPTED)},
    optional={name: st.sampled_from(values) for name, values in HEADERS.items()},
)
# What stands in the place of a part of an address, where something usual does.
USUAL = {
    "name": ["who-met-whom", "places-visited", "un-missions.ttl", "un-missions.nq.gz", "SHA256SUMS", "links"],
    "slug": ["2012-abuja", "key-missions-ar", "nigeria", "m49"],
    "kind": ["mission", "place", "dataset", "source"],
    "scheme": ["role", "certainty", "place-kind.ttl"],
    "suffix": ["json", "csv", "tsv", "xml", "xlsx", "html", "ttl", "nt", "jsonld", "rdf", "trig", "nq"],
    "release": ["1", "2", "latest", "2026-01-01"],
    "before": ["1"],
    "after": ["2"],
    "number": ["1", "0"],
}  # fmt: skip
OF_QUERIES = [
    "q",
    "sort",
    "page",
    "page_size",
    "evidence",
    "explain",
    "timeout",
    "year",
    "region",
    "thing",
    "m49",
]
OF_PROTOCOLS = [
    "query",
    "queries",
    "extend",
    "default-graph-uri",
    "named-graph-uri",
    "timeout",
    "text",
    "saved",
]
MEMBERS = ["q0", "query", "ids", "properties", "id", "type", "limit", "pid", "v"]
FORM = "application/x-www-form-urlencoded"
BODY_TYPES = [FORM, "application/sparql-query", "application/json", "text/plain", "multipart/form-data", "x"]


@dataclass(frozen=True)
class OddApp:
    """An app on odd data: its addresses with the parameters that each knows, and the paths of its things."""

    client: FlaskClient
    rules: list[Rule]
    parameters: dict[str, list[str]]
    paths: list[str]


@st.composite
def addresses(draw: st.DrawFn, app: OddApp, method: str) -> str:
    """An address of the app, with odd parts and parameters, some of them known there."""
    rule = draw(st.sampled_from([rule for rule in app.rules if method in (rule.methods or ())]))
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda place: draw(_part(place[1])), rule.rule)
    if method == "GET" and draw(st.integers(0, 2)) == 0:
        path = f"/{quote(draw(st.sampled_from(app.paths)))}" + draw(st.sampled_from(["", ".rdf", ".jsonld"]))
    known = [*app.parameters.get(rule.endpoint, []), *OF_QUERIES, *OF_PROTOCOLS, "release", "lang", "format"]
    pairs = draw(st.lists(st.tuples(st.one_of(st.sampled_from(known), ODD_TEXT), VALUES), max_size=4))
    return f"{path}?{_encoded(pairs)}" if pairs else path


def _part(name: str) -> st.SearchStrategy[str]:
    values = st.one_of(st.sampled_from(USUAL.get(name, ["x"])), ODD_TEXT)
    return st.builds(
        lambda value, safe: quote(value, safe, errors="replace"), values, st.sampled_from(["", "/"])
    )


def _encoded(pairs: list[tuple[str, str]]) -> str:
    return urlencode(pairs, errors="replace")


_forms = st.lists(st.tuples(st.sampled_from([*OF_PROTOCOLS, "update", "release"]), VALUES), max_size=3)
_leaves = st.one_of(st.none(), st.booleans(), st.integers(), ODD_TEXT)
_names = st.one_of(st.sampled_from(MEMBERS), ODD_TEXT)
_documents = st.recursive(
    _leaves,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_names, inner, max_size=3)),
    max_leaves=6,
)
bodies = st.one_of(
    _forms.map(lambda pairs: _encoded(pairs).encode()),
    _documents.map(lambda one: _encoded([("queries", json.dumps(one))]).encode()),
    _documents.map(lambda one: _encoded([("extend", json.dumps(one))]).encode()),
    st.sampled_from(QUERIES).map(str.encode),
    st.binary(max_size=40),
)
# A whole file of each format that is written.
FILES = {
    "text/turtle": '@prefix u: <urn:> . u:s u:p "بعثة"@ar , 1.5 , true , [ u:q ( 1 2 ) ] , """x""" .',
    "application/n-triples": '<urn:s> <urn:p> "a\\u0062\\n"^^<urn:t> .\n_:b <urn:p> <urn:o> .',
    "application/trig": "<urn:g> { <urn:s> <urn:p> <urn:o> } GRAPH _:g { <urn:s> <urn:p> 'x' }",
    "application/n-quads": '<urn:s> <urn:p> "x"@en-GB <urn:g> .',
    "application/ld+json": '{"@context": {"p": "urn:p"}, "@id": "urn:s", "p": [{"@value": "x"}, 1]}',
    "application/rdf+xml": '<?xml version="1.0"?><!DOCTYPE rdf:RDF [<!ENTITY u "urn:">]>'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
    '<rdf:Description rdf:about="&u;s"><u:p>x</u:p></rdf:Description></rdf:RDF>',
}  # fmt: skip


@st.composite
def damaged_files(draw: st.DrawFn) -> tuple[str, bytes]:
    """A media type, and a file of it or of another in which a few bytes are lost, changed or put in."""
    media_type = draw(st.sampled_from(list(FILES)))
    content = bytearray(FILES[draw(st.sampled_from([media_type] * 9 + list(FILES)))].encode())
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.sampled_from([0, 0, 1, 3, 500])))
        content[start:end] = draw(st.one_of(st.binary(max_size=3), ODD_TEXT.map(lambda text: text.encode())))
    return media_type, bytes(content)
