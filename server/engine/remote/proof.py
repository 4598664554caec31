"""Proves that another engine has a release as it was written, and answers as the engine here does."""

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from loader.query.saved_query import SavedQuery
from server.engine.evaluation.answers import as_failures
from server.engine.interface import Question
from server.engine.remote.asking import write_answer
from server.engine.remote.endpoint import RemoteEndpoint
from server.engine.remote.exchange import exchange
from server.engine.remote.placement import Placement
from server.engine.remote.release_names import OF_ALL
from server.engine.remote.sent_query import sent_query
from server.engine.remote.triples_there import Line, canonical, content_of
from server.formats import JSON, N_TRIPLES
from server.refusal import Refused

SECONDS, MOST_ROWS = 600.0, 100_000
EXPECTED = "expected"
ALL_TRIPLES = "SELECT ?s ?p ?o { ?s ?p ?o }"
# More rows than an engine gives that cuts what it answers.
MANY_ROWS = f"SELECT ?a ?b {{ ?a ?p ?o . ?b ?q ?r }} LIMIT {MOST_ROWS}"


class RemoteProof:
    """What is found wrong of one release in another engine, as sentences."""

    def __init__(self, endpoint: RemoteEndpoint, placement: Placement) -> None:
        self._endpoint, self._placement = endpoint, placement

    def wrong_contents(self) -> Iterator[str]:
        """The graphs that are not there as they were sent, by number and digest of what is read back."""
        for name, content in self._placement.contents().items():
            try:
                found = content_of(self._rows(ALL_TRIPLES, name))
            except Refused as failure:
                yield f"<{name}> cannot be read back: {failure.detail}"
                continue
            if found.triples != content.triples:
                yield f"<{name}> has {found.triples} triples there, not {content.triples}"
            elif found != content:
                yield f"<{name}> has other triples there than were sent"

    def cut_answers(self) -> Iterator[str]:
        """A complaint where an answer has fewer rows than it must have."""
        merge = self._placement.default_graph(own=False, is_union=OF_ALL in self._placement.merges)
        expected = min(MOST_ROWS, self._placement.merges[merge].triples ** 2)
        try:
            found = sum(1 for _ in self._rows(MANY_ROWS, merge))
        except Refused as failure:
            yield f"an answer of {expected} rows is refused: {failure.detail}"
            return
        if found != expected:
            yield f"an answer of {expected} rows has {found} there: the engine cuts answers"

    def merges(self) -> bool:
        """Whether a triple of two graphs counts once where a query names both."""
        merge = self._placement.merges.get(OF_ALL)
        if merge is None or not self._placement.graphs:
            return False
        largest = max(self._placement.graphs, key=lambda iri: self._placement.graphs[iri].triples)
        try:
            return len([*self._rows(ALL_TRIPLES, OF_ALL, largest)]) == merge.triples
        except Refused:
            return False

    def wrong_answers(self, queries: Iterable[SavedQuery], folder: Path) -> list[str]:
        """A sentence for each saved query that answers otherwise than the folder says, where it does."""
        proved = [query for query in queries if expected_file(folder, query).is_file()]
        return [sentence for query in proved if (sentence := self._wrong_answer(query, folder))]

    def _wrong_answer(self, query: SavedQuery, folder: Path) -> str:
        try:
            found = self._answer(query)
        except Refused as failure:
            return f"{query.name} is refused: {failure.detail}"
        expected = expected_file(folder, query).read_bytes()
        is_right = read_rows(found, query) == read_rows(expected, query)
        return "" if is_right else f"{query.name} has other rows there"

    def _answer(self, query: SavedQuery) -> bytes:
        media_type = N_TRIPLES.media_type if query.is_graph else JSON.media_type
        question = Question(text=query.bind({}), format=media_type, timeout=SECONDS, own=True)
        output = io.BytesIO()
        with as_failures("query"):
            sent = sent_query(question, self._placement, is_union=True)
            write_answer(self._endpoint, self._placement, sent, question, output)
        return output.getvalue()

    def _rows(self, text: str, *graphs: str) -> Iterator[Line]:
        """The rows of a query on graphs, as they come. Raises Refused."""
        there = [("default-graph-uri", self._placement.names.there(name)) for name in graphs]
        fields = [("query", text), *there]
        with (
            as_failures("query"),
            exchange(self._endpoint, fields, JSON.media_type, SECONDS) as body,
        ):
            found = ox.parse_query_results(cast(IO[bytes], body), format=ox.QueryResultsFormat.JSON)
            assert isinstance(found, ox.QuerySolutions)
            yield from map(tuple, found)


def expected_file(folder: Path, query: SavedQuery) -> Path:
    """Where the answer lies that the engine here gave to a saved query."""
    return folder / EXPECTED / f"{query.name}.{'nt' if query.is_graph else 'srj'}"


def read_rows(content: bytes, query: SavedQuery) -> list[list[str]]:
    """An answer as it is compared: rows in their order, triples in any."""
    if query.is_graph:
        quads = ox.parse(content, format=ox.RdfFormat.N_TRIPLES)
        return sorted([canonical(q.subject), canonical(q.predicate), canonical(q.object)] for q in quads)
    result = ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
    if isinstance(result, ox.QueryBoolean):
        return [[str(bool(result))]]
    return [[str(one) for one in result.variables], *([canonical(term) for term in row] for row in result)]
