"""Refuses literals that are not what their datatype says."""

from collections.abc import Iterator

import pyoxigraph as ox
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from rdflib import Literal, URIRef

from loader.draft import Draft
from loader.problems import Problem
from loader.release.namespaces import EDTF


def literal_problems(draft: Draft) -> Iterator[Problem]:
    """A problem for each literal of the inputs that is invalid, such as the 30th of February."""
    for graph in draft.graphs:
        for (_, _, value), location in draft.located(graph):
            if isinstance(value, ox.Literal) and not _is_valid(value):
                datatype = value.datatype.value.rpartition("#")[2].rpartition("/")[2]
                yield Problem(location, f"{value.value!r} is not a valid {datatype}.")


def _is_valid(literal: ox.Literal) -> bool:
    """rdflib is asked, for it knows the values of every datatype of XML Schema; pyoxigraph keeps any text."""
    if literal.language:
        return True
    if literal.datatype.value == EDTF:
        return is_edtf(literal.value)
    return not Literal(literal.value, datatype=URIRef(literal.datatype.value)).ill_typed


def is_edtf(text: str) -> bool:
    """Whether a text is a date of the Extended Date/Time Format (ISO 8601-2, levels 0 to 2)."""
    try:
        parse_edtf(text)
    except EDTFParseException:
        return False
    return True
