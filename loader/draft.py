"""The graph while it is being made: triples by named graph, each with the place it came from."""

from collections.abc import Iterable, Iterator

from rdflib import RDF
from rdflib.term import Node

from loader.problems import Location
from loader.turtle import LocatedTriple, Triple

NOWHERE = Location("(derived)", 1)


class Draft:
    """All graphs of the next release, by name; owned and changed by one build."""

    def __init__(self, graphs: dict[str, list[LocatedTriple]]) -> None:
        self.graphs: dict[str, set[Triple]] = {}
        self._places: dict[Triple, Location] = {}
        self._subjects: dict[Node, Location] = {}
        for name, located in graphs.items():
            self.add(name, located)

    def add(self, graph: str, located: Iterable[LocatedTriple]) -> None:
        """Adds triples to a graph; a triple that stands twice keeps its first place."""
        triples = self.graphs.setdefault(graph, set())
        for triple, location in located:
            triples.add(triple)
            self._places.setdefault(triple, location)
            if triple[1] == RDF.type or triple[0] not in self._subjects:
                self._subjects[triple[0]] = min(location, self._subjects.get(triple[0], location))

    def replace(self, graph: str, located: Iterable[LocatedTriple]) -> None:
        """Lets a graph hold these triples and no others."""
        self.graphs[graph] = set()
        self.add(graph, located)

    def located(self, graph: str) -> list[LocatedTriple]:
        """The triples of a graph with their places, in the order of the files."""
        pairs = [LocatedTriple(t, self._places[t]) for t in self.graphs.get(graph, ())]
        return sorted(pairs, key=lambda pair: (pair.location, *map(str, pair.triple)))

    def all(self) -> Iterator[Triple]:
        for triples in self.graphs.values():
            yield from triples

    def place_of(self, subject: Node, predicate: Node | None = None, value: Node | None = None) -> Location:
        """Where the triple stands that is meant, else where its subject is described."""
        if predicate is not None:
            found = {o: at for (s, p, o), at in self._places.items() if s == subject and p == predicate}
            if found:
                return found[value] if value in found else min(found.values())
        return self._subjects.get(subject, NOWHERE)

    def knows(self, subject: Node) -> bool:
        return subject in self._subjects
