"""Asks a question of a release in another engine."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from server.engine.interface import Question, Solutions
from server.engine.remote.answer_reading import read_rows, write_rows, write_triples
from server.engine.remote.endpoint import RemoteEndpoint
from server.engine.remote.exchange import CheckedBody, exchange
from server.engine.remote.placement import Placement
from server.engine.remote.renamed_answer import AnswerNames
from server.engine.remote.sent_query import SentQuery
from server.formats import JSON, N_TRIPLES

# Of the time that a query has, so much is left to tell that the other engine took it all.
SHARE, MOST_LEFT = 0.1, 1.0


def write_answer(
    endpoint: RemoteEndpoint, placement: Placement, sent: SentQuery, question: Question, output: IO[bytes]
) -> None:
    """Asks, and writes what comes in the format of the question. Raises Refused."""
    write = write_triples if sent.is_graph else write_rows
    with _asked(endpoint, placement, sent, question) as body:
        write(body, _names(placement, sent), question.format, output)


def read_answer(
    endpoint: RemoteEndpoint, placement: Placement, sent: SentQuery, question: Question
) -> Solutions | bool:
    """Asks a SELECT or ASK query, and gives what comes. Raises Refused."""
    with _asked(endpoint, placement, sent, question) as body:
        return read_rows(body, _names(placement, sent))


def _names(placement: Placement, sent: SentQuery) -> AnswerNames:
    return AnswerNames(placement.names, sent.replaced)


@contextmanager
def _asked(
    endpoint: RemoteEndpoint, placement: Placement, sent: SentQuery, question: Question
) -> Iterator[CheckedBody]:
    seconds = question.timeout - min(MOST_LEFT, SHARE * question.timeout)
    fields = sent.fields()
    if placement.is_virtuoso:  # which goes on working for nobody where it is not told when to stop
        fields.append(("timeout", str(int(1000 * seconds))))
    accept = N_TRIPLES if sent.is_graph else JSON
    with exchange(endpoint, fields, accept.media_type, seconds) as body:
        yield body
