"""Answers a query, or reads a graph, on an open store; what cannot be done is refused."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, TypeVar, cast

import pyoxigraph as ox

from loader.query.mistakes.mistake import Remark
from server.engine.edit import ALL_GRAPHS
from server.engine.evaluation.ordered_prefixes import PREFIXED, ordered_prefixes, write_ordered
from server.engine.evaluation.query_dataset import Graphs, Merged, ask
from server.engine.evaluation.xml import MEDIA_TYPES, XmlOutput
from server.engine.interface import Solutions
from server.prefixes import PREFIXES
from server.refusal import Refused

Format = TypeVar("Format")
# How Oxigraph tells that it cannot read what an endpoint elsewhere sent.
_OF_REMOTES = re.compile(r"Content-Type returned by service|The body was expected to contain|Parser error at")


def write_result(
    store: ox.Store, text: str, base: str, default: Merged, named: Graphs, media_type: str, output: IO[bytes]
) -> None:
    """Writes the result of a query on the dataset that the protocol names, else on that of the query."""
    serialize(ask(store, text, base, default, named), media_type, output)


def serialize(result: object, media_type: str, output: IO[bytes]) -> None:
    """One dispatch on the kind of result; the serialization itself is Oxigraph's."""
    if media_type in MEDIA_TYPES:
        output = cast(IO[bytes], XmlOutput(output))
    if isinstance(result, ox.QueryTriples):
        format_ = _known(ox.RdfFormat.from_media_type(media_type))
        if format_ in PREFIXED:
            write_ordered(result, format_, output)
        else:
            result.serialize(output, format_)
    elif isinstance(result, ox.QuerySolutions | ox.QueryBoolean):
        result.serialize(output, _known(ox.QueryResultsFormat.from_media_type(media_type)))


def read_result(store: ox.Store, text: str, base: str, default: Merged, named: Graphs) -> Solutions | bool:
    """The rows of a SELECT query, or what an ASK query says, as they are in this process."""
    return solved(ask(store, text, base, default, named))


def solved(result: object) -> Solutions | bool:
    """The same of a result of Oxigraph, of which all rows are read."""
    if isinstance(result, ox.QuerySolutions):
        return Solutions(tuple(one.value for one in result.variables), [tuple(row) for row in result])
    if isinstance(result, ox.QueryBoolean):
        return bool(result)
    raise ValueError("This kind of result has no rows.")


def as_graphs(iris: Iterable[str]) -> Graphs:
    """The graphs that a protocol names."""
    return [ox.NamedNode(iri) for iri in iris]


def write_graph(store: ox.Store, graph: str, media_type: str, output: IO[bytes]) -> None:
    """Writes one graph as it stands; `graph` is an IRI, empty for the unnamed graph, or `*` for all."""
    if graph == ALL_GRAPHS:
        _dump(store, output, media_type)
        return
    node = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    if graph and not store.contains_named_graph(node):
        raise no_graph(graph)
    if media_type in MEDIA_TYPES:
        output = cast(IO[bytes], XmlOutput(output))
    _dump(store, output, media_type, node)


def no_graph(iri: str) -> Refused:
    return Refused("not-found", Remark("There is no graph %(iri)s.", {"iri": f"<{iri}>"}))


def _dump(
    store: ox.Store,
    output: IO[bytes],
    media_type: str,
    graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph | None = None,
) -> None:
    format_ = _known(ox.RdfFormat.from_media_type(media_type))
    prefixes = PREFIXES if format_ in PREFIXED else None
    with ordered_prefixes(output) as ordered:
        store.dump(ordered, format_, from_graph=graph, prefixes=prefixes)


def _known(format_: Format | None) -> Format:
    if format_ is None:
        raise ValueError("This kind of result cannot be written in the format that was asked for.")
    return format_


@contextmanager
def as_failures(what: str) -> Iterator[None]:
    """Turns what Oxigraph or the system raises into Refused; `what` is query or write."""
    try:
        yield
    except (SyntaxError, RuntimeError, ValueError, OSError) as error:
        raise _failure(what, error) from None


def _failure(what: str, error: Exception) -> Refused:
    match error:
        case SyntaxError():
            return _syntax(str(error.msg))
        case BrokenPipeError():
            return Refused("gone", Remark("The client left."))
        case OSError():
            return _system(what, error)
        case RuntimeError() if _OF_REMOTES.search(str(error)):
            return _remote(error)
        case _:
            return Refused("refused", Remark("The engine says: %(reason)s", {"reason": str(error)}))


def _remote(error: Exception) -> Refused:
    """The failure of an endpoint that SERVICE calls, which is no fault of the query."""
    told = " ".join(str(error).split()).removesuffix(" with payload:")[:300] + "."
    return Refused("remote", Remark("The engine says: %(reason)s", {"reason": told}))


def _unfit(told: str) -> Remark | None:
    """What a format cannot hold, as Oxigraph tells it, and what to do then."""
    if "RDF 1.2" in told:
        return Remark(
            "There are triples within triples (RDF 1.2), which JSON-LD cannot hold; ask for Turtle."
        )
    if "reserved syntax term" in told:
        return Remark(
            "A property is a word of the syntax of RDF/XML, such as rdf:li or rdf:about; Turtle can write it."
        )
    return None


def _system(what: str, error: OSError) -> Refused:
    """An OSError of a write that has a number is the disk's, said without the paths of this machine."""
    if remark := _unfit(str(error)):
        return Refused("not-acceptable", remark)
    if what == "write":
        is_storage = bool(error.errno)
        message = os.strerror(error.errno or 0) if is_storage else str(error).split(":")[0]
        return Refused("storage" if is_storage else "refused", message)
    if what == "query" and not str(error).startswith(("IO error", "Corruption")):
        return _remote(error)
    return Refused("refused", Remark("This needs what is not allowed here: %(error)s", {"error": error}))


def _syntax(message: str) -> Refused:
    """The place where the parser gave up, and what it expected there."""
    message, line, column = _shorten(message), 0, 0
    if message.startswith("error at "):
        place, _, reason = message.removeprefix("error at ").partition(": ")
        line, column = (int(number) for number in place.split(":"))
        message = reason or "something else is expected here"
    return Refused("syntax", message, line=line, column=column)


def _shorten(message: str) -> str:
    """The parser lists every character it would have taken; people need the place and the first few."""
    place, separator, expected = message.partition(": expected one of ")
    if not separator:
        return message
    words = [word for word in re.findall(r'"((?:[^"\\]|\\.)+)"', expected) if len(word) < 20]
    return f"{place}: expected one of {' '.join(words[:12])} …" if words else place
