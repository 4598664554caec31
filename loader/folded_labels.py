"""Gives things their labels as the search compares them, so that queries need not fold them."""

import pyoxigraph as ox

from loader.draft import Draft
from loader.folding import fold
from loader.release.namespaces import ONTOLOGY
from loader.terms import RDFS, SKOS, UNM, LocatedTriple, Subject

_NAMES = (RDFS.label, SKOS.prefLabel, SKOS.altLabel)


def add_folded_labels(draft: Draft) -> None:
    """Adds `unm:foldedLabel` to the graph `inferred` for every label of what has an IRI of its own."""
    folded = {
        (thing, UNM.foldedLabel, ox.Literal(fold(name.value)))
        for thing, predicate, name in draft.all()
        if predicate in _NAMES and isinstance(name, ox.Literal) and _is_named(thing)
    }
    draft.add("inferred", [LocatedTriple(triple, draft.place_of(triple[0])) for triple in folded])


def _is_named(thing: Subject) -> bool:
    """Not so the targets and selectors of a statement, which are parts of it and labelled by its words."""
    return isinstance(thing, ox.NamedNode) and ("#" not in thing.value or thing.value.startswith(ONTOLOGY))
