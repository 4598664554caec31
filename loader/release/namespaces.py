"""The namespaces of the project's own IRIs, which never change with the host that serves them, and of others.

Strings, not the constants of rdflib: what only passes IRIs on need not wait for rdflib to be imported.
"""

BASE = "https://w3id.org/un-missions/"
ONTOLOGY = BASE + "ontology#"

DCAT = "http://www.w3.org/ns/dcat#"
DCTERMS = "http://purl.org/dc/terms/"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
OA = "http://www.w3.org/ns/oa#"
OWL = "http://www.w3.org/2002/07/owl#"
PAV = "http://purl.org/pav/"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SD = "http://www.w3.org/ns/sparql-service-description#"
SH = "http://www.w3.org/ns/shacl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SPDX = "http://spdx.org/rdf/terms#"
VANN = "http://purl.org/vocab/vann/"
VOID = "http://rdfs.org/ns/void#"
XSD = "http://www.w3.org/2001/XMLSchema#"

BUILT_GRAPHS = (
    "ontology",
    "reference",
    "missions",
    "evidence",
    "links",
    "inferred",
    "void",
    "queries",
)
# The data sets of others that every build brings along, each in the graph of a data set.
BUILT_IN = ("m49",)


def graph_iri(name: str) -> str:
    """The IRI of one of the project's named graphs."""
    return f"{BASE}graph/{name}"


def kind_of(iri: str) -> str:
    """The first part of the path of a thing of ours, such as `person`; nothing of any other."""
    rest = iri.removeprefix(BASE)
    return "" if rest == iri else rest.replace("#", "/").partition("/")[0]


def is_own_thing(iri: str) -> bool:
    """Whether it is for the project's own graphs to say what this is; things of data sets are not."""
    name = iri.removeprefix(BASE)
    kind, _, rest = name.partition("/")
    is_of_others = kind == "dataset" and ("/" in rest or "#" in rest) and not rest.startswith("un-missions#")
    return name != iri and not is_of_others


def is_own_graph(iri: str) -> bool:
    """Whether a graph is the project's own: one that a build makes, or what a load says of its data set."""
    name = iri.removeprefix(graph_iri(""))
    is_description = name.startswith("dataset/") and name.endswith("/void")
    return name != iri and (name in BUILT_GRAPHS or is_description)
