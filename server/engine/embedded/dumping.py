"""Lets a reader write a whole release into a file, outside of the traffic of queries."""

import os
from collections.abc import Mapping
from typing import IO

from server.engine.embedded.processes import Process
from server.engine.embedded.readers import Readers
from server.engine.interface import EngineFailure
from server.engine.worker.channel import Closed, memory_file
from server.engine.worker.outcomes import from_death

SECONDS = 3600.0


def dump_into(file: IO[bytes], readers: Readers, format_: str, prefixes: Mapping[str, str]) -> None:
    """Waits until a release is in the file, in a format given as media type. Raises EngineFailure."""
    write_out(file, readers, {"do": "dump-file", "format": format_, "prefixes": dict(prefixes)}, SECONDS)


def write_out(file: IO[bytes], readers: Readers, job: dict[str, object], seconds: float) -> None:
    """Waits until a reader has done a job that writes into the file. Raises EngineFailure."""
    process = _hand_over(file, readers, {**job, "cpu": seconds})
    try:
        process.channel.set_timeout(seconds)
        outcome, _ = process.channel.receive()
    except TimeoutError:
        raise EngineFailure("timeout", "The dump took too long.") from None
    except Closed:
        raise from_death(process.how_it_died(), "dump") from None
    finally:
        readers.discard(process)
    if "ok" not in outcome:
        raise EngineFailure("storage", "The dump could not be written.")


def _hand_over(file: IO[bytes], readers: Readers, job: dict[str, object]) -> Process:
    """The reader that has the job; an idle one may have died unnoticed, then the next one is asked."""
    content = memory_file(b"")
    try:
        while True:
            process = readers.borrow()
            try:
                process.channel.send(job, [content, file.fileno()])
                return process
            except Closed:
                readers.discard(process)
    finally:
        os.close(content)
