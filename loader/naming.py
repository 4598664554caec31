"""Gives the participations that curators write as blank nodes their stable IRIs, each its own."""

from collections.abc import Iterator

import pyoxigraph as ox

from loader.draft import Draft
from loader.problems import Problem
from loader.terms import THING, UNM, LocatedTriple, Term, in_brackets, kind_and_slug


def name_participations(draft: Draft) -> None:
    """Replaces each blank participation by `participation/{event}--{participant}--{role}`.

    The name does not depend on the order of the file, so that adding one participation renames no other.
    """
    located = draft.located("missions")
    names = _names(located)
    draft.replace("missions", [_renamed(pair, names) for pair in located])


def repeated_participations(located: list[LocatedTriple]) -> Iterator[Problem]:
    """A problem for each participation that would have the name of one before it: they would become one."""
    names = _names(located)
    first: dict[Term, Term] = {}
    for (blank, predicate, participant), location in located:
        if predicate != UNM.participant or blank not in names:
            continue
        if first.setdefault(names[blank], blank) != blank:
            sentence = (
                f"{in_brackets(participant)} takes part twice in the same event and role: "
                "write one participation with all its quotations."
            )
            yield Problem(location, sentence)


def _names(located: list[LocatedTriple]) -> dict[Term, ox.NamedNode]:
    events = {o: s for (s, p, o), _ in located if p == UNM.hasParticipation and isinstance(o, ox.BlankNode)}
    participants = {s: o for (s, p, o), _ in located if p == UNM.participant}
    roles = {s: o for (s, p, o), _ in located if p == UNM.role}
    return {
        blank: THING[
            "participation/"
            + "--".join((_slug(event), _slug(participants.get(blank)), _slug(roles.get(blank))))
        ]
        for blank, event in events.items()
    }


def _slug(node: Term | None) -> str:
    # What lacks a part gets a name all the same, so that the shapes can say at its place what is missing.
    return kind_and_slug(node)[1] if isinstance(node, ox.NamedNode) else "nobody"


def _renamed(pair: LocatedTriple, names: dict[Term, ox.NamedNode]) -> LocatedTriple:
    subject, predicate, object_ = pair.triple
    return LocatedTriple((names.get(subject, subject), predicate, names.get(object_, object_)), pair.location)
