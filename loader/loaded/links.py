"""Whether the links of our tables fit what loaded data say of the things to which they lead."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from loader.draft import Draft
from loader.linksets.table import rules
from loader.loaded.loaded_graphs import LoadedGraph
from loader.problems import Problem
from loader.terms import OWL, SKOS, Subject, Term, in_brackets

SAME = (SKOS.exactMatch, OWL.sameAs)
# The links of our things by what they lead to: the thing, and the property that says that it is the same.
Links = Mapping[ox.NamedNode, list[tuple[Subject, ox.NamedNode]]]


def link_problems(draft: Draft, graphs: Iterable[LoadedGraph]) -> Iterator[Problem]:
    """Warnings, each at the row of its table or the line of a code."""
    links = _links(draft)
    for graph in graphs:
        yield from _missing(draft, links, graph)
        yield from _disagreeing(draft, links, graph)


def _links(draft: Draft) -> Links:
    links = defaultdict(list)
    for subject, predicate, value in draft.graphs.get("links", {}):
        if predicate in SAME and isinstance(value, ox.NamedNode):
            links[value].append((subject, predicate))
    return links


def _missing(draft: Draft, links: Links, graph: LoadedGraph) -> Iterator[Problem]:
    """Links to things that a data set of their scheme does not have."""
    by_scheme: dict[str, list[ox.NamedNode]] = defaultdict(list)
    for target in links:
        by_scheme[_scheme(target)].append(target)
    spaces = graph.spaces()
    for scheme, targets in by_scheme.items():
        missing = [target for target in targets if not graph.describes(target)]
        # A few records of a scheme are not its data set: one that has most of what we link there is.
        if scheme in spaces or 2 * len(missing) < len(targets):
            for target in missing:
                sentence = f"The data set {graph.shown} of {scheme} has no {in_brackets(target)}."
                yield from _at_links(draft, links, target, sentence)


def _disagreeing(draft: Draft, links: Links, graph: LoadedGraph) -> Iterator[Problem]:
    """Things of theirs that are the same as one of ours, but have another code or identifier than it."""
    ours: dict[Subject, list[ox.NamedNode]] = defaultdict(list)
    for target, of_target in links.items():
        for subject, _ in of_target:
            ours[subject].append(target)
    for target, of_target in links.items():
        for subject, _ in of_target:
            for wrong in [
                *_other_links(target, ours[subject], graph),
                *_other_codes(draft, subject, target, graph),
            ]:
                yield from _at_links(draft, links, target, wrong)


def _other_links(target: ox.NamedNode, ours: list[ox.NamedNode], graph: LoadedGraph) -> Iterator[str]:
    theirs = {value for same in SAME for value in graph.values(target, same)}
    found = [value for value in theirs if isinstance(value, ox.NamedNode)]
    for mine in ours:
        others = sorted(v.value for v in found if _scheme(v) == _scheme(mine))
        if others and mine.value not in others:
            said = f"says that {in_brackets(target)} is <{others[0]}>"
            yield f"{graph.shown} {said}; our link is {in_brackets(mine)}."


def _other_codes(draft: Draft, subject: Subject, target: ox.NamedNode, graph: LoadedGraph) -> Iterator[str]:
    for ours, theirs in rules()["codes"].items():
        mine = {_plain(o) for s, p, o in draft.graphs["reference"] if s == subject and p.value == ours}
        others = {_plain(value) for name in theirs for value in graph.values(target, ox.NamedNode(name))}
        if mine and others and not mine & others:
            code = ours.rpartition("#")[2]
            yield f"{graph.shown} has {min(others)} as {code} of {in_brackets(target)}; ours is {min(mine)}."


def _plain(code: Term) -> str:
    """A code without the zeros that many a table has lost."""
    return code.value.lstrip("0")


def _at_links(draft: Draft, links: Links, target: ox.NamedNode, sentence: str) -> Iterator[Problem]:
    for subject, predicate in links[target]:
        yield Problem(draft.place_of(subject, predicate, target), sentence, is_warning=True)


def _scheme(iri: ox.NamedNode) -> str:
    """What the IRIs of a scheme begin with."""
    return iri.value[: iri.value.rindex("/") + 1]
