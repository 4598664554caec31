"""A disposable process that writes a whole release into a file, behind everything else."""

import os
from pathlib import Path

import pyoxigraph as ox

from server.engine.evaluation.answers import as_failures
from server.engine.evaluation.packing import write_dump
from server.engine.remote.kept_dumps import write_kept
from server.processes.channel import Channel
from server.processes.isolation import leave_network
from server.processes.outcomes import to_outcome
from server.refusal import Refused

NICE = 15


def dump(channel: Channel, orders: dict[str, object], file: int) -> None:
    """Writes what the orders name, and says whether that could be done."""
    leave_network()
    if orders["nice"]:
        os.setpriority(os.PRIO_PROCESS, 0, NICE)
    path, prefixes = Path(str(orders["path"])), orders["prefixes"]
    assert isinstance(prefixes, dict)
    try:
        with os.fdopen(file, "wb") as output, as_failures("write"):
            if path.is_file():
                write_kept(path, str(orders["format"]), prefixes, output)
            elif orders["packed"]:
                write_dump(ox.Store.read_only(str(path)), str(orders["format"]), prefixes, output)
            else:
                ox.Store.read_only(str(path)).dump(output, ox.RdfFormat.N_QUADS)
        channel.send({"ok": True})
    except Refused as failure:
        channel.send(to_outcome(failure))
    except OSError as error:  # when the file is closed
        channel.send({"kind": "storage", "message": os.strerror(error.errno or 0)})
