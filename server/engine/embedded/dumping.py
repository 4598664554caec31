"""Lets a reader write a whole release into a file, outside of the traffic of queries."""

import os
from collections.abc import Mapping
from typing import IO

from server.engine.embedded.readers import Readers
from server.engine.interface import EngineFailure
from server.engine.worker.channel import Closed, memory_file
from server.engine.worker.outcomes import from_death

SECONDS = 3600.0


def dump_into(file: IO[bytes], readers: Readers, format_: str, prefixes: Mapping[str, str]) -> None:
    """Waits until a release is in the file, in a format given as media type. Raises EngineFailure."""
    job: dict[str, object] = {
        "do": "dump-file",
        "format": format_,
        "prefixes": dict(prefixes),
        "cpu": SECONDS,
    }
    process = readers.borrow()
    try:
        content = memory_file(b"")
        try:
            process.channel.send(job, [content, file.fileno()])
        finally:
            os.close(content)
        process.channel.set_timeout(SECONDS)
        outcome, _ = process.channel.receive()
    except TimeoutError:
        raise EngineFailure("timeout", "The dump took too long.") from None
    except Closed:
        raise from_death(process.how_it_died(), "dump") from None
    finally:
        readers.discard(process)
    if "ok" not in outcome:
        raise EngineFailure("storage", "The dump could not be written.")
