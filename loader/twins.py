"""Finds two things with one id, mostly the trace of a file that was copied."""

from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from loader.problems import Location, Problem
from loader.release.namespaces import BASE
from loader.terms import RDF, LocatedTriple, Subject, Term


def twin_problems(graphs: dict[str, list[LocatedTriple]]) -> Iterator[Problem]:
    """A problem for each thing of which two separate passages of the files say what it is."""
    places: dict[Subject, list[Location]] = defaultdict(list)
    for located in graphs.values():
        for subject, location in _typed_passages(located):
            places[subject].append(location)
    for subject, (first, *others) in places.items():
        for other in others:
            name = subject.value.removeprefix(BASE)
            yield Problem(other, f"<{name}> is already described at {first}: two things cannot have one id.")


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
