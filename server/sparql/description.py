"""What the endpoint is, in RDF: SPARQL 1.1 Service Description, with the limits in force."""

from pathlib import Path

import pyoxigraph as ox
from flask import Response, request

from loader.release.namespaces import BASE, DCTERMS, ONTOLOGY, RDF, SD, VOID, XSD
from server.asking.asker import asked_release, question
from server.engine.evaluation.ordered_prefixes import ordered_bytes
from server.formats import DUMPS, GRAPHS, N_TRIPLES, RESULTS
from server.http.answers import not_modified, respond_whole
from server.http.negotiation import wanted
from server.http.state import state

CONTENT = Path(__file__).with_suffix(".rq").read_text(encoding="utf-8")
FORMATS = "http://www.w3.org/ns/formats/"
DATA_DUMP = ox.NamedNode(VOID + "dataDump")
RDF_1_2 = ox.NamedNode("https://www.w3.org/TR/rdf12-concepts/")
RDF_TYPE = ox.NamedNode(RDF + "type")
XSD_INTEGER = ox.NamedNode(XSD + "integer")


def service_description() -> Response:
    """The description of the service at the address that was asked, in the graph format wanted."""
    format_ = wanted(request, GRAPHS)
    release = asked_release()
    if unchanged := not_modified(release.id, format_):
        return unchanged
    asked = question(CONTENT, N_TRIPLES.media_type, release)
    counted = ox.parse(state().engine.query(asked).whole(), format=ox.RdfFormat.N_TRIPLES)
    content = ordered_bytes([*_triples(), *(quad.triple for quad in counted)], format_.media_type)
    return respond_whole(content, format_, release)


def _triples() -> list[ox.Triple]:
    settings = state().settings
    service = ox.NamedNode(f"{settings.address}/sparql")
    dataset = ox.NamedNode(f"{BASE}dataset/un-missions")
    default = ox.NamedNode(f"{dataset.value}#default-graph")
    languages = ["SPARQL10Query", "SPARQL11Query"]
    if state().is_writable:
        languages.append("SPARQL11Update")
    names = [format_.w3c_name for format_ in (*RESULTS, *GRAPHS)]
    inputs = [format_.w3c_name for format_ in GRAPHS] if state().is_writable else []
    triples = [
        ox.Triple(service, RDF_TYPE, _sd("Service")),
        ox.Triple(service, _sd("endpoint"), service),
        ox.Triple(service, _sd("defaultDataset"), dataset),
        ox.Triple(dataset, RDF_TYPE, _sd("Dataset")),
        ox.Triple(dataset, _sd("defaultGraph"), default),
        ox.Triple(default, RDF_TYPE, _sd("Graph")),
        ox.Triple(dataset, ox.NamedNode(DCTERMS + "conformsTo"), RDF_1_2),
        *(ox.Triple(dataset, DATA_DUMP, dump) for dump in _dumps()),
        *(ox.Triple(service, _sd("supportedLanguage"), _sd(name)) for name in languages),
        *(ox.Triple(service, _sd("resultFormat"), ox.NamedNode(FORMATS + name)) for name in names),
        *(ox.Triple(service, _sd("inputFormat"), ox.NamedNode(FORMATS + name)) for name in inputs),
        *(ox.Triple(service, ox.NamedNode(ONTOLOGY + name), _number(n)) for name, n in limits().items()),
    ]
    return [*triples, *(ox.Triple(service, _sd("feature"), _sd(name)) for name in _features())]


def _features() -> list[str]:
    """What the service does beside SPARQL itself."""
    settings = state().settings
    union = ["UnionDefaultGraph"] if settings.default_graph == "union" else []
    return [*union, *(["BasicFederatedQuery"] if settings.allowed_services else [])]


def limits() -> dict[str, int]:
    """The limits in force, by the name of the property that states them: seconds, bytes, levels."""
    settings = state().settings
    return {
        "queryTimeout": int(settings.timeout),
        "queryMemory": settings.memory << 20,
        "queryBytes": settings.query_bytes,
        "queryDepth": settings.query_depth,
        "bodyBytes": settings.body << 20,
    }


def _dumps() -> list[ox.NamedNode]:
    """Where the whole data are had as files, whichever release answers."""
    return [ox.NamedNode(f"{state().settings.address}/data/latest.{dump.name}") for dump in DUMPS]


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)


def _number(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=XSD_INTEGER)
