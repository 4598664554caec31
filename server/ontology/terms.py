"""Which terms an ontology has: classes, properties, schemes with concepts; and what its shapes demand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from loader.release.namespaces import BASE, ONTOLOGY, OWL, RDF, RDFS, SH, SKOS, XSD
from server.ontology.graph import OntologyGraph

# A datatype is a class too, of values (RDF Schema, section 2.4).
CLASS_TYPES = (OWL + "Class", RDFS + "Class", RDFS + "Datatype")
PROPERTY_TYPES = (
    OWL + "ObjectProperty",
    OWL + "DatatypeProperty",
    RDF + "Property",
)
# Where a term stands that can only be a class.
CLASS_PLACES = (RDFS + "subClassOf", RDFS + "domain", RDFS + "range", SH + "targetClass", SH + "class")


@dataclass(frozen=True)
class OntologyTerms:
    """The terms of one ontology by their IRIs; each tuple is in the order of the IRIs."""

    graph: OntologyGraph

    @cached_property
    def ontology(self) -> str:
        """The ontology itself, or an empty string."""
        return next(iter(self._of_types([OWL + "Ontology"])), "")

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """Those that the ontology declares."""
        return tuple(iri for iri in self._of_types(CLASS_TYPES) if iri.startswith(ONTOLOGY))

    @cached_property
    def properties(self) -> tuple[str, ...]:
        """Those that the ontology declares."""
        return tuple(iri for iri in self._of_types(PROPERTY_TYPES) if iri.startswith(ONTOLOGY))

    @cached_property
    def schemes(self) -> dict[str, tuple[str, ...]]:
        """The concept schemes, each with its concepts."""
        schemes = self._of_types([SKOS + "ConceptScheme"])
        return {iri: self.graph.subjects(SKOS + "inScheme", iri) for iri in schemes}

    @cached_property
    def concepts(self) -> tuple[str, ...]:
        """The concepts of all schemes."""
        return tuple(concept for concepts in self.schemes.values() for concept in concepts)

    @cached_property
    def outside_classes(self) -> tuple[str, ...]:
        """Classes of other vocabularies that the ontology gives a name."""
        return tuple(iri for iri in self._outside if iri in self._in_class_places)

    @cached_property
    def outside_properties(self) -> tuple[str, ...]:
        """Properties of other vocabularies that the ontology gives a name."""
        return tuple(iri for iri in self._outside if iri not in self._in_class_places)

    @cached_property
    def all_classes(self) -> tuple[str, ...]:
        return self.classes + self.outside_classes

    @cached_property
    def all_properties(self) -> tuple[str, ...]:
        return self.properties + self.outside_properties

    @cached_property
    def listed(self) -> frozenset[str]:
        """Every term that has a place of its own on the page."""
        return frozenset((*self.all_classes, *self.all_properties, *self.schemes))

    @cached_property
    def shapes(self) -> dict[str, tuple[str, ...]]:
        """What the things of a class must meet, by the class: shapes of properties, other constraints."""
        found: dict[str, tuple[str, ...]] = {}
        for target in sorted(self.graph.objects(SH + "targetClass")):
            shapes = self.graph.subjects(SH + "targetClass", target)
            found[target] = tuple(part for shape in shapes for part in self._parts(shape))
        return found

    @cached_property
    def demands(self) -> dict[str, tuple[str, ...]]:
        """What is demanded of the values of a property, by the property."""
        found: dict[str, list[str]] = {}
        for shapes in self.shapes.values():
            for shape in shapes:
                for name in self._path(shape):
                    found.setdefault(name, []).append(shape)
        return {name: tuple(shapes) for name, shapes in found.items()}

    @cached_property
    def further_shapes(self) -> tuple[str, ...]:
        """Shapes that are for no class: parts of others, and demands on everything."""
        of_classes = {shape for shapes in self.shapes.values() for shape in shapes}
        types = [SH + "NodeShape", SH + "PropertyShape", SH + "SPARQLConstraint"]
        targeted = self.graph.holders(SH + "targetClass")
        return tuple(iri for iri in self._of_types(types) if iri not in of_classes | targeted)

    def target_shapes(self, class_: str) -> tuple[str, ...]:
        """The shapes of a class as a whole."""
        return self.graph.subjects(SH + "targetClass", class_)

    def _of_types(self, types: Iterable[str]) -> tuple[str, ...]:
        found = {iri for type_ in types for iri in self.graph.subjects(RDF + "type", type_)}
        return tuple(sorted(iri for iri in found if not iri.startswith("_:")))

    @cached_property
    def _outside(self) -> tuple[str, ...]:
        """What has a label here and is neither ours nor a literal's type."""
        labelled = self.graph.holders(RDFS + "label")
        return tuple(sorted(iri for iri in labelled if not iri.startswith((BASE, XSD))))

    @cached_property
    def _in_class_places(self) -> set[str]:
        return {iri for place in CLASS_PLACES for iri in self.graph.objects(place)}

    def _parts(self, shape: str) -> Iterator[str]:
        for name in ("property", "sparql"):
            yield from self.graph.nodes(shape, SH + name)

    def _path(self, shape: str) -> list[str]:
        """The properties that a shape's path goes along; `seen` ends what would go round in a circle."""
        found, seen, waiting = [], set[str](), self.graph.nodes(shape, SH + "path")
        while waiting:
            node = waiting.pop()
            if node.startswith("_:") and node not in seen:
                seen.add(node)
                for name in (RDF + "rest", RDF + "first", SH + "inversePath"):
                    waiting += self.graph.nodes(node, name)
            elif node.startswith(("http:", "https:")) and node != RDF + "nil":
                found.append(node)
        return found
