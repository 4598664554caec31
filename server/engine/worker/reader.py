"""A disposable process that answers queries on one release, read-only, until it is told to go or dies."""

import os
import signal
from typing import IO, TypeVar

import pyoxigraph as ox

from server.engine.evaluation.packing import write_dump
from server.engine.evaluation.query_dataset import Graphs, ask
from server.engine.worker.channel import Channel, Closed, read_memory_file
from server.engine.worker.isolation import (
    anonymous_bytes,
    leave_network,
    limit_cpu,
    limit_memory,
    on_big_stack,
)
from server.engine.worker.outcomes import shorten

Format = TypeVar("Format")


class NoSuchGraph(ValueError):
    """The graph that is asked for is not in the store."""


def serve(channel: Channel, store: ox.Store | None, orders: dict[str, object]) -> None:
    """Opens the release, unless the zygote holds it in memory, and answers what comes on the channel."""
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    alone = not orders["network"] and leave_network()
    data = ox.Store.read_only(str(orders["path"])) if store is None else store
    next(iter(data.quads_for_pattern(None, None, None, None)), None)
    limit_memory(int(str(orders["memory"])))
    channel.send({"pid": os.getpid(), "without_network": alone})
    on_big_stack(lambda: _answer_all(channel, data))


def _answer_all(channel: Channel, store: ox.Store) -> None:
    at_first = anonymous_bytes()
    try:
        while True:
            job, descriptors = channel.receive()
            text, pipe = read_memory_file(descriptors[0]).decode(), descriptors[1]
            limit_cpu(float(str(job["cpu"])))
            outcome = _answer(store, job, text, pipe)
            outcome["grown"] = anonymous_bytes() - at_first
            channel.send(outcome)
            os.close(pipe)
    except Closed:
        os._exit(0)


def _answer(store: ox.Store, job: dict[str, object], text: str, pipe: int) -> dict[str, object]:
    """Writes the result to the pipe; what went wrong comes back as `kind` and `message`."""
    try:
        with open(pipe, "wb", buffering=0, closefd=False) as output:
            if job["do"] == "dump":
                _dump(store, job, output)
            elif job["do"] == "dump-all":
                store.dump(output, ox.RdfFormat.N_QUADS)
            elif job["do"] == "dump-file":
                write_dump(store, job, output)
            else:
                _serialize(_ask(store, job, text), str(job["format"]), output)
        return {"ok": True}
    except SyntaxError as error:
        return {"kind": "syntax", "message": shorten(str(error.msg))}
    except NoSuchGraph as error:
        return {"kind": "not-found", "message": str(error)}
    except BrokenPipeError:
        return {"kind": "gone", "message": "the client left"}
    except (RuntimeError, ValueError) as error:
        return {"kind": "refused", "message": str(error)}
    except OSError as error:
        return {"kind": "refused", "message": f"The query needs what is not allowed here: {error}"}


def _ask(store: ox.Store, job: dict[str, object], text: str) -> object:
    graphs = _graphs(job["default_graphs"]), _graphs(job["named_graphs"])
    return ask(store, text, str(job["base"]), *graphs)


def _graphs(names: object) -> Graphs:
    assert isinstance(names, list)
    return [ox.NamedNode(str(name)) for name in names]


def _serialize(result: object, media_type: str, output: IO[bytes]) -> None:
    """One dispatch on the kind of result; the serialization itself is Oxigraph's."""
    if isinstance(result, ox.QueryTriples):
        result.serialize(output, _known(ox.RdfFormat.from_media_type(media_type)))
    elif isinstance(result, ox.QuerySolutions | ox.QueryBoolean):
        result.serialize(output, _known(ox.QueryResultsFormat.from_media_type(media_type)))


def _known(format_: Format | None) -> Format:
    if format_ is None:
        raise ValueError("This kind of result cannot be written in the format that was asked for.")
    return format_


def _dump(store: ox.Store, job: dict[str, object], output: IO[bytes]) -> None:
    """One graph as it stands; `graph` is an IRI, or empty for the unnamed graph."""
    graph = ox.NamedNode(str(job["graph"])) if job["graph"] else ox.DefaultGraph()
    if job["graph"] and not store.contains_named_graph(graph):
        raise NoSuchGraph(f"There is no graph <{job['graph']}>.")
    store.dump(output, _known(ox.RdfFormat.from_media_type(str(job["format"]))), from_graph=graph)
