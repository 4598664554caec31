"""A small single-threaded process that forks the disposable ones; it never opens a store on disk itself.

A store opened on disk starts threads, and a process with threads must not fork; one that loaded a release
into memory has none (Oxigraph's `bulk_extend` ends its own), so its children see the data without copying it.
The app is made here, before there are any data, so that every child has it warm.
"""

import gc
import os
import signal
import sys
from pathlib import Path

import pyoxigraph as ox

from loader.release.manifest import Manifest
from loader.release.release import OWN
from server.engine.snapshot import Snapshot
from server.processes.channel import Channel, Closed
from server.processes.child import made_by_child
from server.processes.isolation import die_with_parent, leave_network, without_core_dumps
from server.worker import answering, dumper, writer
from server.worker.loading import load_release
from server.worker.worker_app import WorkerApp

# A page makes tens of thousands of objects and nearly no cycles; looking for those is 5 % of its time.
MOST_YOUNG = 20_000
Message = dict[str, object]


def main() -> None:
    """Serves the control channel whose descriptor is the first argument; first come the settings."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    without_core_dumps()
    control = Channel.from_descriptor(int(sys.argv[1]))
    settings, _ = control.receive()
    app = WorkerApp(settings)
    gc.set_threshold(MOST_YOUNG)
    gc.freeze()
    _serve(control, app)


def _serve(control: Channel, app: WorkerApp) -> None:
    """Forks what is asked for until the front closes its end."""
    while True:
        try:
            message, descriptors = control.receive()
            control.send(_obey(control, app, message, descriptors))
        except Closed:
            os._exit(0)
        for descriptor in descriptors:
            os.close(descriptor)


def _obey(control: Channel, app: WorkerApp, message: Message, descriptors: list[int]) -> Message:
    if message["do"] == "reap":
        return {"status": _reap(int(str(message["pid"])))}
    pid = os.fork()
    if pid:
        return {"pid": pid}
    die_with_parent()
    control.close()
    _become(app, message, Channel.from_descriptor(descriptors[0]), descriptors[1:])
    os._exit(0)


def _become(app: WorkerApp, message: Message, channel: Channel, files: list[int]) -> None:
    if message["do"] == "hold":
        _hold(app, message, channel, files[0])
    elif message["do"] == "work":
        _work(app, message, channel)
    elif message["do"] == "dump":
        dumper.dump(channel, message, files[0])
    elif message["do"] == "rehearse":
        writer.rehearse(channel, message)
    else:
        writer.serve(channel, message)


def _hold(app: WorkerApp, message: Message, channel: Channel, quads: int) -> None:
    """Becomes a zygote with a release in memory, its children without network; says when that is there."""
    alone = leave_network()
    snapshot = _snapshot(message)
    stores = {} if app.is_remote else load_release(snapshot.files, str(message["held"]), quads)
    os.close(quads)
    app.hold(snapshot, stores, alone)
    if message["warm"]:
        app.warm()
    elif OWN in stores and message["part"] != OWN:
        app.keep_names(made_by_child(lambda: _names_of_others(app, message), app.seconds))
    gc.collect()
    gc.freeze()
    channel.send({"loaded": len(stores)})
    _serve(channel, app)


def _names_of_others(app: WorkerApp, message: Message) -> bytes:
    """What a holder of our own graphs may not read itself: the rest is on the disk."""
    snapshot, part = _snapshot(message), str(message["part"])
    app.hold(snapshot, {part: _opened(snapshot.files / part)}, app.is_alone)
    return app.names_of_others()


def _work(app: WorkerApp, message: Message, channel: Channel) -> None:
    """Answers from what is held, and from the disk for what is not."""
    part = str(message["part"])
    alone = app.is_alone if app.held else not message["network"] and leave_network()
    if part not in app.held:
        snapshot = _snapshot(message)
        app.hold(snapshot, {} if app.is_remote else {part: _opened(snapshot.files / part)}, alone)
    answering.serve(channel, app.flask_app, app.quick, int(str(message["memory"])), alone)


def _opened(path: Path) -> ox.Store:
    store = ox.Store.read_only(str(path))
    next(iter(store.quads_for_pattern(None, None, None, None)), None)
    return store


def _snapshot(message: Message) -> Snapshot:
    path = Path(str(message["release"]))
    return Snapshot(Manifest.read(path), path)


def _reap(pid: int) -> int | None:
    """How a child ended, as os.waitpid tells it, or None where it lives on."""
    try:
        found, status = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return 0
    return os.waitstatus_to_exitcode(status) if found else None


if __name__ == "__main__":
    main()
