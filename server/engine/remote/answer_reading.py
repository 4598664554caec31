"""Writes what an engine elsewhere answered in the format that was asked for, if it came to its end."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, cast

import pyoxigraph as ox

from server.engine.evaluation.answers import serialize, solved
from server.engine.evaluation.ordered_prefixes import PREFIXED, write_ordered
from server.engine.evaluation.xml import MEDIA_TYPES, XmlOutput
from server.engine.interface import Solutions
from server.engine.remote.exchange import CheckedBody, broken_off
from server.engine.remote.renamed_answer import AnswerNames, RenamedAnswer

BUFFER = 1 << 16
# So Virtuoso calls the column of a table of one number, which is how it answers ASK.
ASKED = "__ASK_RETVAL"


def write_rows(body: CheckedBody, names: AnswerNames, media_type: str, output: IO[bytes]) -> None:
    """The rows of a table, or yes or no. Raises Refused, maybe after the first of them."""
    with _result(body, names) as result:
        serialize(result, media_type, output)


def read_rows(body: CheckedBody, names: AnswerNames) -> Solutions | bool:
    """The same as they are in this process. Raises Refused."""
    with _result(body, names) as result:
        return solved(result)


@contextmanager
def _result(body: CheckedBody, names: AnswerNames) -> Iterator[ox.QuerySolutions | ox.QueryBoolean]:
    """What was answered, to be read to its end while the block lasts."""
    opened = _opened(body, names, is_graph=False)
    with _whole():
        yield _as_truth(ox.parse_query_results(opened, format=ox.QueryResultsFormat.JSON))
        if opened.read(1):
            raise SyntaxError("there is more behind its end")


def _as_truth(result: ox.QuerySolutions | ox.QueryBoolean) -> ox.QuerySolutions | ox.QueryBoolean:
    """Yes or no as itself, where an engine says it by a table."""
    if isinstance(result, ox.QueryBoolean) or [one.value for one in result.variables] != [ASKED]:
        return result
    is_true = any(row[ASKED] is not None and row[ASKED].value == "1" for row in result)
    said = b'{"head":{},"boolean":%b}' % (b"true" if is_true else b"false")
    return ox.parse_query_results(said, format=ox.QueryResultsFormat.JSON)


def write_triples(body: CheckedBody, names: AnswerNames, media_type: str, output: IO[bytes]) -> None:
    """The triples of a graph. Raises Refused, maybe after the first of them."""
    format_ = ox.RdfFormat.from_media_type(media_type)
    assert format_ is not None
    if media_type in MEDIA_TYPES:
        output = cast(IO[bytes], XmlOutput(output))
    triples = triples_of(body, names)
    if format_ in PREFIXED:
        write_ordered(triples, format_, output)
    else:
        ox.serialize(triples, output, format=format_)


def triples_of(body: CheckedBody, names: AnswerNames) -> Iterator[ox.Triple]:
    """Raises Refused where the answer is no N-Triples, or could end early without anybody's noticing."""
    if not body.is_framed:
        raise broken_off("its answers do not tell where they end")
    with _whole():
        quads = ox.parse(_opened(body, names, is_graph=True), format=ox.RdfFormat.N_TRIPLES)
        for quad in quads:
            yield quad.triple


def _opened(body: CheckedBody, names: AnswerNames, is_graph: bool) -> IO[bytes]:
    renamed = RenamedAnswer(cast(IO[bytes], body), names, is_graph)
    return io.BufferedReader(renamed, BUFFER)


@contextmanager
def _whole() -> Iterator[None]:
    """Turns an answer that cannot be read to its end into a failure of whoever sent it."""
    try:
        yield
    except SyntaxError as error:
        raise broken_off(error.msg) from None
