"""What is to be loaded as one data set, and how."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from loader.release.namespaces import BUILT_IN, graph_iri
from loader.terms import THING, Term

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# The data sets that a build makes, which no load may replace.
BUILT = ("un-missions", *BUILT_IN)


@dataclass(frozen=True, kw_only=True)
class DataSet:
    """Files that become one named graph; relative IRIs in them are resolved against `base`.

    Without a mapping they are RDF. `description` and `facts` say what it is; with `keep_iris` identifiers
    stay in the form in which they came.
    """

    slug: str
    files: tuple[Path, ...]
    base: str = ""
    mapping: Path | None = None
    description: Path | None = None
    keep_iris: bool = False
    facts: tuple[tuple[ox.NamedNode, Term], ...] = ()

    @property
    def iri(self) -> ox.NamedNode:
        """The data set; what it says of things whose IRIs begin so is its own."""
        return THING[f"dataset/{self.slug}"]

    @property
    def base_iri(self) -> str:
        return self.base or f"{self.iri.value}/"

    @property
    def graph(self) -> ox.NamedNode:
        return data_graph(self.slug)


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How strict a load is; `contexts` are files in the place of JSON-LD contexts that lie elsewhere."""

    strict: bool = False
    skip_invalid: bool = False
    allow_empty: bool = False
    contexts: Mapping[str, Path] = field(default_factory=dict)


def data_graph(slug: str) -> ox.NamedNode:
    """The graph that holds a data set."""
    return ox.NamedNode(graph_iri(f"dataset/{slug}"))


def description_graph(slug: str) -> ox.NamedNode:
    """The graph that says what a data set is; its own graph holds only the data, as they came."""
    return ox.NamedNode(graph_iri(f"dataset/{slug}/void"))
