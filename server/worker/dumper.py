"""A disposable process that writes a whole release into a file, behind everything else."""

import os
from pathlib import Path

import pyoxigraph as ox

from server.engine.evaluation.answers import as_failures
from server.engine.evaluation.packing import write_dump
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
    store = ox.Store.read_only(str(Path(str(orders["path"]))))
    prefixes = orders["prefixes"]
    assert isinstance(prefixes, dict)
    try:
        with os.fdopen(file, "wb") as output, as_failures("write"):
            if orders["packed"]:
                write_dump(store, str(orders["format"]), prefixes, output)
            else:
                store.dump(output, ox.RdfFormat.N_QUADS)
        channel.send({"ok": True})
    except Refused as failure:
        channel.send(to_outcome(failure))
    except OSError as error:  # when the file is closed
        channel.send({"kind": "storage", "message": os.strerror(error.errno or 0)})
