"""From input files to a complete, checked draft: read, name, quote, derive, describe, validate."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from loader.dated_events import date_problems
from loader.derive import derive
from loader.describe import describe_queries
from loader.draft import NOWHERE, Draft
from loader.folded_labels import add_folded_labels
from loader.input_checks import isni_problems, literal_problems, open_problems, told_problems, twin_problems
from loader.inputs import Inputs
from loader.linksets.links import add_linksets, misnamed
from loader.m49 import m49_triples
from loader.names import naming_problems
from loader.naming import name_participations, repeated_participations
from loader.ontology_checks import check_problems, unknown_words
from loader.parties import party_problems
from loader.place_codes import code_problems
from loader.problems import BuildRefused, Location, Problem, not_sparql, read_text
from loader.progress import Progress
from loader.query.header import FaultyQueryFile
from loader.query.report_text import read_report
from loader.query.saved_query import SavedQuery
from loader.query.saved_query_file import read_saved_query
from loader.shapes import shape_problems
from loader.sources import read_sources
from loader.statements import add_statements
from loader.terms import LocatedTriple
from loader.translations import add_passages
from loader.turtle import read_graphs
from loader.vocabularies import unknown_terms


@dataclass(frozen=True)
class Assembled:
    """The draft of the next release, the saved queries that it describes, and what may be a mistake."""

    draft: Draft
    queries: dict[str, SavedQuery]
    warnings: list[Problem]


def assemble(inputs: Inputs, progress: Progress) -> Assembled:
    """Makes the draft of the next release.

    Raises BuildRefused with all mistakes of the first step that finds any.
    """
    progress("reading the files")
    graphs = read_graphs(inputs)
    tables = add_linksets(graphs, inputs)
    draft = Draft(graphs)
    # Each step stops the build by itself: the mistakes of one would show as many more in the next.
    repeated = repeated_participations(graphs["missions"])
    literals = [*literal_problems(draft), *isni_problems(draft)]
    _refuse([*twin_problems(graphs), *repeated, *open_problems(draft), *literals, *told_problems(draft)])
    queries = _queries(inputs)
    progress("finding the quotations")
    sources = read_sources(inputs, graphs["evidence"])
    name_participations(draft)
    add_passages(draft, sources, inputs)
    add_statements(draft, sources)
    _refuse(_unknown(draft, inputs))
    progress("deriving")
    derive(draft, inputs.rules, inputs.root)
    add_folded_labels(draft)
    progress("validating")
    # From a wrong date it would follow that others were in office and meetings outside of their missions.
    warnings = _refuse(date_problems(draft))
    warnings = _refuse([*warnings, *_mistakes(draft, inputs)])
    _refuse(misnamed(tables, graphs))
    # Only now: nobody wrote these descriptions, so nobody could mend what a shape found in them.
    describe_queries(draft, queries)
    draft.add("dataset/m49", (LocatedTriple(triple, NOWHERE) for triple in m49_triples(inputs.root)))
    return Assembled(draft, queries, warnings)


def _unknown(draft: Draft, inputs: Inputs) -> Iterator[Problem]:
    """Words that nobody knows: rules and shapes would say of each only that something is missing."""
    yield from unknown_terms(draft, inputs.vocabularies)
    yield from check_problems(draft, inputs.checks_of_words, inputs.root)
    files = [*inputs.rules, *inputs.checks_of_words, *inputs.checks, *sorted(inputs.queries.glob("*.rq"))]
    yield from unknown_words(draft, files, inputs.root)


def _mistakes(draft: Draft, inputs: Inputs) -> Iterator[Problem]:
    yield from shape_problems(draft)
    yield from naming_problems(draft)
    yield from party_problems(draft)
    yield from code_problems(draft, inputs.root)
    yield from check_problems(draft, inputs.checks, inputs.root)


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
            problems.append(not_sparql(name, "query", queries[path.stem].text, error))
        except BuildRefused as refusal:
            problems += refusal.problems
    for path in () if problems else sorted((inputs.queries / "reports").glob("*.md")):
        try:
            read_text(path, inputs.name(path))
            read_report(path, queries)
        except FaultyQueryFile as error:
            problems.append(Problem(Location(inputs.name(path), error.line), error.sentence))
        except BuildRefused as refusal:
            problems += refusal.problems
    _refuse(problems)
    return queries


def _refuse(problems: Iterable[Problem]) -> list[Problem]:
    """Stops where there are mistakes, showing the warnings beside them; else gives the warnings."""
    found = sorted(set(problems))
    if not all(problem.is_warning for problem in found):
        raise BuildRefused(found)
    return found
