"""Turns the suite's manifests into cases."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from .cases import Case, Category, DescriptionCase, QueryCase, SyntaxCase, UpdateCase
from .dataset import BASE, Dataset, Source
from .exchanges import http_case
from .facts import MF, QT, RDF, RDFS, UT, Facts, Term, local_name, text_of

# Which manifests make up which category; the package's docstring counts them.
MANIFESTS: dict[Category, tuple[str, ...]] = {
    "query": (
        *("aggregates", "bind", "bindings", "cast", "construct", "exists", "functions"),
        *("grouping", "negation", "project-expression", "property-path", "subquery"),
        *("syntax-query", "csv-tsv-res", "json-res", "syntax-fed"),
    ),
    "update": (
        *("add", "basic-update", "clear", "copy", "delete", "delete-data", "delete-insert"),
        *("delete-where", "drop", "move", "syntax-update-1", "syntax-update-2", "update-silent"),
    ),
    "protocol": ("protocol",),
    "graph store protocol": (
        "graph-store-protocol/manifest-direct.ttl",
        "graph-store-protocol/manifest-indirect.ttl",
    ),
    "service description": ("service-description",),
}

Entry: TypeAlias = tuple[Facts, Term, str, str, Category]


def read_suite(suite: Path, only: str | None = None) -> list[Case]:
    """All cases of the suite, or those whose name the regular expression is found in."""
    wanted = re.compile(only or "")
    cases = (case for category in MANIFESTS for case in _read_category(suite, category))
    return [case for case in cases if wanted.search(case.name)]


def _read_category(suite: Path, category: Category) -> Iterator[Case]:
    for name in MANIFESTS[category]:
        path = suite / (name if name.endswith(".ttl") else f"{name}/manifest.ttl")
        facts = Facts(path, BASE + path.relative_to(suite).as_posix())
        reader = _Reader(suite, facts, path.parent.name, category)
        yield from (reader.case(entry) for entry in facts.entries())


class _Reader:
    """Reads the entries of one manifest."""

    def __init__(self, suite: Path, facts: Facts, folder: str, category: Category) -> None:
        self.suite, self.facts, self.folder, self.category = suite, facts, folder, category

    def case(self, entry: Term) -> Case:
        """The case an entry describes, by the type the manifest gives it."""
        kind = local_name(self.facts.values(entry, RDF + "type")[0])
        name = f"{self.folder}/{local_name(entry)}"
        title = self.facts.text(entry, MF + "name") or name
        if kind in ("QueryEvaluationTest", "CSVResultFormatTest"):
            return self._query(entry, name, title)
        if kind == "UpdateEvaluationTest":
            return self._update(entry, name, title)
        if kind in ("ProtocolTest", "GraphStoreProtocolTest"):
            data = self._dataset(entry, UT)
            return http_case(self.facts, entry, name, title, self.category, data)
        if kind == "ServiceDescriptionTest":
            return DescriptionCase(name, title, self.category, local_name(entry))
        return self._syntax(entry, kind, name, title)

    def _query(self, entry: Term, name: str, title: str) -> QueryCase:
        action = self._node(entry, MF + "action")
        query = self._source(self._node(action, QT + "query"))
        result = self._source(self._node(entry, MF + "result"))
        data = self._dataset(action, QT)
        return QueryCase(name, title, self.category, query, data, result)

    def _update(self, entry: Term, name: str, title: str) -> UpdateCase:
        action = self._node(entry, MF + "action")
        request = self._source(self._node(action, UT + "request"))
        before = self._dataset(action, UT)
        after = self._dataset(self._node(entry, MF + "result"), UT)
        return UpdateCase(name, title, self.category, request, before, after)

    def _syntax(self, entry: Term, kind: str, name: str, title: str) -> SyntaxCase:
        if not re.fullmatch(r"(Positive|Negative)(Update)?SyntaxTest11", kind):
            raise ValueError(f"A kind of test that the runner does not know: {kind} of {name}")
        request = self._source(self._node(entry, MF + "action"))
        valid = kind.startswith("Positive")
        return SyntaxCase(name, title, self.category, request, valid)

    def _dataset(self, node: Term, terms: str) -> Dataset:
        default = tuple(self._source(file) for file in self.facts.values(node, terms + "data"))
        graphs = self.facts.values(node, terms + "graphData")
        return Dataset(default, tuple(self._named(graph) for graph in graphs))

    def _named(self, node: Term) -> tuple[str, Source]:
        """A named graph: a file that names itself, or a file and its label in a blank node."""
        file = self.facts.value(node, UT + "graph") or node
        source = self._source(file)
        return self.facts.text(node, RDFS + "label") or source.iri, source

    def _source(self, file: Term) -> Source:
        iri = text_of(file)
        return Source(self.suite / iri.removeprefix(BASE), iri)

    def _node(self, subject: Term, predicate: str) -> Term:
        found = self.facts.value(subject, predicate)
        if found is None:
            raise ValueError(f"{subject} in the manifest of {self.folder} has no {predicate}")
        return found
