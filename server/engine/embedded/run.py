"""One query in one reader: hand it over, hold back until it is whole or large, then stream."""

import contextlib
import fcntl
import os
import select
import time
from collections.abc import Iterator
from pathlib import Path

from server.engine.embedded.processes import Process
from server.engine.interface import EngineFailure
from server.engine.worker.channel import Closed, memory_file
from server.engine.worker.outcomes import from_death, from_outcome

HOLD_BACK = 64 << 10
PIPE_BYTES = 1 << 20
OUTCOME_SECONDS = 10.0
NICE = 15


def _pipe() -> tuple[int, int]:
    """The two ends of a pipe that holds 1 MiB, or less where this user has too many of that size."""
    read_end, write_end = os.pipe2(os.O_CLOEXEC)
    with contextlib.suppress(PermissionError):
        fcntl.fcntl(read_end, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    return read_end, write_end


class Run:
    """A query at work in a reader. The owner calls `first_part`, then iterates `rest`, then `close`."""

    def __init__(self, process: Process, job: dict[str, object], text: str) -> None:
        self.process = process
        self.grown = 0
        self.finished = False
        content = memory_file(text.encode())
        try:
            self._read_end, write_end = _pipe()
        except OSError:
            os.close(content)
            raise
        try:
            process.channel.send(job, [content, write_end])
        except Closed:
            self._read_end_closed()
            raise EngineFailure("unavailable", "The reader was gone.", retry_after=1) from None
        finally:
            os.close(content)
            os.close(write_end)
        self._held = bytearray()
        self._at_end = False

    def first_part(self, until: float) -> bytes | None:
        """The whole answer, or its first 64 KiB, or None where neither is there at this monotonic time.

        Raises EngineFailure where the query failed; `finished` tells whether the answer is whole.
        """
        while not self._at_end and len(self._held) < HOLD_BACK:
            if not self._wait(until - time.monotonic()):
                return None
            self._read()
        if self._at_end:
            self._conclude()
        return bytes(self._held)

    def rest(self, patience: float) -> Iterator[bytes]:
        """What follows the first part, in pieces of about 64 KiB.

        The time spent waiting for the reader, not for who iterates, is at most `patience` seconds;
        raises EngineFailure where that is over or the reader fails.
        """
        while not self._at_end:
            self._held.clear()
            began = time.monotonic()
            while not self._at_end and len(self._held) < HOLD_BACK:
                if not self._wait(patience - (time.monotonic() - began)):
                    raise EngineFailure(
                        "timeout", "The query came to its time limit in the middle of the answer."
                    )
                self._read()
            patience -= time.monotonic() - began
            yield bytes(self._held)
        if not self.finished:
            self._conclude()

    def grow_old(self) -> None:
        """Lets younger queries pass at the processor."""
        self._set_priority(NICE)

    def grow_young(self) -> bool:
        """Gives the reader its priority back, and says whether this system allows that."""
        return self._set_priority(0)

    def _set_priority(self, nice: int) -> bool:
        try:
            for thread in Path(f"/proc/{self.process.pid}/task").iterdir():
                os.setpriority(os.PRIO_PROCESS, int(thread.name), nice)
        except OSError:
            return False
        return True

    def close(self) -> None:
        """Closes the pipe; the reader, if it still writes, sees that nobody reads."""
        self._read_end_closed()

    def _read_end_closed(self) -> None:
        if self._read_end >= 0:
            os.close(self._read_end)
            self._read_end = -1

    def _wait(self, seconds: float) -> bool:
        poll = select.poll()
        poll.register(self._read_end, select.POLLIN | select.POLLHUP)
        return bool(poll.poll(max(0, int(seconds * 1000))))

    def _read(self) -> None:
        piece = os.read(self._read_end, PIPE_BYTES)
        self._held += piece
        self._at_end = not piece

    def _conclude(self) -> None:
        """The pipe is at its end: was it the answer's end too?"""
        try:
            self.process.channel.set_timeout(OUTCOME_SECONDS)
            outcome, _ = self.process.channel.receive()
        except (Closed, TimeoutError):
            raise from_death(self.process.how_it_died(), "query") from None
        self.grown = int(str(outcome["grown"]))
        self.finished = True
        if "ok" not in outcome:
            raise from_outcome(outcome)
