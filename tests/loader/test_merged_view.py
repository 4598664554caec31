"""The view is the true merge of all graphs: each triple once, whatever its terms look like."""

import tempfile
from pathlib import Path

import pyoxigraph as ox
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loader.release.view import write_views

DEFAULT = ox.DefaultGraph()
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(
        ['" .', 'a "b" <c> d', '"', "\\", '\\"', " ", "\n", '"@ar', '"^^<x> <g> .', "دينغ .", ")>> <g>"]
    ),
)
IRIS = st.sampled_from(
    ["http://e.org/a", "http://e.org/%20", "http://e.org/é", "urn:x:دينغ", "http://e.org/a.b#c"]
)
NODES = st.one_of(IRIS.map(ox.NamedNode), st.sampled_from([ox.BlankNode("b1"), ox.BlankNode("b2")]))
LITERALS = st.one_of(
    TEXTS.map(ox.Literal),
    st.builds(
        lambda text, tag: ox.Literal(text, language=tag), TEXTS, st.sampled_from(["ar", "en", "en-gb"])
    ),
    st.builds(lambda text, iri: ox.Literal(text, datatype=ox.NamedNode(iri)), TEXTS, IRIS),
    st.integers(-5, 5).map(ox.Literal),
)
GRAPHS = st.one_of(st.just(DEFAULT), IRIS.map(ox.NamedNode), st.just(ox.BlankNode("b1")))
TRIPLES = st.builds(ox.Triple, NODES, IRIS.map(ox.NamedNode), st.one_of(NODES, LITERALS))
NESTED = st.builds(ox.Triple, NODES, IRIS.map(ox.NamedNode), st.one_of(NODES, LITERALS, TRIPLES))
QUADS = st.builds(lambda t, graph: ox.Quad(t.subject, t.predicate, t.object, graph), NESTED, GRAPHS)


def view_of(quads: set[ox.Quad]) -> set[ox.Quad]:
    with tempfile.TemporaryDirectory() as folder:
        plain = ox.Store(str(Path(folder) / "plain"))
        plain.extend(quads)
        plain.flush()
        del plain
        write_views(Path(folder))
        return set(ox.Store.read_only(str(Path(folder) / "view")))


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(st.sets(QUADS, max_size=15))
def test_the_view_holds_every_graph_and_the_merge_of_all_as_default_graph(quads: set[ox.Quad]) -> None:
    merge = {ox.Quad(q.subject, q.predicate, q.object, DEFAULT) for q in quads}

    assert view_of(quads) == {q for q in quads if q.graph_name != DEFAULT} | merge


def test_a_blank_node_is_the_same_one_in_its_graph_and_in_the_merge() -> None:
    graph, node, name = ox.NamedNode("http://e.org/g"), ox.BlankNode(), ox.NamedNode("http://e.org/p")

    view = view_of({ox.Quad(node, name, ox.Literal("x"), graph)})

    assert len(view) == 2
    assert len({quad.subject for quad in view}) == 1
