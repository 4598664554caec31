"""From input files to a complete, checked draft: read, name, quote, derive, describe, validate."""

from collections.abc import Iterator

import pyoxigraph as ox

from loader.derive import derive
from loader.describe import describe_queries
from loader.draft import NOWHERE, Draft
from loader.folded_labels import add_folded_labels
from loader.input_checks import literal_problems, open_problems, twin_problems
from loader.inputs import Inputs
from loader.m49 import m49_triples
from loader.names import naming_problems
from loader.naming import name_participations
from loader.ontology_checks import check_problems, unknown_words
from loader.problems import BuildRefused, Location, Problem, not_sparql, read_text
from loader.progress import Progress
from loader.query.header import FaultyQueryFile
from loader.query.saved_query import SavedQuery, read_saved_query
from loader.shapes import shape_problems
from loader.sources import read_sources
from loader.statements import add_statements
from loader.terms import LocatedTriple
from loader.translations import add_passages
from loader.turtle import read_graphs


def assemble(inputs: Inputs, progress: Progress) -> tuple[Draft, dict[str, SavedQuery]]:
    """The draft of the next release, and the saved queries that it describes.

    Raises BuildRefused with all mistakes of the first step that finds any.
    """
    progress("reading the files")
    graphs = read_graphs(inputs)
    draft = Draft(graphs)
    # Each step stops the build by itself: the mistakes of one would show as many more in the next.
    _refuse([*twin_problems(graphs), *open_problems(draft), *literal_problems(draft)])
    queries = _queries(inputs)
    progress("finding the quotations")
    sources = read_sources(inputs, graphs["evidence"])
    name_participations(draft)
    add_passages(draft, sources, inputs)
    add_statements(draft, sources)
    progress("deriving")
    derive(draft, inputs.rules, inputs.root)
    add_folded_labels(draft)
    progress("validating")
    _refuse(_mistakes(draft, inputs))
    # Only now: nobody wrote these descriptions, so nobody could mend what a shape found in them.
    describe_queries(draft, queries)
    draft.add("dataset/m49", (LocatedTriple(triple, NOWHERE) for triple in m49_triples(inputs.root)))
    return draft, queries


def _mistakes(draft: Draft, inputs: Inputs) -> Iterator[Problem]:
    yield from shape_problems(draft)
    yield from naming_problems(draft)
    yield from check_problems(draft, inputs.checks, inputs.root)
    files = [*inputs.rules, *inputs.checks, *sorted(inputs.queries.glob("*.rq"))]
    yield from unknown_words(draft, files, inputs.root)


def _queries(inputs: Inputs) -> dict[str, SavedQuery]:
    queries: dict[str, SavedQuery] = {}
    problems: list[Problem] = []
    for path in sorted(inputs.queries.glob("*.rq")):
        name = inputs.name(path)
        try:
            read_text(path, name)
            queries[path.stem] = read_saved_query(path)
            # Asking an empty store costs nothing and needs the whole text to be SPARQL.
            ox.Store().query(queries[path.stem].text)
        except FaultyQueryFile as error:
            problems.append(Problem(Location(name, error.line), error.sentence))
        except SyntaxError as error:
            problems.append(not_sparql(name, "query", error))
        except BuildRefused as refusal:
            problems += refusal.problems
    _refuse(problems)
    return queries


def _refuse(problems: Iterator[Problem] | list[Problem]) -> None:
    found = list(problems)
    if found:
        raise BuildRefused(found)
