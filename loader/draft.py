"""The graph while it is being made: triples by named graph, each with the place it came from."""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from loader.problems import Location
from loader.release.namespaces import graph_iri, is_own_graph
from loader.terms import RDF, LocatedTriple, Subject, Term, Triple

NOWHERE = Location("(derived)", 1)


class Draft:
    """All graphs of the next release, by name; owned and changed by one build."""

    def __init__(self, graphs: dict[str, list[LocatedTriple]]) -> None:
        self.graphs: dict[str, dict[Triple, Location]] = {}
        # Never forgotten, so that what was made from a triple can still be told where that stood.
        self._places: dict[tuple[Subject, ox.NamedNode], dict[Term, Location]] = {}
        self._subjects: dict[Subject, Location] = {}
        self._store: ox.Store | None = None
        for name, located in graphs.items():
            self.add(name, located)

    @property
    def store(self) -> ox.Store:
        """The graph as saved queries will see it: the merge of our own graphs, and all graphs beside it.

        Only to be read. It is made when it is first asked for and grows with the draft from then on, so that
        rules, shapes, checks and saved queries all ask one store.
        """
        if self._store is None:
            self._store = ox.Store()
            for name, triples in self.graphs.items():
                self._store.extend(_twice(name, triples))
        return self._store

    def rows(self, query: str) -> ox.QuerySolutions:
        """The rows of a SELECT query on the store. Raises SyntaxError."""
        solutions = self.store.query(query)
        assert isinstance(solutions, ox.QuerySolutions)
        return solutions

    def add(self, graph: str, located: Iterable[LocatedTriple]) -> None:
        """Adds triples to a graph; a triple that stands twice keeps its first place."""
        triples = self.graphs.setdefault(graph, {})
        new: list[Triple] = []
        for triple, location in located:
            triples.setdefault(triple, location)
            self._remember(triple, location)
            new.append(triple)
        if self._store is not None:
            self._store.extend(_twice(graph, new))

    def replace(self, graph: str, located: Iterable[LocatedTriple]) -> None:
        """Lets a graph hold these triples and no others."""
        self.graphs[graph] = {}
        # Another graph may hold what this one loses, and the merge must keep that: it is made anew.
        self._store = None
        self.add(graph, located)

    def located(self, graph: str) -> list[LocatedTriple]:
        """The triples of a graph with their places, in the order of the files."""
        pairs = [LocatedTriple(triple, place) for triple, place in self.graphs.get(graph, {}).items()]
        return sorted(pairs, key=lambda pair: (pair.location, *map(str, pair.triple)))

    def all(self) -> Iterator[Triple]:
        """The triples of all graphs, those of several graphs several times."""
        for triples in self.graphs.values():
            yield from triples

    def quads(self) -> Iterator[ox.Quad]:
        """What is published: every triple in its named graph."""
        for name, triples in self.graphs.items():
            graph = ox.NamedNode(graph_iri(name))
            yield from (ox.Quad(*triple, graph) for triple in triples)

    def place_of(
        self, subject: Subject, predicate: ox.NamedNode | None = None, value: Term | None = None
    ) -> Location:
        """Where the triple stands that is meant, else where its subject is described."""
        found = self._places.get((subject, predicate)) if predicate is not None else None
        if found:
            return found[value] if value in found else min(found.values())
        return self._subjects.get(subject, NOWHERE)

    def _remember(self, triple: Triple, location: Location) -> None:
        """A subject is described where its type stands, or where it stands first if it has none."""
        subject, predicate, value = triple
        self._places.setdefault((subject, predicate), {}).setdefault(value, location)
        if predicate == RDF.type or subject not in self._subjects:
            self._subjects[subject] = min(location, self._subjects.get(subject, location))


def _twice(name: str, triples: Iterable[Triple]) -> Iterator[ox.Quad]:
    """Each triple in its named graph, and in the merge if that graph is our own."""
    graph, merge = ox.NamedNode(graph_iri(name)), ox.DefaultGraph()
    is_own = is_own_graph(graph.value)
    for triple in triples:
        yield ox.Quad(*triple, graph)
        if is_own:
            yield ox.Quad(*triple, merge)
