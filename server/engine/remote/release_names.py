"""What graphs and blank nodes are called in another engine: each name there carries the release."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from loader.release.namespaces import BASE
from server.engine.interface import Term

# The merges, the unnamed graph, and a graph that is nowhere, as they would be called if they had a name.
OF_ALL, OF_OWN, UNNAMED, NOWHERE = (f"{BASE}merge/{name}" for name in ("all", "own", "unnamed", "nothing"))


@dataclass(frozen=True)
class ReleaseNames:
    """A bijection between our names and those in the other engine.

    What is put behind an IRI sorts before all that an IRI may go on with, so that the order of graphs stays.
    """

    release: str

    @cached_property
    def ending(self) -> str:
        """What stands behind the IRI of each graph of the release."""
        return f"!release={self.release}"

    @cached_property
    def blank(self) -> str:
        """What the IRI begins with that a blank node has there (RDF 1.1, section 3.5)."""
        return f"{BASE}.well-known/genid/{self.release}/"

    def there(self, iri: str) -> str:
        """What a graph of ours is called there, whether it is there or not."""
        return iri + self.ending

    def term_there(self, term: Term, graphs: Mapping[str, object]) -> Term:
        """A term of our data as it is written there; `graphs` are those that the release has."""
        if isinstance(term, ox.BlankNode):
            return ox.NamedNode(self.blank + term.value)
        if isinstance(term, ox.NamedNode):
            return ox.NamedNode(self.there(term.value)) if term.value in graphs else term
        if isinstance(term, ox.Triple):
            parts = (self.term_there(part, graphs) for part in (term.subject, term.predicate, term.object))
            return ox.Triple(*parts)  # type: ignore[arg-type]  # each is of the kind that it was
        return term
