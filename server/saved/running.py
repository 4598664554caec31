"""Runs a saved query, or any other text of ours, under the limits of every query."""

from dataclasses import dataclass

from flask import request

from loader.release.parameter import WrongParameter
from loader.release.releases import Release
from loader.release.saved_query import SavedQuery
from server.engine.interface import Question
from server.saved.table import Table, read_table
from server.web.parameters import Parameters
from server.web.problems import Problem
from server.web.state import departure, state

RESULTS_JSON = "application/sparql-results+json"
# What an address of a saved query may say beside the query's own parameters.
RESERVED = ("release", "format", "lang", "page", "page_size", "evidence", "explain", "timeout", "sort", "q")


@dataclass(frozen=True)
class Call:
    """A saved query with the values of one request, bound: the text that is run."""

    query: SavedQuery
    release: Release
    values: dict[str, tuple[str, ...]]
    text: str


def find_query(name: str, release_id: str) -> tuple[SavedQuery, Release]:
    """A saved query of a release (the current one where the id is empty).

    Raises EngineFailure where there is no such release, and Problem where it has no such query.
    """
    release = state().engine.published.find(release_id) if release_id else state().engine.published.current()
    queries = state().catalogue.of(release)
    if name not in queries:
        raise Problem("not-found", f"There is no saved query {name!r}.")
    return queries[name], release


def call(query: SavedQuery, release: Release, parameters: Parameters) -> Call:
    """Binds the values that a request gives. Raises Problem where one is wrong."""
    names = [name for name in parameters.names() if name not in RESERVED]
    values = {name: parameters.all(name) for name in names}
    try:
        return Call(query, release, values, query.bind(values))
    except WrongParameter as error:
        raise Problem("parameter", str(error)) from None


def question(text: str, media_type: str, release: Release) -> Question:
    """A question on behalf of the request at hand."""
    settings = state().settings
    return Question(
        text=text,
        format=media_type,
        timeout=settings.timeout,
        base=f"{settings.address}/sparql",
        client=request.remote_addr or "",
        release=release.id,
        departure=departure(),
    )


def run_table(text: str, release: Release) -> Table:
    """The rows of a SELECT or ASK query. Raises EngineFailure."""
    answer = state().engine.query(question(text, RESULTS_JSON, release))
    return read_table(b"".join(answer.body))
