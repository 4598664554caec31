"""The graphs beside our own in the release that answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from loader.release.namespaces import BUILT_IN, VOID, graph_iri, is_own_graph
from loader.release.releases import Releases
from loader.terms import SD, Term


@dataclass(frozen=True)
class LoadedGraph:
    """The graph of a data set, or one that was written; it is only read."""

    store: ox.Store
    name: ox.NamedNode

    @property
    def shown(self) -> str:
        """As sentences name it: the slug of a data set, else the IRI."""
        return self.name.value.removeprefix(graph_iri("dataset/"))

    def describes(self, thing: ox.NamedNode) -> bool:
        return any(True for _ in self.store.quads_for_pattern(thing, None, None, self.name))

    def values(self, thing: ox.NamedNode, predicate: ox.NamedNode) -> set[Term]:
        quads = self.store.quads_for_pattern(thing, predicate, None, self.name)
        return {quad.object for quad in quads if not isinstance(quad.object, ox.Triple)}

    def subjects(self, predicate: ox.NamedNode, value: Term) -> set[ox.NamedNode]:
        quads = self.store.quads_for_pattern(None, predicate, value, self.name)
        return {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}

    def spaces(self) -> set[str]:
        """Where the IRIs begin whose data set it is said to be."""
        named = self.store.quads_for_pattern(None, SD.name, self.name, None)
        spaces = (
            self.store.quads_for_pattern(quad.subject, ox.NamedNode(f"{VOID}uriSpace"), None, None)
            for quad in named
        )
        return {str(getattr(space.object, "value", "")) for some in spaces for space in some}


def loaded_graphs(store: Path) -> Iterator[LoadedGraph]:
    """All of them; none where nothing was published. Raises DamagedRelease."""
    release = Releases(store).current()
    if release is None:
        return
    content = ox.Store.read_only(str(release.plain))
    built_in = {graph_iri(f"dataset/{slug}") for slug in BUILT_IN}
    for name in content.named_graphs():
        if isinstance(name, ox.NamedNode) and not is_own_graph(name.value) and name.value not in built_in:
            yield LoadedGraph(content, name)
