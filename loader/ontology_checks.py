"""The ontology's own tests: queries that must find nothing, and words of ours that must be declared."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from loader.draft import Draft
from loader.problems import Location, Problem, not_sparql, read_text
from loader.query.header import read_header
from loader.query.tokens import declared_prefixes, line_and_column, tokens
from loader.release.namespaces import BASE, ONTOLOGY
from loader.terms import RDFS, Term

_PREFIXES = {
    "unm": ONTOLOGY,
    "dcterms": "http://purl.org/dc/terms/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}


def check_problems(draft: Draft, checks: list[Path], root: Path) -> Iterator[Problem]:
    """A problem for each row of each check; what several rows say alike is said at the first of their places.

    The `message` of the check's header says it; `{variable}` stands for a term of the row. With
    `severity: warning` it stops nothing.
    """
    first: dict[str, Problem] = {}
    for problem in _rows(draft, checks, root):
        first[problem.sentence] = min(problem, first.get(problem.sentence, problem))
    yield from first.values()


def _rows(draft: Draft, checks: list[Path], root: Path) -> Iterator[Problem]:
    for path in checks:
        name = path.relative_to(root).as_posix()
        text = read_text(path, name)
        header = read_header(text)
        try:
            solutions = draft.rows(text)
        except SyntaxError as error:
            yield not_sparql(name, "check", text, error)
            continue
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            row = {name: term for name, term in zip(names, solution, strict=True) if term is not None}
            sentence = _filled(str(header["message"]), row)
            yield Problem(_place(draft, row), sentence, header.get("severity") == "warning")


def _filled(message: str, row: Mapping[str, Term]) -> str:
    shown = {name: _shown(term.value) for name, term in row.items()}
    return re.sub(r"\{(\w+)\}", lambda match: shown.get(match[1], ""), message)


def _shown(text: str) -> str:
    """A term as files write it: with the prefix of its vocabulary, or without our base."""
    for prefix, space in _PREFIXES.items():
        if text.startswith(space):
            return text.replace(space, f"{prefix}:", 1)
    return text.removeprefix(BASE)


def _place(draft: Draft, row: Mapping[str, Term]) -> Location:
    """Where the triple stands whose `thing`, `property`, `value` the row names."""
    thing, property_ = row["thing"], row.get("property")
    assert not isinstance(thing, ox.Literal)
    if not isinstance(property_, ox.NamedNode):
        return draft.place_of(thing)
    return draft.place_of(thing, property_, row.get("value"))


def unknown_words(draft: Draft, files: list[Path], root: Path) -> Iterator[Problem]:
    """A problem for each word of our namespace in rules and queries that the ontology does not declare."""
    declared = {s.value for s, p, _ in draft.graphs["ontology"] if p == RDFS.isDefinedBy}
    for path in files:
        name = path.relative_to(root).as_posix()
        text = read_text(path, name)
        prefixes = declared_prefixes(text)
        for token in tokens(text):
            iri = _expand(token.kind, token.text, prefixes)
            if iri.startswith(ONTOLOGY) and iri != ONTOLOGY and iri not in declared:
                place = Location(name, line_and_column(text, token.start)[0])
                yield Problem(place, f"{token.text} is no term of the ontology.")


def _expand(kind: str, text: str, prefixes: dict[str, str]) -> str:
    if kind == "iri":
        return text[1:-1]
    if kind == "pname":
        prefix, _, local = text.partition(":")
        return prefixes.get(prefix, "") + local
    return ""
