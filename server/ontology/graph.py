"""The triples of an ontology, found by their subject or by their object."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from loader.release.namespaces import RDFS
from server.tables.table import Cell, Table


@dataclass(frozen=True)
class OntologyGraph:
    """Triples by subject and property, and by property and object; a blank node is named `_:…`."""

    _objects: Mapping[tuple[str, str], tuple[Cell, ...]]
    _subjects: Mapping[tuple[str, str], tuple[str, ...]]

    @classmethod
    def of(cls, table: Table) -> "OntologyGraph":
        """From rows of ?subject ?property ?object."""
        objects: defaultdict[tuple[str, str], list[Cell]] = defaultdict(list)
        subjects: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for row in table.dictionaries():
            subject, name = _named(row["subject"]), row["property"].value
            objects[subject, name].append(row["object"])
            if row["object"].kind != "literal":
                subjects[name, _named(row["object"])].append(subject)
        return cls(
            {key: tuple(found) for key, found in objects.items()},
            {key: tuple(sorted(found)) for key, found in subjects.items()},
        )

    def cells(self, subject: str, name: str) -> tuple[Cell, ...]:
        """The values of a property."""
        return self._objects.get((subject, name), ())

    def nodes(self, subject: str, name: str) -> list[str]:
        """The values of a property that are no literals, in the order of their IRIs."""
        return sorted(_named(cell) for cell in self.cells(subject, name) if cell.kind != "literal")

    def subjects(self, name: str, node: str) -> tuple[str, ...]:
        """What has a value for a property, in the order of the IRIs."""
        return self._subjects.get((name, node), ())

    def objects(self, name: str) -> set[str]:
        """Every IRI that is a value of a property."""
        return {node for used, node in self._subjects if used == name and not node.startswith("_:")}

    def holders(self, name: str) -> set[str]:
        """Every IRI that has a value for a property."""
        return {node for node, used in self._objects if used == name and not node.startswith("_:")}

    def labels(self, node: str) -> dict[str, str]:
        """The labels of a node by language, the first of each in the order of the alphabet."""
        found = sorted(self.cells(node, RDFS + "label"), key=lambda cell: cell.value)
        return {cell.language: cell.value for cell in reversed(found)}


def _named(cell: Cell) -> str:
    return f"_:{cell.value}" if cell.kind == "bnode" else cell.value
