"""A disposable process that makes the next release: applies the writes it is given, then publishes."""

import os
import signal
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from loader.release.releases import Releases
from loader.release.successor import Successor, succeed
from server.engine.edit import Edit
from server.engine.evaluation.answers import as_failures
from server.engine.evaluation.edits import apply_edit
from server.engine.evaluation.recorder import Recorder
from server.engine.query_limits import Limits
from server.engine.scan import scan
from server.logs import log
from server.processes.channel import Channel, Closed
from server.processes.isolation import leave_network, lift_memory_limit, limit_memory, on_big_stack
from server.processes.outcomes import to_outcome
from server.refusal import Refused


def serve(channel: Channel, orders: dict[str, object]) -> None:
    """Takes the lock of the store directory, says so, and obeys until it has published."""
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    alone = leave_network()
    try:
        _write(channel, orders, alone)
    except Closed:
        os._exit(0)
    except (OSError, RuntimeError) as error:
        channel.send({"kind": "storage", "message": f"The release could not be written: {_reason(error)}"})


def rehearse(channel: Channel, orders: dict[str, object]) -> None:
    """Tries one write on an empty store: what is no SPARQL or RDF need not wait for the lock and a copy."""
    alone = leave_network()
    limit_memory(int(str(orders["memory"])))
    channel.send({"ready": ""})
    on_big_stack(lambda: _try(channel, orders, alone))


def _try(channel: Channel, orders: dict[str, object], alone: bool) -> None:
    try:
        message, descriptors = channel.receive()
        edit = replace(Edit.from_message(message), if_match=[], if_none_match=[])
        outcome: dict[str, object] = {"ok": True}
        if edit.do == "update":
            outcome = _look(descriptors[0], orders)
        if "ok" in outcome and not orders["only_look"]:
            outcome = _apply(ox.Store(), "", edit, descriptors[0], alone)
        channel.send(outcome)
    except Closed:
        os._exit(0)


def _look(body: int, orders: dict[str, object]) -> dict[str, object]:
    """The same look as at queries: what cannot be planned in time is refused before it is parsed."""
    most = int(str(orders["bytes"]))
    limits = Limits(bytes=most, tokens=most, depth=int(str(orders["depth"])))
    try:
        with open(body, "rb", closefd=False) as file:
            scan(file.read().decode("utf-8", "replace"), limits)
            file.seek(0)
    except Refused as failure:
        return to_outcome(failure)
    return {"ok": True}


def _write(channel: Channel, orders: dict[str, object], alone: bool) -> None:
    releases = Releases(Path(str(orders["store"])), float(str(orders["activate_in"])))
    with releases.locked(), succeed(releases) as successor:
        limit_memory(int(str(orders["memory"])))
        channel.send({"ready": successor.parent.id if successor.parent else ""})
        recorder = Recorder(successor.copied_store) if orders["view"] else None
        on_big_stack(lambda: _obey(channel, successor, alone, recorder))


def _obey(channel: Channel, successor: Successor, alone: bool, recorder: Recorder | None) -> None:
    try:
        while True:
            message, descriptors = channel.receive()
            if message["do"] == "publish":
                lift_memory_limit()  # the merge of all graphs needs more, the larger they are
                channel.send(_publish(successor, str(message["writer"]), recorder))
                return
            release = successor.parent.id if successor.parent else ""
            edit = Edit.from_message(message)
            channel.send(_apply(successor.store, release, edit, descriptors[0], alone, recorder))
    except Closed:
        os._exit(0)


def _apply(
    store: ox.Store, release: str, edit: Edit, body: int, alone: bool, recorder: Recorder | None = None
) -> dict[str, object]:
    """One write, whole or not at all; what came of it."""
    try:
        with open(body, "rb") as file, as_failures("write"):
            return {"ok": True, "created": apply_edit(store, edit, file, release, alone, recorder)}
    except Refused as failure:
        return to_outcome(failure)


def _publish(successor: Successor, writer: str, recorder: Recorder | None) -> dict[str, object]:
    """The id of the release, and why its merges were made anew where they were."""
    difference = recorder.difference if recorder else None
    try:
        release = successor.publish(writer, view=recorder is not None, difference=difference)
        if successor.rebuilt:
            log.info("merge was made anew", release=release.id, reason=successor.rebuilt)
        return {"release": release.id, "rebuilt": successor.rebuilt}
    except (OSError, RuntimeError) as error:
        return {"kind": "storage", "message": f"The release could not be written: {_reason(error)}"}


def _reason(error: Exception) -> str:
    """Why storing failed, without the paths of this machine."""
    if isinstance(error, OSError) and error.errno:
        return os.strerror(error.errno)
    return str(error).split(":")[0]
