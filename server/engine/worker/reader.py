"""A disposable process that answers queries on one release, read-only, until it is told to go or dies."""

import os
import signal
from typing import IO

import pyoxigraph as ox

from server.engine.evaluation.answers import as_failures, as_graphs, write_graph, write_result
from server.engine.evaluation.packing import write_dump
from server.engine.evaluation.query_dataset import Graphs
from server.engine.interface import EngineFailure
from server.engine.worker.channel import Channel, Closed, read_memory_file
from server.engine.worker.isolation import (
    anonymous_bytes,
    leave_network,
    limit_cpu,
    limit_memory,
    on_big_stack,
)
from server.engine.worker.outcomes import to_outcome

NICE = 15


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
    """Writes the result to the pipe; what went wrong comes back as an outcome."""
    try:
        with open(pipe, "wb", buffering=0, closefd=False) as output, as_failures("query"):
            _write(store, job, text, output)
        return {"ok": True}
    except EngineFailure as failure:
        return to_outcome(failure)


def _write(store: ox.Store, job: dict[str, object], text: str, output: IO[bytes]) -> None:
    media_type = str(job["format"])
    if job["do"] == "dump":
        write_graph(store, str(job["graph"]), media_type, output)
    elif job["do"] == "dump-all":
        store.dump(output, ox.RdfFormat.N_QUADS)
    elif job["do"] == "dump-file":
        os.setpriority(os.PRIO_PROCESS, 0, NICE)  # behind everything else
        prefixes = job["prefixes"]
        assert isinstance(prefixes, dict)
        write_dump(store, media_type, prefixes, output)
    else:
        graphs = _graphs(job, "default_graphs"), _graphs(job, "named_graphs")
        write_result(store, text, str(job["base"]), *graphs, media_type, output)


def _graphs(job: dict[str, object], name: str) -> Graphs:
    names = job[name]
    assert isinstance(names, list)
    return as_graphs(names)
