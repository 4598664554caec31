"""RDF as the loader holds it: pyoxigraph's terms, triples with their places, and terms known by name."""

from typing import NamedTuple

import pyoxigraph as ox

from loader.problems import Location
from loader.release import namespaces
from loader.release.namespaces import BASE, ONTOLOGY

Subject = ox.NamedNode | ox.BlankNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal
# A plain tuple: it is taken apart everywhere, and an ox.Triple copies its terms each time it is.
Triple = tuple[Subject, ox.NamedNode, Term]


class LocatedTriple(NamedTuple):
    """A triple and where it stands."""

    triple: Triple
    location: Location


class Namespace:
    """Makes the terms of one namespace: `PROV.wasDerivedFrom`, `THING["mission/2012-abuja"]`."""

    def __init__(self, iri: str) -> None:
        self._iri = iri

    def __getitem__(self, name: str) -> ox.NamedNode:
        return ox.NamedNode(self._iri + name)

    def __getattr__(self, name: str) -> ox.NamedNode:
        """A term that was not named before; it is kept, so that Python asks for it here only once."""
        if name.startswith("_"):
            raise AttributeError(name)
        term = self[name]
        setattr(self, name, term)
        return term


THING = Namespace(BASE)
UNM = Namespace(ONTOLOGY)
DCAT = Namespace(namespaces.DCAT)
DCTERMS = Namespace(namespaces.DCTERMS)
OA = Namespace(namespaces.OA)
OWL = Namespace(namespaces.OWL)
PAV = Namespace(namespaces.PAV)
PROV = Namespace(namespaces.PROV)
RDF = Namespace(namespaces.RDF)
RDFS = Namespace(namespaces.RDFS)
SD = Namespace(namespaces.SD)
SKOS = Namespace(namespaces.SKOS)
SPDX = Namespace(namespaces.SPDX)
VOID = Namespace(namespaces.VOID)
XSD = Namespace(namespaces.XSD)


def in_brackets(term: Subject | Term) -> str:
    """A term as sentences name it: without our base, which files leave out too."""
    return f"<{term.value.removeprefix(BASE)}>"


def kind_and_slug(iri: ox.NamedNode) -> tuple[str, str]:
    """The two parts of the IRI of one of our things: `mission`, `2012-abuja`."""
    kind, _, slug = iri.value.removeprefix(BASE).partition("/")
    return kind, slug
