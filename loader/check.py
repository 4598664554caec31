"""Everything that can be checked without publishing anything."""

from dataclasses import dataclass
from pathlib import Path

from loader.assemble import assemble
from loader.draft import Draft
from loader.inputs import Inputs
from loader.loaded.links import link_problems
from loader.loaded.loaded_graphs import loaded_graphs
from loader.loaded.m49 import m49_problems
from loader.problems import Problem
from loader.progress import Progress
from loader.proof import Deviation, accept, prove
from loader.terms import RDF, UNM


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What was looked at, warnings, and the queries that gave other rows than expected, accepted or not."""

    draft: Draft
    quads: int
    quotations: int
    queries: int
    warnings: list[Problem]
    differences: list[Deviation]


def check(
    inputs: Inputs, progress: Progress, accept_rows: bool = False, store: Path | None = None
) -> Checked:
    """Checks the inputs and proves the saved queries on them; warns where data loaded in a store disagree.

    Raises BuildRefused where the inputs hold mistakes, a query that cannot be run among them.
    """
    assembled = assemble(inputs, progress)
    draft, queries = assembled.draft, assembled.queries
    progress("proving the saved queries")
    differences = prove(draft.store, queries, inputs.queries)
    if accept_rows:
        accept(draft.store, queries, inputs.queries)
    beside = _beside(inputs, draft, store, progress) if store else []
    statements = sum(1 for _, p, o in draft.all() if p == RDF.type and o == UNM.Statement)
    return Checked(
        draft=draft,
        quads=sum(map(len, draft.graphs.values())),
        quotations=statements,
        queries=len(queries),
        warnings=[*assembled.warnings, *beside],
        differences=differences,
    )


def _beside(inputs: Inputs, draft: Draft, store: Path, progress: Progress) -> list[Problem]:
    progress("comparing with loaded data sets")
    graphs = [*loaded_graphs(store)]
    return sorted({*link_problems(draft, graphs), *m49_problems(inputs.root, graphs)})
