"""How VoID says what was counted: the IRIs of data sets and partitions, and what tells a statistic apart."""

import re
from collections.abc import Iterator
from hashlib import md5

import pyoxigraph as ox

from loader.release.namespaces import BASE, RDF, SD, VOID, graph_iri

GRAPH = ox.NamedNode(graph_iri("void"))
OURS = ox.NamedNode(f"{BASE}dataset/un-missions")
TYPE, NAME, DATASET = (ox.NamedNode(iri) for iri in (f"{RDF}type", f"{SD}name", f"{VOID}Dataset"))
# Of a partition everything that is said; of a data set its counts, and which partitions it has.
_STATISTIC = re.compile(
    rf"<[^ >]*[#-](class|property|graph)-[0-9a-f]{{32}}> |<{BASE}dataset/[^ >#]+> <{VOID}"
    "(triples|distinct(Subjects|Objects)|properties|classes|(class|property)Partition)>"
)
_END = f" {GRAPH} .\n".encode()
# What is counted: of which class, of which property (none for any), and how VoID calls the number.
Key = tuple[str, str, str]
TRIPLES, SUBJECTS, OBJECTS = (("", "", name) for name in ("triples", "distinctSubjects", "distinctObjects"))
PROPERTIES, CLASSES = (("", "", name) for name in ("properties", "classes"))


def is_statistic(quad: ox.Quad) -> bool:
    """Whether a quad is one of the statistics, which enter no merge and are not counted themselves."""
    return quad.graph_name == GRAPH and bool(_STATISTIC.match(f"{quad.subject} {quad.predicate} "))


def is_statistic_line(line: bytes) -> bool:
    """The same of a line of N-Quads."""
    return line.endswith(_END) and bool(_STATISTIC.match(line.decode()))


def data_set_of(graph: ox.NamedNode | ox.BlankNode) -> ox.NamedNode:
    """A graph beside our own as a data set for itself, whether somebody has described it or not."""
    slug = graph.value.removeprefix(graph_iri("dataset/"))
    is_named = slug != graph.value and "#" not in slug
    return ox.NamedNode(f"{BASE}dataset/{slug}" if is_named else f"{OURS.value}#graph-{_digest(graph.value)}")


def node_of(data_set: ox.NamedNode, key: Key) -> ox.NamedNode:
    """The data set itself, or the partition of which a number is told."""
    class_, property_, _ = key
    iri = data_set.value
    for kind, value in (("class", class_), ("property", property_)):
        if value:
            iri += f"{'-' if '#' in iri else '#'}{kind}-{_digest(value)}"
    return ox.NamedNode(iri)


def stated(
    data_set: ox.NamedNode, key: Key, number: int, graph: ox.NamedNode | ox.BlankNode | None
) -> set[ox.Quad]:
    """The quads that tell a number; of nothing nothing is said."""
    if not number:
        return set()
    count = ox.Quad(node_of(data_set, key), count_of(key), ox.Literal(number), GRAPH)
    named = _graph_beside(data_set, graph) if graph and key == TRIPLES else ()
    return {count, *_partition(data_set, key), *named}


def _partition(data_set: ox.NamedNode, key: Key) -> Iterator[ox.Quad]:
    """What says which partition of what it is; of a data set itself nothing."""
    class_, property_, _ = key
    kind, value = ("property", property_) if property_ else ("class", class_)
    if value:
        node = node_of(data_set, key)
        whole = node_of(data_set, (class_ if property_ else "", "", ""))
        yield ox.Quad(whole, ox.NamedNode(f"{VOID}{kind}Partition"), node, GRAPH)
        yield ox.Quad(node, TYPE, DATASET, GRAPH)
        yield ox.Quad(node, ox.NamedNode(VOID + kind), ox.NamedNode(value), GRAPH)


def _graph_beside(data_set: ox.NamedNode, graph: ox.NamedNode | ox.BlankNode) -> Iterator[ox.Quad]:
    """A graph that somebody wrote is described by nothing else."""
    if "#" in data_set.value:
        yield ox.Quad(data_set, TYPE, DATASET, GRAPH)
        yield ox.Quad(data_set, NAME, graph, GRAPH)


def count_of(key: Key) -> ox.NamedNode:
    """The property that tells the number."""
    return ox.NamedNode(VOID + key[2])


def _digest(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()
