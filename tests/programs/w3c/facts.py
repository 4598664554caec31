"""Looks things up in the triples of one manifest."""

from collections import defaultdict
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"


class Facts:
    """The triples of a Turtle file, asked by subject and predicate."""

    def __init__(self, path: Path, base: str) -> None:
        self._objects: defaultdict[tuple[Term, str], list[Term]] = defaultdict(list)
        for quad in parse(path=path, format=RdfFormat.TURTLE, base_iri=base):
            self._objects[quad.subject, quad.predicate.value].append(quad.object)

    def values(self, subject: Term, predicate: str) -> list[Term]:
        """All objects of the predicate, in the order of the file."""
        return self._objects.get((subject, predicate), [])

    def value(self, subject: Term, predicate: str) -> Term | None:
        """The first object of the predicate, if there is one."""
        return next(iter(self.values(subject, predicate)), None)

    def text(self, subject: Term, predicate: str) -> str | None:
        """The IRI or the lexical form of the first object of the predicate."""
        found = self.value(subject, predicate)
        return None if found is None else text_of(found)

    def items(self, subject: Term, predicate: str) -> list[Term]:
        """The members of the list that the predicate leads to."""
        members: list[Term] = []
        node = self.value(subject, predicate)
        while node is not None and (first := self.value(node, RDF + "first")) is not None:
            members.append(first)
            node = self.value(node, RDF + "rest")
        return members

    def entries(self) -> list[Term]:
        """The tests the manifest lists; an entry it describes but does not list is none."""
        heads = [subject for subject, predicate in self._objects if predicate == MF + "entries"]
        return [entry for head in heads for entry in self.items(head, MF + "entries")]


def text_of(term: Term) -> str:
    """The IRI, label or lexical form of a term."""
    if isinstance(term, Triple):
        raise ValueError(f"A manifest of the suite has no triple terms: {term}")
    return term.value


def local_name(term: Term) -> str:
    """What stands after the last `#` of an IRI."""
    return text_of(term).rpartition("#")[2]
