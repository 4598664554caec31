"""Converts between rdflib, whose parser knows lines and whose terms pyshacl wants, and pyoxigraph."""

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from loader.release.namespaces import XSD
from loader.terms import Term, Triple

RdflibTriple = tuple[Node, Node, Node]


def to_ox(term: Node) -> Term:
    """A term of rdflib as pyoxigraph has it, with its lexical form."""
    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, BNode):
        return ox.BlankNode(str(term))
    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        if term.datatype:
            return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)))
        return ox.Literal(str(term))
    raise ValueError(f"Unexpected rdflib term: {term!r}")


def to_ox_triple(triple: RdflibTriple) -> Triple:
    """A triple of rdflib; that its subject and predicate are no literals is known."""
    subject, predicate, object_ = map(to_ox, triple)
    assert not isinstance(subject, ox.Literal) and isinstance(predicate, ox.NamedNode)
    return subject, predicate, object_


def from_ox(term: Term) -> Node:
    """A term of pyoxigraph as rdflib has it; not normalized, for the lexical form may be what is judged."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    if term.datatype.value == XSD + "string":  # which rdflib takes for another term than a plain literal
        return Literal(term.value)
    return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)


def from_ox_triple(triple: Triple) -> RdflibTriple:
    """A triple of pyoxigraph as rdflib has it."""
    subject, predicate, object_ = triple
    return from_ox(subject), from_ox(predicate), from_ox(object_)
