"""Each shape passes its valid example and refuses the invalid ones, each with one thing amiss."""

from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDFS, SH, SKOS, Graph
from rdflib.term import Node

from loader.conversion import RdflibTriple, from_ox_triple
from loader.inputs import PROJECT
from loader.release.namespaces import ONTOLOGY
from loader.turtle import read_turtle

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
VALID = sorted((HERE / "valid").glob("*.ttl"))
INVALID = sorted((HERE / "invalid").glob("*.ttl"))


class Counted(Graph):
    """A graph in Oxigraph that knows its length, as in loader/shapes.py: pyshacl asks for it often."""

    def __init__(self, triples: list[RdflibTriple]) -> None:
        super().__init__(store="Oxigraph")
        self.addN((*triple, self) for triple in triples)
        self._length = len(set(triples))

    def __len__(self) -> int:
        return self._length


def triples(path: Path) -> list[RdflibTriple]:
    return [from_ox_triple(triple) for triple, _ in read_turtle(path, path.name)]


@pytest.fixture(scope="module")
def ontology() -> list[RdflibTriple]:
    return [triple for path in sorted((PROJECT / "ontology").glob("*.ttl")) for triple in triples(path)]


@pytest.fixture(scope="module")
def shapes(ontology: list[RdflibTriple]) -> Graph:
    graph = Graph()
    for triple in ontology:
        graph.add(triple)
    return graph


@pytest.fixture(scope="module")
def background(ontology: list[RdflibTriple]) -> list[RdflibTriple]:
    """What the shapes need to know of the ontology: classes above others, and concepts in schemes."""
    return [triple for triple in ontology if triple[1] in (RDFS.subClassOf, SKOS.inScheme)]


Violations = dict[Path, set[str]]


@pytest.fixture(scope="module")
def violations(shapes: Graph, background: list[RdflibTriple]) -> Violations:
    """The names of the shapes and constraints that each example violates."""
    return {path: _violated(Counted(background + triples(path)), shapes) for path in [*VALID, *INVALID]}


def _violated(example: Graph, shapes: Graph) -> set[str]:
    _, report, _ = validate(example, shacl_graph=shapes, inplace=True)
    assert isinstance(report, Graph)
    sources: list[Node] = [*report.objects(None, SH.sourceShape), *report.objects(None, SH.sourceConstraint)]
    return {str(source).removeprefix(ONTOLOGY) for source in sources}


def shape_of(path: Path) -> str:
    return path.name.partition(".")[0]


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_valid_example_conforms(path: Path, violations: Violations) -> None:
    assert violations[path] == set()


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_invalid_example_fails_in_the_shape_in_its_name(path: Path, violations: Violations) -> None:
    assert shape_of(path) in {name.partition("-")[0] for name in violations[path]}


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_invalid_example_lacks_at_most_one_triple_of_the_valid_one(path: Path) -> None:
    valid = set(triples(HERE / "valid" / f"{shape_of(path)}.ttl"))
    invalid = set(triples(path))

    assert valid != invalid
    assert len(valid - invalid) <= 1


def test_every_shape_has_a_valid_and_an_invalid_example(shapes: Graph) -> None:
    names = {str(s).removeprefix(ONTOLOGY) for s in shapes.subjects(None, SH.NodeShape)}

    assert names == {shape_of(path) for path in VALID} == {shape_of(path) for path in INVALID}


def test_every_constraint_of_a_shape_has_an_invalid_example(shapes: Graph, violations: Violations) -> None:
    constraints = {
        str(o).removeprefix(ONTOLOGY) for p in (SH.property, SH.sparql) for o in shapes.objects(None, p)
    }
    covered = set[str]().union(*violations.values())

    assert constraints - covered == set()


def test_every_message_is_said_in_both_languages(shapes: Graph) -> None:
    for shape in shapes.subjects(SH.message):
        languages = [getattr(message, "language", None) for message in shapes.objects(shape, SH.message)]
        assert sorted(map(str, languages)) == ["ar", "en"]
