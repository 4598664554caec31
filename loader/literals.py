"""Refuses literals that are not what their datatype says."""

from collections.abc import Iterator

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from rdflib import Literal

from loader.draft import Draft
from loader.problems import Problem
from loader.vocabulary import EDTF_DATATYPE


def literal_problems(draft: Draft) -> Iterator[Problem]:
    """A problem for each literal of the inputs that is invalid, such as the 30th of February."""
    for graph in draft.graphs:
        for (_, _, value), location in draft.located(graph):
            if isinstance(value, Literal) and not _is_valid(value):
                datatype = str(value.datatype).rpartition("#")[2].rpartition("/")[2]
                yield Problem(location, f"{str(value)!r} is not a valid {datatype}.")


def _is_valid(value: Literal) -> bool:
    if value.datatype == EDTF_DATATYPE:
        return is_edtf(str(value))
    return not value.ill_typed


def is_edtf(text: str) -> bool:
    """Whether a text is a date of the Extended Date/Time Format (ISO 8601-2, levels 0 to 2)."""
    try:
        parse_edtf(text)
    except EDTFParseException:
        return False
    return True
