"""A small single-threaded process that forks the disposable ones; it never opens a store on disk itself.

A store opened on disk starts threads, and a process with threads must not fork; one that loaded a release
into memory has none (Oxigraph's `bulk_load` ends its own), so its children see the data without copying it.
"""

import gc
import os
import signal
import sys

import pyoxigraph as ox

from server.engine.worker import reader, writer
from server.engine.worker.channel import Channel, Closed
from server.engine.worker.isolation import die_with_parent, without_core_dumps


def main() -> None:
    """Serves the control channel whose descriptor is the first argument."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    without_core_dumps()
    _serve(Channel.from_descriptor(int(sys.argv[1])), None)


def _serve(control: Channel, store: ox.Store | None) -> None:
    """Forks what is asked for until the front closes its end."""
    while True:
        try:
            message, descriptors = control.receive()
            control.send(_obey(control, store, message, descriptors))
        except Closed:
            os._exit(0)
        for descriptor in descriptors:
            os.close(descriptor)


def _obey(
    control: Channel, store: ox.Store | None, message: dict[str, object], descriptors: list[int]
) -> dict[str, object]:
    if message["do"] == "reap":
        return {"status": _reap(int(str(message["pid"])))}
    pid = os.fork()
    if pid:
        return {"pid": pid}
    die_with_parent()
    control.close()
    channel = Channel.from_descriptor(descriptors[0])
    if message["do"] == "hold":
        _serve(channel, _load(descriptors[1], channel))
    elif message["do"] == "read":
        reader.serve(channel, store, message)
    elif message["do"] == "rehearse":
        writer.rehearse(channel, message)
    else:
        writer.serve(channel, message)
    os._exit(0)


def _load(quads: int, channel: Channel) -> ox.Store:
    """A release in memory, from an open file that may have no name; says on the channel when it is there."""
    store = ox.Store()
    store.bulk_load(path=f"/proc/self/fd/{quads}", format=ox.RdfFormat.N_QUADS)
    os.close(quads)
    gc.freeze()
    channel.send({"loaded": len(store)})
    return store


def _reap(pid: int) -> int | None:
    """How a child ended, as os.waitpid tells it, or None where it lives on."""
    try:
        found, status = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return 0
    return os.waitstatus_to_exitcode(status) if found else None


if __name__ == "__main__":
    main()
