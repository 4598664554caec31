"""Everything that can be checked without publishing anything."""

from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import RDF

from loader.assemble import assemble
from loader.conversion import to_ox_quads
from loader.draft import Draft
from loader.inputs import Inputs
from loader.progress import Progress
from loader.proof import Difference, accept, prove
from loader.query.saved_query import read_saved_queries
from loader.release.namespaces import graph_iri
from loader.vocabulary import UNM


@dataclass(frozen=True)
class Checked:
    """What was looked at, and the saved queries that gave other rows than expected."""

    draft: Draft
    quads: int
    quotations: int
    queries: int
    differences: list[Difference]


def check(inputs: Inputs, progress: Progress, accept_rows: bool = False) -> Checked:
    """Checks the inputs and proves the saved queries on them.

    Raises BuildRefused where the inputs hold mistakes, a query that cannot be run among them.
    """
    draft = assemble(inputs, progress)
    progress("proving the saved queries")
    store = merged_store(draft)
    queries = read_saved_queries(inputs.queries)
    if accept_rows:
        accept(store, queries, inputs.queries)
    differences = prove(store, queries, inputs.queries)
    statements = sum(1 for _, p, o in draft.all() if p == RDF.type and o == UNM.Statement)
    return Checked(draft, sum(map(len, draft.graphs.values())), statements, len(queries), differences)


def merged_store(draft: Draft) -> ox.Store:
    """The draft as queries will see it: the merge as default graph, named graphs beside it."""
    store = ox.Store()
    for name, triples in draft.graphs.items():
        store.extend(to_ox_quads(triples, ox.NamedNode(graph_iri(name))))
        store.extend(to_ox_quads(triples, ox.DefaultGraph()))
    return store
