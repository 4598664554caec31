"""The canonical IRIs of the project; they never change with the host that serves them."""

BASE = "https://w3id.org/un-missions/"
ONTOLOGY = BASE + "ontology#"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"

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


def graph_iri(name: str) -> str:
    """The IRI of one of the project's named graphs."""
    return f"{BASE}graph/{name}"
