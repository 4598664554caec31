"""Mistakes that show as soon as the files are read: one id for two things, literals that are no value.

They are told before anything is derived from them, since all that follows would only repeat them.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from rdflib import Literal, URIRef

from loader.draft import Draft
from loader.problems import Location, Problem
from loader.release.namespaces import EDTF
from loader.terms import RDF, UNM, LocatedTriple, Subject, Term, in_brackets

OPEN = "…"


def twin_problems(graphs: dict[str, list[LocatedTriple]]) -> Iterator[Problem]:
    """A problem for each thing of which two separate passages of the files say what it is."""
    places: dict[Subject, list[Location]] = defaultdict(list)
    for located in graphs.values():
        for subject, location in _typed_passages(located):
            places[subject].append(location)
    for subject, (first, *others) in places.items():
        for other in others:
            name = in_brackets(subject)
            yield Problem(other, f"{name} is already described at {first}: two things cannot have one id.")


def _typed_passages(located: list[LocatedTriple]) -> Iterator[tuple[Subject, Location]]:
    """Each passage about one subject in which its type is stated; blank nodes inside do not end a passage.

    A type stated again begins a new passage, as where a copy stands directly below.
    """
    current: tuple[Subject, str] | None = None
    types: set[Term] = set()
    for (subject, predicate, object_), location in located:
        if isinstance(subject, ox.BlankNode):
            continue
        if (subject, location.file) != current:
            current, types = (subject, location.file), set()
        if predicate == RDF.type:
            if not types or object_ in types:
                yield subject, location
            types.add(object_)


def open_problems(draft: Draft) -> Iterator[Problem]:
    """A problem for each place that `unmissions new` left open and nobody filled in."""
    for graph in draft.graphs:
        for (subject, _, value), location in draft.located(graph):
            places = [location] if _is_open(value) else []
            places += [draft.place_of(subject)] if _is_open(subject) else []
            yield from (Problem(one, f"Fill in what reads {OPEN} here, or take it away.") for one in places)


def _is_open(term: Term) -> bool:
    return term.value == OPEN if isinstance(term, ox.Literal) else OPEN in term.value


def told_problems(draft: Draft) -> Iterator[Problem]:
    """A problem for each `unm:toldIn` that leads to something else than a section, such as a whole source."""
    types: dict[Term, Term] = {s: o for graph in draft.graphs.values() for s, p, o in graph if p == RDF.type}
    for graph in draft.graphs:
        for (subject, predicate, value), location in draft.located(graph):
            if predicate == UNM.toldIn and types.get(value, UNM.Section) != UNM.Section:
                told = (
                    f"{in_brackets(value)} is no section: write unm:toldIn <section/…> with one that it has."
                )
                yield Problem(location, f"{in_brackets(subject)}: {told}")


def literal_problems(draft: Draft) -> Iterator[Problem]:
    """A problem for each literal of the inputs that is invalid, such as the 30th of February."""
    for graph in draft.graphs:
        for (_, _, value), location in draft.located(graph):
            if isinstance(value, ox.Literal) and value.value != OPEN and not _is_valid(value):
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


def isni_problems(draft: Draft) -> Iterator[Problem]:
    """A problem for each ISNI whose last character does not follow from the others: a digit is mistaken."""
    for graph in draft.graphs:
        for (_, predicate, value), location in draft.located(graph):
            if predicate == UNM.isni and value.value != OPEN and not is_isni(value.value):
                yield Problem(location, f"{value.value!r} is no ISNI: compare its digits with isni.org.")


def is_isni(text: str) -> bool:
    """Whether a text is four groups of four whose last character checks the others (ISO 7064, MOD 11-2)."""
    if not re.fullmatch(r"(\d{4} ){3}\d{3}[\dX]", text):
        return False
    total = 0
    for digit in text.replace(" ", "")[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == text[-1]
