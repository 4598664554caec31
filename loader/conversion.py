"""Converts terms and triples between rdflib, which knows places, and pyoxigraph, which is fast."""

from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from loader.turtle import Triple

OxTerm = ox.NamedNode | ox.BlankNode | ox.Literal


def to_ox(term: Node) -> OxTerm:
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


def from_ox(term: object) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        if term.datatype.value == "http://www.w3.org/2001/XMLSchema#string":
            return Literal(term.value)
        return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    raise ValueError(f"Unexpected pyoxigraph term: {term!r}")


def to_ox_quads(triples: Iterable[Triple], graph: ox.NamedNode | ox.DefaultGraph) -> list[ox.Quad]:
    """Quads of a graph; the subject and predicate are known to be no literals."""
    quads = []
    for triple in triples:
        subject, predicate, object_ = map(to_ox, triple)
        assert not isinstance(subject, ox.Literal) and isinstance(predicate, ox.NamedNode)
        quads.append(ox.Quad(subject, predicate, object_, graph))
    return quads


def from_ox_triple(triple: ox.Triple) -> Triple:
    return from_ox(triple.subject), from_ox(triple.predicate), from_ox(triple.object)
