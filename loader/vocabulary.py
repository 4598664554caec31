"""The RDF terms that the loader itself reads and writes."""

from rdflib import Namespace, URIRef

from loader.release.namespaces import BASE, EDTF, ONTOLOGY

THING = Namespace(BASE)
UNM = Namespace(ONTOLOGY)
OA = Namespace("http://www.w3.org/ns/oa#")
EDTF_DATATYPE = URIRef(EDTF)


def kind_and_slug(iri: URIRef) -> tuple[str, str]:
    """The two parts of the IRI of one of our things: `mission`, `2012-abuja`."""
    kind, _, slug = str(iri).removeprefix(BASE).partition("/")
    return kind, slug
